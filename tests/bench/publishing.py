"""Claim, intent, outcome: our three transactions against the same ones in raw SQL through the same connection.

The baseline looks for what is due before it takes the pen, takes the same locks, asks the same of pauses, takedowns
and what was received since, reads the gate's rows by one query, writes the same rows with the same bytes and appends
the same ledger entries. What it leaves out is deciding, and Django.
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from consent.audit.rules import Actor, canonical, entry_hash, instant, practice_chain
from posts.channels.registry import ADAPTERS
from posts.channels.rules import Capability, Done
from posts.clearance.queries import rulings
from posts.content.models import Version
from posts.gate.kept import reason_to_json, to_json
from posts.publishing.actions.claim import claim
from posts.publishing.actions.intent import intend
from posts.publishing.actions.outcome import keep_outcome
from posts.publishing.guards import PEOPLE
from posts.publishing.models import Delivery
from posts.publishing.queries.due import BEING_TAKEN_DOWN, PAUSED
from posts.publishing.queries.resting import RECEIVED
from posts.publishing.queries.usage import RELIED_ON
from tests.bench.gate import SAME_ROWS
from tests.bench.people import make_people, make_versions
from tests.bench.timing import Row, in_turn
from tests.cast import NOW, Cast
from tests.posts.outgoing import approved
from tests.posts_data import given_account

WORKER = Actor("worker", "bench")
DUE = f"""SELECT d.id, d.version_id, d.account_id FROM posts_delivery d WHERE d.state = 'scheduled' AND d.due_at = %s
    AND NOT EXISTS ({PAUSED}) AND NOT EXISTS ({BEING_TAKEN_DOWN}) ORDER BY d.due_at, d.id LIMIT 1"""


class _Instant:
    """A channel that answers at once, so that only our own work is timed."""

    capability = Capability(can_delete=True, probe=True)


def bench_publishing(cast: Cast, rounds: int) -> Iterator[Row]:
    """One publication about three people at a time."""
    registered: dict[str, Any] = {**ADAPTERS, "bench": _Instant()}
    ADAPTERS.update(registered)
    people = make_people(cast, 600)
    account = given_account(cast)
    account.adapter = "bench"
    account.save()
    ids = make_versions(cast, people, 2 * (rounds + 1))
    half = len(ids) // 2
    _schedule(cast, ids[:half], NOW)
    _schedule(cast, ids[half:], NOW + timedelta(days=1))
    later = connection.ops.adapt_datetimefield_value(NOW + timedelta(days=1))
    raw = _Raw(cast, ids[half:])
    ours, bare = in_turn(_publish, lambda: raw.publish(later), rounds)
    yield Row(
        "publish: claim, intent, outcome", ours, bare, "<= 2x", f"{1000 / ours.median:,.0f} publications/s"
    )


@transaction.atomic
def _schedule(cast: Cast, version_ids: list[int], due_at: datetime) -> None:
    """Each version approved, and in the queue for `due_at`."""
    for version_id in version_ids:
        version = approved(cast, Version.objects.get(pk=version_id))
        Delivery.objects.create(
            practice=cast.practice,
            version=version,
            account_id=version.account_id,
            due_at=due_at,
            changed_at=NOW,
        )


def _publish() -> None:
    delivery = claim(by=WORKER, at=NOW)
    assert delivery is not None
    intent = intend(delivery=delivery, by=WORKER, at=NOW)
    assert intent is not None
    kept = keep_outcome(attempt=intent.attempt, answer=Done("1", "http://localhost/1"), by=WORKER, at=NOW)
    assert kept.state == Delivery.State.PUBLISHED


class _Raw:
    """The same by hand."""

    def __init__(self, cast: Cast, version_ids: list[int]) -> None:
        self.practice = cast.practice.pk
        self.at = NOW + timedelta(days=1)
        self.chain = practice_chain(self.practice)
        [ruling] = rulings([Version(pk=version_ids[0])], NOW, final=True)
        self.facts = json.dumps(to_json(ruling.facts))
        self.reasons = json.dumps([reason_to_json(reason) for reason in ruling.verdict.reasons])
        self.lease = connection.ops.adapt_datetimefield_value(NOW + timedelta(days=2))
        self.skip = " FOR NO KEY UPDATE OF d SKIP LOCKED" if connection.vendor == "postgresql" else ""
        self.update = " FOR NO KEY UPDATE" if connection.vendor == "postgresql" else ""
        self.share = " FOR SHARE" if connection.vendor == "postgresql" else ""

    def publish(self, at: Any) -> None:
        """Three transactions."""
        with connection.cursor() as cursor:
            cursor.execute(DUE, [at])
            assert cursor.fetchone()
        with transaction.atomic(), connection.cursor() as cursor:
            delivery, version, account = self._claim(cursor.execute, cursor.fetchone, at)
        with transaction.atomic(), connection.cursor() as cursor:
            attempt = self._intend(cursor.execute, cursor.fetchall, delivery, version, account, at)
        with transaction.atomic(), connection.cursor() as cursor:
            self._keep(cursor.execute, cursor.fetchone, delivery, attempt, at)

    def _claim(self, run: Callable[..., Any], one: Callable[[], Any], at: Any) -> tuple[int, int, int]:
        run(DUE + self.skip, [at])
        found = one()
        run("SELECT MAX(approved_at) FROM posts_approval WHERE version_id = %s", [found[1]])
        one()
        run(
            "UPDATE posts_delivery SET state = 'claimed', fence = 1, owner = 'raw', lease_until = %s,"
            " changed_at = %s WHERE id = %s",
            [self.lease, at, found[0]],
        )
        return int(found[0]), int(found[1]), int(found[2])

    def _intend(
        self,
        run: Callable[..., Any],
        rows: Callable[[], Any],
        delivery: int,
        version: int,
        account: int,
        at: Any,
    ) -> int:
        run(f"SELECT id FROM posts_delivery WHERE id = %s{self.update}", [delivery])
        rows()
        self._hold(run, rows, delivery, version)
        people, consents, digest, decision = self._decide(run, rows, version, account, at)
        run(
            "INSERT INTO posts_attempt (practice_id, delivery_id, fence, stage, started_at, intent_at, digest,"
            " consent_ids, person_ids, remote_key, remote_id, prepared, outcome, detail, lease_until)"
            " VALUES (%s, %s, 1, 'sending', %s, %s, %s, %s, %s, %s, '', '{}', '', '', %s) RETURNING id",
            [
                self.practice,
                delivery,
                at,
                at,
                digest,
                json.dumps(consents),
                json.dumps(people),
                digest,
                self.lease,
            ],
        )
        attempt = int(rows()[0][0])
        marks = ", ".join(["(%s, %s, %s, %s)"] * len(people))
        rested = [
            value for pair in zip(people, consents, strict=True) for value in (attempt, delivery, *pair)
        ]
        run(
            f"INSERT INTO posts_attemptreliance (attempt_id, delivery_id, person_id, consent_id) VALUES {marks}",
            rested,
        )
        run(
            "UPDATE posts_delivery SET state = 'sending', intent_at = %s, decision_id = %s, digest = %s,"
            " lease_until = %s WHERE id = %s",
            [at, decision, digest, self.lease, delivery],
        )
        self._append(run, rows, at, "gate.decided", "delivery.intended")
        return attempt

    def _hold(self, run: Callable[..., Any], rows: Callable[[], Any], delivery: int, version: int) -> None:
        """Everyone the version rests on, taken in id order; what was received about them, and what is in the way."""
        run("SELECT fence, remote_key, prepared FROM posts_attempt WHERE delivery_id = %s", [delivery])
        rows()
        everyone = PEOPLE.format(version=version)
        run(f"SELECT id FROM consent_person WHERE id IN ({everyone}) ORDER BY id{self.share}")
        people = [row[0] for row in rows()]
        marks = ", ".join("%s" for _ in people)
        run(RECEIVED.format(ids=marks), people * RECEIVED.count("{ids}"))
        assert not rows()
        in_the_way = (
            f"SELECT EXISTS ({PAUSED}), EXISTS ({BEING_TAKEN_DOWN}) FROM posts_delivery d WHERE d.id = %s"
        )
        run(in_the_way, [delivery])
        assert not any(rows()[0])

    def _decide(
        self, run: Callable[..., Any], rows: Callable[[], Any], version: int, account: int, at: Any
    ) -> tuple[list[int], list[int], str, int]:
        run(SAME_ROWS, [version] * 3)
        read = rows()
        people, consents = [row[24] for row in read], [row[29] for row in read]
        run("SELECT digest FROM posts_approval WHERE version_id = %s", [version])
        digest = rows()[0][0]
        run(
            "INSERT INTO posts_decision (practice_id, version_id, account_id, stage, at, allowed, reasons, facts,"
            " rules_version, digest, cleared)"
            " VALUES (%s, %s, %s, 'intent', %s, %s, %s, %s, '1', %s, '[]') RETURNING id",
            [self.practice, version, account, at, True, self.reasons, self.facts, digest],
        )
        decision = rows()[0][0]
        marks = ", ".join(["(%s, %s, %s, 0)"] * len(people))
        pairs = [value for pair in zip(people, consents, strict=True) for value in (decision, *pair)]
        run(
            f"INSERT INTO posts_reliance (decision_id, person_id, consent_id, revocations_known) VALUES {marks}",
            pairs,
        )
        return people, consents, digest, decision

    def _keep(
        self, run: Callable[..., Any], one: Callable[[], Any], delivery: int, attempt: int, at: Any
    ) -> None:
        run(f"SELECT id FROM posts_delivery WHERE id = %s{self.update}", [delivery])
        one()
        run(f"SELECT EXISTS ({BEING_TAKEN_DOWN}) FROM posts_delivery d WHERE d.id = %s", [delivery])
        assert not one()[0]
        run(
            "UPDATE posts_attempt SET stage = 'done', outcome = 'published', ended_at = %s WHERE id = %s",
            [at, attempt],
        )
        run(
            "UPDATE posts_delivery SET state = 'published', remote_id = '1', published_at = %s WHERE id = %s",
            [at, delivery],
        )
        run(RELIED_ON.format(ids="%s"), [delivery] * RELIED_ON.count("{ids}"))
        assert one()
        self._append(run, lambda: [one()], at, "delivery.published")

    def _append(self, run: Callable[..., Any], rows: Callable[[], Any], at: Any, *events: str) -> None:
        """The ledger's entries, last before commit."""
        run(f"SELECT seq, hash FROM consent_chainhead WHERE chain = %s{self.update}", [self.chain])
        [(seq, head)] = rows()
        for event in events:
            seq += 1
            body = canonical(
                {
                    "actor": str(WORKER),
                    "at": instant(self.at),
                    "chain": self.chain,
                    "event": event,
                    "facts": {"attempt": seq, "decision": seq, "digest": head},
                    "person": None,
                    "seq": seq,
                    "subject": f"delivery:{seq}",
                }
            )
            previous, head = head, entry_hash(head, body)
            run(
                "INSERT INTO consent_ledgerentry (chain, seq, at, event, actor, subject, person, body, previous, hash)"
                " VALUES (%s, %s, %s, %s, %s, %s, NULL, %s, %s, %s)",
                [self.chain, seq, at, event, str(WORKER), f"delivery:{seq}", body, previous, head],
            )
        run("UPDATE consent_chainhead SET seq = %s, hash = %s WHERE chain = %s", [seq, head, self.chain])
