"""Add pictures. The original goes to its own room and is never published."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.files.store import put
from consent.people.models import Person
from consent.people.rules import FieldRefused, said

from ..films import FilmMade, film_made_anew, is_film
from ..models import Asset, PictureUpload, Rendition
from ..pixels import Made, made_anew
from ..queries import asset_with_digest, digest_of
from ..rules import MAX_LABEL, Capture
from .seeing import ask_for_look

ORIGINALS, RENDITIONS = "originals", "renditions"


class AuthorMissing(Exception):
    """What someone else made names its author, whose licence it needs (R96)."""


class NotOfThisPractice(Exception):
    """The person or the picture belongs to another practice."""


class SaidMeanwhile(FieldRefused):
    """A colleague said something else about the picture since the page was opened; sent again, it counts."""

    def __init__(self, field: str, what: str, now: str) -> None:
        super().__init__(
            field,
            f"{what} was changed while this page was open. It now says: {now}. "
            "What you sent is not saved; send it again if it shall count.",
        )


def add_asset(
    *,
    practice: Practice,
    file: bytes,
    label: str,
    captured_on: date | None = None,
    captured_by: str = "",
    taken_by: str = "",
    capture_cover: str = "",
    source: str = Asset.Source.OWN,
    source_url: str = "",
    author: Person | None = None,
    upload: PictureUpload | None = None,
    by: Actor,
    at: datetime,
) -> Asset:
    """Keep a picture or a video, alone or with others of an `upload`.

    The file goes to the originals' room, a rendition made from its pixels to the renditions' (R37). Who held the camera
    and what allowed that (R40) may be unknown, which is a no at the gate. A picture that is there already is returned:
    its `uploaded_at` lies before `at`. Raises `PictureRefused`, and `AuthorMissing`; then nothing is stored.
    """
    _refuse_author(practice, source, author)
    there = asset_with_digest(practice, digest_of(file))
    if there is not None:
        return there
    made = film_made_anew(file) if is_film(file) else made_anew(file)
    asset = Asset(
        practice=practice,
        kind=Asset.Kind.VIDEO if isinstance(made, FilmMade) else Asset.Kind.IMAGE,
        label=label.strip()[:MAX_LABEL],
        sha256=digest_of(file),
        size=len(file),
        source=Asset.Source(source),
        source_url=source_url,
        author=author if source == Asset.Source.USER else None,
        captured_on=captured_on,
        captured_by=captured_by.strip(),
        taken_by=Asset.TakenBy.AUTHOR if source == Asset.Source.USER else taken_by,
        capture_cover=capture_cover,
        carried=list(made.carried),
        upload=upload,
        uploaded_by_id=int(by.id),
        uploaded_at=at,
    )
    # Files follow no transaction: they are kept first, so that no row ever names bytes that are not there.
    asset.storage_key = put(ORIGINALS, practice.pk, file, made.suffix)
    if isinstance(made, FilmMade):
        return _kept_once(asset, _film(practice, made, at), by, at)
    return _kept_once(asset, _rendition(practice, made, at), by, at)


def _refuse_author(practice: Practice, source: str, author: Person | None) -> None:
    """What someone else made names its author, whom the practice knows."""
    if source == Asset.Source.USER and author is None:
        raise AuthorMissing("Say who made this picture: it needs their licence before it can be used.")
    if author is not None and author.practice_id != practice.pk:
        raise NotOfThisPractice("The author is not known in this practice.")


def say_who_took_it(
    *,
    asset: Asset,
    taken_by: str,
    capture_cover: str = "",
    captured_on: date | None,
    seen: str | None = None,
    by: Actor,
    at: datetime,
) -> Asset:
    """Say who held the camera, when, and what allowed a camera from outside to be there (R40).

    `seen` is the `Capture` that the page showed, as text. Saying what stands there already changes nothing. Raises
    `SaidMeanwhile` if something else than `seen` stands there by now.
    """
    outside = taken_by == Asset.TakenBy.THIRD_PARTY
    cover = Asset.CaptureCover(capture_cover) if outside and capture_cover else ""
    wanted = Capture(Asset.TakenBy(taken_by), cover, captured_on)
    with recording(by=by, at=at):
        asset = Asset.objects.select_for_update(no_key=True).get(pk=asset.pk)
        if asset.capture == wanted:
            return asset
        if seen is not None and seen != str(asset.capture):
            raise SaidMeanwhile("taken_by", "Who took it", _told(asset))
        asset.taken_by, asset.capture_cover, asset.captured_on = taken_by, cover, captured_on
        asset.save(update_fields=["taken_by", "capture_cover", "captured_on"])
        record("asset.capture_said", asset, taken_by=taken_by, cover=cover)
        return asset


def _told(asset: Asset) -> str:
    """Who took it, in words, as the page says it."""
    words = [asset.get_taken_by_display() or "nobody has said it"]
    if asset.capture_cover:
        words.append(f"what allowed it: {asset.get_capture_cover_display().lower()}")
    words.append(f"taken on {said(asset.captured_on)}" if asset.captured_on else "no day")
    return "; ".join(words)


@dataclass(frozen=True, kw_only=True)
class FoundFile:
    """A file that exists already. `metadata_stripped` is what somebody found, not what anybody did to it."""

    kind: str
    data: bytes
    suffix: str
    media_type: str
    label: str
    metadata_stripped: bool
    taken_by: str = ""
    capture_cover: str = ""
    captured_on: date | None = None


def record_found_asset(*, practice: Practice, found: FoundFile, by: Actor, at: datetime) -> Asset:
    """Record a file as it is, its bytes for its rendition: what it lacks is a reason at the gate (design 8)."""
    sha256, size = digest_of(found.data), len(found.data)
    if (there := asset_with_digest(practice, sha256)) is not None:
        return there
    asset = Asset(
        practice=practice,
        kind=Asset.Kind(found.kind),
        label=found.label.strip()[:MAX_LABEL],
        sha256=sha256,
        storage_key=put(ORIGINALS, practice.pk, found.data, found.suffix),
        size=size,
        captured_on=found.captured_on,
        taken_by=found.taken_by,
        capture_cover=found.capture_cover,
        uploaded_by_id=int(by.id),
        uploaded_at=at,
    )
    rendition = Rendition(
        practice=practice,
        sha256=sha256,
        storage_key=put(RENDITIONS, practice.pk, found.data, found.suffix),
        media_type=found.media_type,
        width=0,
        height=0,
        size=size,
        recipe=["as found"],
        metadata_stripped=found.metadata_stripped,
        made_at=at,
    )
    with recording(by=by, at=at):
        asset.save(force_insert=True)
        rendition.asset = asset
        rendition.save(force_insert=True)
        record("asset.found", asset, sha256=asset.sha256, rendition=rendition.pk)
    return asset


def note_original_viewed(*, asset: Asset, by: Actor, at: datetime) -> None:
    """Write down that someone opened the original, which may hold where and when it was taken."""
    with recording(by=by, at=at):
        record("asset.original_viewed", asset, sha256=asset.sha256)


def _rendition(practice: Practice, made: Made, at: datetime) -> Rendition:
    """The rendition of what was made, its files kept, its row not yet."""
    return Rendition(
        practice=practice,
        sha256=digest_of(made.picture),
        storage_key=put(RENDITIONS, practice.pk, made.picture, "jpg"),
        small_key=put(RENDITIONS, practice.pk, made.small, "jpg"),
        media_type="image/jpeg",
        width=made.width,
        height=made.height,
        size=len(made.picture),
        recipe=list(made.recipe),
        metadata_stripped=True,
        likeness=made.likeness,
        made_at=at,
    )


def _film(practice: Practice, made: FilmMade, at: datetime) -> Rendition:
    """The rendition of a video, its files kept, its row not yet."""
    return Rendition(
        practice=practice,
        sha256=digest_of(made.film),
        storage_key=put(RENDITIONS, practice.pk, made.film, "mp4"),
        poster_key=put(RENDITIONS, practice.pk, made.poster, "jpg"),
        small_key=put(RENDITIONS, practice.pk, made.small, "jpg"),
        media_type="video/mp4",
        width=made.width,
        height=made.height,
        seconds=made.seconds,
        size=len(made.film),
        recipe=list(made.recipe),
        metadata_stripped=True,
        likeness=made.likeness,
        made_at=at,
    )


def _kept_once(asset: Asset, rendition: Rendition, by: Actor, at: datetime) -> Asset:
    """The asset once written, or the same picture if another tab or person has added it in the meantime."""
    try:
        return _written(asset, rendition, by, at)
    except IntegrityError:
        there = asset_with_digest(asset.practice, asset.sha256)
        if there is None:
            raise
        return there


def _written(asset: Asset, rendition: Rendition, by: Actor, at: datetime) -> Asset:
    """Both rows and the ledger line."""
    with recording(by=by, at=at):
        asset.save(force_insert=True)
        rendition.asset = asset
        rendition.save(force_insert=True)
        ask_for_look(rendition=rendition, at=at)
        record("asset.added", asset, sha256=asset.sha256, rendition=rendition.pk, source=str(asset.source))
        return asset
