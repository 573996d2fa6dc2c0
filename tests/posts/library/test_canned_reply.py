"""Replies approved for anybody: by two people, read by the screen first, and only nearly their words (R50).

R46 (two people), R61 (who approves is trained).
"""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from posts.clearance.queries import rulings
from posts.content.models import Post, Version
from posts.library.actions import (
    NotQualified,
    NotWaiting,
    TakesAnother,
    confirm_canned_reply,
    propose_canned_reply,
    retire_canned_reply,
)
from posts.library.models import CannedReply
from posts.library.rules import NotAReply, checked_reply
from tests.cast import NOW, by
from tests.desk import as_, at, words
from tests.drafts import a_post, a_version

OURS = "We read every comment and pass it on to the whole team."
CARE = "Thanks for fixing my tooth yesterday!"


@pytest.fixture(autouse=True)
def _an_hour_later():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def reads(cast):
    """The practice uses the word screen."""
    cast.practice.screens_words = True
    cast.practice.save(update_fields=["screens_words"])


def proposed(cast, text=OURS, language="en"):
    return propose_canned_reply(practice=cast.practice, language=language, text=text, by=by(cast.dan), at=NOW)


def approved(cast, text=OURS):
    return confirm_canned_reply(reply=proposed(cast, text), by=by(cast.eve), at=NOW)


def codes_of_reply(cast, text, parent=CARE):
    """What the gate says of a reply with these words."""
    version = a_version(cast, a_post(cast), caption=text)
    Post.objects.filter(pk=version.post_id).update(kind=Post.Kind.REPLY, parent_text=parent)
    version = Version.objects.select_related("post", "account").get(pk=version.pk)
    [ruling] = rulings([version], NOW, final=False)
    return {reason.code for reason in ruling.verdict.reasons}


SCREENED = {"DEID_REVIEW_REQUIRED", "RELATIONSHIP_CONFIRMED", "PHI_DETECTED_UNLINKED"}


@pytest.mark.usefixtures("reads")
class TestAReplyAtTheGate:
    def test_waits_for_people_until_its_words_are_approved(self, cast):
        assert codes_of_reply(cast, OURS) & SCREENED
        reply = proposed(cast)
        assert codes_of_reply(cast, OURS) & SCREENED

        confirm_canned_reply(reply=reply, by=by(cast.eve), at=NOW)

        assert not codes_of_reply(cast, OURS) & SCREENED

    def test_waits_again_once_they_are_retired(self, cast):
        retire_canned_reply(reply=approved(cast), by=by(cast.eve), at=NOW)

        assert codes_of_reply(cast, OURS) & SCREENED

    def test_may_end_in_another_mark(self, cast):
        approved(cast)

        assert not codes_of_reply(cast, OURS.replace(".", "!")) & SCREENED

    @pytest.mark.parametrize(
        "text",
        [
            OURS.replace("comment", "comment, Denise,"),
            OURS.replace("team.", "team, and your chart."),
            f"{OURS} See you at your next visit!",
            "We read every comment.",
        ],
    )
    def test_with_anything_more_or_other_waits_for_people(self, cast, text):
        approved(cast)

        assert codes_of_reply(cast, text) & SCREENED

    def test_of_another_practice_clears_nothing_here(self, cast):
        CannedReply.objects.create(
            practice=cast.other_practice,
            language="en",
            text=OURS,
            folded="x",
            proposed_by=cast.dan,
            proposed_at=NOW,
            confirmed_by=cast.eve,
            confirmed_at=NOW,
        )

        assert codes_of_reply(cast, OURS) & SCREENED


