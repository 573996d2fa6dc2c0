"""Whoever writes what the roster is made of enters the person anew, in the same function or the one it is part of."""

import ast

from .sources import APPS, functions, none, python_files, short, syntax_of

# What is on the roster comes from these, by whichever manager method or by deleting a row.
MADE_OF = {"PersonName", "Identifier", "ContactPoint", "Relation"}
WRITING = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "delete"}
# Parts of actions that enter the person themselves; and what changes nothing that the roster is made of.
WRITERS = {
    "consent/people/actions/keeping.py: add_person",
    "consent/people/actions/keeping.py: rename_person",
    "consent/people/actions/keeping.py: erase_contact_point",
    "consent/people/actions/keeping.py: _hold_identifier",
    "consent/people/actions/keeping.py: _hold_contact_point",
    "consent/people/actions/keeping.py: confirm_contact_point",
}
PARTS = {"_hold_identifier", "_hold_contact_point"}
CHANGES_NOTHING = {"confirm_contact_point"}


def written(function):
    """Whether the function writes one of these models by its manager, makes one to be saved, or deletes a point."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in MADE_OF:
            return True
        if isinstance(node.func, ast.Attribute) and node.func.attr in WRITING:
            if MADE_OF & {part.id for part in ast.walk(node.func) if isinstance(part, ast.Name)}:
                return True
            if isinstance(node.func.value, ast.Name) and node.func.value.id in {"point", "identifier"}:
                return True
    return False


def called_in(function):
    return {
        node.func.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


class TestThePlacesThatWriteNamesAndNumbers:
    def test_are_known(self):
        found = {
            f"{short(path)}: {function.name}"
            for path in python_files(*APPS)
            for function in functions(path)
            if written(function)
        }
        assert found == WRITERS

    def test_enter_the_person_on_the_roster(self):
        none(
            [
                f"{short(path)}: {function.name}"
                for path in python_files(*APPS)
                for function in functions(path)
                if (written(function) or called_in(function) & PARTS)
                and function.name not in PARTS | CHANGES_NOTHING
                and "keep_on_roster" not in called_in(function)
            ]
        )

    def test_stand_in_functions(self):
        """What is written where a module is read escapes the look above."""
        none(
            [
                f"{short(path)}:{node.lineno}"
                for path in python_files(*APPS)
                for node in syntax_of(path).body
                if isinstance(node, ast.Expr) and written(node)
            ]
        )
