"""Legal holds at the desk: placed with a reason, listed, seen by those who keep the record, lifted with a reason."""

import re
from datetime import date

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction

from consent.audit.models import LedgerEntry
from consent.evidence.models import SignatureMark
from consent.people.actions import merge_people
from consent.records.actions import (
    Held,
    NothingThere,
    lift_legal_hold,
    place_legal_hold,
    propose_disposal,
)
from consent.records.models import Disposal, LegalHold
from consent.records.queries.retention import Uses
from tests.cast import NOW, by, make_person
from tests.consents import signed_consent
from tests.desk import as_, at, words

from .test_dispose import AFTER, delete_by_sql

pytestmark = pytest.mark.django_db
WHY = "Ruiz v. Riverbend, 26-cv-0042"
THEIR_NOT_SEEING = ("dan", "finn", "olga")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def told(response):
    """The page's words alone."""
    return " ".join(re.sub(r"<[^>]*>", "", words(response)).split())


@pytest.fixture
def consent(cast):
    return signed_consent(cast, cast.ana)


def placed(cast, consent=None, person=None):
    return place_legal_hold(person=person or cast.ana, consent=consent, why=WHY, by=by(cast.eve), at=NOW)


def place(cast, what="all", why=WHY, user=None):
    door = at("records:place_legal_hold", cast.ana.pk)
    return as_(user or cast.eve).post(door, {"what": what, "why": why}, follow=True)


class TestPlacing:
    def test_keeps_everything_of_a_person_and_shows_it_on_their_page(self, cast, consent):
        page = told(place(cast))
        assert "On legal hold. Nothing that it keeps is erased until it is lifted." in page
        assert f"On legal hold since today at 10:00 am, by Eve. {WHY}" in page
        assert "Keeps every signature, signed document, address and number." in page
        assert LegalHold.objects.get().consent is None

    def test_keeps_one_permission_with_its_document(self, cast, consent):
        link = at("records:place_legal_hold", cast.ana.pk) + f"?consent={consent.pk}"
        assert link in words(as_(cast.eve).get(at("records:person", cast.ana.pk)))
        form = words(as_(cast.eve).get(link))
        assert "It stops no post." in form
        assert f'value="{consent.pk}"' in form.split("checked")[0].rsplit("<input", 1)[1]
        page = words(place(cast, what=str(consent.pk)))
        assert "Keeps the signature and the document of" in page
        assert LegalHold.objects.get().consent == consent

    def test_asks_for_the_matter_and_keeps_what_was_chosen(self, cast, consent):
        answer = place(cast, what=str(consent.pk), why="  ")
        assert answer.status_code == 422
        assert "Say why, in a few words." in words(answer)
        assert not LegalHold.objects.exists()

    def test_takes_no_permission_of_somebody_else(self, cast, consent):
        other = signed_consent(cast, cast.vic)
        assert place(cast, what=str(other.pk)).status_code == 422
        assert not LegalHold.objects.exists()

    def test_twice_for_one_matter_stays_one(self, cast, consent):
        place(cast)
        place(cast)
        assert LegalHold.objects.count() == 1
        assert LedgerEntry.objects.filter(event="legal_hold.placed").count() == 1
        place(cast, why="Another matter")
        assert LegalHold.objects.count() == 2

    def test_is_for_those_who_keep_the_record(self, cast, consent):
        for name in (*THEIR_NOT_SEEING, "aida"):
            assert place(cast, user=getattr(cast, name)).status_code == 403, name
        assert place(cast, user=cast.paul).status_code == 200


class TestTheList:
    def test_says_so_and_what_to_do_when_there_is_none(self, cast):
        page = words(as_(cast.eve).get(at("records:legal_holds")))
        assert (
            "Nothing is on legal hold. If a matter begins, open the person’s page and place one there."
            in page
        )
        assert "Lifted" not in page

    def test_says_of_each_since_when_by_whom_why_and_what_it_keeps(self, cast, consent):
        placed(cast, consent)
        page = told(as_(cast.aida).get(at("records:legal_holds")))
        assert f"Ana Ruiz: {WHY} Since today at 10:00 am, by Eve." in page
        assert "Keeps the signature and the document of" in page
        assert "Lift it" not in page

    def test_shows_what_was_lifted_apart_and_why(self, cast):
        lift_legal_hold(hold=placed(cast), why="Settled.", by=by(cast.paul), at=NOW)
        page = words(as_(cast.eve).get(at("records:legal_holds")))
        assert "Nothing is on legal hold." in page
        assert "Lifted by Paul: Settled." in page

    def test_is_found_from_home(self, cast):
        link = at("records:legal_holds")
        assert link in words(as_(cast.eve).get(at("reports:home")))
        assert link not in words(as_(cast.dan).get(at("reports:home")))


