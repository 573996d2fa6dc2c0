"""What happened, read back for the count: the ledger in its order, what each step rested on, withdrawals in effect."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from consent.access.models import Practice
from consent.audit.models import LedgerEntry
from consent.audit.rules import practice_chain
from consent.records.models import Invalidation, Revocation
from posts.channels.rules import part_touches
from posts.clearance.models import Decision
from posts.publishing.models import Attempt, Delivery, RevocationEffect

PLATFORM = "instagram"
STEPS = ("delivery.preparing", "delivery.intended")
Named = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Line:
    """One line of the practice's ledger."""

    seq: int
    event: str
    subject: int
    person: int | None
    facts: dict[str, Any]


@dataclass(frozen=True)
class Leaning:
    """That a decision rested on a person's consent, and what it used of them."""

    person: int
    consent: int
    used: Named


def touches(part: Named, used: Named) -> bool:
    """Whether a withdrawal of `part` takes back something that was used; an empty part takes back everything."""
    return part_touches(part, used, PLATFORM)


@dataclass(frozen=True)
class Withdrawal:
    """A revocation: what it takes back, when it was received, and since when nothing more leaves."""

    consent: int
    part: Named
    received_at: datetime
    effective_at: datetime | None

    def touches(self, consent: int, used: Named) -> bool:
        """Whether it takes back something that was used on this consent."""
        return consent == self.consent and touches(self.part, used)


class Story:
    """Everything that the counts are made from; each part is read once, when it is first asked for."""

    def __init__(self, practice: Practice) -> None:
        self.practice = practice

    @cached_property
    def lines(self) -> list[Line]:
        """The ledger of the practice, in its order."""
        rows = LedgerEntry.objects.filter(chain=practice_chain(self.practice.pk)).order_by("seq")
        return [
            Line(
                row.seq,
                row.event,
                int(row.subject.partition(":")[2]),
                row.person,
                json.loads(bytes(row.body))["facts"],
            )
            for row in rows.iterator()
        ]

    @cached_property
    def leanings(self) -> dict[int, list[Leaning]]:
        """By decision, everyone it rested on."""
        found: dict[int, list[Leaning]] = {}
        rows = Decision.objects.filter(allowed=True, stage__in=["prepare", "intent"])
        for decision in rows.prefetch_related("relied_on").iterator(chunk_size=500):
            found[decision.pk] = [
                Leaning(one.person_id, one.consent_id, _used(decision, one.person_id))
                for one in decision.relied_on.all()
            ]
        return found

    def steps(self) -> Iterator[tuple[Line, list[Leaning]]]:
        """Each preparing and each intent, with what it rested on."""
        for line in self.lines:
            if line.event in STEPS:
                yield line, self.leanings.get(line.facts["decision"], [])

    @cached_property
    def rested_on(self) -> dict[int, list[Leaning]]:
        """By delivery, everything that any step of it rested on."""
        found: dict[int, list[Leaning]] = defaultdict(list)
        for line, leanings in self.steps():
            found[line.subject] += leanings
        return found

    @cached_property
    def deliveries(self) -> dict[int, Delivery]:
        """Every delivery as it is now."""
        return {row.pk: row for row in Delivery.objects.filter(practice=self.practice)}

    @cached_property
    def attempts(self) -> list[Attempt]:
        """Every attempt."""
        return list(Attempt.objects.filter(practice=self.practice).order_by("pk"))

    @cached_property
    def delivery_of(self) -> dict[str, int]:
        """The delivery behind each key on the network."""
        return {attempt.remote_key: attempt.delivery_id for attempt in self.attempts}

    @cached_property
    def withdrawals(self) -> list[Withdrawal]:
        """Every revocation."""
        effects = dict(RevocationEffect.objects.values_list("revocation_id", "effective_at"))
        rows = Revocation.objects.filter(practice=self.practice).order_by("pk")
        return [Withdrawal(row.consent_id, row.part, row.received_at, effects.get(row.pk)) for row in rows]

    def withdrawals_of(self, consent: int) -> list[Withdrawal]:
        """The revocations of one consent."""
        return self._by_consent.get(consent, [])

    @cached_property
    def _by_consent(self) -> dict[int, list[Withdrawal]]:
        found: dict[int, list[Withdrawal]] = defaultdict(list)
        for one in self.withdrawals:
            found[one.consent].append(one)
        return found

    @cached_property
    def invalid(self) -> set[int]:
        """The consents that were marked as wrong."""
        return set(Invalidation.objects.filter(practice=self.practice).values_list("consent_id", flat=True))


def _used(decision: Decision, person: int) -> Named:
    """What the decision's own facts say that it used of a person."""
    facts = [one for one in decision.facts["people"] if one["person"]["id"] == person]
    return {
        "elements": {key for one in facts for key in (*one["in_words"], *one["in_pictures"])},
        "assets": {key for one in facts for key in one["assets"]},
    }
