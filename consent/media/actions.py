"""Add pictures and say who is in them. The original goes to its own room and is never published."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.files.store import put
from consent.people.models import Person

from .models import Appearance, Asset, Rendition
from .pixels import Made, made_anew
from .queries import asset_with_digest, digest_of
from .rules import MAX_LABEL, unknown_elements

ORIGINALS, RENDITIONS = "originals", "renditions"


class AuthorMissing(Exception):
    """What someone else made names its author, whose licence it needs (R96)."""


class NothingShown(Exception):
    """A person in a picture is shown by something."""


class NotOfThisPractice(Exception):
    """The person or the picture belongs to another practice."""


class SomeoneAppears(Exception):
    """Nobody can appear in a picture in which someone is named."""


class AlreadyTakenOut(Exception):
    """The person was taken out of the picture's list before."""


class OwnNaming(Exception):
    """Who named a person does not confirm it too."""


def add_asset(
    *,
    practice: Practice,
    file: bytes,
    label: str,
    captured_on: date | None = None,
    captured_by: str = "",
    source: str = Asset.Source.OWN,
    source_url: str = "",
    author: Person | None = None,
    by: Actor,
    at: datetime,
) -> Asset:
    """Keep a picture: the file in the originals' room, a rendition made from its pixels in the renditions' (R37).

    A picture that is there already is returned as it is: its `uploaded_at` then lies before `at`. Raises
    `PictureRefused` for a file that cannot be used and `AuthorMissing` for user content without an author; then
    nothing is stored.
    """
    if source == Asset.Source.USER and author is None:
        raise AuthorMissing("Say who made this picture: it needs their licence before it can be used.")
    if author is not None and author.practice_id != practice.pk:
        raise NotOfThisPractice("The author is not known in this practice.")
    there = asset_with_digest(practice, digest_of(file))
    if there is not None:
        return there
    made = made_anew(file)
    asset = Asset(
        practice=practice,
        label=label.strip()[:MAX_LABEL],
        sha256=digest_of(file),
        size=len(file),
        source=Asset.Source(source),
        source_url=source_url,
        author=author if source == Asset.Source.USER else None,
        captured_on=captured_on,
        captured_by=captured_by.strip(),
        uploaded_by_id=int(by.id),
        uploaded_at=at,
    )
    # Files follow no transaction: they are kept first, so that no row ever names bytes that are not there.
    asset.storage_key = put(ORIGINALS, practice.pk, file, made.suffix)
    return _kept_once(asset, _rendition(practice, made, at), by, at)


def name_appearance(
    *,
    asset: Asset,
    person: Person,
    elements: Collection[str],
    capacity: str = Appearance.Capacity.PATIENT,
    by: Actor,
    at: datetime,
) -> Appearance:
    """Say that `person` is in the picture, by which elements, and in which capacity (R33).

    Naming someone again replaces what was said before, which is kept as removed. Raises `NothingShown` or
    `NotOfThisPractice`.
    """
    shown = sorted(set(elements))
    if not shown or unknown_elements(shown):
        raise NothingShown(f"Tick what the picture shows of {person.alias}: the face, or something else.")
    if person.practice_id != asset.practice_id:
        raise NotOfThisPractice("This person is not known in this practice.")
    with recording(by=by, at=at):
        asset = Asset.objects.select_for_update().get(pk=asset.pk)
        standing = asset.appearances.filter(person=person, masked=False, removed_at=None).first()
        if standing is not None:
            if standing.elements == shown and standing.capacity == capacity:
                return standing
            _take_out(standing, at)
        appearance = Appearance.objects.create(
            practice_id=asset.practice_id,
            asset=asset,
            person=person,
            elements=shown,
            capacity=Appearance.Capacity(capacity),
            named_by_id=int(by.id),
            named_at=at,
        )
        _set_nobody(asset, None, None)
        record(
            "appearance.named",
            asset,
            person=person.pk,
            appearance=appearance.pk,
            elements=shown,
            capacity=appearance.capacity,
        )
        return appearance


def say_nobody_appears(*, asset: Asset, by: Actor, at: datetime) -> Asset:
    """Say that no recognisable person is in the picture: no face, tattoo, name tag. Raises `SomeoneAppears`."""
    with recording(by=by, at=at):
        asset = Asset.objects.select_for_update().get(pk=asset.pk)
        if asset.appearances.filter(removed_at=None).exists():
            raise SomeoneAppears(
                "Someone is named in this picture. Take them out first, if that was a mistake."
            )
        if not asset.nobody_appears:
            _set_nobody(asset, True, int(by.id))
            record("asset.nobody_appears", asset)
        return asset


def remove_appearance(*, appearance: Appearance, by: Actor, at: datetime) -> Appearance:
    """Take a person out of the picture's list: they are not in it. What was said is kept. Raises `AlreadyTakenOut`."""
    with recording(by=by, at=at):
        appearance = Appearance.objects.select_for_update().get(pk=appearance.pk)
        if appearance.removed_at is not None:
            raise AlreadyTakenOut("This person was already taken out of the picture's list.")
        _take_out(appearance, at)
        record(
            "appearance.removed",
            appearance.asset,
            person=appearance.person_id,
            appearance=appearance.pk,
        )
        return appearance


def confirm_appearance(*, appearance: Appearance, by: Actor, at: datetime) -> Appearance:
    """A second person agrees that this is who it is. Raises `OwnNaming`, `AlreadyTakenOut`."""
    with recording(by=by, at=at):
        appearance = Appearance.objects.select_for_update().get(pk=appearance.pk)
        if appearance.named_by_id == int(by.id):
            raise OwnNaming("You named this person yourself; someone else has to confirm it.")
        if appearance.removed_at is not None:
            raise AlreadyTakenOut("This person was already taken out of the picture's list.")
        if appearance.confirmed_at is None:
            appearance.confirmed_by_id, appearance.confirmed_at = int(by.id), at
            appearance.save(update_fields=["confirmed_by", "confirmed_at"])
            record(
                "appearance.confirmed",
                appearance.asset,
                person=appearance.person_id,
                appearance=appearance.pk,
            )
        return appearance


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
        record("asset.added", asset, sha256=asset.sha256, rendition=rendition.pk, source=str(asset.source))
        return asset


def _take_out(appearance: Appearance, at: datetime) -> None:
    """The row stays, with the instant from which it no longer counts."""
    appearance.removed_at = at
    appearance.save(update_fields=["removed_at"])


def _set_nobody(asset: Asset, said: bool | None, by: int | None) -> None:
    """Write whether someone said that nobody appears, and who."""
    asset.nobody_appears, asset.nobody_said_by_id = said, by
    asset.save(update_fields=["nobody_appears", "nobody_said_by"])
