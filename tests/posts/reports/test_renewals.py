"""Asking again: who is on the list, what is carried over, whom it leaves alone, and the new adult (R23, R26, R28)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from consent.audit.rules import Actor
from consent.people.actions import end_representation
from consent.people.models import ContactPoint
from consent.records.actions import keep_quiet, place_hold, refuse_renewal, request_renewal, revoke
from consent.records.models import Refusal, RenewalRequest
from consent.signing.actions import decline
from tests.cast import NOW, by, make_person
from tests.ceremonies import handed_over, prepared, sample_wording
from tests.consents import given_authority, signed_consent
from tests.desk import as_, at, words

SOON = (NOW + timedelta(days=20)).date()
LIST, HOME = at("reports:renewals"), at("reports:home")
BIRTHDAY = date(2026, 12, 20)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ending(cast):
    """Ana's permission, which ends in twenty days."""
    return signed_consent(cast, cast.ana, ends_on=SOON)


def ask(cast, consent, **fields):
    door = at("reports:ask_again", consent.person_id, consent.pk)
    return as_(cast.finn).post(door, fields)


def ticked(page, name, key):
    """Whether the preparing page has the tick set."""
    tag = page.split(f'name="{name}" value="{key}"')[1].split(">")[0]
    return "checked" in tag


class TestTheList:
    def test_names_whose_permission_ends_and_who_signs(self, cast, ending):
        page = words(as_(cast.finn).get(LIST))
        assert "Within 30 days" in page
        assert "Ana Ruiz signs." in page

    def test_leaves_out_one_that_another_outlives(self, cast, ending):
        signed_consent(cast, cast.ana)
        assert "No permission ends within 90 days." in words(as_(cast.finn).get(LIST))

    def test_says_why_somebody_is_not_asked(self, cast, ending):
        keep_quiet(person=cast.ana, visit_on=NOW.date(), by=by(cast.finn), at=NOW)
        page = words(as_(cast.finn).get(LIST))
        assert "Not before 1 Dec 2026" in page
        assert 'type="checkbox"' not in page

    def test_takes_as_many_queries_for_one_as_for_many(self, cast, ending):
        finn = as_(cast.finn)
        finn.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as one:
            finn.get(LIST)
        for number in range(4):
            signed_consent(
                cast, make_person(cast.practice, f"Pat{number}", "Many", date(1980, 1, 1)), ends_on=SOON
            )
        with CaptureQueriesContext(connection) as many:
            finn.get(LIST)
        assert len(many) == len(one)


class TestAskingOne:
    def test_carries_the_old_terms_over_less_what_was_taken_back(self, cast):
        sample_wording(cast)
        consent = signed_consent(cast, cast.ana, ends_on=SOON, signed_at=NOW - timedelta(days=10))
        revoke(consent=consent, part={"platforms": ["instagram"]}, how="desk", by=by(cast.finn), at=NOW)
        answer = ask(cast, consent)
        page = words(as_(cast.finn).get(answer["Location"]))
        assert ticked(page, "platforms", "website")
        assert not ticked(page, "platforms", "instagram")
        assert not ticked(page, "elements", "voice")

    def test_is_done_once_until_there_is_an_answer(self, cast, ending):
        ask(cast, ending)
        ask(cast, ending)
        assert RenewalRequest.objects.count() == 1
        assert "Ana Ruiz is to be asked again." in words(as_(cast.finn).get(HOME))

    def test_is_answered_by_a_new_signature(self, cast, ending):
        ask(cast, ending)
        signed_consent(cast, cast.ana, signed_at=NOW + timedelta(hours=1))
        assert "is to be asked again" not in words(as_(cast.finn).get(HOME))

    def test_waits_while_everything_is_on_hold(self, cast, ending):
        place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        ask(cast, ending)
        assert not RenewalRequest.objects.exists()

    def test_does_not_find_a_consent_of_somebody_else(self, cast, ending):
        door = at("reports:ask_again", cast.vic.pk, ending.pk)
        assert as_(cast.finn).post(door).status_code == 404

    def test_is_not_for_the_marketer(self, cast, ending):
        door = at("reports:ask_again", cast.ana.pk, ending.pk)
        assert as_(cast.dan).post(door).status_code == 403


