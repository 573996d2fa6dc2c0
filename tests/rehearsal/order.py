"""Did anything start after the gate had closed? Read from the ledger alone, whose order is that of the commits."""

from collections import Counter, defaultdict
from collections.abc import Callable

from consent.records.models import Consent
from tests.rehearsal.story import STEPS, Leaning, Line, Named, Story, touches

KINDS = (
    "a withdrawal was received",
    "an invalidation",
    "a hold",
    "a death",
    "a merge with someone held or dead",
    "a representative lost the right",
    "an ending event",
)


class Closed:
    """What is closed at one place in the ledger."""

    def __init__(self) -> None:
        self.parts: dict[int, list[Named]] = defaultdict(list)
        self.invalid: set[int] = set()
        self.held: set[int] = set()
        self.dead: set[int] = set()
        self.authorities: set[int] = set()
        self.treated: set[int] = set()
        self.twins: dict[int, set[int]] = defaultdict(set)
        rows = Consent.objects.values_list("pk", "representation_id", "ends_event")
        self.signed_by = {pk: authority for pk, authority, _ in rows}
        self.until_treated = {pk for pk, _, event in rows if event == "end_of_treatment"}

    def note(self, line: Line) -> None:
        """Something closed, or opened again."""
        handler = self.EVENTS.get(line.event)
        if handler is not None:
            handler(self, line)

    def against(self, one: Leaning) -> set[str]:
        """Everything that speaks against using this consent of this person now."""
        twins = self.twins[one.person]
        found = {
            "a withdrawal was received": any(touches(part, one.used) for part in self.parts[one.consent]),
            "an invalidation": one.consent in self.invalid,
            "a hold": one.person in self.held,
            "a death": one.person in self.dead,
            "a merge with someone held or dead": bool(twins & (self.held | self.dead)),
            "a representative lost the right": self.signed_by[one.consent] in self.authorities,
            "an ending event": one.consent in self.until_treated and one.person in self.treated,
        }
        return {kind for kind, speaks in found.items() if speaks}

    def _merged(self, line: Line) -> None:
        self.twins[line.subject].add(line.facts["into"])
        self.twins[line.facts["into"]].add(line.subject)

    EVENTS: dict[str, Callable[["Closed", Line], None]] = {
        "consent.revoked": lambda self, line: self.parts[line.subject].append(line.facts["part"]),
        "consent.invalidated": lambda self, line: self.invalid.add(line.subject),
        "consent.held": lambda self, line: self.held.add(line.subject),
        "consent.released": lambda self, line: self.held.discard(line.subject),
        "consent.ended": lambda self, line: self.treated.add(line.subject),
        "person.died": lambda self, line: self.dead.add(line.subject),
        "person.merged": _merged,
        "representation.ended": lambda self, line: self.authorities.add(line.subject),
        "representation.excluded": lambda self, line: self.authorities.add(line.subject),
    }


def started_after(story: Story) -> dict[str, list[str]]:
    """By kind of closing, the preparings and intents that came after it and rested on it."""
    closed = Closed()
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for line in story.lines:
        closed.note(line)
        if line.event not in STEPS:
            continue
        for leaning in story.leanings.get(line.facts["decision"], []):
            for kind in closed.against(leaning):
                found[kind].append(f"{line.event} of delivery {line.subject} at {line.seq}")
    return found


def met_under_way(story: Story) -> Counter[str]:
    """How many closings came while something that rested on them was prepared, or was being sent."""
    met: Counter[str] = Counter()
    open_steps: dict[int, tuple[str, list[Leaning]]] = {}
    for line in story.lines:
        if line.event in STEPS:
            open_steps[line.subject] = line.event, story.leanings.get(line.facts["decision"], [])
        elif line.event.startswith("delivery."):
            open_steps.pop(line.subject, None)
        elif line.event in Closed.EVENTS and line.event != "consent.released":
            stages = {stage for stage, leaning in open_steps.values() if _concerns(line, leaning)}
            met.update(stages)
    return met


def _concerns(line: Line, leanings: list[Leaning]) -> bool:
    return any(line.person == one.person for one in leanings)
