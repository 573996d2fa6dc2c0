"""The last line (design 5): no update of a delivery or a post, by any way of writing, publishes what may not go out."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import NoReverseMatch, reverse

from consent.audit.ledger import recording
from consent.media.models import Appearance
from consent.people.actions import merge_people
from consent.records.actions import (
    invalidate,
    lift_hold,
    place_hold,
    record_ending_event,
    revoke,
)
from posts.clearance.actions import (
    confirm_clearing,
    decide,
    propose_clearing,
    record_finding,
)
from posts.clearance.models import Decision, Reliance
from posts.clearance.queries import rulings
from posts.content.models import Mention, Post, Version
from posts.publishing.models import Delivery
from tests.cast import NOW, by, make_person
from tests.consents import signed_consent
from tests.posts.outgoing import approved, given_account, given_version
from tests.posts.publishing.conftest import DUE, WORKER, Story

pytestmark = pytest.mark.django_db


def decided(story, stage="intent"):
    with recording(by=WORKER, at=DUE):
        return decide(version=story.version, stage=stage, by=WORKER, at=DUE)


def copied(decision, **columns):
    """A decision as a forger writes it: a real one with some columns changed, and the same reliance."""
    row = Decision.objects.get(pk=decision.pk)
    row.pk = None
    for name, value in columns.items():
        setattr(row, name, value)
    row.save()
    for relied in Reliance.objects.filter(decision=decision):
        relied.pk, relied.decision = None, row
        relied.save()
    return row


def claimed(story):
    Delivery.objects.filter(pk=story.delivery.pk).update(state="claimed", fence=1)


def sent(story, decision, at=DUE):
    """Everything that T2 writes, written by hand; whether the database let it."""
    claimed(story)
    try:
        with transaction.atomic():
            Delivery.objects.filter(pk=story.delivery.pk).update(
                state="sending", decision=decision, digest=decision.digest, intent_at=at
            )
    except IntegrityError:
        return False
    return True


def by_update(delivery, **columns):
    Delivery.objects.filter(pk=delivery.pk).update(**columns)


def by_save(delivery, **columns):
    row = Delivery.objects.get(pk=delivery.pk)
    for name, value in columns.items():
        setattr(row, name, value)
    row.save()


def by_bulk_update(delivery, **columns):
    row = Delivery.objects.get(pk=delivery.pk)
    for name, value in columns.items():
        setattr(row, name, value)
    Delivery.objects.bulk_update([row], list(columns))


def by_stale_worker(delivery, **columns):
    """A worker that read the row, slept, and writes it as it remembers it, after somebody else had it."""
    for name, value in columns.items():
        setattr(delivery, name, value)
    Delivery.objects.filter(pk=delivery.pk).update(fence=7)
    delivery.save()


def by_sql(delivery, **columns):
    named = {
        name: ("decision_id", value.pk) if name == "decision" else (name, value)
        for name, value in columns.items()
    }
    assigned = ", ".join(f"{column} = %s" for column, _ in named.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE posts_delivery SET {assigned} WHERE id = %s",
            [*(value for _, value in named.values()), delivery.pk],
        )


WAYS = [by_update, by_save, by_bulk_update, by_stale_worker, by_sql]


@pytest.mark.parametrize("way", WAYS)
class TestWhateverTheWay:
    def refused(self, story, way, **columns):
        before = story.state
        with pytest.raises(IntegrityError), transaction.atomic():
            way(story.delivery, **columns)
        assert story.state == before

    @pytest.mark.parametrize("state", ["sending", "published"])
    def test_nothing_goes_out_without_a_decision(self, story, way, state):
        claimed(story)
        self.refused(story, way, state=state)

    def test_nothing_goes_out_on_a_refused_decision(self, story, way, cast):
        place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        decision = decided(story)
        assert not decision.allowed
        claimed(story)
        self.refused(
            story, way, state="sending", decision=decision, digest=decision.digest, intent_at=decision.at
        )

    def test_nothing_is_called_published_on_a_decision_that_it_was_not_sent_with(self, story, way):
        claimed(story)
        self.refused(story, way, state="published", decision=decided(story))

    def test_no_decision_is_put_beside_what_waits(self, story, way):
        self.refused(story, way, decision=decided(story))


class TestADecisionForSomethingElse:
    @pytest.mark.parametrize(
        "changed", ["version", "account", "digest", "at", "allowed", "schedule", "prepare", "submit"]
    )
    def test_sends_nothing(self, story, cast, changed):
        real = decided(story)
        other = given_account(cast, "by_hand")
        columns: dict[str, Any] = {
            "version": {"version": given_version(cast, story.account)},
            "account": {"account": other},
            "digest": {"digest": "0" * 64},
            "at": {"at": DUE + timedelta(seconds=1)},
            "allowed": {"allowed": False},
        }
        assert not sent(story, copied(real, **columns.get(changed, {"stage": changed})))

    def test_sends_nothing_twice(self, story):
        real = decided(story)
        second = Delivery.objects.create(
            practice_id=story.delivery.practice_id,
            version=story.version,
            account=story.account,
            number=2,
            due_at=DUE,
            changed_at=NOW,
        )
        assert sent(story, real)
        story._delivery = second
        assert not sent(story, real)

    def test_is_not_born_with_a_delivery(self, story):
        decision = decided(story)
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.create(
                practice_id=story.delivery.practice_id,
                version=story.version,
                account=story.account,
                number=2,
                decision=decision,
                due_at=DUE,
                changed_at=NOW,
            )

    def test_cannot_be_exchanged_while_sending(self, story):
        assert sent(story, decided(story))
        another = decided(story)
        with pytest.raises(IntegrityError), transaction.atomic():
            by_update(story.delivery, decision=another)


class TestSomebodyTheDecisionMissed:
    """Named after the decision was made, as by somebody who writes while the worker decides."""

    def test_by_nobody_goes_out(self, story):
        assert sent(story, decided(story))

    @pytest.mark.parametrize("how", ["mentioned", "shown", "made the picture", "wrote the original"])
    def test_stops_it(self, story, cast, how):
        decision = decided(story)
        picture = story.version.media.get().rendition.asset
        if how == "mentioned":
            Mention.objects.create(version=story.version, person=cast.vic, elements=["first_name"])
        elif how == "shown":
            Appearance.objects.create(
                practice=cast.practice,
                asset=picture,
                person=cast.vic,
                elements=["face"],
                named_by=cast.dan,
                named_at=NOW,
            )
        elif how == "made the picture":
            picture.source, picture.author = "user", cast.vic
            picture.save()
        else:
            Post.objects.filter(pk=story.version.post_id).update(origin_author=cast.vic)
        assert not sent(story, decision)

    def test_is_not_made_up_for_by_a_consent_of_somebody_else(self, story, cast):
        decision = decided(story)
        Mention.objects.create(version=story.version, person=cast.vic, elements=["first_name"])
        Reliance.objects.create(
            decision=decision, person=cast.vic, consent=story.consent, revocations_known=0
        )
        assert not sent(story, decision)


class TestAConsentThatNoLongerStands:
    @pytest.mark.parametrize(
        "ended", ["withdrawn", "withdrawn in part", "held", "held alone", "invalid", "ended by an event"]
    )
    def test_since_the_decision_stops_it(self, cast, channel, ended):
        story = Story(cast, ends_event="end_of_treatment")
        decision = decided(story)
        {
            "withdrawn": lambda: revoke(consent=story.consent, how="desk", by=by(cast.finn), at=NOW),
            "withdrawn in part": lambda: revoke(
                consent=story.consent, part={"platforms": ["x"]}, how="desk", by=by(cast.finn), at=NOW
            ),
            "held": lambda: place_hold(person=cast.ana, by=by(cast.finn), at=NOW),
            "held alone": lambda: place_hold(
                person=cast.ana, consent=story.consent, by=by(cast.finn), at=NOW
            ),
            "invalid": lambda: invalidate(consent=story.consent, reason="in_error", by=by(cast.eve), at=NOW),
            "ended by an event": lambda: record_ending_event(
                person=cast.ana, kind="end_of_treatment", occurred_at=NOW, by=by(cast.eve), at=NOW
            ),
        }[ended]()
        assert not sent(story, decision)

    @pytest.mark.parametrize("gone_on", ["another consent held alone", "a hold that was lifted"])
    def test_is_not_meant_by(self, story, cast, gone_on):
        other = signed_consent(cast, cast.ana, platforms=["website"])
        if gone_on == "another consent held alone":
            place_hold(person=cast.ana, consent=other, by=by(cast.finn), at=NOW)
        else:
            lift_hold(hold=place_hold(person=cast.ana, by=by(cast.finn), at=NOW), by=by(cast.eve), at=NOW)
        assert sent(story, decided(story))

    def test_by_its_date_stops_it(self, story, cast):
        """A decision forged for an instant after the end, complete with what it rested on."""
        later = DUE + timedelta(days=300)
        assert not sent(story, copied(decided(story), at=later), at=later)

    def test_before_it_began_stops_it(self, story):
        earlier = DUE - timedelta(days=300)
        assert not sent(story, copied(decided(story), at=earlier), at=earlier)

    @pytest.mark.parametrize("half", ["merged into hers", "hers is merged into", "merged into the same"])
    def test_because_another_record_of_hers_is_held_stops_it(self, story, cast, half):
        decision = decided(story)
        twin = make_person(cast.practice, "Anna", "Ruiz", date(1984, 3, 2))
        head = make_person(cast.practice, "A", "Ruiz", date(1984, 3, 2))
        merges = {
            "merged into hers": [(twin, cast.ana)],
            "hers is merged into": [(cast.ana, twin)],
            "merged into the same": [(twin, head), (cast.ana, head)],
        }[half]
        for person, into in merges:
            merge_people(person=person, into=into, by=by(cast.eve), at=NOW)
        place_hold(person=twin, by=by(cast.finn), at=NOW)
        assert not sent(story, decision)

    def test_does_not_mean_one_of_another_record_of_hers(self, cast, channel):
        """The consent is the twin's; the post shows Ana; both are merged into one head. The gate and we agree."""
        twin = make_person(cast.practice, "Anna", "Ruiz", date(1984, 3, 2))
        head = make_person(cast.practice, "A", "Ruiz", date(1984, 3, 2))
        for person in (twin, cast.ana):
            merge_people(person=person, into=head, by=by(cast.eve), at=NOW)
        signed_consent(cast, twin)
        story = Story(cast)
        assert sent(story, decided(story))


