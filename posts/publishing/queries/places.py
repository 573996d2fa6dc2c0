"""Where people appear: live, coming, being taken down, gone. What the person's own page and their record show."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from consent.files.store import signed_address
from consent.people.queries import identities
from posts.channels.registry import capability_of
from posts.content.models import VersionMedia
from posts.publishing.models import AttemptReliance, Delivery, FoundPublication, Takedown

from .resting import sent_showing, versions_with

PICTURE_SECONDS = 60
COMING = (Delivery.State.SCHEDULED, Delivery.State.CLAIMED, Delivery.State.SENDING)
LIVE = (Delivery.State.PUBLISHED, Delivery.State.FOUND)


@dataclass(frozen=True)
class Picture:
    """A small picture of a place: of which asset, and where it can be seen for a moment."""

    asset: int
    address: str


@dataclass(frozen=True)
class Place:
    """One delivery as the person may see it. `status`: coming, live, unknown, leaving, removed or stopped.

    `owed_at` is since when it has to come down, `due_at` by when, `removed_at` when it was.
    """

    delivery_id: int
    status: str
    channel: str
    platform: str
    platform_key: str
    when: datetime
    address: str
    words: str
    pictures: tuple[Picture, ...]
    owed_at: datetime | None
    due_at: datetime | None
    removed_at: datetime | None
    residuals: str

    @property
    def is_out(self) -> bool:
        """Whether anyone may see it now."""
        return self.status in ("live", "unknown", "leaving")


def places_of(person_ids: Collection[int]) -> list[Place]:
    """Every place of these people, merged records included, newest first; a constant number of queries."""
    people: set[int] = set().union(*identities(person_ids).values())
    deliveries = _deliveries(people)
    takedowns = _latest_takedowns(deliveries)
    pictures = _pictures(deliveries)
    places = [_place(row, takedowns.get(row.pk), pictures[row.version_id]) for row in deliveries]
    return sorted(places, key=lambda place: (place.when, place.delivery_id), reverse=True)


def _deliveries(people: set[int]) -> list[Delivery]:
    """What rests on these people now, what once did, and what was found."""
    tried = AttemptReliance.objects.filter(person__in=people).values_list("delivery_id", flat=True)
    found = FoundPublication.objects.filter(people__in=people).values_list("delivery_id", flat=True)
    resting = Delivery.objects.filter(version__in=versions_with(people)).values_list("pk", flat=True)
    shown = sent_showing(people).values_list("pk", flat=True)
    rows = Delivery.objects.filter(pk__in={*tried, *found, *resting, *shown})
    return list(rows.select_related("version", "account"))


def _latest_takedowns(deliveries: Iterable[Delivery]) -> dict[int, Takedown]:
    """The latest takedown of each that is more than cleaning up."""
    rows = Takedown.objects.filter(delivery__in=[row.pk for row in deliveries]).order_by("pk")
    return {row.delivery_id: row for row in rows.exclude(why=Takedown.Why.CLEAN_UP)}


def _pictures(deliveries: Iterable[Delivery]) -> dict[int | None, list[tuple[int, str]]]:
    """The asset and the storage key of each version's pictures, the small form where there is one."""
    versions = {row.version_id for row in deliveries if row.version_id}
    found: dict[int | None, list[tuple[int, str]]] = defaultdict(list)
    media = VersionMedia.objects.filter(version__in=versions).select_related("rendition").order_by("position")
    for one in media:
        found[one.version_id].append(
            (one.rendition.asset_id, one.rendition.small_key or one.rendition.storage_key)
        )
    return found


def _place(row: Delivery, takedown: Takedown | None, pictures: list[tuple[int, str]]) -> Place:
    status = _status(row, takedown)
    gone = (takedown.deleted_at if takedown else None) or row.changed_at
    return Place(
        delivery_id=row.pk,
        status=status,
        channel=row.account.handle,
        platform=row.account.get_platform_display(),
        platform_key=row.account.platform,
        when=row.published_at or row.due_at,
        address=row.remote_url,
        words=row.version.caption if row.version else "",
        pictures=tuple(
            Picture(asset, signed_address("renditions", key, PICTURE_SECONDS)) for asset, key in pictures
        ),
        owed_at=takedown.owed_at if takedown else None,
        due_at=takedown.due_at if takedown and takedown.state != Takedown.State.CLOSED else None,
        removed_at=gone if status == "removed" else None,
        residuals=capability_of(row.account).takedown_residuals,
    )


def _status(row: Delivery, takedown: Takedown | None) -> str:
    """One word for where it stands."""
    if row.state == Delivery.State.REMOVED:
        return "removed"
    if takedown and takedown.state != Takedown.State.CLOSED:
        return "removed" if takedown.state == Takedown.State.DELETED else "leaving"
    if row.state in LIVE:
        return "live"
    if row.state in COMING:
        return "coming"
    return "unknown" if row.state == Delivery.State.UNKNOWN else "stopped"
