"""A permission signed at the tablet, from preparing it to the copy, as it happens at the desk."""

import json
import math
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from consent.audit.rules import Actor
from consent.signing.actions import (
    Offer,
    answer,
    complete_signature,
    give_tablet_copy,
    hand_over,
    prepare,
    sign,
    take_back,
    witness,
)
from consent.signing.actions.signing import Device, Mark
from consent.signing.models import Ceremony
from consent.signing.rules import read_drawing
from consent.wording.models import Wording

from .practice import SIGN_INS
from .world import ZONE, World

PINS = {one.name: one.pin for one in SIGN_INS}
TABLET = Device("kiosk", "192.0.2.10", "Tablet at the desk", "demo")
NOTICE = "2024-07"


@dataclass(frozen=True)
class Wish:
    """What somebody ticks, and for how many days."""

    elements: tuple[str, ...] = ("first_name", "face", "quote")
    platforms: tuple[str, ...] = ("website", "instagram", "facebook")
    formats: tuple[str, ...] = ("post",)
    purposes: tuple[str, ...] = ("testimonial", "team")
    days: int = 360
    kind: str = "authorization_adult"


def asked(world: World, name: str, wish: Wish) -> Ceremony:
    """Finn prepares the form in the language that they read."""
    wording = Wording.objects.select_related("template").get(
        practice=world.practice, template__kind=wish.kind, language=world.people[name].language
    )
    day = world.at.astimezone(ZoneInfo(ZONE)).date() + timedelta(days=wish.days)
    lists = ("elements", "platforms", "formats", "purposes")
    offer = Offer(
        lists={key: [line.key for line in wording.form().offers.get(key, ())] for key in lists},
        ends_on=day,
        privacy_notice=NOTICE,
        capacity_attested=True,
    )
    return prepare(
        person=world.people[name],
        wording=wording,
        representation=world.authorities.get(name),
        location=world.place,
        offer=offer,
        by=world.by("Finn"),
        at=world.wait(),
    )


def ready_to_sign(world: World, name: str, wish: Wish) -> Ceremony:
    """Prepared, and Freya sees a photo ID and says so with her PIN."""
    return witness(
        ceremony=asked(world, name, wish),
        witness=world.staff["Freya"],
        pin=PINS["Freya"],
        identity_method="photo_id",
        by=world.by("Finn"),
        at=world.wait(),
    )


def sign_at_the_tablet(world: World, name: str, wish: Wish, *, copied: bool = True) -> None:
    """The whole ceremony; without `copied` the signer leaves before the copy is shown."""
    ceremony = ready_to_sign(world, name, wish)
    hand_over(ceremony=ceremony, by=world.by("Finn"), at=world.wait())
    ceremony.refresh_from_db()
    signer = Actor("person", str(ceremony.signer_id))
    while ceremony.step != "sign":
        sent = marks_of(ceremony, wish)[ceremony.step]
        ceremony = answer(ceremony=ceremony, step=ceremony.step, sent=sent, by=signer, at=world.wait(0.5))
    mark = Mark(drawing=read_drawing(scribble(name)))
    signature = sign(ceremony=ceremony, mark=mark, device=TABLET, by=signer, at=world.wait(0.5))
    complete_signature(signature=signature, by=signer, at=world.wait(0.1))
    ceremony.refresh_from_db()
    if copied:
        give_tablet_copy(ceremony=ceremony, method="screen", by=signer, at=world.wait(0.5))
    take_back(ceremony=ceremony, pin=PINS["Finn"], by=world.by("Finn"), at=world.wait())


def marks_of(ceremony: Ceremony, wish: Wish) -> dict[str, dict[str, list[str]]]:
    """What is marked on each screen."""
    edits = [line.key for line in ceremony.wording.form().offers.get("edits", ())][:1]
    named = {f"detail_{key}": ["knee pain"] for key in wish.elements if key in ("condition", "treatment")}
    return {
        "welcome": {},
        "disclosure": {"electronic": ["yes"]},
        "elements": {"elements": list(wish.elements), **named},
        "platforms": {"platforms": list(wish.platforms)},
        "formats": {"formats": list(wish.formats), "only_this_post": ["several"], "edits": edits},
        "purposes": {"purposes": list(wish.purposes)},
        "ties": {"ties": ["none"]},
        "ends": {"ends": ["offered"]},
        "assent": {"assent": ["yes"]},
        "review": {"read": ["yes"]},
    }


def scribble(name: str) -> str:
    """A wavy line of the signer's own, as a finger draws it."""
    size = 20 + 3 * len(name)
    points = [[30 + 6 * step, 100 + size * math.sin(step / (2 + len(name) % 3))] for step in range(80)]
    return json.dumps({"width": 600, "height": 200, "strokes": [points]})
