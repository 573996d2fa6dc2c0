"""Rows are taken without their keys, so that nobody waits for a commit that waits for them (docs/publishing.md)."""

import re

from .sources import none, python_files, short, text_of

WITH_KEY = re.compile(r"select_for_update\((?!no_key=True)|\bFOR UPDATE\b|for_update_sql\((?!no_key=True)")
# The head of a chain is taken last, and no row refers to it.
CHAIN = "consent/audit/ledger.py"


class TestLocks:
    def test_leave_the_key_to_those_who_refer_to_it(self) -> None:
        none(
            [
                f"{short(path)}: {found.group()}"
                for path in python_files("consent", "posts")
                if short(path) != CHAIN
                for found in WITH_KEY.finditer(text_of(path))
            ]
        )
