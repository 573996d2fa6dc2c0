"""Pictures, read whole: renditions and who is in them, in a constant number of queries."""

import hashlib

from django.db.models import Prefetch, QuerySet

from consent.access.models import Practice
from consent.people.models import Person

from .models import Appearance, Asset, Rendition
from .rules import alike


def digest_of(data: bytes) -> str:
    """The SHA-256 of a file, in hex."""
    return hashlib.sha256(data).hexdigest()


def asset_with_digest(practice: Practice, sha256: str) -> Asset | None:
    """The practice's asset made from exactly this file."""
    return Asset.objects.filter(practice=practice, sha256=sha256).first()


def pictures(practice: Practice) -> QuerySet[Asset]:
    """The practice's pictures, newest first, each with `newest_first` (renditions) and `shown` (who is in it)."""
    renditions = Rendition.objects.order_by("-made_at", "-id")
    return (
        Asset.objects.filter(practice=practice, kind=Asset.Kind.IMAGE)
        .select_related("uploaded_by", "author", "nobody_said_by")
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
        renditions = list(asset.renditions.order_by("-made_at", "-id")[:1])
    if not renditions:
        raise Rendition.DoesNotExist(f"Picture {asset.pk} has no rendition.")
    return renditions[0]


def looks_in(asset: Asset) -> list[Appearance]:
    """Who is said to be in the picture, covered people too; no query if it came with `shown`."""
    shown: list[Appearance] | None = getattr(asset, "shown", None)
    return shown if shown is not None else list(standing_appearances().filter(asset=asset))


def people_in(asset: Asset) -> list[Person]:
    """The people named in the picture."""
    return [look.person for look in looks_in(asset) if look.person is not None and not look.masked]


def pictures_of(person: Person) -> QuerySet[Asset]:
    """The pictures that the person is in."""
    return pictures(person.practice).filter(
        appearances__person=person, appearances__removed_at=None, appearances__masked=False
    )


def lookalikes(asset: Asset) -> QuerySet[Asset]:
    """The practice's other pictures that are copies of this one, scaled or saved anew, the earliest first.

    One narrow column of the practice's renditions is read: 10 000 of them take some 20 ms.
    """
    known = Rendition.objects.exclude(likeness="").values_list("asset_id", "likeness")
    mine = set(known.filter(asset=asset).values_list("likeness", flat=True))
    others = known.filter(practice_id=asset.practice_id).exclude(asset=asset) if mine else ()
    found = {pk for pk, other in others if any(alike(one, other) for one in mine)}
    return pictures(asset.practice).filter(pk__in=found).order_by("uploaded_at", "id")
