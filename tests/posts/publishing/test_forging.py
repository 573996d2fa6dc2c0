"""Whoever may write any SQL can drop the triggers; then replaying and the ledger show it (docs/gate.md)."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from consent.audit.checkpoints import take_checkpoint
from consent.audit.ledger import recording
from consent.audit.models import ChainHead, LedgerEntry
from consent.audit.rules import practice_chain
from consent.audit.verify import verify_chain
from consent.records.actions import revoke
from consent.records.models import Consent, Revocation
from posts.channels.models import WallEntry
from posts.clearance.actions import approve, decide, record_finding, submit
from posts.clearance.models import Approval, Attestation, Clearing, Decision, Reliance, Review
from posts.clearance.queries import rulings
from posts.content.actions import Mentioned
from posts.content.queries import payload_of, whole_version
from posts.gate.kept import reason_to_json
from posts.publishing.actions import schedule
from posts.publishing.models import Delivery
from tests.cast import NOW, by
from tests.consents import given_signature, signed_consent
from tests.drafts import a_channel, a_version
from tests.flushing import guards_aside
from tests.posts.publishing.conftest import DUE, WORKER

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(cast):
    """Words about Ana, who agreed, approved by Eve through the real actions."""
    signed_consent(cast, cast.ana)
    version = a_version(cast, mentions=[Mentioned(cast.ana, ("first_name",), "patient")])
    review = submit(post=version.post, by=by(cast.dan), at=NOW)
    approve(review=review, seen_digest=review.digest, attested=True, by=by(cast.eve), at=NOW)
    return version


@pytest.fixture
def delivery(version, cast):
    return schedule(version=version, due_at=DUE, by=by(cast.dan), at=NOW)


def decided(version, stage="intent"):
    with recording(by=WORKER, at=DUE):
        return decide(version=version, stage=stage, by=WORKER, at=DUE)


def replayed():
    """What replaying prints, and whether it found something."""
    out = io.StringIO()
    try:
        call_command("replay_decisions", stdout=out)
    except CommandError:
        return out.getvalue(), True
    return out.getvalue(), False


def found(said):
    printed, forged = replayed()
    assert forged, printed
    assert said in printed


class TestNothingForged:
    def test_is_not_accused(self, version, delivery):
        decided(version)
        printed, forged = replayed()
        assert not forged, printed


class TestADecision:
    def test_written_by_hand_is_shown(self, version, delivery):
        row = decided(version)
        real = row.pk
        row.pk = None
        row.save()
        for relied in Reliance.objects.filter(decision=real):
            relied.pk, relied.decision = None, row
            relied.save()
        found(f"Decision {row.pk}")

    def test_turned_into_a_yes_with_its_facts_is_shown(self, version, delivery, cast):
        """The forger changes facts and answer alike, so that one follows from the other: the line does not."""
        yes = decided(version)
        revoke(consent=cast.ana.consents.get(), how="desk", by=by(cast.finn), at=NOW)
        no = decided(version)
        assert not no.allowed
        with guards_aside(connection):
            Decision.objects.filter(pk=no.pk).update(allowed=True, reasons=[], facts=yes.facts)
            for relied in Reliance.objects.filter(decision=yes):
                relied.pk, relied.decision = None, no
                relied.save()
        found("the ledger does not say the same")


class TestWhatItRestsOn:
    def test_a_consent_written_by_hand_is_shown(self, version, cast):
        row = cast.ana.consents.get()
        with guards_aside(connection):
            Consent.objects.filter(pk=row.pk).update(ends_at=NOW, ends_on=NOW.date())
        row.pk, row.signature = None, given_signature(cast, cast.ana, signed_at=row.signed_at + timedelta(1))
        row.save()
        assert decided(version).allowed
        found("the ledger knows no such consent")

    def test_a_clearing_written_by_hand_is_shown(self, cast):
        version = a_version(cast)
        record_finding(version=version, code="DEID_REVIEW_REQUIRED", kind="AGE", by=WORKER, at=NOW)
        [ruling] = rulings([version], NOW, final=False)
        [reason] = ruling.verdict.reasons
        Clearing.objects.create(
            practice=cast.practice,
            version=version,
            digest=ruling.facts.digest,
            code=reason.code,
            fingerprint=reason.fingerprint,
            why="Nobody looked.",
            proposed_by=cast.mia,
            proposed_at=NOW,
            confirmed_by=cast.eve,
            confirmed_at=NOW,
        )
        decision = decided(version, "submit")
        assert decision.allowed
        assert decision.cleared == [reason_to_json(reason)]
        found("the ledger does not know that two people cleared it")

    def test_an_approval_written_by_hand_is_shown(self, cast):
        version = whole_version(a_version(cast).pk)
        bound = {
            "practice": cast.practice,
            "version": version,
            "digest": payload_of(version).digest,
        }
        review = Review.objects.create(
            practice=cast.practice,
            post=version.post,
            digest=bound["digest"],
            submitted_by=cast.dan,
            submitted_at=NOW,
            outcome="approved",
            decided_by=cast.eve,
            decided_at=NOW,
        )
        Attestation.objects.create(**bound, attested_by=cast.eve, attested_at=NOW)
        Approval.objects.create(
            **bound, review=review, approved_by=cast.eve, author=cast.dan, approved_at=NOW
        )
        assert decided(version).allowed
        found("the ledger does not know that it was approved")

    def test_a_withdrawal_taken_out_is_shown(self, version, delivery, cast):
        """With the row gone the gate says yes again; the ledger still has the line."""
        consent = cast.ana.consents.get()
        revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW)
        with guards_aside(connection):
            Revocation.objects.all().delete()
        assert decided(version).allowed
        found("the ledger has withdrawals of its consents that are not there")


class TestADelivery:
    def test_made_to_look_sent_is_shown(self, version, delivery, cast):
        with guards_aside(connection):
            Delivery.objects.filter(pk=delivery.pk).update(state="published", published_at=DUE)
        assert not LedgerEntry.objects.filter(
            subject=f"delivery:{delivery.pk}", event__in=["delivery.intended", "delivery.published"]
        ).exists()
        found(f"Delivery {delivery.pk} is said to have gone out, and the ledger does not know it.")


class TestATrigger:
    def test_that_was_dropped_is_named(self, db):
        name = "guard_posts_delivery_update"
        where = "" if connection.vendor == "sqlite" else " ON posts_delivery"
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {name}{where}")
        found(f"The trigger {name} is missing.")


class TestTheWall:
    def test_with_an_entry_hung_by_hand_is_shown(self, cast):
        account = a_channel(cast)
        entry = WallEntry.objects.create(
            practice=cast.practice,
            account=account,
            key="mine",
            caption="Look",
            state=WallEntry.State.VISIBLE,
            shown_at=NOW,
            changed_at=NOW,
        )
        found(f"Entry {entry.pk} of the wall was put there by no attempt of ours.")


class TestTheLedgerItself:
    def test_a_line_changed_or_taken_out_breaks_the_chain(self, version):
        chain = practice_chain(version.practice_id)
        with guards_aside(connection):
            LedgerEntry.objects.filter(chain=chain, event="post.approved").delete()
        assert verify_chain(chain).broken

    def test_a_chain_made_anew_contradicts_what_was_sent_away(self, version):
        chain = practice_chain(version.practice_id)
        take_checkpoint(at=NOW)
        last = LedgerEntry.objects.filter(chain=chain).latest("seq")
        with guards_aside(connection):
            LedgerEntry.objects.filter(pk=last.pk).delete()
            ChainHead.objects.filter(chain=chain).update(seq=last.seq - 1, hash=last.previous)
        assert verify_chain(chain).broken