class TestProposing:
    @pytest.mark.parametrize(
        "text",
        [
            "You're welcome!",
            "Thank you for choosing us for your care!",
            "Your chart says otherwise.",
            "Gracias por su visita, vuelva pronto.",
            "Thank you, Denise Okafor, for your root canal review.",
        ],
    )
    def test_refuses_what_would_confirm_or_name_somebody(self, cast, text):
        with pytest.raises(NotAReply, match="It may tell of somebody"):
            proposed(cast, text)

    @pytest.mark.parametrize(("text", "told"), [("  ...  ", "in full"), ("x" * 501, "501 characters")])
    def test_refuses_what_is_no_reply(self, text, told):
        with pytest.raises(NotAReply, match=told):
            checked_reply(text)

    def test_the_same_words_twice_is_one_reply(self, cast):
        assert proposed(cast).pk == proposed(cast, OURS.lower()).pk


class TestApproving:
    def test_takes_somebody_else(self, cast):
        reply = propose_canned_reply(
            practice=cast.practice, language="en", text=OURS, by=by(cast.eve), at=NOW
        )
        with pytest.raises(TakesAnother):
            confirm_canned_reply(reply=reply, by=by(cast.eve), at=NOW)

    def test_takes_somebody_trained(self, cast):
        with pytest.raises(NotQualified):
            confirm_canned_reply(reply=proposed(cast), by=by(cast.olga), at=NOW)

    def test_is_done_once(self, cast):
        with pytest.raises(NotWaiting):
            confirm_canned_reply(reply=approved(cast), by=by(cast.eve), at=NOW)

    def test_is_refused_for_a_retired_one(self, cast):
        reply = retire_canned_reply(reply=proposed(cast), by=by(cast.eve), at=NOW)
        with pytest.raises(NotWaiting):
            confirm_canned_reply(reply=reply, by=by(cast.eve), at=NOW)


class TestTheDatabase:
    @pytest.mark.parametrize(
        "change",
        [{"text": "Anything else"}, {"confirmed_by": None, "confirmed_at": None}, {"language": "es"}],
    )
    def test_keeps_an_approved_reply_as_it_is(self, cast, change):
        reply = approved(cast)
        with pytest.raises(DatabaseError), transaction.atomic():
            CannedReply.objects.filter(pk=reply.pk).update(**change)

    def test_lets_nobody_approve_their_own(self, cast):
        reply = proposed(cast)
        with pytest.raises(DatabaseError), transaction.atomic():
            CannedReply.objects.filter(pk=reply.pk).update(confirmed_by=cast.dan, confirmed_at=NOW)


class TestThePage:
    def test_leads_from_proposing_to_retiring(self, cast):
        page = words(as_(cast.dan).post(at("library:propose"), {"language": "en", "text": OURS}, follow=True))
        assert "not yet approved, so it clears nothing" in page
        assert "Approve</button>" not in page

        eve = as_(cast.eve)
        assert "Approve</button>" in words(eve.get(at("library:replies")))
        reply = CannedReply.objects.get()
        assert "by Eve, proposed by Dan" in words(eve.post(at("library:confirm", reply.pk), follow=True))
        assert "None yet." in words(eve.post(at("library:retire", reply.pk), follow=True))

    def test_says_which_words_stand_in_the_way(self, cast):
        sent = {"language": "en", "text": "Thank you for your visit, come back soon!"}

        page = words(as_(cast.dan).post(at("library:propose"), sent))

        assert "It may tell of somebody" in page
        assert not CannedReply.objects.exists()

    def test_says_why_somebody_cannot_approve(self, cast):
        reply = proposed(cast)

        page = words(as_(cast.olga).post(at("library:confirm", reply.pk), follow=True))

        assert "You cannot approve yet." in page

    def test_lists_those_that_are_built_in(self, cast):
        assert "Thank you for taking the time to share." in words(as_(cast.dan).get(at("library:replies")))

    def test_lets_a_marketer_neither_approve_nor_retire(self, cast):
        reply = proposed(cast)
        assert as_(cast.dan).post(at("library:confirm", reply.pk)).status_code == 403
        assert as_(cast.dan).post(at("library:retire", reply.pk)).status_code == 403
