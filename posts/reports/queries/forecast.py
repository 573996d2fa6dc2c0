"""What is allowed today and will stop being allowed: the gate's own answer, asked with a later instant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from consent.access.models import Practice
from posts.clearance.queries import answers, rulings
from posts.clearance.rules import Spoken
from posts.content.models import Version
from posts.gate.decide import decide
from posts.publishing.models import Delivery

HORIZONS = (30, 60, 90)
# What is out, and what is still to go out.
LIVING = (
    Delivery.State.PUBLISHED,
    Delivery.State.SCHEDULED,
    Delivery.State.CLAIMED,
    Delivery.State.SENDING,
    Delivery.State.UNKNOWN,
)


@dataclass(frozen=True)
class Ending:
    """A version that is allowed now and will not be within so many days, and why not then."""

    version: Version
    within: int
    reasons: tuple[Spoken, ...]


def endings(practice: Practice, at: datetime, horizons: Sequence[int] = HORIZONS) -> list[Ending]:
    """Everything living that stops being allowed within each horizon in days, the soonest first.

    The facts are read once; only the instant differs. What is refused already today is no news here.
    """
    living = Delivery.objects.filter(practice=practice, state__in=LIVING).values("version")
    versions = Version.objects.filter(pk__in=living, dropped_at=None).select_related("post", "account")
    standing = [one for one in rulings(versions, at, final=True) if one.verdict.allowed]
    found: dict[int, Ending] = {}
    for days in sorted(horizons):
        later = at + timedelta(days=days)
        then = [(one, replace(one.facts, at=later)) for one in standing if one.version.pk not in found]
        judged = [(one, facts, decide(facts)) for one, facts in then]
        stopped = [(one, facts, verdict) for one, facts, verdict in judged if not verdict.allowed]
        said = answers(practice, [(facts, verdict) for _, facts, verdict in stopped], later)
        for one, _, _ in stopped:
            found[one.version.pk] = Ending(one.version, days, said.by_version[one.version.pk].reasons)
    return sorted(found.values(), key=lambda ending: (ending.within, ending.version.pk))
