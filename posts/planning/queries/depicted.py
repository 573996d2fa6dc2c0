"""The pictures on the desk: their rows, who is in them, and how far the look at them is. Four queries."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch

from consent.access.models import Practice
from consent.media.models import Appearance, Asset, Rendition
from consent.media.queries import looks_by_rendition, standing_appearances
from posts.content.queries import Picture, Sights, sights, unnamed_in
from posts.content.rules import DeclaredPerson, PayloadMedia

from ..rules import DraftVersion


@dataclass(frozen=True)
class PictureOnDesk:
    """A picture of a version: its number from 1, the row, its description, who is in it, how far the look is."""

    number: int
    rendition: Rendition
    alt_text: str
    captions: str
    looks: list[Appearance]
    sights: Sights

    @property
    def is_video(self) -> bool:
        """Whether it has something to hear, and needs captions."""
        return self.rendition.asset.kind == Asset.Kind.VIDEO

    @property
    def unnamed(self) -> int | None:
        """How many in it nobody named or covered; None while nobody has said who is in it."""
        asset = self.rendition.asset
        return unnamed_in(
            asset.unnamed + self.sights.faces,
            someone_appears=bool(self.looks),
            nobody=asset.nobody_appears is True,
        )

    @property
    def media(self) -> PayloadMedia:
        """The picture as it would be sent."""
        row = self.rendition
        return PayloadMedia(
            row.sha256,
            row.storage_key,
            row.media_type,
            row.width,
            row.height,
            self.alt_text,
            self.captions,
        )

    @property
    def asked_about(self) -> Picture:
        """The picture as the gate asks about it."""
        asset = self.rendition.asset
        return Picture(
            asset=asset.pk,
            sha256=self.rendition.sha256,
            position=self.number,
            alt_text=self.alt_text,
            kind=asset.kind,
            captions=self.captions,
            metadata_stripped=self.rendition.metadata_stripped,
            unnamed=self.unnamed,
            taken_by=asset.taken_by,
            capture_cover=asset.capture_cover,
            captured_on=asset.captured_on,
            user_content=asset.source == "user",
            author=asset.author_id,
            edited=self.rendition.origin_id is not None,
            writing=self.sights.writing,
            detected=self.sights.detected,
            looked_over=self.sights.looked_over,
        )


@dataclass(frozen=True)
class Depicted:
    """The rows of the pictures that some versions name, read at once."""

    renditions: dict[int, Rendition]
    sights: dict[int, Sights]
    looks: dict[int, list[Appearance]]

    @classmethod
    def read(cls, practice: Practice, numbers: Collection[int]) -> "Depicted":
        """The renditions with their assets and who is in them; numbers of no row of the practice are left out."""
        rows = Rendition.objects.filter(practice=practice, asset__taken_back_at=None).select_related("asset")
        found = rows.prefetch_related(
            Prefetch("asset__appearances", standing_appearances(), to_attr="shown")
        ).in_bulk(list(numbers))
        return cls(found, sights(list(found)), looks_by_rendition(found.values()))

    def of(self, typed: DraftVersion) -> list[PictureOnDesk]:
        """The version's pictures, numbered from 1."""
        there = [one for one in typed.pictures if one.rendition in self.renditions]
        return [
            PictureOnDesk(
                number,
                self.renditions[one.rendition],
                one.alt_text,
                one.captions or self.renditions[one.rendition].asset.captions,
                self.looks[one.rendition],
                self.sights[one.rendition],
            )
            for number, one in enumerate(there, 1)
        ]


def declared(pictures: Iterable[PictureOnDesk]) -> Iterator[DeclaredPerson]:
    """Everyone named in the pictures."""
    for picture in pictures:
        for look in picture.looks:
            if look.person_id is not None and not look.masked:
                elements = tuple(sorted(look.elements))
                yield DeclaredPerson(look.person_id, elements, look.capacity, look.asset_id)
