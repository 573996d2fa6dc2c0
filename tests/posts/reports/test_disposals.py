"""The page of what may be erased: proposed by one, erased by another, and not before nothing is out (R60)."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent.evidence.models import SignatureMark
from consent.evidence.queries import document_bytes
from consent.files import store
from consent.files.store import FileMissing
from consent.paper.actions import key_form
from consent.people.actions import add_contact_point, merge_people
from consent.people.models import ContactPoint
from consent.records.actions import place_legal_hold, revoke
from consent.records.models import Disposal
from consent.records.queries.verifying import is_disposed_of
from posts.publishing.actions.tasks import record_found
from posts.reports.queries.disposing import erasable
from tests.cast import NOW, by, make_person
from tests.consents import signed_consent
from tests.desk import as_, at, words
from tests.papers import came_back, given_printing, written
from tests.posts.outgoing import given_account

pytestmark = pytest.mark.django_db
AFTER = datetime(2033, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _years_later():
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def consent(cast):
    return signed_consent(cast, cast.ana)


def propose(cast, row, user=None, what="mark"):
    sent = {"what": what, "row": row.pk}
    return as_(user or cast.eve).post(at("reports:propose_disposal"), sent, follow=True)


def execute(user):
    return as_(user).post(at("reports:execute_disposal", Disposal.objects.latest("pk").pk), follow=True)


def told(response):
    """The page's words alone."""
    return " ".join(re.sub(r"<[^>]*>", "", words(response)).split())


@pytest.fixture
def point(cast):
    return add_contact_point(person=cast.ana, kind="email", value="ana@example.org", by=by(cast.finn), at=NOW)


def given_file(consent):
    """A stored file of the signed document."""
    document = consent.signature.signed_document.document
    key = store.put("documents", consent.practice_id, b"%PDF-1.7 form", "pdf")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE consent_document SET storage_key = %s WHERE id = %s", [key, document.pk])
    return key


def found_out_there(cast):
    record_found(
        account=given_account(cast, "by_hand"),
        address="https://example.org/1",
        seen_on=NOW.date(),
        people=[cast.ana],
        people_unknown=False,
        by=by(cast.dan),
        at=NOW,
    )


class TestWhatMayBeErased:
    def test_is_listed_once_its_years_are_over(self, cast, consent):
        assert "Propose to erase: Ana" in words(as_(cast.eve).get(at("reports:disposals")))
        assert erasable(cast.practice, AFTER.replace(month=5)) == []

    def test_says_so_when_there_is_nothing(self, cast):
        page = words(as_(cast.eve).get(at("reports:disposals")))
        assert "Nothing has to be erased yet." in page
        assert "Nothing is on legal hold." in page

    def test_is_proposed_by_one_and_erased_by_another(self, cast, consent):
        assert "Proposed. Someone else erases it." in words(propose(cast, consent))
        own = execute(cast.eve)
        assert "ask someone else to execute it" in words(own)
        assert SignatureMark.objects.exists()
        other = execute(cast.paul)
        assert "Erased. The proof of the permission stays." in words(other)
        assert not SignatureMark.objects.exists()

    def test_is_not_what_is_held(self, cast, consent):
        place_legal_hold(person=cast.ana, why="A lawsuit.", by=by(cast.eve), at=NOW)
        page = words(as_(cast.eve).get(at("reports:disposals")))
        assert "Propose to erase" not in page.replace("Propose to erase</", "")
        assert "Ana Ruiz: A lawsuit. Eve, " in told(as_(cast.eve).get(at("reports:disposals")))
        assert "A legal hold stands." in words(propose(cast, consent))

    def test_is_not_what_is_still_out(self, cast, consent):
        revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW)
        found_out_there(cast)
        assert erasable(cast.practice, AFTER) == []
        assert "This is kept until" in words(propose(cast, consent))

    def test_is_not_what_was_found_out_there_since_it_was_proposed(self, cast, consent):
        propose(cast, consent)
        found_out_there(cast)
        page = words(execute(cast.paul))
        assert "This is kept until" in page
        assert SignatureMark.objects.exists()

    def test_is_for_those_who_keep_the_record(self, cast, consent):
        assert as_(cast.dan).get(at("reports:disposals")).status_code == 403
        assert as_(cast.zed).get(at("reports:disposals")).status_code == 404

    def test_of_another_practice_is_not_there(self, cast, consent):
        answer = as_(cast.zed).post("/p/hilltop/disposals/propose/", {"row": consent.pk})
        assert answer.status_code in (403, 404)
        assert not Disposal.objects.exists()

    def test_costs_the_same_however_many(self, cast, consent):
        counts = []
        for person in (cast.ana, cast.vic, cast.nora):
            if person != cast.ana:
                signed_consent(cast, person)
            add_contact_point(person=person, kind="phone", value="(555) 010-0123", by=by(cast.finn), at=NOW)
            with CaptureQueriesContext(connection) as queries:
                erasable(cast.practice, AFTER)
            counts.append(len(queries))
        assert len(set(counts)) == 1


