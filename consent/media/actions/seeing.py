"""Have the detectors look at renditions. Asking is a row beside the rendition's own; looking follows the commit.

A look that fails is tried again twice; then, as where no detector is installed, the picture waits for a person. What is
read in it goes through the word screen that the caller hands over (`WordScreen`).
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.files.store import FileAltered, FileMissing, read

from ..detectors.sights import Box, Sight, same_place
from ..models import Appearance, PictureScan, Rendition, Sighting
from ..queries import Seen, newest_scan
from ..rules import covered_by
from ..sight import DetectorUnavailable, Looked, looked_at
from .cuts import take_back_cuts

# What identifies in a text: keys of findings (table A-18), none if nothing does.
WordScreen = Callable[[str], Sequence[str]]
Looker = Callable[[bytes], Looked]
LEASE, FILM_LEASE = timedelta(minutes=6), timedelta(minutes=40)
TRIES_AFTER = (timedelta(minutes=1), timedelta(minutes=10))
ROOM = "renditions"


def ask_for_look(*, rendition: Rendition, at: datetime) -> PictureScan:
    """Ask for a look at the rendition, in the caller's transaction: neither is kept without the other."""
    return PictureScan.objects.create(
        practice_id=rendition.practice_id,
        asset_id=rendition.asset_id,
        rendition=rendition,
        asked_at=at,
        not_before=at,
    )


def ask_again(*, rendition: Rendition, by: Actor, at: datetime) -> PictureScan:
    """Ask for another look at a rendition: the detectors are there by now, or are newer. One that waits is enough."""
    with recording(by=by, at=at):
        scan = newest_scan(rendition)
        if scan is not None and scan.state == PictureScan.State.ASKED:
            return scan
        scan = ask_for_look(rendition=rendition, at=at)
        record("picture.asked_again", rendition.asset, scan=scan.pk, rendition=rendition.pk)
    return scan


def look_at_one(
    *, by: Actor, clock: Callable[[], datetime], screen: WordScreen | None = None, look: Looker = looked_at
) -> bool:
    """Look at the rendition that has waited longest; False when there is none. Whatever happens is recorded.

    Claim and outcome are two short transactions; the detectors run between them.
    """
    scan = _claimed(by, clock())
    if scan is None:
        return False
    try:
        looked = look(read(ROOM, scan.rendition.storage_key))
    except DetectorUnavailable as error:
        _not_looked(scan, str(error), again=error.passing, by=by, at=clock())
    except (FileMissing, FileAltered) as error:
        _not_looked(scan, str(error), again=False, by=by, at=clock())
    else:
        _looked(scan, looked, screen, by=by, at=clock())
    return True


def _claimed(by: Actor, at: datetime) -> PictureScan | None:
    """Lease the look that is due longest. A lease that ran out is free again: its worker is gone."""
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    due = PictureScan.objects.filter(
        free, state=PictureScan.State.ASKED, not_before__lte=at, asset__taken_back_at=None
    )
    with transaction.atomic():
        scan = due.order_by("not_before", "id").select_for_update(no_key=True, skip_locked=True).first()
        if scan is not None:
            scan.attempts += 1
            lease = FILM_LEASE if scan.rendition.seconds else LEASE
            scan.leased_by, scan.leased_until = by.id[:60], at + lease
            scan.save(update_fields=["attempts", "leased_by", "leased_until"])
    return scan


def _not_looked(scan: PictureScan, why: str, *, again: bool, by: Actor, at: datetime) -> None:
    """Wait for the next try; after the last, or if none can help, a person has to look."""
    tries = again and scan.attempts <= len(TRIES_AFTER)
    with recording(by=by, at=at):
        if tries:
            _settled(scan, not_before=at + TRIES_AFTER[scan.attempts - 1], why=why[:200])
        elif _settled(scan, state=PictureScan.State.WAITING, why=why[:200]):
            record("picture.not_looked_at", scan.asset, scan=scan.pk, rendition=scan.rendition_id)
            if scan.rendition.places.get("soft"):
                _refuse(scan, at)


