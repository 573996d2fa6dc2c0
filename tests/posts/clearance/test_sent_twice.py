"""What is said about a post is kept once, however often a button is pressed; said anew, it is kept anew."""

from datetime import timedelta

import pytest
import time_machine

from consent.audit.models import LedgerEntry
from posts.clearance.actions import answer_suggestion, confirm_clearing, propose_clearing, write_note
from posts.clearance.models import Finding, ReviewNote, Suggestion
from posts.clearance.queries import rulings
from tests.cast import NOW, by, trained
from tests.desk import as_, at, words
from tests.races import at_once

from .test_talking import sent, version_of

LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _an_hour_later():
    with time_machine.travel(LATER, tick=False):
        yield


def lines(event):
    return LedgerEntry.objects.filter(event=event).count()


class TestAFinding:
    def record(self, user, review, **fields):
        data = {"kind": "NAME", "place": str(version_of(review).pk), "note": "The street's name?"} | fields
        return words(as_(user).post(at("clearance:record_finding", review.pk), data, follow=True))

    def together(self, review):
        [ruling] = rulings([version_of(review)], LATER, final=False)
        return [one for one in ruling.verdict.reasons if one.code == "DEID_REVIEW_REQUIRED"]

    def test_is_one_however_often_it_is_sent(self, cast):
        review = sent(cast)
        for _ in range(2):
            page = self.record(cast.eve, review)
            assert "Noted. It stops the post until it is changed, or two people clear it." in page
        assert Finding.objects.count() == lines("finding.recorded") == 1

    def test_is_another_with_other_words_or_by_somebody_else(self, cast):
        review = sent(cast)
        self.record(cast.eve, review)
        self.record(cast.eve, review, note="The town's name?")
        self.record(cast.staff("Eva", "compliance"), review, note="The town's name?")
        assert Finding.objects.count() == 3

    def test_stops_the_post_again_when_found_again_after_two_people_cleared_it(self, cast):
        review = sent(cast)
        self.record(cast.eve, review, together="on")
        [reason] = self.together(review)
        proposed = propose_clearing(
            version=version_of(review),
            fingerprint=reason.fingerprint,
            why="Nobody lives there.",
            by=by(cast.eve),
            at=LATER,
        )
        trained(cast.olga, cast.practice)
        confirm_clearing(clearing=proposed, by=by(cast.olga), at=LATER)
        assert not self.together(review)

        self.record(cast.eve, review, together="on")

        assert self.together(review)


class TestANote:
    def test_is_one_however_often_it_is_sent(self, cast):
        review, eve = sent(cast), as_(cast.eve)
        send = {"text": "Is this Oak Street?", "review": str(review.pk)}
        for _ in range(2):
            back = eve.post(at("clearance:write_note", review.post_id), send)
            assert back["Location"] == at("clearance:review", review.pk)
        assert ReviewNote.objects.count() == lines("post.noted") == 1

    def test_may_say_the_same_again_once_somebody_answered(self, cast):
        door = at("clearance:write_note", sent(cast).post_id)
        for user in (cast.eve, cast.dan, cast.eve):
            as_(user).post(door, {"text": "Yes."})
        assert ReviewNote.objects.count() == 3

    @pytest.mark.django_db(transaction=True)
    def test_is_one_for_two_tabs_at_the_same_instant(self, cast):
        post, eve = sent(cast).post, by(cast.eve)
        said = {"post": post, "text": "Is this Oak Street?", "by": eve, "at": LATER}
        first, second = at_once(*[lambda: write_note(**said)] * 2)
        assert first.pk == second.pk
        assert ReviewNote.objects.count() == lines("post.noted") == 1


class TestOtherWords:
    def test_are_one_suggestion_until_the_author_has_answered(self, cast):
        review, eve = sent(cast, caption="Ana rang the bell"), as_(cast.eve)
        send = {"version": str(version_of(review).pk), "caption": "Ana rang a bell"}
        for _ in range(2):
            page = words(eve.post(at("clearance:suggest", review.pk), send, follow=True))
            assert "Suggested. Its author sees what would change" in page
        assert lines("post.suggested") == 1

        answer_suggestion(suggestion=Suggestion.objects.get(), accepted=False, by=by(cast.dan), at=LATER)
        eve.post(at("clearance:suggest", review.pk), send)

        assert Suggestion.objects.filter(answered_at=None).count() == 1