class TestAContactPoint:
    def test_is_listed_with_its_value_and_erased_by_two(self, cast, consent, point):
        assert "Ana Ruiz: the e-mail ana@example.org Was kept until" in told(
            as_(cast.eve).get(at("reports:disposals"))
        )
        assert "Proposed. Someone else erases it." in words(propose(cast, point, what="contact"))
        look = told(as_(cast.paul).get(at("reports:execute_disposal", Disposal.objects.get().pk)))
        assert "What goes the e-mail ana@example.org" in look
        assert "This cannot be undone." in look
        assert ContactPoint.objects.exists()
        assert "Erased. The proof of the permission stays." in words(execute(cast.paul))
        assert not ContactPoint.objects.exists()
        page = told(as_(cast.eve).get(at("reports:disposals")))
        assert "Erased by Paul, today at 8:00 am; proposed by Eve." in page
        assert "ana@example.org" not in page

    def test_of_somebody_who_never_gave_a_permission_is_not_listed(self, cast, point):
        assert erasable(cast.practice, AFTER) == []

    def test_is_kept_while_one_permission_of_either_half_must_be(self, cast, consent, point):
        other = make_person(cast.practice, "Ana", "Ruiz-Lee", date(1984, 3, 2))
        merge_people(person=other, into=cast.ana, by=by(cast.finn), at=NOW)
        assert [one.what for one in erasable(cast.practice, AFTER) if one.point] == ["contact"]
        later = signed_consent(cast, other)
        revoke(consent=later, how="desk", by=by(cast.finn), at=datetime(2030, 1, 1, tzinfo=UTC))
        assert [one.what for one in erasable(cast.practice, AFTER) if one.point] == []
        assert "This is kept until" in words(propose(cast, point, what="contact"))
        assert not Disposal.objects.exists()

    def test_is_kept_by_a_hold_of_one_permission(self, cast, consent, point):
        place_legal_hold(person=cast.ana, consent=consent, why="A lawsuit.", by=by(cast.eve), at=NOW)
        assert erasable(cast.practice, AFTER) == []
        assert "A legal hold stands." in words(propose(cast, point, what="contact"))


class TestTheFileOfADocument:
    def test_is_erased_by_two_and_its_links_go_with_it(
        self, cast, consent, django_capture_on_commit_callbacks
    ):
        key, record = given_file(consent), at("records:person", cast.ana.pk)
        page = told(as_(cast.eve).get(at("reports:disposals")))
        assert "Ana Ruiz: the file of the signed document of" in page
        assert ">The document</a>" in words(as_(cast.eve).get(record))
        propose(cast, consent, what="file")
        with django_capture_on_commit_callbacks(execute=True):
            assert "Erased." in words(execute(cast.paul))
        with pytest.raises(store.FileMissing):
            store.read("documents", key)
        assert ">The document</a>" not in words(as_(cast.eve).get(record))

    def test_that_was_erased_is_not_offered_again(self, cast, consent):
        given_file(consent)
        propose(cast, consent, what="file")
        assert [one.what for one in erasable(cast.practice, AFTER)] == ["mark"]
        execute(cast.paul)
        assert [one.what for one in erasable(cast.practice, AFTER)] == ["mark"]


