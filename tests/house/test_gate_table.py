"""docs/gate.md shows the reasons that the gate really gives."""

from pathlib import Path

from posts.gate.reasons import CATALOGUE, REMEDIES
from posts.gate.rules import RULES

GATE_DOC = Path(__file__).parents[2] / "docs" / "gate.md"


class TestTheTableOfReasons:
    def test_is_the_catalogue(self) -> None:
        shown = [
            line
            for line in GATE_DOC.read_text(encoding="utf-8").splitlines()
            if line.startswith("| `") and line.count("|") == 6
        ]
        assert shown == [
            f"| `{code}` | {entry.weight} | {entry.sentence} | {REMEDIES[entry.remedy]} | {entry.citation} |"
            for code, entry in CATALOGUE.items()
        ]

    def test_every_rule_asks_one_question(self) -> None:
        assert all((rule.__doc__ or "").count("?") == 1 for rule in RULES)