class TestNoThanks:
    def test_is_remembered_for_a_year_and_stops_the_reminder(self, cast, ending):
        request_renewal(consent=ending, by=by(cast.finn), at=NOW)
        finn = as_(cast.finn)
        page = words(finn.post(at("records:refuse_renewal", cast.ana.pk), {"who": "self"}, follow=True))
        assert "They are not asked again for now." in page
        assert "is to be asked again" not in words(finn.get(HOME))
        assert "They said no thanks on 23 Nov 2026. Not before 23 Nov 2027." in words(finn.get(LIST))

    def test_withdraws_nothing(self, cast, ending):
        refuse_renewal(person=cast.ana, said_by=cast.ana, how="told", by=by(cast.finn), at=NOW)
        assert not ending.revocations.exists()

    def test_on_the_tablet_is_remembered_too(self, cast):
        ceremony, _ = handed_over(cast, prepared(cast))
        decline(ceremony=ceremony, by=Actor("person", str(cast.ana.pk)), at=NOW)
        assert Refusal.objects.get().how == "form"

    def test_does_not_hinder_somebody_who_asks_us(self, cast, ending):
        refuse_renewal(person=cast.ana, said_by=cast.ana, how="told", by=by(cast.finn), at=NOW)
        assert "They ask us for it now" in words(as_(cast.finn).get(at("records:person", cast.ana.pk)))
        ask(cast, ending, they_asked="yes")
        assert RenewalRequest.objects.get().they_asked

    def test_cannot_be_deleted(self, cast, ending):
        refuse_renewal(person=cast.ana, said_by=cast.ana, how="told", by=by(cast.finn), at=NOW)
        with pytest.raises(DatabaseError), transaction.atomic():
            Refusal.objects.all()._raw_delete("default")


class TestAskingSeveral:
    def test_shows_first_who_is_asked_how_and_who_is_not(self, cast, ending):
        ContactPoint.objects.create(
            practice=cast.practice, person=cast.ana, kind="email", value="ana@example.org", digest="a",
            verified_at=NOW,
        )  # fmt: skip
        quiet = signed_consent(cast, cast.vic, ends_on=SOON)
        keep_quiet(person=cast.vic, until=date(2027, 1, 1), by=by(cast.finn), at=NOW)
        chosen = {"consent": [ending.pk, quiet.pk]}
        page = words(as_(cast.finn).get(at("reports:preview_renewals"), chosen))
        assert "Reached by ana@example.org" in page
        assert 'Vic Stone</strong> <span class="muted">Not before 1 Jan 2027' in page
        assert not RenewalRequest.objects.exists()

        page = words(as_(cast.finn).post(at("reports:request_renewals"), chosen, follow=True))

        assert "Asked again: 1." in page
        assert RenewalRequest.objects.get().person == cast.ana


class TestATimeOfNotAsking:
    def test_is_noted_and_ended_on_the_persons_page(self, cast, ending):
        finn = as_(cast.finn)
        told = {"until": "2027-01-01"}
        page = words(finn.post(at("records:keep_quiet", cast.ana.pk), told, follow=True))
        assert "Do not ask until" in page
        quiet = cast.ana.quiet_times.get()
        page = words(finn.post(at("records:end_quiet", cast.ana.pk, quiet.pk), follow=True))
        assert "Do not ask until" not in page

    @pytest.mark.parametrize(
        "told", [{"until": ""}, {"until": "2027-01-01", "visit_on": "2027-01-01"}, {"until": "2026-11-23"}]
    )
    def test_is_one_day_that_makes_sense(self, cast, told):
        assert as_(cast.finn).post(at("records:keep_quiet", cast.ana.pk), told).status_code == 422


