"""What reviewers and authors say to each other: what changed, what identifies someone, notes, other words."""

from datetime import timedelta

import pytest
import time_machine

from consent.access.actions.recipients import add_recipient
from posts.clearance.actions import approve, submit, suggest
from posts.clearance.models import Finding, ReviewNote, Suggestion
from posts.clearance.queries import approval_of, post_digest, rulings
from posts.clearance.rules import FINDING_KINDS, changes, word_diff
from posts.content.actions import Mentioned, Shown, write_version
from posts.content.models import Post
from posts.content.queries import whole_version
from tests.cast import NOW, by
from tests.consents import signed_consent
from tests.desk import as_, at, typed, words
from tests.drafts import LATER, a_version
from tests.pictures import given_rendition


@pytest.fixture(autouse=True)
def _an_hour_later():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def sent(cast, **written):
    """A post of Dan's with a picture of Ana, waiting for review."""
    signed_consent(cast, cast.ana)
    version = a_version(cast, media=[Shown(given_rendition(cast, cast.ana), "A garden")], **written)
    return submit(post=version.post, by=by(cast.dan), at=NOW)


def version_of(review):
    return whole_version(review.post.versions.get().pk)


def opened(user, review):
    return words(as_(user).get(at("clearance:review", review.pk)))


class TestTheComparison:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("", ""),
            ("", "a"),
            ("a", ""),
            ("Ana  rang\nthe bell", "Ana rang\n\nthe big bell!"),
            ("x " * 500, "x y " * 400),
        ],
    )
    def test_gives_back_both_texts_to_the_letter(self, before, after):
        pieces = word_diff(before, after)
        assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
        assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after

    def test_marks_the_words_that_changed_and_no_others(self):
        pieces = [(one.kind, one.text) for one in word_diff("She rang the bell", "She rang a bell")]
        assert pieces == [("same", "She rang "), ("removed", "the"), ("added", "a"), ("same", " bell")]

    def test_names_the_place_of_each_text_that_differs(self):
        found = [one.label for one in changes(["a", "b"], ["a", "c", "d"], "picture {}")]
        assert found == ["picture 2", "picture 3"]


class TestWhatChanged:
    def test_is_shown_word_by_word_against_the_last_approval(self, cast):
        review = sent(cast, caption="Ana rang the bell")
        approve(review=review, seen_digest=post_digest(review.post), attested=True, by=by(cast.eve), at=NOW)
        version = version_of(review)
        media = [Shown(one.rendition, "A sunny garden") for one in version.media.all()]
        write_version(
            post=version.post,
            account=version.account,
            caption="Ana rang a bell",
            media=media,
            by=by(cast.dan),
            at=LATER,
        )

        page = opened(cast.eve, submit(post=version.post, by=by(cast.dan), at=LATER))

        assert "Changed since Eve approved it" in page
        assert '<del><span class="visually-hidden">removed: </span>the</del>' in page
        assert '<ins><span class="visually-hidden">added: </span>a</ins>' in page
        assert "The description of picture 1" in page

    def test_says_nothing_the_first_time(self, cast):
        assert "Changed since" not in opened(cast.eve, sent(cast))


class TestWhoIsShown:
    def test_tells_namesakes_apart_to_those_who_may_identify(self, cast):
        review = sent(cast)
        mine, theirs = opened(cast.eve, review), opened(cast.mia, review)
        assert "Ana</a>, born 1984" in mine
        assert "1984" not in theirs
        assert "Approving also confirms that those named under each picture are the ones in it." in mine


class TestWhatIsClaimed:
    def test_is_before_the_reviewer(self, cast):
        review = sent(cast, caption="I can walk again")
        assert "What the post claims" not in opened(cast.eve, review)
        agency = add_recipient(
            practice=cast.practice, name="Bright Agency", acts_for_us=True, by=by(cast.olga), at=NOW
        )
        version_of(review).recipients.add(agency)
        Post.objects.update(
            origin_url="https://social.example/1",
            origin_author=cast.ana,
            quote_source="I can walk again",
            connection="gift",
            procedures="Knee replacement",
        )

        page = opened(cast.eve, review)

        assert "https://social.example/1, made by Ana" in page
        for said in ("A gift", "Knee replacement", "Word for word", "Also given to:</span> Bright Agency"):
            assert said in page


class TestAFinding:
    def record(self, user, review, **fields):
        version = version_of(review)
        data = {"kind": "NAME", "place": str(version.pk), "note": "The street's name?"} | fields
        return as_(user).post(at("clearance:record_finding", review.pk), data, follow=True)

    def test_in_the_words_stops_the_post(self, cast):
        review = sent(cast)

        page = words(self.record(cast.eve, review))

        assert "Something here points to a person: a name, in the words." in page
        assert "The street's name?" in page
        [ruling] = rulings([version_of(review)], NOW, final=False)
        assert not ruling.verdict.allowed

    def test_in_a_picture_names_the_picture(self, cast):
        review = sent(cast)
        version = version_of(review)
        place = f"{version.pk}:{version.media.get().pk}"

        page = words(self.record(cast.eve, review, kind="FACE", place=place, together="on"))

        assert "Details here may tell who it is even without a name: a face, in picture 1." in page
        assert Finding.objects.get().asset == version.media.get().rendition.asset

    def test_that_someone_is_a_patient_has_its_own_reason(self, cast):
        page = words(self.record(cast.eve, sent(cast), kind="RELATIONSHIP"))
        assert "These words confirm or deny that someone is a patient." in page

    @pytest.mark.parametrize(("field", "told"), [("kind", "Say what it is."), ("place", "Say where it is.")])
    def test_needs_what_and_where_and_keeps_what_was_typed(self, cast, field, told):
        response = self.record(cast.eve, sent(cast), **{field: "9:9"})

        assert response.status_code == 422
        assert told in words(response)
        assert "The street's name?" in words(response)
        assert not Finding.objects.exists()

    def test_is_of_a_kind_that_people_can_name(self, cast):
        page = opened(cast.eve, sent(cast))
        for label in FINDING_KINDS.values():
            assert f">{label[0].upper()}{label[1:]}</option>" in page


