"""What an adapter is handed, made from the payload that the gate decided about."""

from collections.abc import Iterable
from functools import partial

from consent.files.store import read
from posts.channels.rules import Parcel, ParcelPicture, Trace
from posts.content.rules import Payload, PayloadMedia
from posts.publishing.models import Attempt, Delivery

ROOM = "renditions"


class NotTheApprovedFile(Exception):
    """The stored file is not the one that the digest covers."""


def parcel_of(payload: Payload, key: str, rests_on: Iterable[tuple[int, int]]) -> Parcel:
    """The payload as a parcel under `key`; pictures are read, and checked, only when the adapter asks.

    `rests_on` are the people and the consents of the attempt.
    """
    pairs = sorted(rests_on)
    return Parcel(
        key=key,
        caption=payload.caption,
        disclosure=payload.disclosure,
        format=payload.format,
        pictures=tuple(_picture(media) for media in payload.media),
        consent_ids=tuple(sorted({consent for _, consent in pairs})),
        uses={consent: _used(payload, {p for p, c in pairs if c == consent}) for _, consent in pairs},
    )


def _used(payload: Payload, people: set[int]) -> dict[str, list[str]]:
    """What the payload uses of these people; nothing is known of an author, who is not declared in it."""
    declared = [one for one in payload.people if one.person in people]
    if not people <= {one.person for one in declared}:
        return {}
    return {
        "elements": sorted({key for one in declared for key in one.elements}),
        "assets": sorted({str(one.asset) for one in declared if one.asset is not None}),
    }


def _picture(media: PayloadMedia) -> ParcelPicture:
    return ParcelPicture(
        sha256=media.sha256,
        media_type=media.media_type,
        width=media.width,
        height=media.height,
        alt_text=media.alt_text,
        read=partial(_read, media),
    )


def _read(media: PayloadMedia) -> bytes:
    """The file under the storage key, which holds the digest it promises. Raises `NotTheApprovedFile`."""
    if media.sha256 not in media.storage_key:
        raise NotTheApprovedFile("The stored picture is not the one that was approved.")
    return read(ROOM, media.storage_key)


def traces_of(delivery: Delivery) -> list[Trace]:
    """Everything we know of earlier attempts, each thing once, so that each is found and removed."""
    attempts: list[Attempt] = list(delivery.attempts.order_by("fence"))
    known: list[Trace] = []
    for one in attempts:
        trace = Trace(one.remote_key, one.remote_id, one.prepared)
        if trace not in known:
            known.append(trace)
    if delivery.remote_id and all(trace.remote_id != delivery.remote_id for trace in known) and attempts:
        known.append(Trace(attempts[-1].remote_key, delivery.remote_id, attempts[-1].prepared))
    return known
