"""Two connections at once: one winner, and a withdrawal comes wholly before or wholly after an intent."""

import threading
import time

import pytest
from django.db import connection

from consent.audit.models import LedgerEntry
from consent.audit.rules import Actor
from consent.records.actions import revoke
from posts.publishing.actions.claim import claim
from posts.publishing.actions.intent import intend
from posts.publishing.models import Delivery
from tests.cast import by
from tests.posts.publishing.conftest import DUE, Story
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def claiming(name):
    return lambda: claim(by=Actor("worker", name), at=DUE)


class TestTwoWorkers:
    def test_get_one_row_once(self, story):
        first, second = at_once(claiming("one"), claiming("two"))
        got = [row for row in (first, second) if row is not None]
        assert len(got) == 1
        assert (story.delivery.owner, story.delivery.fence) == (got[0].owner, 1)

    def test_get_two_rows_each_one(self, cast, channel):
        Story(cast)
        from posts.publishing.actions import schedule
        from tests.posts.outgoing import approved, given_account, given_version

        other = approved(cast, given_version(cast, given_account(cast, "wall"), cast.ana, caption="Other"))
        schedule(version=other, due_at=DUE, by=by(cast.dan), at=DUE)
        rows = []
        for _ in range(2):
            rows += [row for row in at_once(claiming("one"), claiming("two")) if row is not None]
        assert len({row.pk for row in rows}) == len(rows) == 2


class TestAWithdrawalAndAnIntent:
    @pytest.mark.parametrize("round_number", range(12))
    def test_never_cross(self, story, cast, round_number):
        """Whichever came first: an intent after the withdrawal's line in the ledger would be a broken promise."""
        row = claim(by=Actor("worker", "one"), at=DUE)
        _, revoked = at_once(
            later(0.002 * (round_number % 3), lambda: send(row)),
            later(0.002 * (round_number // 4), lambda: withdraw(story)),
        )
        assert not isinstance(revoked, Exception)
        lines = list(LedgerEntry.objects.order_by("seq").values_list("event", flat=True))
        state = story.state
        assert state in ("sending", "blocked")
        if "delivery.intended" in lines:
            assert lines.index("delivery.intended") < lines.index("consent.revoked")
        assert ("delivery.intended" in lines) == (state == "sending")

    @pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer")
    def test_the_withdrawal_waits_for_the_decision_being_made(self, story, cast):
        from consent.audit.ledger import recording
        from posts.publishing.actions.locks import hold_people, take, version_of

        claim(by=Actor("worker", "one"), at=DUE)
        held, order = threading.Event(), []

        def decide_slowly():
            with recording(by=Actor("worker", "one"), at=DUE):
                hold_people(version_of(take(story.delivery.pk)), DUE)
                held.set()
                time.sleep(0.3)
                order.append("decided")

        def withdraw_meanwhile():
            held.wait(5)
            withdraw(story)
            order.append("withdrawn")

        at_once(decide_slowly, withdraw_meanwhile)
        assert order == ["decided", "withdrawn"]


def later(seconds, step):
    """The step, but a little later."""

    def go():
        time.sleep(seconds)
        return step()

    return go


def withdraw(story):
    return revoke(consent=story.consent, how="desk", by=by(story.cast.finn), at=DUE)


def send(row):
    return intend(delivery=row, handle={"media": []}, by=Actor("worker", "one"), at=DUE)


class TestADeliveryLost:
    def test_is_not_sent_by_its_former_holder(self, story):
        row = claim(by=Actor("worker", "one"), at=DUE)
        Delivery.objects.filter(pk=story.delivery.pk).update(fence=7)
        assert send(row) is None
        assert story.state == "claimed"
