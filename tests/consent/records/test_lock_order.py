"""Nobody who takes a person's row and then the chain waits for a commit that holds the chain."""

import threading

import pytest
from django.db import DatabaseError, connection, connections, transaction

from consent.audit.ledger import recording
from consent.audit.rules import SYSTEM
from consent.people.models import NameWord
from consent.records.actions.locks import locked
from consent.records.models import Hold
from tests.cast import NOW

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer"),
]


class TestARequestToStop:
    def test_lets_a_commit_through_that_only_refers_to_the_person(self, cast):
        """The commit checks the person's key while it holds the chain: waiting there would be for ever."""
        person, member = cast.ana, cast.finn
        outcome: list[str] = []

        def refer() -> None:
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SET lock_timeout = '5s'")
                with recording(by=SYSTEM, at=NOW):
                    NameWord.objects.create(
                        practice=cast.practice, person=person, word="annie", in_alias=False
                    )
                outcome.append("committed")
            except DatabaseError as error:
                outcome.append(str(error))
            finally:
                connections.close_all()

        with transaction.atomic():
            locked(person.pk)
            Hold.objects.create(practice=cast.practice, person=person, placed_at=NOW, placed_by=member)
            other = threading.Thread(target=refer)
            other.start()
            other.join(20)
        assert outcome == ["committed"]
