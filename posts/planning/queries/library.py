"""The library: pictures with the worst standing of those in them, and where they are used."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from consent.access.models import Practice
from consent.media.models import Appearance, Asset, PictureUpload, Rendition
from consent.media.queries import (
    Eyesight,
    eyesights,
    lookalikes,
    people_in,
    pictures,
    rendition_of,
    waiting_for_a_look,
)
from consent.media.rules import UNDO_WITHIN
from consent.records.queries import standings
from posts.channels.models import ChannelAccount
from posts.clearance.models import Review
from posts.clearance.queries import PersonShown, shown
from posts.content.models import Post, VersionMedia
from posts.publishing.models import Takedown

from ..rules import Narrowing
from .usable import usable_on

# From what stops a post to what lets it go: a picture is as good as the worst of its people (look: standing).
WORST_FIRST = ("withdrawn", "expired", "hold", "conflict", "incomplete", "none", "soon", "on_file")


@dataclass(frozen=True)
class Card:
    """A picture in the library: what would be published, who is in it, the worst of their badges, how many use it."""

    asset: Asset
    rendition: Rendition
    people: list[PersonShown]
    eyes: Eyesight
    posts: int = 0

    @property
    def worst(self) -> PersonShown | None:
        """The person whose badge the picture carries."""
        return min(self.people, key=lambda one: WORST_FIRST.index(one.standing.key), default=None)

    @property
    def unsaid(self) -> bool:
        """Whether nobody has said who is in it."""
        return not self.people and not self.asset.nobody_appears


def found_pictures(practice: Practice, text: str) -> QuerySet[Asset]:
    """The practice's pictures whose name has `text` in it."""
    found = pictures(practice)
    return found.filter(label__icontains=text.strip()) if text.strip() else found


def narrowed(
    found: QuerySet[Asset], to: Narrowing, account: ChannelAccount | None, at: datetime
) -> Sequence[Asset] | QuerySet[Asset]:
    """Those of the pictures that are of every kind asked for, and may go on `account` today."""
    for kind in to.kinds & ROWS_OF.keys():
        found = ROWS_OF[kind](found)
    if "expiring" not in to.kinds and account is None:
        return found
    left = list(found)
    if "expiring" in to.kinds:
        left = _expiring(left, at)
    if account is not None:
        usable = usable_on(account, left, at)
        left = [one for one in left if one.pk in usable]
    return left


def counts_of(found: QuerySet[Asset]) -> dict[str, int]:
    """How many pictures are of each kind that the database can count."""
    return {kind: rows(found).count() for kind, rows in ROWS_OF.items()}


def _unsaid(found: QuerySet[Asset]) -> QuerySet[Asset]:
    """Where nobody has said who is in it."""
    named = Appearance.objects.filter(removed_at=None).values("asset")
    return found.exclude(nobody_appears=True).exclude(pk__in=named)


def _in_review(found: QuerySet[Asset]) -> QuerySet[Asset]:
    """Those in a post that waits for review."""
    waiting = Review.objects.filter(outcome=Review.Outcome.WAITING).values("post")
    shown = VersionMedia.objects.filter(version__dropped_at=None, version__post__in=waiting)
    return found.filter(pk__in=shown.values("rendition__asset"))


def _expiring(found: Sequence[Asset], at: datetime) -> list[Asset]:
    """Those with somebody in it whose permission ends within 30 days."""
    badges = standings({person.pk: person for one in found for person in people_in(one)}.values(), at)
    return [one for one in found if any(badges[person.pk].key == "soon" for person in people_in(one))]


Rows = Callable[[QuerySet[Asset]], QuerySet[Asset]]
ROWS_OF: dict[str, Rows] = {
    "unsaid": _unsaid,
    "waiting": waiting_for_a_look,
    "review": _in_review,
    "user": lambda found: found.filter(source=Asset.Source.USER),
}


def cards(assets: Sequence[Asset], at: datetime) -> list[Card]:
    """The pictures (from `pictures`) with their people's badges, in a constant number of queries."""
    people = {person.pk: person for asset in assets for person in people_in(asset)}
    badges = standings(people.values(), at)
    renditions = {asset.pk: rendition_of(asset) for asset in assets}
    eyes = eyesights(renditions.values())
    used = _used([one.pk for one in assets])
    return [
        Card(
            asset,
            made,
            [shown(one, badges[one.pk]) for one in people_in(asset)],
            eyes[made.pk],
            used.get(asset.pk, 0),
        )
        for asset in assets
        for made in (renditions[asset.pk],)
    ]


def _used(assets: Collection[int]) -> dict[int, int]:
    """How many posts use each of the pictures that any uses."""
    living = VersionMedia.objects.filter(version__dropped_at=None, version__post__discarded_at=None)
    rows = living.filter(rendition__asset__in=assets).values_list("rendition__asset")
    return dict(rows.annotate(posts=Count("version__post", distinct=True)))


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


def latest_upload(practice: Practice, user: int, at: datetime) -> PictureUpload | None:
    """The member's own upload of the last ten minutes, with how many `pictures` it brought; none if it was undone."""
    mine = PictureUpload.objects.filter(practice=practice, begun_by=user, undone_at=None)
    with_last = mine.annotate(last=Max("assets__uploaded_at"), pictures=Count("assets"))
    return with_last.filter(last__gte=at - UNDO_WITHIN).order_by("-pk").first()


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
