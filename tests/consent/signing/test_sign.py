"""The signature: one act of the signer, taken only with whole evidence, once."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection

from consent.audit.models import LedgerEntry
from consent.evidence.models import Signature
from consent.people.models import PersonName
from consent.records.models import Consent
from consent.records.rules import Scope
from consent.signing.actions import PacketIncomplete, SignerChanged, TextChanged
from consent.signing.actions.signing import Mark
from consent.signing.models import Ceremony
from consent.signing.rules import NotNow
from consent.wording.rules import ELEMENTS
from tests.cast import NOW, Cast
from tests.ceremonies import ENDS_ON, answered, handed_over, prepared, signed
from tests.consents import given_authority

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def ready(cast):
    return answered(handed_over(cast)[0])


class TestSigning:
    def test_keeps_exactly_what_was_ticked(self, cast, ready):
        signature = signed(ready)
        consent = Consent.objects.get()
        scope = Scope.from_json(consent.scope)
        assert sorted(scope.elements) == ["face", "first_name"]
        assert sorted(scope.platforms) == ["instagram", "website"]
        assert (list(scope.formats), list(scope.purposes), scope.paid) == (["post"], ["testimonial"], False)
        assert (consent.ends_on, consent.signature, consent.signer) == (ENDS_ON, signature, cast.ana)
        assert consent.discloser == "Riverbend Family Practice LLC"

    def test_gives_every_tick_its_instant(self, ready):
        ticks = signed(ready).answers["elements"]
        assert set(ticks) == {"first_name", "face"} < set(ELEMENTS)
        assert all(ticks.values())

    def test_is_the_signers_act_in_the_ledger(self, cast, ready):
        signature = signed(ready)
        entry = LedgerEntry.objects.get(event="consent.signed")
        assert entry.actor == f"person:{cast.ana.pk}"
        assert (
            json.loads(bytes(entry.body))["facts"]["text_sha256"]
            == signature.text_sha256
            == ready.text_sha256
        )

    def test_keeps_who_checked_and_who_witnessed_apart(self, cast, ready):
        signature = signed(ready)
        assert (signature.identity_checked_by, signature.witness) == (cast.finn, cast.freya)
        assert (signature.identity_method, signature.factor) == ("photo_id", "second_witness")

    def test_of_a_parent_names_the_authority(self, cast):
        authority = given_authority(cast, cast.bea, cast.carla)
        ceremony = prepared(cast, cast.bea, authority, kind="authorization_minor")
        signature = signed(answered(handed_over(cast, ceremony)[0]))
        assert (signature.role, signature.representation, signature.signer) == (
            "personal_representative", authority, cast.carla,
        )  # fmt: skip

    def test_a_second_time_changes_nothing(self, ready):
        assert signed(ready) == signed(ready, mark=Mark(typed_name="Ana Ruiz"), at=NOW + timedelta(seconds=5))
        assert Signature.objects.count() == Consent.objects.count() == 1
        assert LedgerEntry.objects.filter(event="consent.signed").count() == 1


class TestSigningIsRefused:
    def nothing_was_kept(self):
        return not Signature.objects.exists() and not Consent.objects.exists()

    def test_before_the_last_screen(self, cast):
        with pytest.raises(NotNow, match="answer the questions"):
            signed(answered(handed_over(cast)[0], until="review"))
        assert self.nothing_was_kept()

    def test_without_a_whole_packet(self, ready):
        Ceremony.objects.filter(pk=ready.pk).update(witness=None, privacy_notice="")
        with pytest.raises(PacketIncomplete, match=r"second witness.*privacy notice"):
            signed(ready)
        assert self.nothing_was_kept()

    def test_once_the_text_is_not_the_one_that_was_read(self, cast, ready):
        PersonName.objects.filter(person=cast.ana).update(family="Ruiz-Lee")
        with pytest.raises(TextChanged, match="read it once more"):
            signed(ready)
        assert self.nothing_was_kept()

    def test_after_two_idle_minutes(self, ready):
        with pytest.raises(NotNow, match="no longer open"):
            signed(ready, at=NOW + timedelta(minutes=2))
        assert self.nothing_was_kept()

    def test_once_the_parents_right_has_ended(self, cast):
        authority = given_authority(cast, cast.bea, cast.carla)
        ceremony = prepared(cast, cast.bea, authority, kind="authorization_minor")
        ready = answered(handed_over(cast, ceremony)[0])
        type(authority).objects.filter(pk=authority.pk).update(ended_at=NOW)
        with pytest.raises(SignerChanged, match="right to sign"):
            signed(ready)
        assert self.nothing_was_kept()


@pytest.mark.django_db(transaction=True)
class TestTenSubmitsAtOnce:
    def test_give_one_signature(self, cast):
        ready = answered(handed_over(cast)[0])
        found, start = [], threading.Barrier(10)

        def submit():
            try:
                start.wait()
                found.append(signed(ready).pk)
            finally:
                connection.close()

        threads = [threading.Thread(target=submit) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 10
        assert len(set(found)) == 1
        assert Signature.objects.count() == Consent.objects.count() == 1
