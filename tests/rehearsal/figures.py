"""What is good to know: how much was rehearsed, what became of it, and how long people waited."""

import statistics
from collections import Counter
from pathlib import Path

from posts.publishing.models import Takedown
from tests.rehearsal.count import Audit
from tests.rehearsal.order import met_under_way
from tests.rehearsal.story import Withdrawal

FAILED = "A step of the worker failed"


def figures(audit: Audit, scheduled: int, complaints: Path) -> list[str]:
    """One line each."""
    story, state, log = audit.story, audit.state, audit.log
    events = Counter(line.event for line in story.lines)
    states = Counter(row.state for row in story.deliveries.values())
    settled = Counter(line.facts["answer"] for line in story.lines if line.event == "delivery.settled")
    met = met_under_way(story)
    downs = Counter(Takedown.objects.values_list("why", flat=True))
    rows = [
        (
            log.kills,
            f"workers killed, {log.kills_aimed} of them in the middle of something; {log.stops} frozen",
        ),
        (scheduled, "posts scheduled"),
        (events["delivery.published"], "times published"),
        (events["delivery.blocked"], "stopped by the gate"),
        (
            events["delivery.unknown"],
            f"outcomes unknown; {settled['absent']} of them absent and sent again, {states['unknown']} left",
        ),
        (states["failed"], "refused for good by the network"),
        (downs.total() - downs["clean_up"], f"takedowns, and {downs['clean_up']} cleanings"),
        (log.acts.total(), f"closings: {_listed(log.acts)}"),
        (met["delivery.preparing"], "closings while something was being prepared on them"),
        (met["delivery.intended"], "closings while something was being sent on them"),
        (state.commits, f"commits and {len(state.arrivals) - state.commits} uploads arrived"),
        (len(audit.strays) - _frozen(audit), "of these after the end of their lease, with nobody frozen"),
        (_failures(complaints), f"steps of workers failed and were tried again ({complaints.name})"),
    ]
    waits = [
        _waiting("receipt to effect", [w for w in map(_to_effect, story.withdrawals) if w is not None]),
        _waiting("receipt to gone", _to_gone(audit)),
    ]
    return [*(f"{number:>7}  {what}" for number, what in rows), *waits]


def _frozen(audit: Audit) -> int:
    return sum(one.at >= audit.log.frozen_from for one in audit.strays)


def _listed(acts: Counter[str]) -> str:
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in acts.most_common() if number)


def _failures(complaints: Path) -> int:
    return complaints.read_text(errors="replace").count(FAILED)


def _to_effect(withdrawal: Withdrawal) -> float | None:
    if withdrawal.effective_at is None:
        return None
    return (withdrawal.effective_at - withdrawal.received_at).total_seconds()


def _to_gone(audit: Audit) -> list[float]:
    """For each withdrawal of something that was there, until the last of it had vanished from the network."""
    waits = []
    for withdrawal in audit.story.withdrawals:
        received = withdrawal.received_at.timestamp()
        gone = [
            audit.state.vanished[key] - received
            for key, delivery in audit.story.delivery_of.items()
            if audit.state.vanished.get(key, 0) > received
            and any(withdrawal.touches(one.consent, one.used) for one in audit.story.rested_on[delivery])
        ]
        waits += [max(gone)] if gone else []
    return waits


def _waiting(what: str, seconds: list[float]) -> str:
    if not seconds:
        return f"      -  {what}: nobody waited"
    middle, worst = statistics.median(seconds), max(seconds)
    return f"{middle:>5.2f} s  {what}, median of {len(seconds)}; worst {worst:.2f} s"
