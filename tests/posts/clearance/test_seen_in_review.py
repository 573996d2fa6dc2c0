"""A reviewer sees what the screen stopped at where it stands, and may know it as the practice's own; no post changes.

R34 (a finding is linked, ours, or cleared), R43 (what was reviewed is what was sent), R46.
"""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from posts.clearance.actions import propose_clearing, submit
from posts.clearance.models import Review
from posts.clearance.queries import rulings, rulings_in_words
from posts.clearance.rules import marked
from posts.clearance.rules.sighting import Sighting
from posts.clearance.rules.speaking import Spoken
from posts.content.actions import Shown
from posts.content.queries import payload_of
from posts.screening.models import OwnWords
from tests.cast import NOW, by
from tests.desk import as_, at, words
from tests.drafts import a_version
from tests.pictures import given_rendition

CAPTION = "\U0001f514\U0001f469‍\U0001f9b0 Walter Whitcombe told us how his knee replacement changed his life."
MARK = '<mark class="seen">Walter Whitcombe</mark></a>'


@pytest.fixture(autouse=True)
def _reading(cast):
    cast.practice.screens_words = True
    cast.practice.save(update_fields=["screens_words"])
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def waiting(cast, **written):
    """A post that waits for review, each thing that was seen in it asked to be cleared."""
    version = a_version(cast, **{"caption": CAPTION, **written})
    said = rulings_in_words(cast.practice, rulings([version], NOW, final=False), NOW)
    for one in said.by_version[version.pk].reasons:
        propose_clearing(
            version=version, fingerprint=one.fingerprint, why="Our mascot.", by=by(cast.dan), at=NOW
        )
    review = submit(post=version.post, note="", by=by(cast.dan), at=NOW)
    return version, review


class TestTheReview:
    def test_underlines_what_was_seen_and_leads_to_its_reason(self, cast):
        _, review = waiting(cast)

        page = words(as_(cast.eve).get(at("clearance:review", review.pk)))

        assert MARK in page
        place = page.split(MARK)[0].rsplit('href="#', 1)[1].split('"')[0]
        assert f'id="{place}"' in page
        assert page.split('<div class="caption">')[1].startswith("\U0001f514\U0001f469‍\U0001f9b0 <a")

    def test_underlines_it_in_a_description_too(self, cast):
        media = [Shown(given_rendition(cast), "Walter Whitcombe shows his new knee after surgery")]
        _, review = waiting(cast, caption="Flu shots are here.", media=media)

        page = words(as_(cast.eve).get(at("clearance:review", review.pk)))

        assert f"{MARK} shows" in page.split("Described as:")[1]

    def test_offers_to_confirm_and_to_know_as_ours_in_one_tap_each(self, cast):
        _, review = waiting(cast)

        page = words(as_(cast.eve).get(at("clearance:review", review.pk)))

        assert ">This is ours</button>" in page
        assert ">Confirm</button>" in page
        assert "This is ours" not in words(as_(cast.dan).get(at("clearance:review", review.pk)))

    def test_is_come_back_to_after_asking_to_clear(self, cast):
        version, review = waiting(cast)
        record = {"kind": "NAME", "place": str(version.pk), "note": "Grace?"}
        as_(cast.eve).post(at("clearance:record_finding", review.pk), record)
        page = words(as_(cast.eve).get(at("clearance:review", review.pk)))
        address = page.split(">Ask to clear it</a>")[0].rsplit('href="', 1)[1].split('"')[0]

        answer = as_(cast.eve).post(address, {"why": "Our street."})

        assert answer["Location"] == at("clearance:review", review.pk)


class TestKnowingWordsAsOurs:
    def finding(self, cast, version):
        said = rulings_in_words(cast.practice, rulings([version], NOW, final=False), NOW)
        return next(
            one.finding
            for one in said.by_version[version.pk].reasons
            if one.sighting and one.sighting.kind == "NAME"
        )

    def know(self, cast, version, user, finding=None):
        sent = {"finding": finding or self.finding(cast, version)}
        return as_(user).post(at("clearance:know_as_ours", version.pk), sent, follow=True)

    def test_stops_the_post_no_longer_and_changes_no_letter_of_it(self, cast):
        version, review = waiting(cast)
        before = payload_of(version).digest

        page = words(self.know(cast, version, cast.eve))

        assert "“Walter Whitcombe” is known as yours from now on." in page
        assert MARK not in page
        assert OwnWords.objects.get().text == "Walter Whitcombe"
        version.refresh_from_db()
        review.refresh_from_db()
        assert payload_of(version).digest == before == payload_of(version).digest
        assert (version.caption, review.outcome) == (CAPTION, Review.Outcome.WAITING)

    def test_works_on_the_post_for_an_owner_who_sees_no_reviews(self, cast):
        version, _ = waiting(cast)

        assert "is known as yours" in words(self.know(cast, version, cast.olga))

    def test_takes_no_words_from_the_request(self, cast):
        version, _ = waiting(cast)

        page = words(self.know(cast, version, cast.eve, "caption:0-5:NAME"))

        assert "The words were changed meanwhile." in page
        assert not OwnWords.objects.exists()

    def test_refuses_the_name_of_somebody_on_record(self, cast):
        assert cast.ana.pk
        version, _ = waiting(cast, caption=CAPTION.replace("Walter Whitcombe", "Ana Ruiz"))

        assert "Somebody on record has this name" in words(self.know(cast, version, cast.eve))
        assert not OwnWords.objects.exists()

    def test_is_not_a_marketers(self, cast):
        version, _ = waiting(cast)

        assert self.know(cast, version, cast.dan).status_code == 403


def spoken(text, start, end, place="caption"):
    seen = Sighting(place, None, start, end, "X", "NAME", text[start:end], "A name.")
    return Spoken("X", "REVIEW", "", "", "", "", sighting=seen)


class TestRuns:
    @given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5))
    def test_put_together_are_the_text_and_mark_only_what_was_seen(self, text, places):
        reasons = [spoken(text, min(a, b), max(a, b)) for a, b in places if max(a, b) <= len(text)]

        runs = marked(text, "caption", reasons)

        assert "".join(run.text for run in runs) == text
        assert all(run.said.sighting and run.text == run.said.sighting.words for run in runs if run.said)

    def test_leave_out_what_stands_elsewhere_or_was_changed_since(self):
        moved = spoken("Ana Ruiz", 0, 3)

        assert [run.said for run in marked("Eva Ruiz", "caption", [moved])] == [None]
        assert [run.said for run in marked("Ana Ruiz", "alt0", [moved])] == [None]