class TestSeeing:
    def test_is_not_for_marketers_nor_the_front_desk(self, cast, consent):
        placed(cast)
        placed(cast, consent)
        for name in THEIR_NOT_SEEING:
            user = getattr(cast, name)
            assert as_(user).get(at("records:legal_holds")).status_code == 403, name
            page = words(as_(user).get(at("records:person", cast.ana.pk)))
            assert WHY not in page, name
            assert "egal hold" not in page, name
            assert "legal matter" not in page, name

    def test_is_for_an_auditor_who_lifts_none(self, cast):
        hold = placed(cast)
        page = words(as_(cast.aida).get(at("records:person", cast.ana.pk)))
        assert WHY in page
        assert "Lift the legal hold" not in page
        assert as_(cast.aida).post(at("records:lift_legal_hold", hold.pk), {"why": "x"}).status_code == 403

    def test_covers_both_halves_of_a_merged_person(self, cast):
        other = make_person(cast.practice, "Ana", "Ruiz-Lee", date(1984, 3, 2))
        merge_people(person=other, into=cast.ana, by=by(cast.finn), at=NOW)
        placed(cast, person=other)
        assert WHY in words(as_(cast.eve).get(at("records:person", cast.ana.pk)))


class TestLifting:
    def test_asks_why_and_says_what_follows(self, cast, consent):
        hold = placed(cast)
        door, eve = at("records:lift_legal_hold", hold.pk), as_(cast.eve)
        page = told(eve.get(door))
        assert f"Eve placed it today at 10:00 am: {WHY}" in page
        assert "Another legal hold" not in page
        assert "Say why, in a few words." in words(eve.post(door, {"why": ""}))
        assert LegalHold.objects.get().lifted_at is None
        assert "The legal hold is lifted." in words(eve.post(door, {"why": "Settled."}, follow=True))
        hold.refresh_from_db()
        assert (hold.lifted_by, hold.lifted_why) == (cast.eve, "Settled.")
        assert WHY not in words(eve.get(at("records:person", cast.ana.pk)))

    def test_one_leaves_another_and_says_so(self, cast, consent):
        hold, _ = placed(cast), placed(cast, consent)
        page = words(as_(cast.eve).get(at("records:lift_legal_hold", hold.pk)))
        assert "Another legal hold stands on Ana Ruiz and goes on." in page

    def test_happens_once(self, cast):
        hold = placed(cast)
        lift_legal_hold(hold=hold, why="Settled.", by=by(cast.paul), at=NOW)
        with pytest.raises(NothingThere):
            lift_legal_hold(hold=hold, why="Again.", by=by(cast.eve), at=NOW)
        page = words(
            as_(cast.eve).post(at("records:lift_legal_hold", hold.pk), {"why": "Again."}, follow=True)
        )
        assert "This hold was lifted before." in page
        hold.refresh_from_db()
        assert hold.lifted_why == "Settled."


class TestTheDatabase:
    def test_refuses_a_lifting_without_a_reason(self, cast):
        hold = placed(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            LegalHold.objects.filter(pk=hold.pk).update(lifted_at=NOW, lifted_by=cast.eve)

    @pytest.mark.parametrize(
        "column", ["placed_at = '2020-01-01 00:00:00'", "why = 'other'", "placed_by_id = 0"]
    )
    def test_keeps_who_placed_it_when_and_why(self, cast, column):
        placed(cast)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE consent_legalhold SET {column}")

    @pytest.mark.parametrize("held_half", [0, 1])
    def test_refuses_to_erase_what_is_held_on_the_other_record_of_the_person(self, cast, consent, held_half):
        other = make_person(cast.practice, "Ana", "Ruiz-Lee", date(1984, 3, 2))
        head = make_person(cast.practice, "A", "Ruiz", date(1984, 3, 2))
        for half in (cast.ana, other):
            merge_people(person=half, into=head, by=by(cast.eve), at=NOW)
        mark = SignatureMark.objects.get(signature=consent.signature)
        columns = {"practice": cast.practice, "person": cast.ana, "consent": consent, "row_id": mark.pk}
        Disposal.objects.create(
            **columns,
            what="mark",
            why="x",
            retain_until=date(2033, 5, 31),
            proposed_by=cast.eve,
            proposed_at=AFTER,
            executed_by=cast.paul,
            executed_at=AFTER,
        )
        hold = placed(cast, person=(other, head)[held_half])
        with pytest.raises(DatabaseError), transaction.atomic():
            delete_by_sql("consent_signaturemark", mark.pk)
        lift_legal_hold(hold=hold, why="Settled.", by=by(cast.eve), at=AFTER)
        delete_by_sql("consent_signaturemark", mark.pk)

    def test_and_the_action_agree_about_the_other_record(self, cast, consent):
        other = make_person(cast.practice, "Ana", "Ruiz-Lee", date(1984, 3, 2))
        merge_people(person=other, into=cast.ana, by=by(cast.eve), at=NOW)
        placed(cast, person=other)
        with pytest.raises(Held):
            propose_disposal(
                consent=consent,
                what="mark",
                uses=Uses(out_still=False),
                why="Over.",
                by=by(cast.eve),
                at=AFTER,
            )