def _looked(scan: PictureScan, looked: Looked, screen: WordScreen | None, *, by: Actor, at: datetime) -> None:
    """Keep what was seen; what stands at a place that was settled before stays settled."""
    counts = {kind: sum(one.kind == kind for one in looked.seen) for kind in ("face", "text", "code")}
    with recording(by=by, at=at):
        done = _settled(
            scan,
            state=PictureScan.State.LOOKED,
            looked_at=at,
            detectors=looked.detectors,
            faces=counts["face"],
            texts=counts["text"],
            codes=counts["code"],
            why="",
        )
        if not done:
            return
        before = _settled_before(scan)
        made = Sighting.objects.bulk_create(
            _sighting(scan, number, sight, before, screen) for number, sight in enumerate(looked.seen, 1)
        )
        seen_again = {one.appearance for one in made if one.settled == Sighting.Settled.NAMED}
        take_back_cuts(rendition=scan.rendition, appearances=[one for one in seen_again if one], at=at)
        record(
            "picture.looked_at",
            scan.asset,
            scan=scan.pk,
            rendition=scan.rendition_id,
            faces=counts["face"],
            texts=counts["text"],
            codes=counts["code"],
        )
        _refuse_what_does_not_hold(scan, looked, at)


def _sighting(
    scan: PictureScan,
    number: int,
    sight: Sight,
    before: list[tuple[Seen, Sighting]],
    screen: WordScreen | None,
) -> Sighting:
    """The row of something seen, settled as what was seen at its place before."""
    says = list(screen(sight.text)) if screen is not None and sight.text else []
    made = Sighting(
        practice_id=scan.practice_id,
        scan=scan,
        number=number,
        kind=sight.kind,
        seen=json.dumps(asdict(sight) | {"says": says}),
    )
    for place, old in before:
        if (old.kind, place.at) == (sight.kind, sight.at) and same_place(place.box, sight.box):
            made.settled, made.appearance, made.why = old.settled, old.appearance, old.why
            made.settled_by_id, made.settled_at = old.settled_by_id, old.settled_at
    return made


def _settled_before(scan: PictureScan) -> list[tuple[Seen, Sighting]]:
    """What was named or attested in an earlier look at the rendition or at its origin, where it lies in this one."""
    rendition = scan.rendition
    earlier = PictureScan.objects.filter(
        Q(rendition=rendition) | Q(rendition=rendition.origin_id), state=PictureScan.State.LOOKED
    ).exclude(pk=scan.pk)
    latest = earlier.order_by("-id").first()
    if latest is None:
        return []
    shift = rendition.places.get("crop", [0, 0]) if latest.rendition_id != rendition.pk else [0, 0]
    kept = latest.sightings.filter(settled__in=[Sighting.Settled.NAMED, Sighting.Settled.ATTESTED])
    live = [one for one in kept if one.seen and not _taken_out(one.appearance)]
    return [(Seen.of(one).shifted(-shift[0], -shift[1]), one) for one in live]


def _taken_out(appearance: Appearance | None) -> bool:
    return appearance is not None and appearance.removed_at is not None


def _refuse_what_does_not_hold(scan: PictureScan, looked: Looked, at: datetime) -> None:
    """A cover under which a detector still sees something is none: the rendition is never shown (R39).

    What was to be covered there is open again in its origin, and nobody counts as covered by it.
    """
    covers = [Box(*place) for place in scan.rendition.places.get("covers", [])]
    if any(covered_by(one.box, cover) for one in looked.seen for cover in covers):
        _refuse(scan, at)


def _refuse(scan: PictureScan, at: datetime) -> None:
    """Never show the rendition; a soft cover that nothing could check is refused as one that does not hold."""
    Rendition.objects.filter(pk=scan.rendition_id).update(refused_at=at)
    believed = Sighting.objects.filter(
        scan__rendition=scan.rendition.origin_id, settled=Sighting.Settled.COVERED
    )
    Appearance.objects.filter(pk__in=believed.values("appearance")).update(removed_at=at)
    believed.update(settled=Sighting.Settled.OPEN, appearance=None)
    record("rendition.refused", scan.asset, rendition=scan.rendition_id, scan=scan.pk)


def _settled(scan: PictureScan, **outcome: object) -> bool:
    """End our lease with this outcome; False if it ran out and another worker has the look now."""
    ours = PictureScan.objects.filter(
        pk=scan.pk, state=PictureScan.State.ASKED, leased_by=scan.leased_by, attempts=scan.attempts
    )
    return ours.update(leased_by="", leased_until=None, **outcome) == 1
