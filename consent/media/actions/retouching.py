"""Cover places and crop: a new rendition that knows its origin and what was done, and is looked at again (R38, R39)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.files.store import put, read

from ..detectors.sights import FACE, Box
from ..editing import Retouched, retouched
from ..models import Asset, Rendition, Sighting
from ..queries import Seen, digest_of, eyesight
from ..rules import QUALITY, blocks, covered_by
from .adding import RENDITIONS
from .cutting import CoverDoesNotCure, carry_cuts
from .looking import cover_someone
from .seeing import ask_for_look
from .settling import settle_covered

GROWN = 0.18
LEAST_SIDE = 16


class NothingToDo(Exception):
    """Neither a place to cover nor a cut was given."""


def retouch(
    *,
    rendition: Rendition,
    covers: Sequence[Box],
    crop: Box | None = None,
    soft: bool = False,
    by: Actor,
    at: datetime,
) -> Rendition:
    """Make a new rendition with these places filled, each grown by 18 %, and cut to `crop`.

    `soft` leaves five cells a side of each place instead of one colour; then detectors must be able to look at it.
    What was seen there and is open counts as covered; a covered face is somebody covered. The detectors look at the
    result, and refuse it if they still see something under a cover. Raises `NothingToDo`, `CoverDoesNotCure`, and
    `PictureRefused`.
    """
    if rendition.seconds:
        raise NothingToDo("A video cannot be cut or covered here. Cut it before you add it.")
    if not covers and crop is None:
        raise NothingToDo("Mark a place to cover, or what to keep of the picture.")
    if crop is not None and min(crop.width, crop.height) < LEAST_SIDE:
        raise NothingToDo("Keep a larger part of the picture.")
    grown = [one.grown(GROWN, rendition.width, rendition.height) for one in covers]
    hidden, cut = _hidden(rendition, grown, crop)
    if any(one.kind == FACE for one in hidden):
        _refuse_others_pictures(rendition.asset)
    made = retouched(read(RENDITIONS, rendition.storage_key), grown, crop, soft=soft)
    new = _rendition(rendition, made, grown, crop, soft, at)
    with recording(by=by, at=at):
        same = Rendition.objects.filter(asset=rendition.asset, sha256=new.sha256).first()
        if same is not None:
            return same
        new.save(force_insert=True)
        ask_for_look(rendition=new, at=at)
        record(
            "rendition.retouched", rendition.asset, rendition=new.pk, sha256=new.sha256, origin=rendition.pk
        )
        for one in hidden:
            someone = cover_someone(asset=rendition.asset, by=by, at=at) if one.kind == FACE else None
            settle_covered(sightings=[one], appearance=someone, by=by, at=at)
        settle_covered(sightings=cut, by=by, at=at)
        carry_cuts(rendition=new, covers=grown, crop=crop, by=by, at=at)
    return new


def cover_writing(*, rendition: Rendition, by: Actor, at: datetime) -> Rendition:
    """`retouch` over every text and code that was seen and is open, lines that stand together as one (R38).

    Raises what it raises.
    """
    writing = [one for one in eyesight(rendition).open if one.kind != FACE and one.seen]
    covers = blocks(Seen.of(one).box for one in writing)
    return retouch(rendition=rendition, covers=covers, by=by, at=at)


def _hidden(
    rendition: Rendition, covers: Sequence[Box], crop: Box | None
) -> tuple[list[Sighting], list[Sighting]]:
    """What is open and lies under a cover, and what is open and is cut away."""
    hidden, cut = [], []
    for one in eyesight(rendition).open:
        if not one.seen:
            continue
        place = Seen.of(one).box
        if crop is not None and not covered_by(place, crop):
            cut.append(one)
        elif any(covered_by(place, cover) for cover in covers):
            hidden.append(one)
    return hidden, cut


def _refuse_others_pictures(asset: Asset) -> None:
    if asset.taken_by != Asset.TakenBy.WORKFORCE:
        raise CoverDoesNotCure


def _rendition(
    origin: Rendition,
    made: Retouched,
    covers: Collection[Box],
    crop: Box | None,
    soft: bool,
    at: datetime,
) -> Rendition:
    """The row of what was made, its files kept, itself not yet; its places are in its own pixels."""
    x, y = (crop.x, crop.y) if crop else (0, 0)
    how = "softly covered" if soft else "covered"
    done = [f"{how} {len(covers)} places, each grown by {GROWN:.0%}"] if covers else []
    done += [f"cut to {crop.width} x {crop.height} at {crop.x}, {crop.y}"] if crop else []
    return Rendition(
        practice_id=origin.practice_id,
        asset=origin.asset,
        sha256=digest_of(made.picture),
        storage_key=put(RENDITIONS, origin.practice_id, made.picture, "jpg"),
        small_key=put(RENDITIONS, origin.practice_id, made.small, "jpg"),
        media_type="image/jpeg",
        width=made.width,
        height=made.height,
        size=len(made.picture),
        recipe=[*origin.recipe, *done, f"new JPEG from pixels, quality {QUALITY}"],
        metadata_stripped=origin.metadata_stripped,
        likeness=made.likeness,
        origin=origin,
        places={
            "crop": [x, y],
            "covers": [[b.x - x, b.y - y, b.width, b.height] for b in covers],
            "soft": soft and bool(covers),
        },
        made_at=at,
    )
