"""Say who is in a picture, who is covered, and how many nobody can name (R33)."""

from collections.abc import Collection
from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.models import Person

from ..models import Appearance, Asset, Sighting
from ..rules import unknown_elements
from .adding import NotOfThisPractice, SaidMeanwhile


class NothingShown(Exception):
    """A person in a picture is shown by something."""


class SomeoneAppears(Exception):
    """Nobody can appear in a picture in which someone is named."""


class AlreadyTakenOut(Exception):
    """The person was taken out of the picture's list before."""


class OwnNaming(Exception):
    """Who named a person does not confirm it too."""


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
        asset = Asset.objects.select_for_update(no_key=True).get(pk=asset.pk)
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
        asset = Asset.objects.select_for_update(no_key=True).get(pk=asset.pk)
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
        appearance = Appearance.objects.select_for_update(no_key=True).get(pk=appearance.pk)
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
        appearance = Appearance.objects.select_for_update(no_key=True).get(pk=appearance.pk)
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


def count_unnamed(*, asset: Asset, unnamed: int, seen: int | None = None, by: Actor, at: datetime) -> Asset:
    """Say how many people can be made out in the picture whom nobody could name (R33).

    `seen` is the number that the page showed. Raises `SaidMeanwhile` if it is another by now.
    """
    with recording(by=by, at=at):
        asset = Asset.objects.select_for_update(no_key=True).get(pk=asset.pk)
        if asset.unnamed != unnamed:
            if seen is not None and seen != asset.unnamed:
                raise SaidMeanwhile("unnamed", "How many nobody can name", str(asset.unnamed))
            asset.unnamed = unnamed
            asset.save(update_fields=["unnamed"])
            if unnamed:
                _set_nobody(asset, None, None)
            record("asset.unknown_counted", asset, number=unnamed)
        return asset


def cover_someone(*, asset: Asset, by: Actor, at: datetime) -> Appearance:
    """Say that someone in the picture cannot be recognised: they are covered in every rendition (R39)."""
    with recording(by=by, at=at):
        asset = Asset.objects.select_for_update(no_key=True).get(pk=asset.pk)
        appearance = Appearance.objects.create(
            practice_id=asset.practice_id, asset=asset, masked=True, named_by_id=int(by.id), named_at=at
        )
        record("appearance.covered", asset, appearance=appearance.pk)
        return appearance


def _take_out(appearance: Appearance, at: datetime) -> None:
    """The row stays, with the instant from which it no longer counts; the faces that it explained are open again."""
    appearance.removed_at = at
    appearance.save(update_fields=["removed_at"])
    Sighting.objects.filter(appearance=appearance).update(settled=Sighting.Settled.OPEN, appearance=None)


def _set_nobody(asset: Asset, said: bool | None, by: int | None) -> None:
    """Write whether someone said that nobody appears, and who."""
    asset.nobody_appears, asset.nobody_said_by_id = said, by
    asset.save(update_fields=["nobody_appears", "nobody_said_by"])