class TestWhatTwoPeopleCleared:
    @pytest.fixture
    def with_finding(self, cast, channel):
        """Words in which somebody found a detail, cleared by Dan and Eve."""
        signed_consent(cast, cast.ana)
        story: Any = Story.__new__(Story)
        story.cast, story.account = cast, given_account(cast, "scripted")
        story.version = given_version(cast, story.account, cast.ana)
        finding = record_finding(
            version=story.version, code="DEID_REVIEW_REQUIRED", kind="AGE", by=WORKER, at=NOW
        )
        [ruling] = rulings([story.version], NOW, final=False)
        [reason] = ruling.verdict.reasons
        story.clearing = propose_clearing(
            version=story.version, fingerprint=reason.fingerprint, why="Many fit.", by=by(cast.dan), at=NOW
        )
        assert finding.digest == story.clearing.digest
        story.version = approved(cast, story.version)
        story._delivery = Delivery.objects.create(
            practice=cast.practice, version=story.version, account=story.account, due_at=DUE, changed_at=NOW
        )
        return story

    def test_goes_out_once_both_did(self, with_finding, cast):
        confirm_clearing(clearing=with_finding.clearing, by=by(cast.eve), at=NOW)
        decision = decided(with_finding)
        assert [one["code"] for one in decision.cleared] == ["DEID_REVIEW_REQUIRED"]
        assert sent(with_finding, decision)

    @pytest.mark.parametrize("missing", ["nobody confirmed", "another finding", "other words"])
    def test_stops_what_only_claims_it(self, with_finding, cast, missing):
        if missing != "nobody confirmed":
            confirm_clearing(clearing=with_finding.clearing, by=by(cast.eve), at=NOW)
        real = decided(with_finding)
        cleared = [{"fingerprint": with_finding.clearing.fingerprint, "code": "DEID_REVIEW_REQUIRED"}]
        cleared += (
            [{"fingerprint": "f" * 24, "code": "FACE_UNLINKED"}] if missing == "another finding" else []
        )
        columns = {"allowed": True, "reasons": [], "cleared": cleared}
        if missing == "other words":
            Version.objects.filter(pk=with_finding.version.pk).update(caption="Other words")
            with_finding.version = approved(cast, with_finding.version)
            columns["digest"] = decided(with_finding).digest
        assert not sent(with_finding, copied(real, **columns))


class TestWhatPeopleSaid:
    @pytest.mark.parametrize("missing", ["approval", "attestation"])
    def test_must_be_there_for_exactly_this(self, cast, channel, missing):
        """A decision forged with all that it rests on, for words that nobody approved or looked at."""
        story = Story(cast, picture=False)
        real = decided(story)
        digest = "e" * 64
        rows: Any = {
            "approval": story.version.attestations.all(),
            "attestation": story.version.approvals.all(),
        }[missing]
        for row in rows:
            if missing == "attestation":
                review = row.review
                review.pk = None
                review.outcome = "approved"
                review.save()
                row.review = review
            row.pk, row.digest = None, digest
            row.save()
        assert not sent(story, copied(real, digest=digest))


class TestAPost:
    def test_changed_by_sql_after_its_approval_does_not_go_out(self, story, shift, network):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE posts_version SET caption = 'Something else' WHERE id = %s", [story.version.pk]
            )
        shift.until(DUE)
        shift.work()
        assert story.state == "blocked"
        assert not Decision.objects.filter(stage="intent", allowed=True).exists()

    def test_has_no_admin_to_be_changed_in(self):
        assert not apps.is_installed("django.contrib.admin")
        with pytest.raises(NoReverseMatch):
            reverse("admin:index")
