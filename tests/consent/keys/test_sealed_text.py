"""`SealedTextField`: readable through the model, unreadable in the table."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from consent.keys.ring import KeyMissing
from consent.outbox.models import OutgoingMail
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail():
    return OutgoingMail.objects.create(
        kind="copy", recipient="ana@example.org", subject="s", body="", created_at=NOW, not_before=NOW
    )


def stored(column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM consent_outgoingmail")
        return cursor.fetchone()[0]


def store(column, value):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE consent_outgoingmail SET {column} = %s", [value])


class TestSealedText:
    def test_is_readable_through_the_model_only(self, mail):
        mail.refresh_from_db()
        assert mail.recipient == "ana@example.org"
        assert "ana" not in stored("recipient")

    def test_stays_empty_when_empty(self, mail):
        mail.refresh_from_db()
        assert (mail.body, stored("body")) == ("", "")

    def test_does_not_open_after_a_change_in_the_table(self, mail):
        store("recipient", stored("recipient")[:-6] + "AAAAA=")
        with pytest.raises(KeyMissing):
            mail.refresh_from_db()

    def test_cannot_be_searched(self, mail):
        with pytest.raises(FieldError, match="Unsupported lookup"):
            OutgoingMail.objects.filter(recipient="ana@example.org").exists()
