"""A third party that no longer works with us gets nothing: the gate says so, and so does the database (R66)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from consent.access.actions import add_recipient, end_recipient, return_recipient
from consent.access.models import Recipient
from consent.audit.ledger import recording
from posts.clearance.actions import decide
from posts.clearance.queries import rulings
from posts.content.models import Version
from posts.planning.queries import desk, draft_of
from posts.publishing.actions import schedule
from posts.publishing.models import Delivery
from tests.cast import NOW, by
from tests.consents import signed_consent
from tests.desk import as_, at, words
from tests.posts.outgoing import approved, given_account, given_version
from tests.posts.publishing.conftest import DUE, WORKER

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(cast):
    """An agency with an agreement."""
    return add_recipient(
        practice=cast.practice,
        name="Bright Agency",
        acts_for_us=True,
        agreement_from=NOW.date(),
        by=by(cast.olga),
        at=NOW,
    )


@pytest.fixture
def delivery(cast, channel, agency):
    """A post about Ana that the agency is given, approved and due."""
    signed_consent(cast, cast.ana)
    version = given_version(cast, given_account(cast, "scripted"), cast.ana)
    version.recipients.add(agency)
    return schedule(version=approved(cast, version), due_at=DUE, by=by(cast.dan), at=NOW)


def end(cast, agency, ended_at=NOW):
    return end_recipient(recipient=agency, ended_at=ended_at, by=by(cast.eve), at=max(ended_at, NOW))


def decided(delivery):
    with recording(by=WORKER, at=DUE):
        return decide(version=delivery.version, stage="intent", by=WORKER, at=DUE)


def sent(delivery, decision):
    """Everything that T2 writes, written by hand; whether the database let it."""
    Delivery.objects.filter(pk=delivery.pk).update(state="claimed", fence=1)
    try:
        with transaction.atomic():
            Delivery.objects.filter(pk=delivery.pk).update(
                state="sending", decision=decision, digest=decision.digest, intent_at=decision.at
            )
    except IntegrityError:
        return False
    return True


def codes(version, moment=DUE):
    [ruling] = rulings([Version.objects.get(pk=version.pk)], moment, final=True)
    return [reason.code for reason in ruling.verdict.reasons]


class TestWhoNoLongerWorksWithUs:
    def test_is_a_no_from_that_moment_and_not_before(self, cast, delivery, agency):
        end(cast, agency, DUE)
        assert codes(delivery.version, DUE - timedelta(microseconds=1)) == []
        assert codes(delivery.version) == ["RECIPIENT_ENDED"]

    def test_is_a_no_whatever_its_agreement_says(self, cast, delivery, agency):
        Recipient.objects.update(agreement_from=None)
        assert "BAA_MISSING" in codes(delivery.version)
        end(cast, agency)
        assert "RECIPIENT_ENDED" in codes(delivery.version)
        assert "BAA_MISSING" not in codes(delivery.version)

    def test_stops_what_was_due(self, cast, delivery, agency, shift, network):
        end(cast, agency)
        shift.until(DUE)
        shift.work()
        assert Delivery.objects.get(pk=delivery.pk).state == "blocked"
        assert network.posts == []

    def test_gets_it_again_once_it_is_back(self, cast, delivery, agency):
        return_recipient(recipient=end(cast, agency), by=by(cast.eve), at=NOW)
        assert codes(delivery.version) == []
        assert sent(delivery, decided(delivery))


class TestTheDatabase:
    def test_sends_to_whoever_works_with_us(self, delivery):
        assert sent(delivery, decided(delivery))

    def test_refuses_whoever_left_after_the_decision_was_made(self, cast, delivery, agency):
        decision = decided(delivery)
        end(cast, agency)
        assert not sent(delivery, decision)

    def test_sends_what_is_decided_before_that_day(self, cast, delivery, agency):
        decision = decided(delivery)
        end(cast, agency, DUE + timedelta(seconds=1))
        assert sent(delivery, decision)


class TestTheComposer:
    def test_shows_why_and_offers_to_leave_it_out(self, cast, delivery, agency):
        end(cast, agency)
        post = delivery.version.post
        page = words(as_(cast.dan).get(at("planning:compose", post.pk)))
        assert "Bright Agency no longer works with us." in page
        assert "Do not give it to Bright Agency" in page
        assert 'Bright Agency <span class="muted">(no longer works with us)</span>' in page

    def test_offers_it_to_no_other_post(self, cast, delivery, agency):
        end(cast, agency)
        other = given_version(cast, delivery.account).post
        assert desk(other, draft_of(other), NOW).recipients == ()
