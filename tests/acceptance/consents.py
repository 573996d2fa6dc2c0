"""The consents of a world: forms that were found, each recorded exactly as it is, with what became of it since."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from consent.people.models import Person
from consent.records.actions import (
    FoundForm,
    check_found_consent,
    invalidate,
    place_hold,
    record_disclosure,
    record_ending_event,
    record_found_consent,
    record_found_copy,
    record_notarization,
    revoke,
)
from consent.records.models import Consent
from consent.records.rules import Scope
from consent.wording.actions import record_found_wording
from consent.wording.models import Wording
from consent.wording.rules import ELEMENTS, FORMATS, PLATFORMS, PURPOSES

from .people import add_someone, everything, representation
from .worlds import EPOCH, CannotBuild, World, instant, only

CONSENT = (
    "person",
    "form",
    "template_effective",
    "form_lang",
    "master_version_at_signing",
    "translation_of",
    "signer",
    "signed_at",
    "effective_from",
    "expires_on",
    "expiry_event",
    "expiry_event_occurred",
    "elements",
    "statements",
    "evidence_complete",
    "copy_given_at",
    "scope",
    "revoked_at",
    "revoked_channels",
    "oral_revocation_at",
    "remuneration_stmt",
    "sale_stmt",
    "compound",
    "conditioned",
    "capacity_flag",
    "ca_14pt_separate",
    "longer_on_request",
    "prior_electronic_disclosures",
    "covers_series",
    "notarized",
    "known_false",
)
SIGNER = ("role", "lang", "authority", "authority_verified", "interpreter")
SCOPE = ("elements", "channels", "formats", "purposes", "paid", "media", "posts", "recipients")
EVENTS = {"discharge": "end_of_treatment"} | {value: value for value in Consent.EndsEvent.values}
LARGE, SMALL = 14, 12


def add_consents(world: World) -> None:
    """Every consent, then what happened to it."""
    for name, given in world.given["consents"].items():
        only(given, CONSENT, f"consents.{name}")
        only(given["signer"], SIGNER, f"consents.{name}.signer")
        _aftermath(world, given, _consent(world, name, given))


def _consent(world: World, name: str, given: Mapping[str, Any]) -> Consent:
    """The form itself, checked against the paper unless its evidence is incomplete."""
    person, signer = world.people[given["person"]], given["signer"]
    represented = signer["role"] == "personal_representative"
    if not represented and signer["role"] != "self":
        raise CannotBuild(f"consents.{name}.signer.role: {signer['role']}")
    right = representation(world, person, signer) if represented else None
    form = FoundForm(
        kind="authorization",
        wording=_wording(world, name, given),
        person=person,
        signer=right.representative if right else person,
        representation=right,
        location=world.location,
        signed_at=instant(given["signed_at"]),
        effective_from=instant(given["effective_from"]) if given.get("effective_from") else None,
        scope=_scope(world, given),
        statements=_anchors(given),
        defects=[key for key in ("compound", "conditioned") if given.get(key)],
        ends_on=date.fromisoformat(given["expires_on"]) if given.get("expires_on") else None,
        ends_event=_event(given),
        signer_language=signer.get("lang", "en"),
        interpreter=signer.get("interpreter") or "",
        capacity_attested=not given.get("capacity_flag"),
        print_points=LARGE if given.get("ca_14pt_separate") else SMALL,
        stands_alone=bool(given.get("ca_14pt_separate")),
        longer_on_request=bool(given.get("longer_on_request")),
        paper=f"{name} of {person.pk}".encode(),
        media_type="text/plain",
    )
    consent = record_found_consent(form=form, by=world.by("desk"), at=world.now)
    if given["evidence_complete"]:
        check_found_consent(consent=consent, by=world.by("checker"), at=world.now)
    return consent


def _event(given: Mapping[str, Any]) -> str:
    """What the form says it ends on; an event nobody can detect is kept as it was written."""
    event = given.get("expiry_event") or ""
    return EVENTS.get(event, event)


def _anchors(given: Mapping[str, Any]) -> list[str]:
    """Every element and statement that the text holds."""
    money = [key for key in ("remuneration", "sale") if given.get(f"{key}_stmt")]
    return [*given["elements"], *given["statements"], *money]


def _wording(world: World, name: str, given: Mapping[str, Any]) -> Wording:
    """The text that was signed: the master in force then, or a translation of the master it was made from."""
    effective = datetime.fromisoformat(given["template_effective"] + "T00:00:00+00:00")
    current = given["master_version_at_signing"]
    master = _text(world, f"{given['form']} {current}", "en", effective, None)
    if given["form_lang"] == "en" and not given.get("translation_of"):
        return master
    source = given.get("translation_of") or current
    if source != current:
        older = min(effective, EPOCH + timedelta(days=365))
        source_row = _text(world, f"{given['form']} {source}", "en", older, None)
    else:
        source_row = master
    language = given["form_lang"] if given["form_lang"] != "en" else "en-translated"
    return _text(world, f"{given['form']} {source}", language, effective, source_row)


def _text(world: World, version: str, language: str, effective: datetime, master: Wording | None) -> Wording:
    return record_found_wording(
        practice=world.practice,
        kind="authorization_adult",
        version=f"{version[-11:]} {effective:%Y%m%d}",
        language=language[:10],
        title=version,
        text="I agree.",
        anchors=(),
        effective_from=effective,
        translation_of=master,
        by=world.by("desk"),
        at=EPOCH,
    )


def _scope(world: World, given: Mapping[str, Any]) -> Scope:
    """What was ticked; names of pictures, posts and recipients become those of the rows."""
    only(given["scope"], SCOPE, "scope")
    scope = given["scope"]
    for name, known in (
        ("elements", ELEMENTS),
        ("channels", PLATFORMS),
        ("formats", FORMATS),
        ("purposes", PURPOSES),
    ):
        only(dict.fromkeys(scope[name]), known, f"scope.{name}")
    return Scope(
        elements=frozenset(scope["elements"]),
        platforms=frozenset(scope["channels"]),
        formats=frozenset(scope["formats"]),
        purposes=frozenset(scope["purposes"]),
        paid=bool(scope["paid"]),
        assets=frozenset(_row(world.assets, name) for name in scope["media"]),
        posts=frozenset(_row(world.posts, name) for name in scope["posts"]),
        recipients=frozenset(_row(world.recipients, name) for name in scope["recipients"]),
        series=bool(given.get("covers_series")),
    )


def _row(rows: Mapping[str, Any], name: str) -> str:
    """The number of the row of this name; ``*`` and what is not in this world stay as they are."""
    return str(rows[name].pk) if name in rows else name


def _aftermath(world: World, given: Mapping[str, Any], consent: Consent) -> None:
    """What became of a consent after it was signed."""
    desk = world.by("desk")
    signed_at = instant(given["signed_at"])
    if given.get("copy_given_at"):
        record_found_copy(consent=consent, given_at=instant(given["copy_given_at"]), by=desk, at=world.now)
    if given.get("notarized"):
        record_notarization(
            consent=consent, notarized_on=signed_at.date(), notary="A. Notary", by=desk, at=world.now
        )
    for number in range(given.get("prior_electronic_disclosures") or 0):
        record_disclosure(
            consent=consent,
            reference=f"before:{number}",
            platform="website",
            disclosed_at=signed_at,
            by=desk,
            at=world.now,
        )
    if given.get("expiry_event_occurred"):
        _event_occurred(world, given, consent.person)
    _taken_back(world, given, consent)


def _taken_back(world: World, given: Mapping[str, Any], consent: Consent) -> None:
    """Withdrawn in part or whole, by word of mouth, or found to be false."""
    desk, checker = world.by("desk"), world.by("checker")
    if given.get("revoked_channels"):
        part = {"platforms": given["revoked_channels"]}
        revoke(consent=consent, part=part, how="desk", by=desk, at=world.now - timedelta(minutes=1))
    if given.get("revoked_at"):
        revoke(consent=consent, how="desk", by=desk, at=instant(given["revoked_at"]))
    if given.get("oral_revocation_at"):
        at = instant(given["oral_revocation_at"])
        place_hold(person=consent.person, consent=consent, by=desk, at=at)
    if given.get("known_false"):
        invalidate(consent=consent, reason="false_information", by=checker, at=world.now)


def _event_occurred(world: World, given: Mapping[str, Any], person: Person) -> None:
    """The event happened, to the person: what else they signed until then ends as well."""
    event = _event(given)
    if event not in Consent.EndsEvent.values:
        raise CannotBuild(f"expiry_event_occurred without an event that can occur: {event or 'none'}")
    others = [
        other
        for other in world.given["consents"].values()
        if other["person"] == given["person"] and _event(other) == event
    ]
    if not all(other.get("expiry_event_occurred") for other in others):
        raise CannotBuild("expiry_event_occurred differs for one person and event")
    record_ending_event(
        person=person,
        kind=event,
        occurred_at=world.now - timedelta(days=1),
        by=world.by("desk"),
        at=world.now,
    )


def add_licence(world: World, author: Person, given: Mapping[str, Any]) -> Consent:
    """The author's licence for the channels it names; what a world does not limit is licensed."""
    only(given, ("channels", "withdrawn_at"), "ugc.license")
    wording = record_found_wording(
        practice=world.practice,
        kind="author_licence",
        version="1",
        language="en",
        title="Licence",
        text="I agree.",
        anchors=(),
        effective_from=EPOCH,
        by=world.by("desk"),
        at=EPOCH,
    )
    signed_at = world.now - timedelta(days=30)
    granted = everything().to_json() | {"platforms": given["channels"]}
    form = FoundForm(
        kind="licence",
        wording=wording,
        person=author,
        signer=author,
        representation=None,
        location=world.location,
        signed_at=signed_at,
        scope=Scope.from_json(granted),
        statements=(),
        ends_on=date(2100, 1, 1),
        signer_language="en",
        capacity_attested=True,
        paper=f"licence of {author.pk}".encode(),
        media_type="text/plain",
    )
    licence = record_found_consent(form=form, by=world.by("desk"), at=world.now)
    check_found_consent(consent=licence, by=world.by("checker"), at=world.now)
    record_found_copy(consent=licence, given_at=signed_at, by=world.by("desk"), at=world.now)
    if given.get("withdrawn_at"):
        revoke(consent=licence, how="letter", by=world.by("desk"), at=instant(given["withdrawn_at"]))
    return licence


def author_of(world: World, name: str) -> Person:
    """Who made what a post repeats: someone of the world, or somebody new."""
    return world.people.get(name) or add_someone(world, name, "author", None)
