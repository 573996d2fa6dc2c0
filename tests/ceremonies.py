"""Ceremonies for tests, walked through the real actions: prepared, witnessed, handed over, answered, signed."""

import json
import math
from datetime import date, datetime, timedelta
from typing import Any

from consent.access.models import User
from consent.audit.rules import SYSTEM, Actor
from consent.evidence.models import Signature
from consent.people.models import Person, Representation
from consent.signing.actions import Offer, answer, hand_over, prepare, sign, witness
from consent.signing.actions.signing import Device, Mark
from consent.signing.models import Ceremony
from consent.signing.rules import read_drawing
from consent.wording.actions import install_sample_wordings
from consent.wording.models import Wording
from tests.cast import NOW, PIN, Cast, by

DEVICE = Device("kiosk", "192.0.2.7", "A tablet", "desk-1")
LISTS = {
    "elements": ["first_name", "face", "condition"],
    "platforms": ["website", "instagram"],
    "formats": ["post", "story"],
    "purposes": ["testimonial", "education"],
    "paid": ["paid"],
}
ENDS_ON = date(2027, 5, 31)
SCREENS: dict[str, dict[str, list[str]]] = {
    "welcome": {},
    "disclosure": {"electronic": ["yes"]},
    "elements": {"elements": ["first_name", "face"]},
    "platforms": {"platforms": ["website", "instagram"]},
    "formats": {"formats": ["post"], "only_this_post": ["several"]},
    "purposes": {"purposes": ["testimonial"]},
    "ties": {"ties": ["none"]},
    "ends": {"ends": ["offered"]},
    "assent": {"assent": ["yes"]},
    "review": {"read": ["yes"]},
}


def sample_wording(cast: Cast, kind: str = "authorization_adult", language: str = "en") -> Wording:
    """The sample form of a kind, installed in the practice long enough ago."""
    if not Wording.objects.filter(practice=cast.practice).exists():
        install_sample_wordings(practice=cast.practice, by=SYSTEM, at=NOW - timedelta(days=30))
    return Wording.objects.select_related("template").get(
        practice=cast.practice, template__kind=kind, language=language
    )


def offer(**fields: Any) -> Offer:
    """What is offered, unless told otherwise."""
    usual: dict[str, Any] = {
        "lists": LISTS,
        "ends_on": ENDS_ON,
        "privacy_notice": "2026-01",
        "capacity_attested": True,
    }
    return Offer(**{**usual, **fields})


def prepared(
    cast: Cast,
    person: Person | None = None,
    representation: Representation | None = None,
    *,
    kind: str = "authorization_adult",
    language: str = "en",
    at: datetime = NOW,
    **fields: Any,
) -> Ceremony:
    """Finn asks for Ana's consent at Main Street."""
    return prepare(
        person=person or cast.ana,
        wording=sample_wording(cast, kind, language),
        representation=representation,
        location=cast.location,
        offer=offer(**fields),
        by=by(cast.finn),
        at=at,
    )


def witnessed(cast: Cast, ceremony: Ceremony, *, who: User | None = None, at: datetime = NOW) -> Ceremony:
    """Freya saw a photo ID."""
    return witness(
        ceremony=ceremony,
        witness=who or cast.freya,
        pin=PIN,
        identity_method="photo_id",
        by=by(cast.finn),
        at=at,
    )


def handed_over(cast: Cast, ceremony: Ceremony | None = None, *, at: datetime = NOW) -> tuple[Ceremony, str]:
    """The tablet is with the signer; the ceremony and the tablet's token."""
    ready = witnessed(cast, ceremony or prepared(cast, at=at), at=at)
    token = hand_over(ceremony=ready, by=by(cast.finn), at=at)
    ready.refresh_from_db()
    return ready, token


def answered(ceremony: Ceremony, *, until: str = "sign", at: datetime = NOW, **screens: Any) -> Ceremony:
    """The signer answers every screen up to `until`, each as in `SCREENS` unless told otherwise."""
    signer = Actor("person", str(ceremony.signer_id))
    while ceremony.step != until:
        sent = {**SCREENS, **screens}[ceremony.step]
        ceremony = answer(ceremony=ceremony, step=ceremony.step, sent=sent, by=signer, at=at)
    return ceremony


def signed(ceremony: Ceremony, *, at: datetime = NOW, mark: Mark | None = None) -> Signature:
    """The signer draws a signature."""
    return sign(
        ceremony=ceremony,
        mark=mark or Mark(drawing=read_drawing(scribble())),
        device=DEVICE,
        by=Actor("person", str(ceremony.signer_id)),
        at=at,
    )


def scribble() -> str:
    """A wavy line, as the tablet sends it."""
    points = [[40 + 4 * step, 100 + 40 * math.sin(step / 4)] for step in range(60)]
    return json.dumps({"width": 600, "height": 200, "strokes": [points]})
