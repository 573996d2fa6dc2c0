"""Settle what the detectors saw, and look over the rest: every face is named, covered, or tells nobody who it is (R33).

Linking a face to a person is a person's act; nothing compares faces (R41).
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.models import Person

from ..models import Appearance, BackgroundReview, PictureScan, Rendition, Sighting
from ..queries import Eyesight, eyesight
from ..rules import points_of
from .cuts import take_back_cuts
from .looking import name_appearance

WHY_LENGTH = 300


class AlreadyDropped(Exception):
    """The review is over, and where it was is forgotten; another look shows it again."""

    def __init__(self) -> None:
        super().__init__("This picture was looked over already. Have it looked at again to change that.")


class WhyMissing(Exception):
    """Saying that something tells nobody who it is needs a reason."""


class StillOpen(Exception):
    """Something that was seen is not settled, or a point was not looked at."""


def name_sighting(
    *,
    sighting: Sighting,
    person: Person,
    elements: Collection[str],
    capacity: str = Appearance.Capacity.PATIENT,
    by: Actor,
    at: datetime,
) -> Appearance:
    """Say who is at the place: as `name_appearance`, whose errors it raises, and `AlreadyDropped`."""
    with recording(by=by, at=at):
        held = _held(sighting)
        appearance = name_appearance(
            asset=held.scan.asset, person=person, elements=elements, capacity=capacity, by=by, at=at
        )
        _settle([held], Sighting.Settled.NAMED, by, at, appearance=appearance)
        take_back_cuts(rendition=held.scan.rendition, appearances=[appearance], at=at)
    return appearance


def attest_sightings(*, sightings: Collection[Sighting], why: str, by: Actor, at: datetime) -> None:
    """Say that these tell nobody who it is, and why. Raises `WhyMissing`, `AlreadyDropped`."""
    if not why.strip():
        raise WhyMissing(
            "Write why nobody can be recognised by it: “a drawing”, “from far behind”, “our own sign”."
        )
    with recording(by=by, at=at):
        held = [_held(one) for one in sightings]
        _settle(held, Sighting.Settled.ATTESTED, by, at, why=why.strip()[:WHY_LENGTH])


def reopen_sighting(*, sighting: Sighting, by: Actor, at: datetime) -> None:
    """Take back what was said of it; a person who was named stays in the picture's list. Raises `AlreadyDropped`."""
    with recording(by=by, at=at):
        _settle([_held(sighting)], Sighting.Settled.OPEN, by, at)


def settle_covered(
    *, sightings: Collection[Sighting], appearance: Appearance | None = None, by: Actor, at: datetime
) -> None:
    """Note that these are covered (somebody is, with `appearance`) or cut away in a new rendition.

    Raises `AlreadyDropped`.
    """
    with recording(by=by, at=at):
        held = [_held(one) for one in sightings]
        _settle(held, Sighting.Settled.COVERED, by, at, appearance=appearance)


def review_background(
    *, rendition: Rendition, points: Collection[str], by: Actor, at: datetime
) -> BackgroundReview:
    """Keep that a person looked over the whole of a rendition; where things were is then dropped (R38, R41).

    Raises `StillOpen` while something that was seen is not settled, or a point of the list was not looked at.
    """
    with recording(by=by, at=at):
        PictureScan.objects.select_for_update(no_key=True).filter(rendition=rendition).count()
        eyes = eyesight(rendition)
        if eyes.review is not None:
            return eyes.review
        wanted = points_of(rendition.seconds)
        _refuse_open(eyes, points, wanted)
        review = BackgroundReview.objects.create(
            practice_id=rendition.practice_id,
            rendition=rendition,
            scan=eyes.scan,
            points=[point for point in wanted if point in points],
            reviewed_by_id=int(by.id),
            reviewed_at=at,
        )
        Sighting.objects.filter(scan=eyes.scan).update(seen="")
        record("background.reviewed", rendition.asset, rendition=rendition.pk, points=review.points)
    return review


def _refuse_open(eyes: Eyesight, points: Collection[str], wanted: Mapping[str, str]) -> None:
    """Everything that was seen is settled, and every point was looked at."""
    if eyes.scan is None or eyes.scan.state == PictureScan.State.ASKED:
        raise StillOpen("The detectors have not looked at it yet. Wait a moment.")
    if eyes.open:
        number = len(eyes.open)
        raise StillOpen(
            f"{number} {'place is' if number == 1 else 'places are'} still open. Name, cover or explain each first."
        )
    missing = [words for key, words in wanted.items() if key not in points]
    if missing:
        raise StillOpen(f"Look at these too, and tick them: {'; '.join(missing)}.")


def _held(sighting: Sighting) -> Sighting:
    """The sighting, taken, while where it is is still known."""
    held = (
        Sighting.objects.select_for_update(no_key=True, of=("self",))
        .select_related("scan__asset", "scan__rendition__asset")
        .get(pk=sighting.pk)
    )
    if not held.seen:
        raise AlreadyDropped
    return held


def _settle(
    sightings: Collection[Sighting],
    how: str,
    by: Actor,
    at: datetime,
    *,
    appearance: Appearance | None = None,
    why: str = "",
) -> None:
    """Write how each is settled, and a line for each."""
    for one in sightings:
        one.settled, one.appearance, one.why = how, appearance, why
        one.settled_by_id, one.settled_at = int(by.id), at
        one.save(update_fields=["settled", "appearance", "why", "settled_by", "settled_at"])
        record(
            "sighting.settled",
            one.scan.asset,
            sighting=one.pk,
            kind=one.kind,
            how=how or "open",
            appearance=appearance.pk if appearance else None,
        )
