"""A withdrawal at the desk says who asked for it, where others may speak for the person."""

import json

import pytest

from consent.audit.models import LedgerEntry
from consent.records.actions import replay_journal
from consent.records.models import Revocation
from tests.cast import NOW, Cast, by
from tests.consents import given_authority, signed_consent
from tests.desk import as_, at, words

pytestmark = pytest.mark.django_db
EVERYTHING = {"extent": "all", "how": "desk"}


class TestAWithdrawalForAChild:
    @pytest.fixture
    def mother(self, cast: Cast):
        authority = given_authority(cast, cast.bea, cast.carla)
        signed_consent(cast, cast.bea, signer=cast.carla, representation=authority)
        return authority

    def test_names_the_representative_who_asked(self, cast: Cast, mother) -> None:
        as_(cast.finn).post(at("records:revoke", cast.bea.pk), EVERYTHING | {"asked_by": mother.pk})
        assert Revocation.objects.get().asked_by == mother
        entry = LedgerEntry.objects.get(event="consent.revoked")
        assert json.loads(bytes(entry.body))["facts"]["asked_by"] == mother.pk

    def test_asks_who_it_was_and_takes_nothing_for_granted(self, cast: Cast, mother) -> None:
        page = words(as_(cast.finn).post(at("records:revoke", cast.bea.pk), EVERYTHING))
        assert "Who asks for it?" in page
        assert "Carla Ruiz, parent with legal right to decide" in page
        assert not Revocation.objects.exists()

    def test_may_be_the_childs_own_word(self, cast: Cast, mother) -> None:
        as_(cast.finn).post(at("records:revoke", cast.bea.pk), EVERYTHING | {"asked_by": "self"})
        assert Revocation.objects.get().asked_by is None

    def test_cannot_name_somebody_who_may_not_speak_for_them(self, cast: Cast, mother) -> None:
        other = given_authority(cast, cast.ana, cast.vic)
        excluded = given_authority(cast, cast.bea, cast.vic, excluded_at=NOW)
        for one in (other, excluded):
            as_(cast.finn).post(at("records:revoke", cast.bea.pk), EVERYTHING | {"asked_by": one.pk})
        assert not Revocation.objects.exists()


class TestAWithdrawalOfAnAdult:
    def test_asks_nobody_who_it_was(self, cast: Cast) -> None:
        signed_consent(cast, cast.ana)
        client = as_(cast.finn)
        assert "Who asks for it?" not in words(client.get(at("records:revoke", cast.ana.pk)))
        client.post(at("records:revoke", cast.ana.pk), EVERYTHING)
        assert Revocation.objects.get().asked_by is None


class TestTheJournal:
    @pytest.fixture
    def line(self, cast: Cast, tmp_path, settings):
        settings.DATA_DIR = tmp_path
        authority = given_authority(cast, cast.bea, cast.carla)
        consent = signed_consent(cast, cast.bea, signer=cast.carla, representation=authority)
        return {
            "consent": consent.pk,
            "how": "desk",
            "part": {},
            "person": cast.bea.pk,
            "asked_by": authority.pk,
            "practice": cast.practice.pk,
            "received_at": NOW.isoformat(),
        }

    def replayed(self, cast: Cast, tmp_path, line) -> Revocation:
        (tmp_path / "revocations.jsonl").write_text(json.dumps(line) + "\n")
        assert replay_journal(by=by(cast.olga), at=NOW) == 1
        return Revocation.objects.get()

    def test_keeps_who_asked(self, cast: Cast, tmp_path, line) -> None:
        assert self.replayed(cast, tmp_path, line).asked_by_id == line["asked_by"]

    def test_withdraws_though_the_backup_knows_nothing_of_whoever_asked(
        self, cast: Cast, tmp_path, line
    ) -> None:
        assert self.replayed(cast, tmp_path, line | {"asked_by": 987_654}).asked_by_id is None
