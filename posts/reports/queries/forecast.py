"""What is allowed today and will stop being allowed: the gate's own answer, asked with later instants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from consent.access.models import Practice
from posts.clearance.queries import Outlook, Ruling, answers, outlooks
from posts.clearance.rules import Spoken
from posts.content.models import Version
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
    """A version that is allowed now and will not be: from when on, within how many days that is, and why not then.

    `again` is when it is allowed once more, if that lies within the last horizon.
    """

    version: Version
    within: int
    stops: datetime
    again: datetime | None
    reasons: tuple[Spoken, ...]

    @property
    def is_birthday(self) -> bool:
        """Whether the day is somebody's 18th birthday, which few may know (R54)."""
        return any(reason.code == "MINOR_NOW_ADULT" for reason in self.reasons)


def endings(practice: Practice, at: datetime, horizons: Sequence[int] = HORIZONS) -> list[Ending]:
    """Everything living that stops being allowed within the horizons in days, the soonest first.

    What is on record is read once. The gate is then asked at each instant at which something dated begins or ends,
    about the facts as they will be, so that a refusal between two horizons is told as well. What is refused already
    today is no news here.
    """
    living = Delivery.objects.filter(practice=practice, state__in=LIVING).values("version")
    versions = Version.objects.filter(pk__in=living, dropped_at=None).select_related("post", "account")
    until = at + timedelta(days=max(horizons))
    found = [
        pause
        for one in outlooks(versions)
        if one.ruling(at).verdict.allowed and (pause := first_pause(one, at, until))
    ]
    said = answers(practice, [(one.facts, one.verdict) for one, _ in found], at).by_version
    ended = [
        Ending(
            version=one.version,
            within=min(days for days in horizons if one.facts.at <= at + timedelta(days=days)),
            stops=one.facts.at,
            again=again,
            reasons=said[one.version.pk].reasons,
        )
        for one, again in found
    ]
    return sorted(ended, key=lambda ending: (ending.stops, ending.version.pk))


def first_pause(outlook: Outlook, at: datetime, until: datetime) -> tuple[Ruling, datetime | None] | None:
    """The first refusal after `at`, and when the version is allowed again; None if nothing stops it until then."""
    refused: Ruling | None = None
    for turn in outlook.turns(at, until):
        ruling = outlook.ruling(turn)
        if refused and ruling.verdict.allowed:
            return refused, turn
        if not ruling.verdict.allowed:
            refused = refused or ruling
    return (refused, None) if refused else None
