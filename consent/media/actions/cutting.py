"""Say what a cut or covered rendition no longer shows of whom: the face where boxes tell it, all of somebody where a
person has looked (R33, R39). What was seen there again takes it back.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..detectors.sights import FACE, Box
from ..models import Appearance, Asset, CutAway, Rendition, Sighting
from ..queries import Seen, eyesight, standing_cuts
from ..rules import apart, within
from .cuts import take_back_cuts
from .looking import AlreadyTakenOut, NothingShown


class CoverDoesNotCure(Exception):
    """Whoever came from outside has seen the face already: covering it in the picture cures nothing (R39)."""

    def __init__(self) -> None:
        super().__init__(
            "Covering or cutting somebody away helps only in a picture that someone who works here took: say so first"
            " under “Who took it”. Whoever came from outside has seen the person already; ask the person."
        )


class NotRetouched(Exception):
    """Only of a copy that was cut or covered can anything be missing."""


def say_cut_away(
    *,
    rendition: Rendition,
    appearance: Appearance,
    elements: Collection[str] = (),
    wholly: bool = False,
    by: Actor,
    at: datetime,
) -> CutAway:
    """Say that the rendition shows these of the person no longer, or, `wholly`, nothing that tells who it is.

    It replaces what was said before. Raises `NotRetouched`, `CoverDoesNotCure`, `AlreadyTakenOut`, and `NothingShown`
    if the elements are none of the person's, or all of them.
    """
    if rendition.origin_id is None or rendition.asset_id != appearance.asset_id or appearance.masked:
        raise NotRetouched("This copy shows all of the picture. Cover a place or crop it first.")
    gone = sorted(set(elements) & set(appearance.elements))
    if not wholly and (not gone or gone == sorted(appearance.elements)):
        raise NothingShown("Tick what is cut away; if it is everything, say that nothing can be recognised.")
    with recording(by=by, at=at):
        asset = Asset.objects.select_for_update(no_key=True).get(pk=rendition.asset_id)
        if asset.taken_by != Asset.TakenBy.WORKFORCE:
            raise CoverDoesNotCure
        appearance = Appearance.objects.get(pk=appearance.pk)
        if appearance.removed_at is not None:
            raise AlreadyTakenOut("This person was already taken out of the picture's list.")
        kept = [] if wholly else gone
        there = standing_cuts([rendition]).filter(appearance=appearance).first()
        if there is not None and (there.elements, there.wholly) == (kept, wholly):
            return there
        take_back_cuts(rendition=rendition, appearances=[appearance], at=at)
        return _written(rendition, appearance, kept, wholly, by, at)


def show_after_all(*, cut: CutAway, by: Actor, at: datetime) -> None:
    """Take back that something is cut away: this copy shows it after all."""
    with recording(by=by, at=at):
        Asset.objects.select_for_update(no_key=True).get(pk=cut.rendition.asset_id)
        take_back_cuts(rendition=cut.rendition, appearances=[cut.appearance], at=at)


def carry_cuts(
    *, rendition: Rendition, covers: Sequence[Box], crop: Box | None, by: Actor, at: datetime
) -> None:
    """In the caller's transaction: a new rendition shows no more than its origin, and no face that lies apart from it.

    A face counts as gone if the boxes of every place where somebody named the person lie wholly outside the cut, or
    under a cover. Whom only the face shows stays as they are until a person says that nothing can be recognised.
    """
    origin = rendition.origin
    if origin is None or rendition.asset.taken_by != Asset.TakenBy.WORKFORCE:
        return
    gone = {one.appearance_id: set(one.elements) for one in standing_cuts([origin])}
    wholly = {one.appearance_id for one in standing_cuts([origin]) if one.wholly}
    places: dict[int, list[Box]] = {}
    for one in eyesight(origin).sightings:
        if one.kind == FACE and one.settled == Sighting.Settled.NAMED and one.seen and one.appearance_id:
            places.setdefault(one.appearance_id, []).append(Seen.of(one).box)
    for number, boxes in places.items():
        if all(_hidden(box, covers, crop) for box in boxes):
            gone.setdefault(number, set()).add("face")
    for look in Appearance.objects.filter(pk__in=gone, removed_at=None, masked=False).order_by("pk"):
        elements = sorted(gone[look.pk] & set(look.elements))
        if look.pk in wholly or (elements and elements != sorted(look.elements)):
            kept = [] if look.pk in wholly else elements
            _written(rendition, look, kept, look.pk in wholly, by, at)


def _hidden(face: Box, covers: Sequence[Box], crop: Box | None) -> bool:
    """Whether nothing of a face can be left in the new picture."""
    return (crop is not None and apart(face, crop)) or any(within(face, cover) for cover in covers)


def _written(
    rendition: Rendition, appearance: Appearance, elements: list[str], wholly: bool, by: Actor, at: datetime
) -> CutAway:
    """The row and its line."""
    cut = CutAway.objects.create(
        practice_id=rendition.practice_id,
        rendition=rendition,
        appearance=appearance,
        elements=elements,
        wholly=wholly,
        said_by_id=int(by.id),
        said_at=at,
    )
    record(
        "rendition.cut_away",
        rendition.asset,
        rendition=rendition.pk,
        appearance=appearance.pk,
        elements=elements,
        wholly=wholly,
    )
    return cut