class TestNotes:
    def test_go_back_and_forth_on_review_and_post(self, cast):
        review = sent(cast)
        send = {"text": "Is this <b>Oak</b> Street?", "review": str(review.pk)}
        response = as_(cast.eve).post(at("clearance:write_note", review.post_id), send)
        assert response["Location"] == at("clearance:review", review.pk)

        answer = as_(cast.dan).post(
            at("clearance:write_note", review.post_id), {"text": "It is."}, follow=True
        )

        assert "Is this <b>Oak</b> Street?" in words(answer)
        assert "<b>Oak" not in answer.content.decode()
        assert "It is." in opened(cast.eve, review)

    def test_need_words(self, cast):
        review = sent(cast)
        page = as_(cast.dan).post(at("clearance:write_note", review.post_id), {"text": " "}, follow=True)
        assert "Write something first." in words(page)
        assert not ReviewNote.objects.exists()


class TestOtherWords:
    def test_start_from_the_words_that_stand_there(self, cast):
        page = opened(cast.eve, sent(cast, caption="Ana rang the bell"))
        assert "Ana rang the bell</textarea>" in page

    def test_that_change_nothing_are_refused_and_kept(self, cast):
        review = sent(cast, caption="Ana rang the bell")
        send = {"version": str(version_of(review).pk), "caption": "Ana rang the bell"}

        response = as_(cast.eve).post(at("clearance:suggest", review.pk), send)

        assert response.status_code == 422
        assert "These are the words that stand there already." in words(response)

    def test_are_seen_by_the_author_as_what_would_change_and_taken(self, cast):
        review = sent(cast, caption="Ana rang the bell", mentions=[Mentioned(cast.ana, ("first_name",))])
        approve(review=review, seen_digest=post_digest(review.post), attested=True, by=by(cast.eve), at=NOW)
        version = version_of(review)
        send = {"version": str(version.pk), "caption": "Ana rang a bell"}
        as_(cast.eve).post(at("clearance:suggest", review.pk), send)
        page = words(as_(cast.dan).get(at("planning:compose", version.post_id)))
        assert "Eve suggests other words for Our wall" in page
        assert "added: </span>a</ins>" in page

        take = typed(version.post, title="Typed meanwhile", accepted="1")
        answer = at("planning:answer_suggestion", Suggestion.objects.get().pk)
        told = words(as_(cast.dan).post(answer, take, follow=True))

        assert "Taken and saved." in told
        taken = whole_version(version.pk)
        assert (taken.caption, taken.post.title) == ("Ana rang a bell", "Typed meanwhile")
        assert approval_of(taken) is None
        assert Suggestion.objects.get().accepted is True
        again = as_(cast.dan).post(answer, typed(taken.post, accepted="1"))
        assert "These words were taken or left before." in words(again)

    def test_are_left_and_nothing_typed_is_lost(self, cast):
        version = a_version(cast, caption="Ana rang the bell")
        one = suggest(version=version, caption="Something else", by=by(cast.eve), at=NOW)
        data = typed(version.post, title="Typed meanwhile", accepted="0")

        page = words(as_(cast.dan).post(at("planning:answer_suggestion", one.pk), data))

        assert 'value="Typed meanwhile"' in page
        assert "data-unsaved" in page
        assert "suggests other words" not in page
        assert Suggestion.objects.get().accepted is False
        assert whole_version(version.pk).caption == "Ana rang the bell"

    def test_wait_while_the_post_waits_for_review(self, cast):
        review = sent(cast)
        version = version_of(review)
        one = suggest(version=version, caption="Something else", by=by(cast.eve), at=NOW)
        page = words(as_(cast.dan).get(at("planning:post", review.post_id)))
        assert "Waits for the author, who takes or leaves it while writing." in page

        response = as_(cast.dan).post(
            at("planning:answer_suggestion", one.pk), typed(version.post, accepted="1")
        )

        assert response.status_code == 409
        assert "Take it back first" in words(response)
        assert Suggestion.objects.get().accepted is None


class TestAReviewerWithoutTraining:
    @pytest.mark.usefixtures("new_policy")
    def test_is_told_kindly_before_and_when_they_approve(self, cast):
        review = sent(cast)
        assert "You can look and send back, but not approve yet." in opened(cast.eve, review)

        send = {"seen_digest": post_digest(review.post), "attested": "on"}
        response = as_(cast.eve).post(at("clearance:approve", review.pk), send)

        assert response.status_code == 409
        assert "An owner or compliance officer records it." in words(response)
