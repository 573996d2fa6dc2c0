"""What is allowed today and will stop being allowed: the gate's own answer, asked with a later instant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from consent.access.models import Practice
from posts.clearance.queries import answers, rulings
from posts.clearance.rules import Spoken
from posts.content.models import Version
from posts.gate.decide import decide
from posts.gate.facts import PostFacts
from posts.publishing.models import Delivery

HORIZONS = (30, 60, 90)
NEAR = timedelta(seconds=1)  # how exactly the end is told
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
    """A version that is allowed now and will not be within so many days, until when it is, and why not then."""

    version: Version
    within: int
    until: datetime
    reasons: tuple[Spoken, ...]


def endings(practice: Practice, at: datetime, horizons: Sequence[int] = HORIZONS) -> list[Ending]:
    """Everything living that stops being allowed within each horizon in days, the soonest first.

    The facts are read once; only the instant differs. What is refused already today is no news here, nor is what
    is refused between two horizons and allowed again at the second. Agreements with third parties and the facts of
    locations are taken as they are today.
    """
    living = Delivery.objects.filter(practice=practice, state__in=LIVING).values("version")
    versions = Version.objects.filter(pk__in=living, dropped_at=None).select_related("post", "account")
    standing = [one for one in rulings(versions, at, final=True) if one.verdict.allowed]
    ended: dict[int, tuple[Version, int, PostFacts]] = {}
    before = at
    for days in sorted(horizons):
        later = at + timedelta(days=days)
        for one in standing:
            if one.version.pk not in ended and not decide(replace(one.facts, at=later)).allowed:
                ended[one.version.pk] = (one.version, days, _first_refused(one.facts, before, later))
        before = later
    said = answers(practice, [(facts, decide(facts)) for _, _, facts in ended.values()], at).by_version
    found = [
        Ending(version, days, facts.at - NEAR, said[version.pk].reasons)
        for version, days, facts in ended.values()
    ]
    return sorted(found, key=lambda ending: (ending.until, ending.version.pk))


def _first_refused(facts: PostFacts, allowed: datetime, refused: datetime) -> PostFacts:
    """The facts at the instant between the two from which the gate says no: halved until it is known to a second."""
    while refused - allowed > NEAR:
        middle = allowed + (refused - allowed) / 2
        if decide(replace(facts, at=middle)).allowed:
            allowed = middle
        else:
            refused = middle
    return replace(facts, at=refused)
