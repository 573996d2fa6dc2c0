"""What must be zero. What frozen workers did too late is counted apart, as docs/publishing.md says."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from consent.audit.verify import verify_all
from posts.clearance.models import Decision
from posts.gate.decide import decide
from posts.gate.facts import PostFacts
from posts.gate.kept import from_json, reason_to_json
from posts.publishing.models import Attempt, Delivery, Takedown
from tests.rehearsal.network import Arrival, State
from tests.rehearsal.order import started_after
from tests.rehearsal.plan import Log
from tests.rehearsal.story import Leaning, Story

EXAMPLES = 3
UNFINISHED = ("scheduled", "claimed", "sending", "unknown")
AT_REST = ("blocked", "returned", "cancelled", "failed", "removed")


@dataclass(frozen=True)
class Count:
    """One line: what was counted, with a few examples."""

    name: str
    found: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        examples = f"   {'; '.join(self.found[:EXAMPLES])}" if self.found else ""
        return f"{len(self.found):>7}  {self.name}{examples}"


class Audit:
    """The story that the database tells, against what the network saw."""

    def __init__(self, story: Story, state: State, log: Log) -> None:
        self.story, self.state, self.log = story, state, log

    def must_be_zero(self) -> list[Count]:
        """Every broken promise."""
        return [
            Count("sends or uploads after the withdrawal was in effect", self._after_effect(frozen=False)),
            *(
                Count(f"intents or preparings after {kind}", found)
                for kind, found in started_after(self.story).items()
            ),
            Count("sends that doubled without a person's decision", self._doubles(frozen=False)),
            Count("visible twice at once", self._twice(frozen=False)),
            Count("still there although permission was taken back", self._still_there()),
            Count("prepared, given up and left lying", self._left_lying()),
            Count("published by the database, not visible", self._lost()),
            Count("visible, not published by the database", self._unaccounted()),
            Count("chains of the ledger not whole", [v.broken for v in verify_all() if v.broken]),
            Count("decisions that do not replay", _not_replayable()),
            Count("steps without a decision that allowed them", self._undecided()),
            Count("deliveries, takedowns, withdrawals that came to no end", self._unfinished()),
            Count("times that the rehearsal itself ran out of time", self.log.late),
        ]

    def frozen(self) -> list[Count]:
        """What a process can do that is frozen between its last look at the clock and the socket."""
        late = [f"{one.kind} {one.key}" for one in self.strays if self._is_frozen(one)]
        return [
            Count("requests that arrived after the end of the lease they were made under", late),
            Count("of these, after a withdrawal was in effect", self._after_effect(frozen=True)),
            Count("doubled by them", self._doubles(frozen=True)),
            Count("left by them where nothing should be, until a later look", sorted(self._zombies_there())),
        ]

    @cached_property
    def strays(self) -> list[Arrival]:
        """Requests that arrived when no attempt under their key was open."""
        attempts: dict[str, list[Attempt]] = defaultdict(list)
        for attempt in self.story.attempts:
            attempts[attempt.remote_key].append(attempt)
        return [one for one in self.state.arrivals if not any(_covers(a, one) for a in attempts[one.key])]

    @cached_property
    def _zombies(self) -> set[str]:
        """The keys that a frozen worker touched too late."""
        return {one.key for one in self.strays if self._is_frozen(one)}

    def _is_frozen(self, arrival: Arrival) -> bool:
        return arrival.at >= self.log.frozen_from

    def _zombies_there(self) -> set[str]:
        return (self.state.holding & self._zombies) - {key for key, _ in self._published()}

    def _after_effect(self, *, frozen: bool) -> list[str]:
        """Requests that arrived, resting by their own account on what no longer held."""
        found = []
        for one in self.state.arrivals:
            if (one.key in self._zombies) == frozen:
                late = [
                    one.at - each.effective_at.timestamp()
                    for consent, used in one.rests_on.items()
                    for each in self.story.withdrawals_of(consent)
                    if each.effective_at is not None and each.touches(consent, used)
                ]
                found += [f"{one.kind} {one.key} {max(late):+.3f} s"] if max(late, default=0) > 0 else []
        return found

    def _doubles(self, *, frozen: bool) -> list[str]:
        """Keys that took effect more than once; a person who says "again" decides for one more."""
        again = {
            line.subject
            for line in self.story.lines
            if line.event == "delivery.settled" and line.facts["answer"] == "again"
        }
        return [
            key
            for key, times in self.state.effects.items()
            if times > 1 and self.story.delivery_of[key] not in again and (key in self._zombies) == frozen
        ]

    def _twice(self, *, frozen: bool) -> list[str]:
        rows = self.state.most_at_once.items()
        return [key for key, most in rows if most > 1 and (key in self._zombies) == frozen]

    def _still_there(self) -> list[str]:
        """Posts, drafts and pictures that rested on what was taken back, or marked as wrong."""
        there = self.state.holding - self._zombies
        return [
            key
            for key in sorted(there)
            if any(map(self._is_gone, self.story.rested_on[self.story.delivery_of[key]]))
        ]

    def _is_gone(self, one: Leaning) -> bool:
        withdrawals = self.story.withdrawals_of(one.consent)
        return one.consent in self.story.invalid or any(w.touches(one.consent, one.used) for w in withdrawals)

    def _left_lying(self) -> list[str]:
        rows = {key: self.story.deliveries[number] for key, number in self.story.delivery_of.items()}
        there = self.state.holding - self._zombies
        return [f"{rows[key]} {key}" for key in there if rows[key].state in AT_REST]

    def _published(self) -> list[tuple[str, Delivery]]:
        rows = [(key, self.story.deliveries[number]) for key, number in self.story.delivery_of.items()]
        return [(key, row) for key, row in rows if row.state == Delivery.State.PUBLISHED]

    def _lost(self) -> list[str]:
        return [f"{row} {key}" for key, row in self._published() if key not in self.state.posts]

    def _unaccounted(self) -> list[str]:
        known = {key for key, _ in self._published()}
        return sorted(set(self.state.posts) - known - self._zombies)

    def _undecided(self) -> list[str]:
        """Preparings and intents in the ledger whose decision is not among those that allowed."""
        return [
            f"{line.event} {line.subject}"
            for line, _ in self.story.steps()
            if line.facts["decision"] not in self.story.leanings
        ]

    def _unfinished(self) -> list[str]:
        owed = Takedown.objects.exclude(state=Takedown.State.CLOSED)
        waiting = [
            f"a withdrawal from consent {one.consent}"
            for one in self.story.withdrawals
            if not one.effective_at
        ]
        busy = [str(row) for row in self.story.deliveries.values() if row.state in UNFINISHED]
        return [*busy, *(f"{one}: {one.last_error}" for one in owed), *waiting]


def _covers(attempt: Attempt, arrival: Arrival) -> bool:
    """Whether the request may have been made by this attempt while it was open."""
    begun = attempt.intent_at if arrival.kind == "posts" else attempt.started_at
    if begun is None:
        return False
    ended = attempt.ended_at.timestamp() if attempt.ended_at else float("inf")
    return begun.timestamp() <= arrival.at <= ended


def _not_replayable() -> list[str]:
    """Decisions whose kept facts give another answer today, or another reliance."""
    found = []
    for decision in Decision.objects.prefetch_related("relied_on").iterator(chunk_size=500):
        verdict = decide(from_json(PostFacts, decision.facts))
        relied = sorted(
            (one.person_id, one.consent_id, one.revocations_known) for one in decision.relied_on.all()
        )
        again = sorted((one.person, one.consent, one.revocations_known) for one in verdict.relied_on)
        reasons = [reason_to_json(reason) for reason in verdict.reasons]
        if (verdict.allowed, reasons, again) != (decision.allowed, decision.reasons, relied):
            found.append(str(decision))
    return found
