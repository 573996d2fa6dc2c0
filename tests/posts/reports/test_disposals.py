"""The page of what may be erased: proposed by one, erased by another, and not before nothing is out (R60)."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent.evidence.models import SignatureMark
from consent.records.actions import place_legal_hold, revoke
from consent.records.models import Disposal
from posts.publishing.actions.tasks import record_found
from posts.reports.queries.disposing import erasable
from tests.cast import NOW, by
from tests.consents import signed_consent
from tests.desk import as_, at, words
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


def propose(cast, consent, user=None):
    return as_(user or cast.eve).post(at("reports:propose_disposal"), {"row": consent.pk}, follow=True)


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
        row = {"row": Disposal.objects.get().pk}
        own = as_(cast.eve).post(at("reports:execute_disposal"), row, follow=True)
        assert "ask someone else to execute it" in words(own)
        assert SignatureMark.objects.exists()
        other = as_(cast.paul).post(at("reports:execute_disposal"), row, follow=True)
        assert "Erased. The proof of the permission stays." in words(other)
        assert not SignatureMark.objects.exists()

    def test_is_not_what_is_held(self, cast, consent):
        place_legal_hold(person=cast.ana, why="A lawsuit.", by=by(cast.eve), at=NOW)
        page = words(as_(cast.eve).get(at("reports:disposals")))
        assert "Propose to erase" not in page.replace("Propose to erase</", "")
        assert "Ana: A lawsuit." in page
        assert "A legal hold stands." in words(propose(cast, consent))

    def test_is_not_what_is_still_out(self, cast, consent):
        revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW)
        found_out_there(cast)
        assert erasable(cast.practice, AFTER) == []
        assert "This is kept until" in words(propose(cast, consent))

    def test_is_not_what_was_found_out_there_since_it_was_proposed(self, cast, consent):
        propose(cast, consent)
        found_out_there(cast)
        row = {"row": Disposal.objects.get().pk}
        page = words(as_(cast.paul).post(at("reports:execute_disposal"), row, follow=True))
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
            with CaptureQueriesContext(connection) as queries:
                erasable(cast.practice, AFTER)
            counts.append(len(queries))
        assert len(set(counts)) == 1
