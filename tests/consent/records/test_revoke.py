"""Withdrawing permission: effective on receipt, whole or in part, journaled, never undone (R17, R59)."""

import json
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from consent.audit.models import LedgerEntry
from consent.audit.rules import Actor
from consent.people.actions import confirm_merge, merge_people, undo_merge
from consent.records.actions import NothingToRevoke, revoke, revoke_all
from consent.records.models import Revocation
from consent.records.queries import consents_of, consents_standing, standings
from tests.cast import NOW, Cast, by, make_person
from tests.consents import signed_consent

pytestmark = pytest.mark.django_db


class TestRevoking:
    def test_ends_the_permission_on_receipt(self, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana)
        revoke(consent=consent, how="own_page", by=Actor("person", str(cast.ana.pk)), at=NOW)
        assert standings([cast.ana], NOW)[cast.ana.pk].key == "withdrawn"
        assert consents_standing([consent.pk], NOW) == set()

    def test_leaves_what_was_true_before(self, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana)
        revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW)
        before = NOW - timedelta(seconds=1)
        assert standings([cast.ana], before)[cast.ana.pk].key == "on_file"

    def test_takes_back_only_the_part_that_is_named(self, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana)
        revoke(consent=consent, part={"platforms": ["facebook"]}, how="own_page", by=by(cast.finn), at=NOW)
        [view] = consents_of(cast.ana, NOW)
        assert view.covers.platforms == {"website", "instagram"}
        assert view.standing.key == "on_file"

    def test_refuses_a_second_whole_revocation(self, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana)
        revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW)
        with pytest.raises(NothingToRevoke, match="already withdrawn"):
            revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW)
        assert Revocation.objects.count() == 1

    def test_takes_a_part_back_once_however_often_it_is_tapped(self, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana)
        for platforms in (["facebook"], ["facebook"], ["facebook", "website"]):
            with suppress(NothingToRevoke):
                revoke_all(
                    person=cast.ana, part={"platforms": platforms}, how="own_page", by=by(cast.finn), at=NOW
                )
        parts = [revocation.part for revocation in consent.revocations.order_by("pk")]
        assert parts == [{"platforms": ["facebook"]}, {"platforms": ["facebook", "website"]}]
        with pytest.raises(NothingToRevoke):
            revoke(consent=consent, part={"platforms": ["website"]}, how="desk", by=by(cast.finn), at=NOW)

    def test_refuses_a_part_it_does_not_know(self, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana)
        with pytest.raises(ValueError, match="elements"):
            revoke(consent=consent, part={"everything": ["x"]}, how="desk", by=by(cast.finn), at=NOW)

    def test_of_everything_reaches_every_consent(self, cast: Cast) -> None:
        first, second = signed_consent(cast, cast.ana), signed_consent(cast, cast.ana)
        revoke_all(person=cast.ana, how="own_page", by=Actor("person", str(cast.ana.pk)), at=NOW)
        assert consents_standing([first.pk, second.pk], NOW) == set()

    def test_of_everything_says_so_when_nothing_is_left(self, cast: Cast) -> None:
        with pytest.raises(NothingToRevoke):
            revoke_all(person=cast.ana, how="own_page", by=Actor("person", str(cast.ana.pk)), at=NOW)

    def test_is_written_to_the_ledger_without_a_name(self, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana)
        revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW)
        line = LedgerEntry.objects.get(event="consent.revoked")
        assert line.person == cast.ana.pk
        assert b"Ana" not in bytes(line.body)
        assert json.loads(bytes(line.body))["actor"] == f"user:{cast.finn.pk}"


class TestTheJournal:
    def test_holds_the_revocation_as_soon_as_it_is_committed(
        self,
        cast: Cast,
        settings: Settings,
        tmp_path: Path,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        settings.DATA_DIR = tmp_path
        consent = signed_consent(cast, cast.ana)
        with django_capture_on_commit_callbacks(execute=True):
            revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW)
        line = json.loads((tmp_path / "revocations.jsonl").read_text())
        assert line["consent"] == consent.pk
        assert line["received_at"] == "2026-11-23T15:00:00.000000Z"


class TestTheDatabase:
    """Edits and deletes of consents and revocations fail whoever tries (design 5)."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE consent_consent SET ends_on = '2099-01-01'",
            "DELETE FROM consent_consent",
            "UPDATE consent_revocation SET part = '{\"platforms\": []}'",
            "DELETE FROM consent_revocation",
        ],
    )
    def test_refuses_to_rewrite_what_was_signed_or_withdrawn(self, cast: Cast, statement: str) -> None:
        from django.db import connection

        consent = signed_consent(cast, cast.ana)
        revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert standings([cast.ana], NOW)[cast.ana.pk].key == "withdrawn"


class TestTwoRecordsOfOnePerson:
    """A withdrawal of either half binds both (design 4)."""

    def test_are_bound_by_what_was_withdrawn_on_the_other(self, cast: Cast) -> None:
        twin = make_person(cast.practice, "Ana", "Ruiz", date(1984, 3, 2))
        signed_consent(cast, twin)
        revoke(consent=signed_consent(cast, cast.ana), how="desk", by=by(cast.finn), at=NOW)
        later = NOW + timedelta(minutes=5)
        assert standings([twin], later)[twin.pk].key == "on_file"

        merge = merge_people(person=twin, into=cast.ana, by=by(cast.finn), at=later)
        assert standings([twin], later)[twin.pk].key == "withdrawn"

        renewed = signed_consent(cast, cast.ana, signed_at=later)
        assert standings([twin], later + timedelta(minutes=5))[twin.pk].key == "withdrawn"
        confirm_merge(merge=merge, by=by(cast.freya), at=later)
        assert standings([twin], later + timedelta(minutes=5))[twin.pk].key == "on_file"
        revoke(consent=renewed, how="desk", by=by(cast.finn), at=later + timedelta(minutes=6))

        undo_merge(merge=merge, by=by(cast.finn), at=later + timedelta(minutes=7))
        assert standings([twin], later + timedelta(minutes=8))[twin.pk].key == "on_file"
