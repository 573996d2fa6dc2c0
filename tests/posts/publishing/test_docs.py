"""docs/publishing.md says what the code does."""

import re
from pathlib import Path

from posts.publishing import rules

TEXT = Path("docs/publishing.md").read_text(encoding="utf-8")


def rows(heading):
    section = TEXT.split(f"## {heading}\n")[1].split("\n## ")[0]
    cells = [re.split(r"\s*\|\s*", line.strip("| ")) for line in section.splitlines() if line.startswith("|")]
    return cells[2:]


class TestTheDocument:
    def test_lists_the_states_as_they_are(self):
        written = {state: after.split(", ") for state, after in rows("States")}
        assert written == {state: sorted(after) for state, after in rules.NEXT.items()}

    def test_gives_the_times_as_they_are(self):
        for name, value, _ in rows("Times"):
            assert f"{getattr(rules, name).total_seconds():.0f} s" == value, name
