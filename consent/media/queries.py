"""Pictures, read whole: renditions and who is in them, in a constant number of queries."""

import hashlib
import json
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from consent.access.models import Practice
from consent.people.models import Person

from .detectors.sights import CODE, FACE, TEXT, Box
from .likeness import Likeness
from .models import Appearance, Asset, BackgroundReview, CutAway, PictureScan, Rendition, Sighting


def digest_of(data: bytes) -> str:
    """The SHA-256 of a file, in hex."""
    return hashlib.sha256(data).hexdigest()


def asset_with_digest(practice: Practice, sha256: str) -> Asset | None:
    """The practice's asset made from exactly this file."""
    return Asset.objects.filter(practice=practice, sha256=sha256, taken_back_at=None).first()


def pictures(practice: Practice) -> QuerySet[Asset]:
    """The practice's pictures and videos, newest first, with `newest_first` (renditions) and `shown` (who is in it)."""
    renditions = Rendition.objects.filter(refused_at=None).order_by("-made_at", "-id")
    return (
        Asset.objects.filter(practice=practice, taken_back_at=None)
        .select_related("uploaded_by", "author", "nobody_said_by", "upload")
        .prefetch_related(
            Prefetch("renditions", renditions, to_attr="newest_first"),
            Prefetch("appearances", standing_appearances(), to_attr="shown"),
        )
        .order_by("-uploaded_at", "-id")
    )


def standing_appearances() -> QuerySet[Appearance]:
    """Who is said to be in a picture today, with the person."""
    return (
        Appearance.objects.filter(removed_at=None)
        .select_related("person", "named_by", "confirmed_by")
        .order_by("id")
    )


def rendition_of(asset: Asset) -> Rendition:
    """What would be published of the picture: its newest rendition. Raises `Rendition.DoesNotExist`."""
    renditions: list[Rendition] | None = getattr(asset, "newest_first", None)
    if renditions is None:
        renditions = list(asset.renditions.filter(refused_at=None).order_by("-made_at", "-id")[:1])
    if not renditions:
        raise Rendition.DoesNotExist(f"Picture {asset.pk} has no rendition.")
    return renditions[0]


def looks_in(asset: Asset) -> list[Appearance]:
    """Who is said to be in the picture, covered people too; no query if it came with `shown`."""
    shown: list[Appearance] | None = getattr(asset, "shown", None)
    return shown if shown is not None else list(standing_appearances().filter(asset=asset))


def standing_cuts(renditions: Iterable[Rendition]) -> QuerySet[CutAway]:
    """What the renditions no longer show of whom, as it stands today."""
    found = CutAway.objects.filter(rendition__in=[one.pk for one in renditions], removed_at=None)
    return found.select_related("appearance", "said_by").order_by("id")


def looks_by_rendition(renditions: Iterable[Rendition]) -> dict[int, list[Appearance]]:
    """Who is said to be in each rendition, by its id, with what it shows of them: what is cut away is left out, and
    whoever cannot be recognised in it at all counts as covered. The rows are copies, not for saving. One query.
    """
    renditions = list(renditions)
    cuts = {(one.rendition_id, one.appearance_id): one for one in standing_cuts(renditions)}
    return {
        one.pk: [_as_cut(look, cuts.get((one.pk, look.pk)), one.asset) for look in looks_in(one.asset)]
        for one in renditions
    }


def _as_cut(look: Appearance, cut: CutAway | None, asset: Asset) -> Appearance:
    if cut is None or asset.taken_by != Asset.TakenBy.WORKFORCE:
        return look
    less = copy(look)
    less.elements = [element for element in look.elements if element not in cut.elements]
    less.masked = look.masked or cut.wholly
    return less


def people_in(asset: Asset) -> list[Person]:
    """The people named in the picture."""
    return [look.person for look in looks_in(asset) if look.person is not None and not look.masked]


def pictures_of(person: Person) -> QuerySet[Asset]:
    """The pictures that the person is in."""
    return pictures(person.practice).filter(
        appearances__person=person, appearances__removed_at=None, appearances__masked=False
    )


def lookalikes(asset: Asset) -> QuerySet[Asset]:
    """The practice's other pictures that are copies of this one, the earliest first: scaled, saved anew, brightened,
    mirrored, cut a little (`likeness`).

    One column of the practice's renditions is read and compared.
    """
    known = Rendition.objects.exclude(likeness="").values_list("asset_id", "likeness")
    mine = [Likeness(text) for text in set(known.filter(asset=asset).values_list("likeness", flat=True))]
    others = known.filter(practice_id=asset.practice_id).exclude(asset=asset) if mine else ()
    found = {
        pk for pk, text in others for other in (Likeness(text),) if any(one.alike(other) for one in mine)
    }
    return pictures(asset.practice).filter(pk__in=found).order_by("uploaded_at", "id")


