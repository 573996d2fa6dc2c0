"""A chain to read: the practice's, with a few entries in it."""

from collections.abc import Callable

import pytest

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor, practice_chain
from tests.cast import NOW, make_practice

FINN = Actor("user", "7")


@pytest.fixture
def practice(db: None) -> Practice:
    return make_practice("riverbend", "Riverbend Family Practice")


@pytest.fixture
def write(practice: Practice) -> Callable[[int], str]:
    """`write(3)` adds three entries and returns the name of their chain."""

    def write_some(count: int) -> str:
        for number in range(count):
            with recording(by=FINN, at=NOW):
                record("person.viewed", practice, person=number, page="details")
        return practice_chain(practice.pk)

    return write_some
