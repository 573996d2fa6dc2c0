"""The database refuses by itself, whatever writes to it (design 5)."""

import contextlib
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from consent.audit.ledger import recording
from consent.people.models import Merge
from consent.records.actions import place_hold, revoke
from posts.clearance.actions import decide
from posts.content.models import Mention
from posts.publishing.models import Attempt, Delivery, Takedown
from posts.publishing.rules import NEXT
from tests.cast import NOW, by
from tests.posts.publishing.conftest import DUE, WORKER

pytestmark = pytest.mark.django_db


def sql(statement, *values):
    """Run plain SQL, as someone with rights on the database would."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def decided(story, stage="intent", at=DUE):
    with recording(by=WORKER, at=at):
        return decide(version=story.version, stage=stage, by=WORKER, at=at)


def claimed(story):
    Delivery.objects.filter(pk=story.delivery.pk).update(state="claimed", fence=1)
    return story.delivery


def send_by_sql(story, decision, at=DUE):
    """What a forger would try: everything that T2 writes."""
    Delivery.objects.filter(pk=story.delivery.pk).update(
        state="sending", decision=decision, digest=decision.digest, intent_at=at
    )


class TestSending:
    def test_without_a_decision_is_refused(self, story):
        claimed(story)
        with pytest.raises(IntegrityError):
            sql("UPDATE posts_delivery SET state = 'sending' WHERE id = %s", story.delivery.pk)
        assert story.state == "claimed"

    def test_with_a_fresh_decision_is_allowed(self, story):
        claimed(story)
        send_by_sql(story, decided(story))
        assert story.state == "sending"

    def test_after_a_withdrawal_is_refused(self, story, cast):
        claimed(story)
        decision = decided(story)
        revoke(consent=story.consent, how="desk", by=by(cast.finn), at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            send_by_sql(story, decision)

    def test_after_a_withdrawal_in_part_that_the_decision_did_not_know_is_refused(self, story, cast):
        claimed(story)
        decision = decided(story)
        revoke(consent=story.consent, part={"elements": ["quote"]}, how="desk", by=by(cast.finn), at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            send_by_sql(story, decision)

    def test_while_on_hold_is_refused_also_by_a_merged_record(self, story, cast):
        claimed(story)
        decision = decided(story)
        Merge.objects.create(
            practice=cast.practice, person=cast.vic, into=cast.ana, merged_at=NOW, merged_by=cast.eve
        )
        place_hold(person=cast.vic, by=by(cast.finn), at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            send_by_sql(story, decision)

    def test_of_someone_the_decision_did_not_know_is_refused(self, story, cast):
        claimed(story)
        decision = decided(story)
        Mention.objects.create(version=story.version, person=cast.vic, elements=["first_name"])
        with pytest.raises(IntegrityError), transaction.atomic():
            send_by_sql(story, decision)

    @pytest.mark.parametrize(
        ("died", "state"),
        [(date(1976, 11, 22), "sending"), (date(1976, 11, 24), "claimed"), (None, "claimed")],
    )
    def test_of_someone_dead_for_fifty_years_needs_no_consent(self, story, cast, died, state):
        claimed(story)
        decision = decided(story)
        cast.vic.deceased_on = died
        cast.vic.save()
        Mention.objects.create(version=story.version, person=cast.vic, elements=["first_name"])
        with contextlib.suppress(IntegrityError), transaction.atomic():
            send_by_sql(story, decision)
        assert story.state == state

    @pytest.mark.parametrize("wrong", ["stage", "instant", "used"])
    def test_with_a_decision_for_something_else_is_refused(self, story, wrong):
        claimed(story)
        decision = decided(story, stage="schedule" if wrong == "stage" else "intent")
        if wrong == "used":
            send_by_sql(story, decision)
            Delivery.objects.filter(pk=story.delivery.pk).update(state="scheduled")
            second = Delivery.objects.create(
                practice_id=story.delivery.practice_id,
                version=story.version,
                account=story.account,
                number=2,
                due_at=DUE,
                changed_at=NOW,
            )
            story._delivery = second
            claimed(story)
        with pytest.raises(IntegrityError), transaction.atomic():
            send_by_sql(story, decision, at=NOW if wrong == "instant" else DUE)


class TestPreparing:
    def test_without_a_decision_is_refused(self, story):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(
                practice=story.cast.practice,
                delivery=story.delivery,
                fence=1,
                stage="preparing",
                started_at=DUE,
                digest="0" * 64,
                remote_key="k",
                lease_until=DUE,
            )

    def test_with_a_decision_to_prepare_is_allowed(self, story):
        decision = decided(story, "prepare")
        attempt = Attempt.objects.create(
            practice=story.cast.practice,
            delivery=story.delivery,
            fence=1,
            stage="preparing",
            started_at=DUE,
            prepare_decision=decision,
            digest=decision.digest,
            remote_key="k",
            lease_until=DUE,
        )
        assert attempt.pk


class TestStates:
    @pytest.mark.parametrize("state", sorted(NEXT))
    def test_follow_the_table(self, story, state):
        """From *scheduled*, the database lets exactly those follow that the table names."""
        allowed = NEXT["scheduled"] | {"scheduled"}
        if state == "published":
            allowed = allowed - {"published"}  # nothing was ever sent: there is no decision
        if state in allowed:
            sql("UPDATE posts_delivery SET state = %s WHERE id = %s", state, story.delivery.pk)
        else:
            with pytest.raises(IntegrityError):
                sql("UPDATE posts_delivery SET state = %s WHERE id = %s", state, story.delivery.pk)

    def test_begin_with_scheduled_or_found(self, story):
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.create(
                practice=story.cast.practice,
                version=story.version,
                account=story.account,
                number=9,
                state="published",
                due_at=DUE,
                changed_at=NOW,
            )

    def test_are_never_deleted(self, story):
        with pytest.raises(IntegrityError):
            sql("DELETE FROM posts_delivery WHERE id = %s", story.delivery.pk)
        assert not Takedown.objects.exists()

    def test_keep_their_version_and_account(self, story):
        with pytest.raises(IntegrityError):
            sql("UPDATE posts_delivery SET version_id = NULL WHERE id = %s", story.delivery.pk)
