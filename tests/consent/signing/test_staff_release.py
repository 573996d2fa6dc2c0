"""A member's release: asked for from the team's page, by every route, and never by the member themselves (R32, R71)."""

from typing import Any

import pytest
import time_machine

from consent.access.models import Membership
from consent.evidence.models import Signature
from consent.people.actions import AlreadyJoined, join_member, part_member
from consent.people.models import Person
from consent.records.models import Consent
from consent.signing.actions import (
    HandOverRefused,
    PrepareRefused,
    SendRefused,
    hand_over,
    send_link,
    show_code,
    verify_contact,
)
from consent.signing.models import Ceremony
from consent.signing.queries import witnesses
from tests.cast import NOW, PIN, Cast, by, make_person
from tests.ceremonies import answered, handed_over, prepared, sample_wording, signed, witnessed
from tests.consents import given_authority
from tests.desk import as_, at, words
from tests.links import address_of, browser, code, opened, post

RELEASE = {
    "elements": ["first_name", "face"],
    "platforms": ["website"],
    "formats": ["post"],
    "purposes": ["team"],
    "signer": "self",
    "ends_on": "2027-05-31",
    "capacity_attested": "on",
}
LISTS = {name: RELEASE[name] for name in ("elements", "platforms", "formats", "purposes")}
MARKED: dict[str, Any] = {
    "platforms": {"platforms": ["website"]},
    "formats": {"formats": ["post"]},
    "purposes": {"purposes": ["team"]},
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(db):
    cast = Cast()
    sample_wording(cast)
    assert cast.finn
    assert cast.freya
    return cast


@pytest.fixture
def dans(cast):
    """Dan's own record."""
    return join_member(person=cast.nora, user=cast.dan, by=by(cast.eve), at=NOW)


def works_at_the_desk(cast, user):
    """The member may prepare and witness too."""
    Membership.objects.filter(user=user).update(roles=["marketer", "front_desk"])


def release(cast, person, **fields):
    return prepared(cast, person, kind="staff_release", lists=LISTS, privacy_notice="", **fields)


class TestFromTheTeamsPage:
    def test_a_member_gets_a_record_and_is_asked_for_a_release(self, cast):
        eve, member = as_(cast.eve), cast.dan.memberships.get()
        join = at("workforce:join_member", member.pk)
        assert join in words(eve.get(at("workforce:members")))
        assert "Which record is Dan's own?" in words(eve.get(join))

        new = {"record": "new", "given": "Dan", "family": "Reyes", "born": "4/5/1990"}
        page = words(eve.post(join, new, follow=True))

        assert "Signs in as</dt><dd>Dan, dan@example.org" in page
        record = Person.objects.get(user=cast.dan)
        ask = at("signing:prepare", record.pk) + "?kind=staff_release"
        assert ask in words(eve.get(at("workforce:members")))
        page = words(eve.get(ask))
        assert "Ask Dan Reyes for a release" in page
        assert "Privacy notice" not in page
        page = words(eve.post(ask, RELEASE | {"location": cast.location.pk}, follow=True))
        assert "My permission as a member of staff" in page

    def test_a_record_that_is_there_is_offered_and_a_wrong_choice_can_be_undone(self, cast):
        eve, member = as_(cast.eve), cast.dan.memberships.get()
        nora = cast.nora
        assert "Nora Nurse" in words(eve.get(at("workforce:join_member", member.pk)))
        eve.post(at("workforce:join_member", member.pk), {"record": str(nora.pk)})
        assert Person.objects.get(user=cast.dan) == nora

        eve.post(at("workforce:part_member", member.pk))

        assert not Person.objects.filter(user=cast.dan).exists()
        assert "Nora Nurse" in words(eve.get(at("workforce:join_member", member.pk)))

    def test_nobody_lets_go_of_their_own_record_to_ask_themselves_next(self, cast):
        join_member(person=cast.nora, user=cast.eve, by=by(cast.finn), at=NOW)
        part = at("workforce:part_member", cast.eve.memberships.get().pk)
        assert "A colleague does it." in words(as_(cast.eve).post(part, follow=True))
        assert Person.objects.get(user=cast.eve) == cast.nora

    def test_a_new_record_needs_the_birth_date_that_tells_who_signs(self, cast):
        join = at("workforce:join_member", cast.dan.memberships.get().pk)
        page = words(as_(cast.eve).post(join, {"record": "new", "given": "Dan"}))
        assert "Write the birth date." in page
        assert not Person.objects.exists()

    def test_nobody_has_two_records_nor_a_record_two_members(self, cast, dans):
        with pytest.raises(AlreadyJoined, match="another member's"):
            join_member(person=dans, user=cast.mia, by=by(cast.eve), at=NOW)
        with pytest.raises(AlreadyJoined, match="another record"):
            join_member(person=cast.ana, user=cast.dan, by=by(cast.eve), at=NOW)

    def test_the_row_of_whoever_looks_offers_nothing_to_ask_themselves(self, cast):
        join_member(person=cast.nora, user=cast.eve, by=by(cast.finn), at=NOW)
        page = words(as_(cast.eve).get(at("workforce:members")))
        assert "Ask for a release" not in page


class TestARelease:
    def test_is_signed_on_the_tablet_without_a_patients_notice(self, cast, dans):
        ceremony, _ = handed_over(cast, release(cast, dans))
        signed(answered(ceremony, **MARKED))

        consent = Consent.objects.get()
        assert (consent.kind, consent.person, consent.scope["purposes"]) == ("release", dans, ["team"])
        assert Signature.objects.get().witness == cast.freya

    def test_is_signed_by_the_parent_of_a_member_under_age(self, cast):
        teen = make_person(cast.practice, "Tia", "Reyes", NOW.date().replace(year=2010), "staff")
        right = given_authority(cast, teen, cast.carla)
        ceremony, _ = handed_over(
            cast, prepared(cast, teen, right, kind="staff_release", lists=LISTS, privacy_notice="")
        )
        signature = signed(answered(ceremony, **MARKED))
        assert (signature.signer, signature.role) == (cast.carla, "personal_representative")

    def test_is_mailed_to_the_members_own_address_at_work(self, cast, dans):
        point = address_of(cast, dans, cast.dan.email)
        send_link(ceremony=release(cast, dans), point=point, by=by(cast.finn), at=NOW)
        client = browser()
        assert "A form from Riverbend" in words(client.get("/sign/"))
        post(client, "begin")
        assert "Hello" in words(post(client, "open_form", code=code()))

    def test_goes_to_no_colleagues_mailbox(self, cast, dans):
        point = address_of(cast, dans, cast.freya.email)
        with pytest.raises(SendRefused, match="a member of staff"):
            send_link(ceremony=release(cast, dans), point=point, by=by(cast.finn), at=NOW)

    def test_is_not_opened_in_a_browser_where_its_signer_is_signed_in(self, cast, dans):
        point = address_of(cast, dans, cast.dan.email)
        send_link(ceremony=release(cast, dans), point=point, by=by(cast.finn), at=NOW)
        opened()
        client = browser()
        client.force_login(cast.dan, "django.contrib.auth.backends.ModelBackend")
        assert client.get("/sign/").status_code == 403


class TestNobody:
    def test_asks_themselves(self, cast, dans):
        works_at_the_desk(cast, cast.dan)
        page = at("signing:prepare", dans.pk) + "?kind=staff_release"
        told = words(as_(cast.dan).post(page, RELEASE | {"location": cast.location.pk}))
        assert "Nobody asks, checks or sends a form about themselves." in told
        assert not Ceremony.objects.exists()

    def test_witnesses_their_own_form_nor_is_offered_as_its_witness(self, cast, dans):
        works_at_the_desk(cast, cast.dan)
        ceremony = release(cast, dans)
        assert cast.dan not in witnesses(cast.practice, cast.finn, dans)
        assert cast.dan in witnesses(cast.practice, cast.finn, cast.ana)
        with pytest.raises(HandOverRefused, match="about themselves"):
            witnessed(cast, ceremony, who=cast.dan)

    def test_signs_their_own_childs_form_with_their_own_witnessing(self, cast, dans):
        works_at_the_desk(cast, cast.dan)
        right = given_authority(cast, cast.bea, dans)
        ceremony = prepared(cast, cast.bea, right, kind="authorization_minor")
        with pytest.raises(HandOverRefused, match="about themselves"):
            witnessed(cast, ceremony, who=cast.dan)

    def test_sends_hands_over_or_shows_a_form_that_turns_out_to_be_their_own(self, cast):
        ceremony = witnessed(cast, release(cast, cast.nora))
        point = address_of(cast, cast.nora, "nora@example.org")
        join_member(person=cast.nora, user=cast.finn, by=by(cast.eve), at=NOW)
        with pytest.raises(SendRefused, match="about themselves"):
            send_link(ceremony=ceremony, point=point, by=by(cast.finn), at=NOW)
        for act in (hand_over, show_code):
            with pytest.raises(HandOverRefused, match="about themselves"):
                act(ceremony=ceremony, by=by(cast.finn), at=NOW)

    def test_verifies_their_own_address(self, cast, dans):
        point = address_of(cast, dans, "dan@home.example", verified=False)
        works_at_the_desk(cast, cast.dan)
        with pytest.raises(HandOverRefused, match="about themselves"):
            verify_contact(
                point=point,
                typed="123456",
                witness=cast.dan,
                pin=PIN,
                identity_method="photo_id",
                by=by(cast.finn),
                at=NOW,
            )

    def test_is_bound_by_a_record_that_was_not_theirs_after_all(self, cast, dans):
        part_member(person=dans, by=by(cast.eve), at=NOW)
        with pytest.raises(PrepareRefused, match="not the form"):
            prepared(cast, dans, kind="authorization_minor")
        works_at_the_desk(cast, cast.dan)
        assert witnessed(cast, release(cast, dans), who=cast.dan).witness == cast.dan
