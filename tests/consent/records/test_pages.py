"""The list of people with their standing, and one person's record."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consent.audit.models import LedgerEntry
from consent.people.actions import add_identifier
from consent.people.models import Person
from consent.records.models import EndingEvent, Hold
from tests.cast import NOW, Cast, by, make_person
from tests.consents import given_authority, signed_consent


@pytest.fixture
def cast(db):
    return Cast()


def as_(user):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def url(name, *args):
    return reverse(f"records:{name}", args=["riverbend", *args])


def text(response):
    return " ".join(response.content.decode().split())


class TestTheList:
    def test_finds_and_shows_the_standing(self, cast):
        people = [cast.ana, cast.vic]
        page = text(as_(cast.finn).post(url("people"), {"q": "rui"}, follow=True))
        assert "Ana Ruiz" in page
        assert "2 Mar 1984" in page
        assert "Nothing on file" in page
        assert people[1].alias not in page

    def test_answers_htmx_with_the_rows_alone(self, cast):
        assert cast.ana
        rows = text(as_(cast.finn).post(url("people"), {"q": "ana"}, headers={"HX-Request": "true"}))
        assert "Ana Ruiz" in rows
        assert "<html" not in rows

    def test_offers_to_add_whom_it_does_not_find(self, cast):
        page = text(as_(cast.finn).post(url("people"), {"q": "Quintana"}, follow=True))
        assert "Nobody is found by “Quintana”" in page
        added = as_(cast.finn).post("/p/riverbend/people/add/", {"called": "Quintana"})
        assert 'value="Quintana"' in page
        assert 'name="given" value="Quintana"' in text(added)
        assert "Birth date" in text(added)

    def test_costs_the_same_for_many(self, cast):
        finn, counts = as_(cast.finn), []
        finn.get(url("people"))  # the first page also notes the session
        for number in range(8):
            make_person(cast.practice, f"Ana{number}", "Ruiz", cast.ana.date_of_birth)
            if number in (0, 7):
                with CaptureQueriesContext(connection) as queries:
                    finn.post(url("people"), {"q": "ruiz"}, headers={"HX-Request": "true"})
                counts.append(len(queries))
        assert counts[0] == counts[1]


class TestWhatAMarketerSees:
    def test_is_the_alias_and_the_standing_alone(self, cast):
        add_identifier(person=cast.ana, system="MRN", value="10045", by=by(cast.finn), at=NOW)
        dan = as_(cast.dan)
        for page in (dan.post(url("people"), {"q": "ana"}, follow=True), dan.get(url("person", cast.ana.pk))):
            seen = text(page)
            assert "Ana" in seen
            assert "Nothing on file" in seen
            for secret in ("Ruiz", "1984", "10045"):
                assert secret not in seen

    def test_is_not_a_childs_age_or_whose_child_it_is(self, cast):
        given_authority(cast, cast.bea, cast.carla)
        seen = text(as_(cast.dan).get(url("person", cast.bea.pk)))
        assert "Bea" in seen
        for secret in ("is 9", "Carla", "2017"):
            assert secret not in seen

    def test_does_not_search_names_or_numbers(self, cast):
        assert cast.ana
        assert "Nobody is found" in text(as_(cast.dan).post(url("people"), {"q": "ruiz"}, follow=True))


class TestTheRecord:
    def test_notes_who_opened_it(self, cast):
        as_(cast.finn).get(url("person", cast.ana.pk))
        entry = LedgerEntry.objects.get(event="person.viewed")
        assert (entry.person, entry.actor) == (cast.ana.pk, str(by(cast.finn)))

    def test_says_who_must_sign(self, cast):
        assert "Bea Ruiz is 9. A parent or court-named guardian signs." in text(
            as_(cast.finn).get(url("person", cast.bea.pk))
        )

    def test_is_unknown_to_strangers(self, cast):
        assert as_(cast.zed).get(url("person", cast.ana.pk)).status_code == 404
        stranger = make_person(cast.other_practice, "Zoe", "Zander", cast.ana.date_of_birth)
        assert as_(cast.finn).get(url("person", stranger.pk)).status_code == 404


class TestAskingToStop:
    def test_holds_at_once_and_is_lifted_after_asking(self, cast):
        finn, pk = as_(cast.finn), cast.ana.pk
        page = text(finn.post(url("hold", pk), follow=True))
        assert "On hold" in page
        assert "They asked us to stop," in page
        assert "Lift the hold?" in text(finn.get(url("lift_hold", pk)))
        assert Hold.objects.get().lifted_at is None
        assert "The hold is lifted." in text(finn.post(url("lift_hold", pk), follow=True))

    def test_changes_nothing_by_looking(self, cast):
        assert as_(cast.finn).get(url("hold", cast.ana.pk)).status_code == 405
        assert as_(cast.dan).post(url("hold", cast.ana.pk)).status_code == 403
        assert not Hold.objects.exists()


class TestSomethingEnded:
    def test_is_recorded_from_the_start_of_the_day(self, cast):
        told = {"kind": "end_of_treatment", "day": "Nov 20 2025"}
        as_(cast.finn).post(url("ending_event", cast.ana.pk), told)
        assert EndingEvent.objects.get().occurred_at.isoformat() == "2025-11-20T05:00:00+00:00"

    def test_is_not_recorded_ahead(self, cast):
        told = {"kind": "end_of_treatment", "day": "1/1/2099"}
        page = as_(cast.finn).post(url("ending_event", cast.ana.pk), told)
        assert "it has not come yet" in text(page)
        assert not EndingEvent.objects.exists()


class TestWithdrawingAtTheDesk:
    def test_takes_a_part_back_and_says_what(self, cast):
        signed_consent(cast, cast.ana)
        finn, pk = as_(cast.finn), cast.ana.pk
        told = {"extent": "part", "elements": ["face"], "platforms": ["instagram"], "how": "desk"}
        page = text(finn.post(url("revoke", pk), told, follow=True))
        assert "Taken back: face and Instagram." in page
        assert 'value="face"' not in text(finn.get(url("revoke", pk)))

    def test_takes_everything_back(self, cast):
        signed_consent(cast, cast.ana)
        page = text(
            as_(cast.finn).post(url("revoke", cast.ana.pk), {"extent": "all", "how": "letter"}, follow=True)
        )
        assert "Withdrawn" in page
        assert "Nothing may be shown or said about Ana Ruiz." in page

    def test_asks_which_part_and_whether_there_is_any(self, cast):
        finn = as_(cast.finn)
        part = {"extent": "part", "how": "desk"}
        assert "Tick what they take back, or choose everything." in text(
            finn.post(url("revoke", cast.ana.pk), part)
        )
        everything = {"extent": "all", "how": "desk"}
        assert "there is nothing to withdraw" in text(finn.post(url("revoke", cast.ana.pk), everything))


class TestARecordThatIsWrong:
    def test_is_marked_by_compliance_alone(self, cast):
        consent = signed_consent(cast, cast.ana)
        door = url("invalidate", cast.ana.pk, consent.pk)
        assert as_(cast.finn).post(door, {"reason": "in_error"}).status_code == 403
        page = text(as_(cast.eve).post(door, {"reason": "in_error"}, follow=True))
        assert "The record was marked as wrong." in page
        assert as_(cast.eve).get(url("invalidate", cast.vic.pk, consent.pk)).status_code == 404


class TestAnEighteenthBirthday:
    """A parent's permission ends on it, and only those who may identify somebody learn the day (R28, R54)."""

    @pytest.fixture
    def teen(self, cast):
        born = date(2008, 12, 5)
        Person.objects.filter(pk=cast.bea.pk).update(date_of_birth=born)
        cast.bea.refresh_from_db()
        authority = given_authority(cast, cast.bea, cast.carla)
        signed_consent(cast, cast.bea, representation=authority, signer=cast.carla)
        with time_machine.travel(NOW, tick=False):
            yield cast.bea

    def test_is_told_as_the_end_to_the_front_desk(self, cast, teen):
        page = text(as_(cast.finn).get(url("person", teen.pk)))
        assert "Ends <time" in page
        assert "4 Dec" in page

    def test_is_told_to_no_marketer(self, cast, teen):
        page = text(as_(cast.dan).get(url("person", teen.pk)))
        assert "Ends soon" in page
        for day in ("4 Dec", "5 Dec", "2026-12-04", "2026-12-05", "2008"):
            assert day not in page
