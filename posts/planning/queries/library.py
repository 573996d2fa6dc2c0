"""The library: pictures with the worst standing of those in them, and where they are used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from consent.access.models import Practice
from consent.media.models import Asset, Rendition
from consent.media.queries import (
    Eyesight,
    eyesights,
    lookalikes,
    people_in,
    pictures,
    rendition_of,
    waiting_for_a_look,
)
from consent.records.queries import standings
from posts.clearance.queries import PersonShown, shown
from posts.content.models import Post
from posts.publishing.models import Takedown

# What the library can be narrowed to.
SHOWN = {
    "unsaid": "Where nobody has said who is in it",
    "waiting": "Waiting for a look",
    "user": "Made by others",
}
# From what stops a post to what lets it go: a picture is as good as the worst of its people (look: standing).
WORST_FIRST = ("withdrawn", "expired", "hold", "conflict", "incomplete", "none", "soon", "on_file")


@dataclass(frozen=True)
class Card:
    """A picture in the library: what would be published, who is in it, the worst of their badges."""

    asset: Asset
    rendition: Rendition
    people: list[PersonShown]
    eyes: Eyesight

    @property
    def worst(self) -> PersonShown | None:
        """The person whose badge the picture carries."""
        return min(self.people, key=lambda one: WORST_FIRST.index(one.standing.key), default=None)

    @property
    def unsaid(self) -> bool:
        """Whether nobody has said who is in it."""
        return not self.people and not self.asset.nobody_appears


def found_pictures(practice: Practice, text: str, show: str) -> QuerySet[Asset]:
    """The practice's pictures whose name has `text` in it, of the kind `show` (a key of `SHOWN`; empty for all)."""
    found = pictures(practice)
    if text.strip():
        found = found.filter(label__icontains=text.strip())
    if show == "waiting":
        return waiting_for_a_look(found)
    if show == "user":
        return found.filter(source=Asset.Source.USER)
    if show == "unsaid":
        named = Asset.objects.filter(
            practice=practice, appearances__removed_at=None, appearances__isnull=False
        )
        found = found.exclude(nobody_appears=True).exclude(pk__in=named.values("pk"))
    return found


def cards(assets: Sequence[Asset], at: datetime) -> list[Card]:
    """The pictures (from `pictures`) with their people's badges, in a constant number of queries."""
    people = {person.pk: person for asset in assets for person in people_in(asset)}
    badges = standings(people.values(), at)
    renditions = {asset.pk: rendition_of(asset) for asset in assets}
    eyes = eyesights(renditions.values())
    return [
        Card(asset, made, [shown(one, badges[one.pk]) for one in people_in(asset)], eyes[made.pk])
        for asset in assets
        for made in (renditions[asset.pk],)
    ]


def stopped_copies(asset: Asset, at: datetime) -> list[Card]:
    """Earlier copies of the picture whose people have withdrawn, or that had to be taken down somewhere."""
    found = cards(list(lookalikes(asset)), at)
    down = set(
        Takedown.objects.filter(delivery__version__media__rendition__asset__in=[one.asset for one in found])
        .exclude(why=Takedown.Why.CLEAN_UP)
        .values_list("delivery__version__media__rendition__asset", flat=True)
    )
    return [
        one
        for one in found
        if one.asset.pk in down or (one.worst is not None and one.worst.standing.key == "withdrawn")
    ]


def uses(asset: Asset) -> QuerySet[Post]:
    """The posts that use a picture."""
    return (
        Post.objects.filter(
            practice_id=asset.practice_id,
            discarded_at=None,
            versions__dropped_at=None,
            versions__media__rendition__asset=asset,
        )
        .distinct()
        .order_by("-changed_at")
    )
