"""A restored backup forgets no withdrawal and sends nothing twice (R59, design 7.11)."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from consent.audit.rules import SYSTEM
from consent.records.actions import revoke
from consent.records.journal import JOURNAL, append_to_journal
from consent.records.models import Revocation
from consent.records.queries import consents_standing
from posts.publishing.actions.restore import after_restore
from posts.publishing.actions.settle import probe_one
from posts.publishing.models import Delivery, Pause
from posts.publishing.queries.due import next_due
from tests.cast import NOW, Cast, by
from tests.consents import signed_consent
from tests.posts_data import given_version

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def journal(settings: Settings, tmp_path: Path) -> Path:
    """A journal of this test's own."""
    settings.DATA_DIR = tmp_path
    return tmp_path / JOURNAL


def given_delivery(cast: Cast) -> Delivery:
    version = given_version(cast, mentioning=cast.ana)
    return Delivery.objects.create(
        practice=cast.practice, version=version, account=version.account, due_at=NOW, changed_at=NOW
    )


def forgotten(cast: Cast, **part: list[str]) -> int:
    """A withdrawal that only the journal remembers; the consent's id."""
    consent = signed_consent(cast, cast.ana)
    row = Revocation(
        practice=cast.practice,
        person=cast.ana,
        consent=consent,
        part=part,
        how="own_page",
        received_at=NOW,
        received_by="person:1",
    )
    append_to_journal(row)
    return consent.pk


class TestAfterARestore:
    def test_a_forgotten_withdrawal_holds_again_as_of_its_first_receipt(self, cast: Cast) -> None:
        consent = forgotten(cast)
        assert consents_standing([consent], LATER) == {consent}
        assert after_restore(by=SYSTEM, at=LATER).withdrawals == 1
        assert consents_standing([consent], LATER) == set()
        assert Revocation.objects.get().received_at == NOW

    def test_a_part_that_was_taken_back_is_taken_back_again(self, cast: Cast) -> None:
        consent = forgotten(cast, platforms=["website"])
        after_restore(by=SYSTEM, at=LATER)
        assert consents_standing([consent], LATER, "website") == set()
        assert consents_standing([consent], LATER, "facebook") == {consent}

    def test_what_is_known_is_not_received_twice(self, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana)
        append_to_journal(revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW))
        assert after_restore(by=SYSTEM, at=LATER).withdrawals == 0
        assert Revocation.objects.count() == 1

    def test_nothing_that_was_due_goes_out_or_is_probed_by_itself(self, cast: Cast) -> None:
        delivery = given_delivery(cast)
        assert after_restore(by=SYSTEM, at=LATER).unknown == 1
        delivery.refresh_from_db()
        assert delivery.state == Delivery.State.UNKNOWN
        assert "restored" in delivery.why
        assert not probe_one(by=SYSTEM, clock=lambda: LATER + timedelta(days=1))

    def test_publishing_waits_for_a_person(self, cast: Cast) -> None:
        after_restore(by=SYSTEM, at=NOW - timedelta(hours=1))
        given_delivery(cast)
        assert next_due(LATER) is None
        assert Pause.objects.get().why == "A backup was restored."

    def test_a_second_run_finds_nothing_more(self, cast: Cast) -> None:
        forgotten(cast)
        given_delivery(cast)
        after_restore(by=SYSTEM, at=LATER)
        again = after_restore(by=SYSTEM, at=LATER)
        assert (again.withdrawals, again.unknown) == (0, 0)

    def test_a_damaged_journal_stops_it_and_names_the_line(self, cast: Cast, journal: Path) -> None:
        forgotten(cast)
        journal.write_text(journal.read_text() + "not a line\n")
        with pytest.raises(CommandError, match="Line 2"):
            call_command("after_restore", stdout=StringIO())
        assert not Revocation.objects.exists()
        assert not Pause.objects.exists()

    def test_a_command_ends_the_pause(self, cast: Cast) -> None:
        after_restore(by=SYSTEM, at=NOW - timedelta(hours=1))
        given_delivery(cast)
        call_command("resume_publishing", stdout=StringIO())
        assert next_due(LATER) is not None

    def test_the_command_says_what_it_did(self, cast: Cast) -> None:
        forgotten(cast)
        said = StringIO()
        call_command("after_restore", stdout=said)
        assert "Withdrawals received again: 1." in said.getvalue()