class TestComingOfAge:
    @pytest.fixture
    def lena(self, cast):
        """Lena, seventeen, for whom her mother signed."""
        lena = make_person(cast.practice, "Lena", "Ruiz", date(2008, 12, 20))
        mother = given_authority(cast, lena, cast.carla)
        self.consent = signed_consent(cast, lena, signer=cast.carla, representation=mother)
        return lena

    def home(self, user, moment=NOW):
        with time_machine.travel(moment, tick=False):
            return words(as_(user).get(HOME))

    def panel(self, user, lena, moment=NOW):
        with time_machine.travel(moment, tick=False):
            return words(as_(user).get(at("reports:new_adult", lena.pk)))

    def test_is_a_task_sixty_days_before_and_not_sooner(self, cast, lena):
        said = "Lena Ruiz turns 18."
        assert said in self.home(cast.finn)
        assert said not in self.home(cast.finn, NOW - timedelta(days=40))

    def test_says_on_the_birthday_that_it_has_ended(self, cast, lena):
        after = NOW + timedelta(days=40)
        assert "Lena Ruiz is 18 and decides now." in self.home(cast.finn, after)
        panel = self.panel(cast.finn, lena, after)
        assert "0 out, 0 scheduled" in panel
        assert "Prepare a form for Lena Ruiz" in panel

    def test_offers_no_form_that_nobody_could_sign_yet(self, cast, lena):
        panel = self.panel(cast.finn, lena)
        assert "the form can be signed from the birthday on" in panel
        assert "Prepare a form" not in panel

    def test_is_done_when_the_adult_signed(self, cast, lena):
        after = NOW + timedelta(days=40)
        signed_consent(cast, lena, signed_at=after)
        assert "decides now" not in self.home(cast.finn, after + timedelta(days=1))

    def test_is_done_when_the_adult_said_no(self, cast, lena):
        refuse_renewal(person=lena, said_by=lena, how="told", by=by(cast.finn), at=NOW)
        assert "turns 18" not in self.home(cast.finn)

    def test_is_not_done_by_the_mothers_no(self, cast, lena):
        refuse_renewal(person=lena, said_by=cast.carla, how="told", by=by(cast.finn), at=NOW)
        assert "Lena Ruiz turns 18." in self.home(cast.finn)

    def test_is_none_of_a_child_for_whom_nobody_signed(self, cast, lena):
        make_person(cast.practice, "Otis", "Ruiz", date(2008, 12, 20))
        assert "Otis" not in self.home(cast.finn)

    def test_tells_no_birthday_to_a_marketer(self, cast, lena):
        assert "turns 18" not in self.home(cast.dan)
        assert as_(cast.dan).get(at("reports:new_adult", lena.pk)).status_code == 403


class TestAnAuthorityThatEnds:
    @pytest.fixture
    def mother(self, cast):
        """Carla, who signed for Bea."""
        mother = given_authority(cast, cast.bea, cast.carla)
        signed_consent(cast, cast.bea, signer=cast.carla, representation=mother)
        return mother

    def test_ends_what_rests_on_it_from_then_on(self, cast, mother):
        finn, person = as_(cast.finn), at("records:person", cast.bea.pk)
        assert "On file" in words(finn.get(person))
        finn.post(at("people:end_representation", cast.bea.pk, mother.pk))
        assert "Whoever signed had no right to sign for them" in words(finn.get(person))

    def test_asks_whoever_may_sign_now(self, cast, mother):
        otto = make_person(cast.practice, "Otto", "Ruiz", date(1980, 1, 1), "representative")
        given_authority(cast, cast.bea, otto)
        end_representation(representation=mother, by=by(cast.finn), at=NOW)
        page = words(as_(cast.finn).get(HOME))
        assert "Bea Ruiz: who signed may sign no more, so the permission has ended. Otto Ruiz" in page

    def test_is_no_task_once_another_one_signed(self, cast, mother):
        otto = make_person(cast.practice, "Otto", "Ruiz", date(1980, 1, 1), "representative")
        father = given_authority(cast, cast.bea, otto)
        end_representation(representation=mother, by=by(cast.finn), at=NOW)
        signed_consent(cast, cast.bea, signer=otto, representation=father, signed_at=NOW - timedelta(hours=1))
        assert "may sign no more" not in words(as_(cast.finn).get(HOME))
