"""The people of a world, and who signs for them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from consent.people.actions import (
    add_person,
    add_representation,
    change_person,
    exclude_representation,
    record_death,
    record_found_representation,
)
from consent.people.models import Person, Representation
from consent.records.actions import FoundForm, check_found_consent, record_found_consent, record_found_copy
from consent.records.rules import Scope
from consent.wording.actions import record_found_wording
from consent.wording.rules import (
    ELEMENTS,
    FORMATS,
    PLATFORMS,
    PURPOSES,
    REQUIRED_ELEMENTS,
    REQUIRED_STATEMENTS,
)

from .worlds import EPOCH, CannotBuild, World, only

PERSON = (
    "id",
    "kind",
    "dob",
    "lang",
    "emancipated",
    "minor_consented_service",
    "deceased_on",
    "pr_excluded",
    "release",
)
AUTHORITIES = {"step-parent": "step_parent", "step_parent": "step_parent"} | {
    key: key for key in Representation.Authority.values
}


def add_people(world: World) -> None:
    """Everyone in the world, with what is recorded about them."""
    for name, given in world.given["people"].items():
        only(given, PERSON, f"people.{name}")
        person = add_someone(world, name, given["kind"], given.get("dob"), given.get("lang", "en"))
        changes = {
            "emancipated": bool(given.get("emancipated")),
            "own_consent_service": bool(given.get("minor_consented_service")),
        }
        change_person(person=person, changes=changes, by=world.by("desk"), at=world.now)
        if given.get("deceased_on"):
            died_on = date.fromisoformat(given["deceased_on"])
            record_death(person=person, died_on=died_on, by=world.by("desk"), at=world.now)
        if given.get("release"):
            _release(world, person, given["release"])
        person.refresh_from_db()


def add_someone(world: World, name: str, kind: str, dob: str | None, language: str = "en") -> Person:
    """A person by the name the world gives them."""
    if kind not in ("patient", "staff", "visitor", "author", "representative"):
        raise CannotBuild(f"people.{name}.kind: {kind}")
    world.people[name] = add_person(
        practice=world.practice,
        given=name,
        relations=[kind],
        born=date.fromisoformat(dob) if dob else None,
        language=language,
        location=world.location,
        by=world.by("desk"),
        at=world.now,
    )
    return world.people[name]


def representation(world: World, person: Person, signer: Mapping[str, Any]) -> Representation:
    """By what right somebody else signed: as the paper says it, verified only if the world says so."""
    authority = signer.get("authority")
    if authority is not None and authority not in AUTHORITIES:
        raise CannotBuild(f"signer.authority: {authority}")
    name = f"representative of {person.alias}"
    language = signer.get("lang", "en")
    representative = world.people.get(name) or add_someone(world, name, "representative", None, language)
    known: dict[str, Any] = {"person": person, "representative": representative, "at": EPOCH}
    if authority is None or not signer.get("authority_verified"):
        row = record_found_representation(
            authority=AUTHORITIES[authority or "other"],
            description=authority or "",
            by=world.by("desk"),
            **known,
        )
    else:
        row = add_representation(
            authority=AUTHORITIES[authority],
            description=authority,
            evidence_seen="a paper",
            by=world.by("desk"),
            **known,
        )
    if any(
        world.people.get(key) == person and given.get("pr_excluded")
        for key, given in world.given["people"].items()
    ):
        row = exclude_representation(representation=row, by=world.by("checker"), at=EPOCH)
    return row


def _release(world: World, person: Person, given: Mapping[str, Any]) -> None:
    """A staff release for everything there is, until its end."""
    only(given, ("ends",), "release")
    ends = date.fromisoformat(given["ends"])
    signed_at = min(world.now - timedelta(days=1), EPOCH + (ends - EPOCH.date()) / 2)
    wording = record_found_wording(
        practice=world.practice,
        kind="staff_release",
        version="1",
        language=person.language,
        title="Release",
        text="I agree.",
        anchors=(),
        effective_from=EPOCH,
        by=world.by("desk"),
        at=EPOCH,
    )
    form = FoundForm(
        kind="release",
        wording=wording,
        person=person,
        signer=person,
        representation=None,
        location=world.location,
        signed_at=signed_at,
        scope=everything(),
        statements=(*REQUIRED_ELEMENTS, *REQUIRED_STATEMENTS),
        ends_on=ends,
        signer_language=person.language,
        capacity_attested=True,
        paper=f"release of {person.pk}".encode(),
        media_type="text/plain",
    )
    consent = record_found_consent(form=form, by=world.by("desk"), at=world.now)
    check_found_consent(consent=consent, by=world.by("checker"), at=world.now)
    record_found_copy(consent=consent, given_at=signed_at, by=world.by("desk"), at=world.now)


def everything() -> Scope:
    """A scope without limits, for what a world does not limit."""
    return Scope(
        elements=frozenset(ELEMENTS),
        platforms=frozenset(PLATFORMS),
        formats=frozenset(FORMATS),
        purposes=frozenset(PURPOSES),
        paid=True,
        assets=frozenset({"*"}),
        posts=frozenset({"*"}),
        series=True,
    )
