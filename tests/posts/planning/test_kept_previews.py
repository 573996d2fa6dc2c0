"""Saving in the composer keeps the gate's answer for each channel that answers otherwise than before."""

import pytest

from consent.records.actions import lift_hold, place_hold
from posts.clearance.models import Decision
from posts.clearance.queries import replayed
from posts.content.actions import Mentioned
from tests.cast import NOW, by
from tests.consents import signed_consent
from tests.desk import as_, at, typed
from tests.drafts import a_channel, a_post, a_version

pytestmark = pytest.mark.django_db


def save(cast, post, **instead):
    """Save the composer's page as it stands, with some fields typed over."""
    answer = as_(cast.dan).post(at("planning:compose", post.pk), typed(post, **instead))
    assert answer.status_code == 302


def kept(*versions):
    """The verdicts kept of these versions, the oldest first."""
    rows = Decision.objects.order_by("pk")
    rows = rows.filter(version__in=[one.pk for one in versions]) if versions else rows
    assert {row.stage for row in rows} <= {"preview"}
    return [(row.version_id, row.allowed, sorted(reason["code"] for reason in row.reasons)) for row in rows]


@pytest.fixture
def version(cast):
    """Words about Vic, who has signed nothing."""
    return a_version(cast, mentions=[Mentioned(cast.vic, ("first_name",), "patient")])


class TestSaving:
    def test_keeps_the_first_answer(self, cast, version):
        save(cast, version.post)
        assert kept() == [(version.pk, False, ["NO_CONSENT"])]

    def test_keeps_nothing_when_nothing_changed(self, cast, version):
        save(cast, version.post)
        save(cast, version.post)
        assert len(kept()) == 1

    def test_keeps_nothing_when_other_words_are_answered_alike(self, cast, version):
        save(cast, version.post)
        save(cast, version.post, **{f"caption-{version.account_id}": "The bell rang today!"})
        assert len(kept()) == 1

    def test_keeps_that_what_was_refused_is_allowed(self, cast, version):
        save(cast, version.post)
        save(cast, version.post, **{f"mention-{version.account_id}": []})
        assert [allowed for _, allowed, _ in kept()] == [False, True]

    def test_keeps_another_reason(self, cast, version):
        signed_consent(cast, cast.vic)
        place_hold(person=cast.vic, by=by(cast.finn), at=NOW)
        save(cast, version.post)
        lift_hold(hold=cast.vic.holds.get(), by=by(cast.eve), at=NOW)
        save(cast, version.post)
        assert [codes for _, _, codes in kept()] == [["CONSENT_SUSPENDED"], []]

    def test_keeps_only_the_channel_that_answers_otherwise(self, cast, version):
        signed_consent(cast, cast.vic, platforms=["website"])
        other = a_version(
            cast,
            version.post,
            a_channel(cast, "facebook", "Ours"),
            mentions=[Mentioned(cast.vic, ("first_name",), "patient")],
        )
        save(cast, version.post)
        save(cast, version.post, **{f"mention-{other.account_id}": []})
        assert [allowed for _, allowed, _ in kept(version)] == [True]
        assert [allowed for _, allowed, _ in kept(other)] == [False, True]

    def test_keeps_what_can_be_replayed(self, cast, version):
        save(cast, version.post)
        assert [one.differs for one in replayed(Decision.objects.all())] == [False]


class TestTyping:
    def test_keeps_nothing(self, cast):
        post = a_post(cast)
        a_version(cast, post)
        as_(cast.dan).post(at("planning:preview", post.pk), typed(post, title="Another"))
        as_(cast.dan).get(at("planning:compose", post.pk))
        assert kept() == []
