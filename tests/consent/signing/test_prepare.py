"""Preparing at the desk: the law's signer, the right form, an end, and a second pair of eyes."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consent.people.models import Person
from consent.signing.actions import (
    HandOverRefused,
    PinRefused,
    PrepareRefused,
    hand_over,
    recall,
    witness,
)
from consent.signing.models import Ceremony, PinTry
from consent.signing.queries import ceremonies_waiting, witnesses
from consent.wording.models import Wording
from tests.cast import NOW, PIN, Cast, by
from tests.ceremonies import LISTS, handed_over, prepared, sample_wording, witnessed
from tests.consents import given_authority

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


class TestPreparing:
    def test_freezes_the_form_that_is_offered(self, cast):
        assert prepared(cast).wording.frozen_at == NOW
        assert Wording.objects.exclude(frozen_at=None).count() == 1

    def test_of_a_child_needs_a_verified_parent(self, cast):
        with pytest.raises(PrepareRefused, match="parent or court-named guardian signs"):
            prepared(cast, cast.bea, kind="authorization_minor")
        unverified = given_authority(cast, cast.bea, cast.carla, verified_by=None, verified_at=None)
        with pytest.raises(PrepareRefused, match="not verified"):
            prepared(cast, cast.bea, unverified, kind="authorization_minor")
        assert not Ceremony.objects.exists()

    def test_of_a_child_asks_the_child_from_seven(self, cast):
        authority = given_authority(cast, cast.bea, cast.carla)
        assert prepared(cast, cast.bea, authority, kind="authorization_minor").asks_assent
        Person.objects.filter(pk=cast.bea.pk).update(date_of_birth=date(2020, 1, 1))
        cast.bea.refresh_from_db()
        assert not prepared(cast, cast.bea, authority, kind="authorization_minor").asks_assent

    def test_refuses_the_form_of_another_age(self, cast):
        with pytest.raises(PrepareRefused, match="not the form"):
            prepared(cast, kind="authorization_minor")

    def test_refuses_the_authority_over_somebody_else(self, cast):
        authority = given_authority(cast, cast.bea, cast.carla)
        with pytest.raises(PrepareRefused, match="not verified, or does not hold for this person"):
            prepared(cast, cast.ana, authority)

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"ends_on": NOW.date()}, "after today"),
            ({"ends_on": date(2027, 11, 24)}, "at most one year"),
            ({"lists": {**LISTS, "purposes": []}}, "at least one line"),
            ({"capacity_attested": False}, "awake, calm"),
            ({"privacy_notice": " "}, "privacy notice"),
        ],
    )
    def test_refuses_what_would_not_stand(self, cast, fields, sentence):
        with pytest.raises(PrepareRefused, match=sentence):
            prepared(cast, **fields)

    def test_in_another_language_needs_an_interpreter(self, cast):
        Person.objects.filter(pk=cast.ana.pk).update(language="es")
        cast.ana.refresh_from_db()
        with pytest.raises(PrepareRefused, match="interpreter"):
            prepared(cast)
        assert prepared(cast, interpreter="Ida Interpreter, 4711").interpreter == "Ida Interpreter, 4711"

    def test_waits_on_the_home_page_until_it_is_answered(self, cast):
        ceremony = prepared(cast)
        assert list(ceremonies_waiting(cast.practice, NOW)) == [ceremony]
        assert not ceremonies_waiting(cast.other_practice, NOW)
        assert not ceremonies_waiting(cast.practice, NOW + timedelta(days=2))


class TestTheDesk:
    @pytest.fixture
    def desk(self, cast, client):
        client.force_login(cast.finn)
        sample_wording(cast)
        assert cast.freya
        return client

    def fill(self, cast, **fields):
        return {
            "signer": "self",
            "location": cast.location.pk,
            "ends_on": (timezone.now() + timedelta(days=90)).date().isoformat(),
            "privacy_notice": "2026-01",
            "capacity_attested": "on",
            "elements": ["face"],
            "platforms": ["website"],
            "formats": ["post"],
            "purposes": ["education"],
            **fields,
        }

    def address(self, cast, person):
        return reverse("signing:prepare", args=["riverbend", person.pk])

    def test_leads_to_the_witness(self, cast, desk):
        page = desk.post(self.address(cast, cast.ana), self.fill(cast), follow=True).content.decode()
        assert "A colleague witnesses" in page
        assert Ceremony.objects.get().offered["elements"] == ["face"]

    def test_puts_nothing_on_the_form_that_hides_or_turns_the_text_around(self, cast, desk):
        desk.post(self.address(cast, cast.ana), self.fill(cast, receives="\u202egnihton\u2066 a car\u200b"))
        assert Ceremony.objects.get().offered["receives"] == "gnihton a car"

    def test_says_what_is_wrong_where_it_is(self, cast, desk):
        answer = desk.post(self.address(cast, cast.ana), self.fill(cast, ends_on="2020-01-01"))
        assert "after today" in answer.content.decode()
        assert not Ceremony.objects.exists()

    def test_says_what_to_do_for_a_child_without_a_verified_parent(self, cast, desk):
        page = desk.get(self.address(cast, cast.bea)).content.decode()
        assert "A parent or court-named guardian signs." in page
        assert "Record who may sign" in page
        desk.post(self.address(cast, cast.bea), self.fill(cast))
        assert not Ceremony.objects.exists()

    def test_is_closed_to_those_who_may_not_prepare(self, cast, client):
        client.force_login(cast.dan)
        assert client.get(self.address(cast, cast.ana)).status_code == 403
        client.force_login(cast.zed)
        assert client.get(self.address(cast, cast.ana)).status_code == 404


class TestTheWitness:
    def test_is_a_colleague_and_never_the_preparer(self, cast):
        ceremony = prepared(cast)
        freya = cast.freya
        assert (cast.dan.name, witnesses(cast.practice, cast.finn)) == ("Dan", [freya])
        with pytest.raises(HandOverRefused, match="second person"):
            witnessed(cast, ceremony, who=cast.finn)
        for other in (cast.dan, cast.zed):
            with pytest.raises(HandOverRefused, match="may not witness"):
                witnessed(cast, ceremony, who=other)

    def test_with_three_wrong_pins_is_locked_out_for_half_a_minute(self, cast):
        ceremony = prepared(cast)
        self.tried_wrongly(cast, ceremony, NOW)
        with pytest.raises(PinRefused, match="locked for 20 seconds"):
            self.tried(cast, ceremony, PIN, NOW + timedelta(seconds=10))
        assert self.tried(cast, ceremony, PIN, NOW + timedelta(seconds=30)).witness == cast.freya

    def test_waits_longer_every_time_and_in_the_end_for_a_sign_in(self, cast):
        ceremony, now = prepared(cast), NOW
        for wait, said in ((30, "30 seconds"), (120, "2 minutes"), (600, "10 minutes")):
            self.tried_wrongly(cast, ceremony, now, said)
            now += timedelta(seconds=wait)
        self.tried_wrongly(cast, ceremony, now, "until they sign in with their password")
        with pytest.raises(PinRefused, match="sign in with their password"):
            self.tried(cast, ceremony, PIN, now + timedelta(days=2))
        type(cast.freya).objects.filter(pk=cast.freya.pk).update(last_login=now + timedelta(days=3))
        assert self.tried(cast, ceremony, PIN, now + timedelta(days=3)).witness == cast.freya

    def tried_wrongly(self, cast, ceremony, at, said="locked for"):
        """Three times in a row; the third one says for how long that locks it."""
        for match in ("try again", "try again", said):
            with pytest.raises(PinRefused, match=match):
                self.tried(cast, ceremony, "0000", at)

    def test_with_two_wrong_pins_and_a_right_one_begins_anew(self, cast):
        ceremony = prepared(cast)
        for pins in (("1", "2"), ("3", "4")):
            for pin in pins:
                with pytest.raises(PinRefused, match="try again"):
                    self.tried(cast, ceremony, pin, NOW)
            self.tried(cast, ceremony, PIN, NOW)
        assert list(PinTry.objects.values_list("was_right", flat=True)) == [False, False, True] * 2

    def test_without_a_pin_is_told_where_to_get_one(self, cast):
        ceremony = prepared(cast)
        type(cast.freya).objects.filter(pk=cast.freya.pk).update(pin_hash="")
        cast.freya.refresh_from_db()
        with pytest.raises(PinRefused, match="has no PIN yet"):
            self.tried(cast, ceremony, "", NOW)

    def tried(self, cast, ceremony, pin, at):
        return witness(
            ceremony=ceremony,
            witness=cast.freya,
            pin=pin,
            identity_method="photo_id",
            by=by(cast.finn),
            at=at,
        )


class TestHandingOver:
    def test_without_a_witness_is_refused(self, cast):
        with pytest.raises(HandOverRefused, match="check who signs first"):
            hand_over(ceremony=prepared(cast), by=by(cast.finn), at=NOW)

    def test_long_after_the_witness_is_refused(self, cast):
        ceremony = witnessed(cast, prepared(cast))
        with pytest.raises(HandOverRefused, match="A check counts for half an hour"):
            hand_over(ceremony=ceremony, by=by(cast.finn), at=NOW + timedelta(minutes=31))

    def test_twice_on_one_check_is_refused(self, cast):
        """Whoever prepared the form cannot open it again once the patient is gone (R71)."""
        ceremony, _ = handed_over(cast)
        recall(ceremony=ceremony, by=by(cast.finn), at=NOW)
        with pytest.raises(HandOverRefused, match="for opening the form once"):
            hand_over(ceremony=ceremony, by=by(cast.finn), at=NOW)
        assert Ceremony.objects.get().state == "prepared"
        hand_over(ceremony=witnessed(cast, ceremony), by=by(cast.finn), at=NOW)
        assert Ceremony.objects.get().state == "open"

    def test_by_another_than_the_preparer_is_refused(self, cast):
        ceremony = witnessed(cast, prepared(cast))
        with pytest.raises(HandOverRefused, match="Finn prepared this"):
            hand_over(ceremony=ceremony, by=by(cast.freya), at=NOW)

    def test_keeps_only_a_digest_of_the_token(self, cast):
        ceremony, token = handed_over(cast)
        assert len(token) > 40
        assert ceremony.token_digest != token
