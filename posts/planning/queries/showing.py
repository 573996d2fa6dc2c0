"""The pictures and videos on the composer's desk: each with who is in it, and what the gate asks about it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch

from consent.access.models import Practice
from consent.media.models import Appearance, Asset, Rendition
from consent.media.queries import looks_by_rendition, standing_appearances
from posts.content.queries import Looked, Picture, looks_at, unnamed_in
from posts.content.rules import PayloadMedia

from ..rules import DraftVersion


@dataclass(frozen=True)
class PictureOnDesk:
    """A picture of a version: its number from 1, the row, its description, who is in it, how it was looked at."""

    number: int
    rendition: Rendition
    alt_text: str
    captions: str
    looks: list[Appearance]
    looked: Looked

    @property
    def is_video(self) -> bool:
        """Whether it has something to hear, and needs captions."""
        return self.rendition.asset.kind == Asset.Kind.VIDEO

    @property
    def media(self) -> PayloadMedia:
        """It as it would be sent."""
        row = self.rendition
        return PayloadMedia(
            row.sha256, row.storage_key, row.media_type, row.width, row.height, self.alt_text, self.captions
        )

    @property
    def asked(self) -> Picture:
        """It as the gate asks about it."""
        asset = self.rendition.asset
        return Picture(
            asset=asset.pk,
            sha256=self.rendition.sha256,
            position=self.number,
            alt_text=self.alt_text,
            kind=asset.kind,
            captions=self.captions,
            metadata_stripped=self.rendition.metadata_stripped,
            unnamed=unnamed_in(
                asset.unnamed + self.looked.open_faces,
                someone_appears=bool(self.looks),
                nobody=asset.nobody_appears is True,
            ),
            taken_by=asset.taken_by,
            capture_cover=asset.capture_cover,
            captured_on=asset.captured_on,
            user_content=asset.source == "user",
            author=asset.author_id,
            detected=self.looked.detected,
            looked_over=self.looked.looked_over,
        )


@dataclass(frozen=True)
class ShownRenditions:
    """The renditions that versions on the desk name, with what is known of them. Four queries."""

    rows: dict[int, Rendition]
    looked: dict[int, Looked]
    looks: dict[int, list[Appearance]]

    @classmethod
    def read(cls, practice: Practice, numbers: Collection[int]) -> "ShownRenditions":
        """Those of the numbers that are renditions of the practice."""
        rows = Rendition.objects.filter(practice=practice).select_related("asset")
        found = rows.prefetch_related(
            Prefetch("asset__appearances", standing_appearances(), to_attr="shown")
        ).in_bulk(list(numbers))
        return cls(found, looks_at(list(found)), looks_by_rendition(found.values()))

    def of(self, typed: DraftVersion) -> list[PictureOnDesk]:
        """The version's pictures, numbered from 1."""
        there = [one for one in typed.pictures if one.rendition in self.rows]
        return [
            PictureOnDesk(
                number,
                self.rows[one.rendition],
                one.alt_text,
                one.captions or self.rows[one.rendition].asset.captions,
                self.looks[one.rendition],
                self.looked.get(one.rendition, Looked()),
            )
            for number, one in enumerate(there, 1)
        ]