class TestTheQuestionBeforeErasing:
    def test_says_what_stays_and_erases_nothing(self, cast, consent):
        propose(cast, consent)
        page = told(as_(cast.paul).get(at("reports:execute_disposal", Disposal.objects.get().pk)))
        assert "The permission itself: who it was about" in page
        assert "Proposed by Eve, today at 8:00 am" in page
        assert SignatureMark.objects.exists()

    def test_is_not_put_to_whoever_proposed_it(self, cast, consent):
        propose(cast, consent)
        page = words(as_(cast.eve).get(at("reports:execute_disposal", Disposal.objects.get().pk)))
        assert "You proposed it, so someone else erases it" in page
        assert "Erase it for good</button>" not in page

    def test_tells_of_a_hold_that_was_placed_since(self, cast, consent):
        propose(cast, consent)
        place_legal_hold(person=cast.ana, why="A lawsuit.", by=by(cast.eve), at=NOW)
        page = words(as_(cast.paul).get(at("reports:execute_disposal", Disposal.objects.get().pk)))
        assert "A legal hold stands on Ana Ruiz: A lawsuit." in page
        assert "A legal hold stands. Nothing is erased" in words(execute(cast.paul))
        assert SignatureMark.objects.exists()


class TestCancelling:
    def cancel(self, user, why="We still need it."):
        door = at("reports:cancel_disposal", Disposal.objects.latest("pk").pk)
        return as_(user).post(door, {"why": why}, follow=True)

    def test_says_why_erases_nothing_and_may_be_proposed_anew(self, cast, consent):
        propose(cast, consent)
        assert "Cancelled. Nothing was erased." in words(self.cancel(cast.eve))
        page = told(as_(cast.paul).get(at("reports:disposals")))
        assert "Not erased: We still need it. (Eve, today at 8:00 am)" in page
        assert "This proposal was cancelled before." in words(execute(cast.paul))
        assert SignatureMark.objects.exists()
        assert "Proposed." in words(propose(cast, consent))
        assert "Erased." in words(execute(cast.paul))

    def test_asks_for_a_reason(self, cast, consent):
        propose(cast, consent)
        door = at("reports:cancel_disposal", Disposal.objects.get().pk)
        assert "If you cancel, it stays, and it can be proposed again." in words(as_(cast.eve).get(door))
        answer = self.cancel(cast.eve, " ")
        assert answer.status_code == 422
        assert "Say why, in a few words." in words(answer)
        assert Disposal.objects.get().cancelled_at is None

    def test_comes_too_late_once_it_is_erased(self, cast, consent):
        propose(cast, consent)
        execute(cast.paul)
        assert "This was disposed of before." in words(self.cancel(cast.eve))

    def test_is_for_those_who_keep_the_record(self, cast, consent):
        propose(cast, consent)
        for user in (cast.dan, cast.aida, cast.finn, cast.olga):
            assert self.cancel(user).status_code == 403


class TestAReplacedScan:
    """A form that was scanned again leaves its first scan behind; what counts is the one that two people read (R74)."""

    @pytest.fixture
    def scans(self, cast):
        printing = given_printing(cast)
        first, second = came_back(cast, printing, pages=[1]), came_back(cast, printing)
        for who in (cast.finn, cast.freya):
            key_form(scan=second, keyed=written(), by=by(who), at=NOW)
        return first, second

    def test_is_erased_by_two_and_what_was_signed_stays(
        self, cast, scans, django_capture_on_commit_callbacks
    ):
        first, second = scans
        assert "a replaced scan of the form" in told(as_(cast.eve).get(at("reports:disposals")))
        propose(cast, first, what="scan")
        assert not [one for one in erasable(cast.practice, AFTER) if one.what == "scan"]
        with django_capture_on_commit_callbacks(execute=True):
            assert "Erased." in told(execute(cast.paul))
        with pytest.raises(FileMissing):
            document_bytes(first.document)
        assert document_bytes(second.document)
        assert is_disposed_of(first.document)

    def test_is_kept_as_long_as_the_permission(self, cast, scans):
        early = datetime(2033, 5, 30, 12, 0, tzinfo=UTC)
        assert not [one for one in erasable(cast.practice, early) if one.what == "scan"]
        with time_machine.travel(early, tick=False):
            assert "This is kept until 2033" in told(propose(cast, scans[0], what="scan"))
        assert not Disposal.objects.exists()

    def test_is_never_the_one_that_counts(self, cast, scans):
        assert propose(cast, scans[1], what="scan").status_code == 404
        assert not Disposal.objects.exists()
