"""The README tells the truth about what can be set and said."""

import re

from door.places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
APPS = ("config", "consent", "posts")


def variables_read() -> set[str]:
    sources = [file.read_text(encoding="utf-8") for app in APPS for file in (ROOT / app).rglob("*.py")]
    return {name for source in sources for name in re.findall(r"env_\w+\(\s*[\"'](\w+)[\"']", source)}


class TestEnvironmentTable:
    def test_it_lists_exactly_the_variables_that_are_read(self):
        rows = [line.split("|")[1] for line in README.splitlines() if line.startswith("| `")]
        listed = {name for row in rows for name in re.findall(r"`(P[A-Z0-9_]+)`", row)}
        assert listed == variables_read()


class TestCommands:
    def test_it_names_only_commands_that_the_door_has(self):
        door = (ROOT / "postern").read_text(encoding="utf-8")
        for command in re.findall(r"\./postern (\w+)", README):
            assert f'"{command}": {command}' in door
