"""The vocabulary of the ledger and the code that speaks it, compared."""

import ast

from consent.audit.vocabulary import EVENTS
from door.places import ROOT

from .sources import APPS, calls, none, python_files, short, syntax_of, table_rows

VOCABULARY = ROOT / "consent/audit/vocabulary.py"
FILES = [path for path in python_files(*APPS) if path != VOCABULARY]


def words(node):
    """Every piece of text in a node."""
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def spoken():
    """Every event that the code names anywhere: some are chosen in a table or a condition."""
    return {word for path in FILES for word in words(syntax_of(path)) if word in EVENTS}


class TestEvents:
    def test_that_are_recorded_are_in_the_vocabulary(self):
        none(
            [
                f"{short(path)}:{call.lineno}: {event}"
                for path in FILES
                for call in calls(syntax_of(path), "record")
                for event in words(call.args[0])
                if "." in event and event not in EVENTS
            ]
        )

    def test_carry_only_fields_that_the_vocabulary_lists(self):
        none(
            [
                f"{short(path)}:{call.lineno}: {keyword.arg}"
                for path in FILES
                for call in calls(syntax_of(path), "record")
                for event in words(call.args[0]) & EVENTS.keys()
                for keyword in call.keywords
                if keyword.arg not in {None, "person"} | EVENTS[event].fields
            ]
        )

    def test_in_the_vocabulary_are_all_recorded(self):
        none(sorted(EVENTS.keys() - spoken()))

    def test_are_shown_in_the_docs_as_they_are(self):
        shown = [row for row in table_rows(ROOT / "docs/ledger.md") if row.count("|") == 5]
        assert shown == [
            f"| `{name}` | {event.sentence} | {', '.join(sorted(event.fields)) or '–'} | {event.personal_data} |"
            for name, event in EVENTS.items()
        ]
