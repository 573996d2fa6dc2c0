"""The wall as the world may see it now, and the practice's channels. A constant number of queries each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from consent.access.models import Practice
from consent.media.models import Appearance, Rendition
from consent.records.models import Revocation
from consent.records.queries import consents_standing, not_allowed

from .models import ChannelAccount, WallEntry, WallPicture
from .rules import WALL_PLATFORM, part_touches

Part = Mapping[str, list[str]]
PAGE = 50
TOMBSTONES_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Tombstone:
    """Something that was on the wall and is no longer, for the feed (RFC 6721)."""

    key: str
    when: datetime


@dataclass(frozen=True)
class WallView:
    """What the wall serves at one instant, newest first, and what it no longer serves."""

    entries: list[WallEntry]
    gone: list[Tombstone]


def open_accounts(practice: Practice) -> QuerySet[ChannelAccount]:
    """The channels a post can go to, wall first."""
    living = ChannelAccount.objects.filter(practice=practice, closed_at=None)
    return living.select_related("discloser", "opened_by").order_by("platform", "handle")


def closed_accounts(practice: Practice) -> QuerySet[ChannelAccount]:
    """The channels that were closed, latest first."""
    return ChannelAccount.objects.filter(practice=practice, closed_at__isnull=False).order_by("-closed_at")


def wall_view(practice: Practice, at: datetime) -> WallView:
    """The wall of `practice` at `at`: every entry is asked for again, whatever the worker is doing."""
    entries = list(
        WallEntry.objects.filter(practice=practice, state=WallEntry.State.VISIBLE)
        .prefetch_related("pictures")
        .order_by("-shown_at", "-pk")[:PAGE]
    )
    served = _standing(entries, at)
    buried = WallEntry.objects.filter(
        practice=practice,
        state=WallEntry.State.DELETED,
        shown_at__isnull=False,
        deleted_at__gt=at - TOMBSTONES_KEPT,
    ).order_by("-deleted_at")[:PAGE]
    gone = [Tombstone(e.key, e.deleted_at or at) for e in buried]
    gone += [Tombstone(e.key, at) for e in entries if e not in served]
    return WallView(served, gone)


def served_picture(practice: Practice, sha256: str, at: datetime) -> WallPicture | None:
    """The wall's copy of a picture, if an entry that may be seen at `at` shows it."""
    rows = WallPicture.objects.filter(
        sha256=sha256, entry__practice=practice, entry__state=WallEntry.State.VISIBLE
    ).select_related("entry")
    holders = {picture.entry: picture for picture in rows[:PAGE]}
    served = _standing(holders, at)
    return holders[served[0]] if served else None


def _standing(entries: Iterable[WallEntry], at: datetime) -> list[WallEntry]:
    """The entries all of whose consents still stand, for the wall and for what it shows.

    Whoever was found in a picture since counts like those who were asked.
    """
    entries = list(entries)
    wanted = {int(number) for entry in entries for number in entry.consent_ids}
    standing = consents_standing(wanted, at) if wanted else set()
    parts: dict[int, list[Part]] = defaultdict(list)
    for consent, part in Revocation.objects.filter(consent__in=wanted).values_list("consent_id", "part"):
        # Whatever the clock of the machine that received it: what is stored counts.
        parts[consent].append(part)
    refused = _showing_someone_unasked(entries, at)
    return [
        entry
        for entry in entries
        if standing.issuperset(entry.consent_ids) and not _touched(entry, parts) and entry.pk not in refused
    ]


def _showing_someone_unasked(entries: Collection[WallEntry], at: datetime) -> set[int]:
    """The entries with a picture of somebody who does not allow now what it shows of them on the wall."""
    copies = WallPicture.objects.filter(entry__in=entries).values_list("entry_id", "sha256")
    practices = {entry.practice_id for entry in entries}
    made = Rendition.objects.filter(practice__in=practices, sha256__in={sha256 for _, sha256 in copies})
    asset_of: dict[str, set[int]] = defaultdict(set)
    for sha256, asset in made.values_list("sha256", "asset_id"):
        asset_of[sha256].add(asset)
    assets = set().union(*asset_of.values())
    looks = list(Appearance.objects.filter(asset__in=assets, removed_at=None, masked=False))
    refused = not_allowed(looks, WALL_PLATFORM, at) if looks else set()
    without = {look.asset_id for look in looks if look.pk in refused}
    return {entry for entry, sha256 in copies if asset_of[sha256] & without}


def _touched(entry: WallEntry, parts: Mapping[int, Iterable[Part]]) -> bool:
    """Whether anything that the entry uses, or the wall itself, was taken back; what is not known counts as used."""
    return any(
        part_touches(part, entry.uses.get(str(consent), {}), WALL_PLATFORM)
        for consent in entry.consent_ids
        for part in parts.get(consent, ())
    )
