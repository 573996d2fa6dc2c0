"""The practice wall: a network that happens to live here, with rows and picture copies of its own.

It never sees a Post. What it serves is asked for again at every request (design 7.10; `queries.shown_entries`).
"""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from consent.access.models import Practice
from consent.files.rules import key_of
from consent.files.store import FileAltered, FileMissing, delete, put, read

from .adapter import Errand
from .models import WallEntry, WallPicture
from .rules import (
    Absent,
    Capability,
    CommitAnswer,
    Done,
    Handle,
    Parcel,
    ParcelPicture,
    PrepareAnswer,
    Prepared,
    Present,
    ProbeAnswer,
    Refused,
    Trace,
)

ROOM = "wall"
SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


class Wall:
    """Prepare an invisible entry with its own copies, show it by key, delete it and its bytes."""

    capability = Capability(
        can_delete=True,
        idempotency=True,
        probe=True,
        alt_text=True,
        two_phase=True,
        takedown_residuals="Gone from the page at once; a browser may show its own copy for up to a minute.",
        verified_against="itself, in this installation",
        verified_on=date(2026, 11, 21),
    )

    def prepare(self, errand: Errand, parcel: Parcel) -> PrepareAnswer:
        """An entry nobody sees, and copies of the pictures. The rows come first: bytes always have an owner."""
        unusable = [p.media_type for p in parcel.pictures if p.media_type not in SUFFIXES]
        if unusable:
            return Refused(f"The wall shows pictures, not {unusable[0]}.", permanent=True)
        contents = [picture.read() for picture in parcel.pictures]
        with transaction.atomic():
            _take(errand.account.practice_id)
            entry = _prepared_entry(errand, parcel)
            if entry is None:
                return Refused("This was on the wall before, under the same key.", permanent=True)
            entry.pictures.all().delete()
            rows = [_copy(entry, n, p, contents[n]) for n, p in enumerate(parcel.pictures)]
            WallPicture.objects.bulk_create(rows)
        for picture, content in zip(parcel.pictures, contents, strict=True):
            put(ROOM, errand.account.practice_id, content, SUFFIXES[picture.media_type])
        return Prepared({"pictures": [row.storage_key for row in rows]})

    def commit(self, errand: Errand, parcel: Parcel, handle: Handle) -> CommitAnswer:
        """Show the entry; showing it twice is showing it once."""
        with transaction.atomic():
            entry = _locked(parcel.key)
            if entry is None:
                return Refused("Nothing was prepared on the wall under this key.", permanent=False)
            if entry.state == WallEntry.State.DELETED:
                return Refused("This was taken off the wall.", permanent=True)
            if entry.state == WallEntry.State.PREPARED:
                entry.state, entry.shown_at = WallEntry.State.VISIBLE, errand.at
                entry.consent_ids, entry.uses = sorted(parcel.consent_ids), _kept(parcel)
                entry.changed_at = errand.at
                entry.save()
        return Done(f"wall:{entry.pk}", _address(errand, entry))

    def probe(self, errand: Errand, trace: Trace) -> ProbeAnswer:
        """Whether the entry is there, prepared or visible."""
        entry = WallEntry.objects.filter(key=trace.key).exclude(state=WallEntry.State.DELETED).first()
        if entry is None:
            return Absent()
        shown = entry.state == WallEntry.State.VISIBLE
        return Present(f"wall:{entry.pk}" if shown else "", _address(errand, entry) if shown else "")

    def delete(self, errand: Errand, trace: Trace) -> CommitAnswer:
        """The words go, and nothing of it is served any more; what was ever visible stays as a tombstone."""
        with transaction.atomic():
            entry = _locked(trace.key)
            if entry is not None and entry.state != WallEntry.State.DELETED:
                entry.state, entry.deleted_at = WallEntry.State.DELETED, errand.at
                entry.caption = entry.disclosure = ""
                entry.consent_ids, entry.uses = [], {}
                entry.changed_at = errand.at
                entry.save()
        return Done()

    def probe_media(self, errand: Errand, trace: Trace) -> ProbeAnswer:
        """Whether bytes are left that no other entry holds."""
        for key in _unheld(trace):
            try:
                read(ROOM, key)
            except FileMissing:
                continue
            except FileAltered:
                return Present()
            return Present()
        return Absent()

    def delete_media(self, errand: Errand, trace: Trace) -> CommitAnswer:
        """Remove the copies, except those that another entry shows."""
        with transaction.atomic():
            _take(errand.account.practice_id)
            keys = _unheld(trace)
            WallPicture.objects.filter(entry__key=trace.key, entry__state=WallEntry.State.DELETED).delete()
            for key in keys:
                delete(ROOM, key)
        return Done()


def _take(practice_id: int) -> None:
    """One writer at a time to a practice's copies: two entries may share the bytes of one picture."""
    list(Practice.objects.select_for_update(no_key=True).filter(pk=practice_id))


def _locked(key: str) -> WallEntry | None:
    return WallEntry.objects.select_for_update(no_key=True).filter(key=key).first()


def _prepared_entry(errand: Errand, parcel: Parcel) -> WallEntry | None:
    """The entry under the parcel's key, invisible and with its words; None if it was visible once."""
    entry = _locked(parcel.key) or WallEntry(
        practice_id=errand.account.practice_id, account=errand.account, key=parcel.key
    )
    if entry.shown_at is not None:
        return None
    entry.state, entry.deleted_at = WallEntry.State.PREPARED, None
    entry.caption, entry.disclosure = parcel.caption, parcel.disclosure
    entry.consent_ids, entry.uses = sorted(parcel.consent_ids), _kept(parcel)
    entry.changed_at = errand.at
    entry.save()
    return entry


def _kept(parcel: Parcel) -> dict[str, dict[str, list[str]]]:
    """What is used by each consent, as JSON keeps it."""
    return {
        str(consent): {name: sorted(keys) for name, keys in used.items()}
        for consent, used in parcel.uses.items()
    }


def _copy(entry: WallEntry, position: int, picture: ParcelPicture, content: bytes) -> WallPicture:
    """The row of the wall's own copy of one picture."""
    return WallPicture(
        entry=entry,
        position=position,
        sha256=picture.sha256,
        storage_key=key_of(entry.practice_id, content, SUFFIXES[picture.media_type]),
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        alt_text=picture.alt_text,
    )


def _unheld(trace: Trace) -> list[str]:
    """The storage keys of what was prepared under this key, without those that another entry holds."""
    rows = WallPicture.objects.filter(entry__key=trace.key).values_list("storage_key", flat=True)
    keys = {str(key) for key in trace.prepared.get("pictures", ())} | set(rows)
    others = WallPicture.objects.filter(storage_key__in=keys).exclude(entry__key=trace.key)
    return sorted(keys - set(others.values_list("storage_key", flat=True)))


def _address(errand: Errand, entry: WallEntry) -> str:
    page = reverse("channels:wall", args=[errand.account.practice.slug])
    return f"{settings.ADDRESS}{page}#{entry.key}"