@dataclass(frozen=True)
class Seen:
    """What a sighting was: where, how surely, what was read in it, what the word screen says of that; in a
    video also after how many seconds.
    """

    box: Box
    sure: float
    text: str
    says: tuple[str, ...]
    at: int | None = None

    @classmethod
    def of(cls, sighting: Sighting) -> "Seen":
        """What is sealed in the row, which is not dropped yet."""
        told = json.loads(sighting.seen)
        return cls(Box(**told["box"]), told["sure"], told["text"], tuple(told["says"]), told.get("at"))

    def shifted(self, x: int, y: int) -> "Seen":
        """The same, further right by `x` and down by `y`."""
        return replace(self, box=replace(self.box, x=self.box.x + x, y=self.box.y + y))


@dataclass(frozen=True)
class Eyesight:
    """How far the look at a rendition is: what the detectors did, what is open of it, and who looked it over."""

    scan: PictureScan | None
    sightings: tuple[Sighting, ...] = ()
    review: BackgroundReview | None = None
    is_film: bool = False

    @property
    def open(self) -> tuple[Sighting, ...]:
        """What was seen and nobody has settled."""
        return tuple(one for one in self.sightings if not one.settled)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind were seen."""
        return {kind: sum(one.kind == kind for one in self.sightings) for kind in (FACE, TEXT, CODE)}

    @property
    def needs_person(self) -> bool:
        """Whether a person must look it over: something was seen, no detector could, or it is a video."""
        if self.scan is None or self.scan.state == PictureScan.State.ASKED:
            return False
        return self.is_film or self.scan.state == PictureScan.State.WAITING or bool(self.sightings)

    @property
    def state(self) -> str:
        """`unasked`, `asked`, `waiting` (nobody could look), `open` (a person must), `done`."""
        if self.scan is None:
            return "unasked"
        if self.scan.state == PictureScan.State.ASKED:
            return "asked"
        if not self.needs_person or self.review is not None:
            return "done"
        return "waiting" if self.scan.state == PictureScan.State.WAITING else "open"


def newest_scan(rendition: Rendition) -> PictureScan | None:
    """The latest look at a rendition, asked for or done."""
    return PictureScan.objects.filter(rendition=rendition).order_by("-id").first()


def eyesight(rendition: Rendition) -> Eyesight:
    """How far the look at one rendition is."""
    return eyesights([rendition])[rendition.pk]


def eyesights(renditions: Iterable[Rendition]) -> dict[int, Eyesight]:
    """How far the look at each rendition is, by its id, in three queries."""
    films = {rendition.pk: rendition.seconds > 0 for rendition in renditions}
    ids = list(films)
    scans = {one.rendition_id: one for one in PictureScan.objects.filter(rendition__in=ids).order_by("id")}
    reviews = {one.scan_id: one for one in BackgroundReview.objects.filter(rendition__in=ids).order_by("id")}
    seen: dict[int, list[Sighting]] = {}
    for one in (
        Sighting.objects.filter(scan__in=scans.values())
        .select_related("appearance__person")
        .order_by("number")
    ):
        seen.setdefault(one.scan_id, []).append(one)
    return {
        pk: Eyesight(scan, tuple(seen.get(scan.pk, ())), reviews.get(scan.pk), films[pk])
        if (scan := scans.get(pk))
        else Eyesight(None)
        for pk in ids
    }


def waiting_for_a_look(assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """Those of the pictures whose latest look is not done, or found something that nobody has looked over yet."""
    latest = PictureScan.objects.filter(asset=OuterRef("pk"), rendition__refused_at=None).order_by("-id")
    reviewed = BackgroundReview.objects.filter(scan=OuterRef("latest_scan"))
    open_scans = PictureScan.objects.filter(pk=OuterRef("latest_scan")).exclude(
        state=PictureScan.State.LOOKED, faces=0, texts=0, codes=0, rendition__seconds=0
    )
    with_latest = assets.annotate(latest_scan=Subquery(latest.values("pk")[:1]))
    return with_latest.filter(Exists(open_scans)).exclude(Exists(reviewed))
