"""Today's open house at Riverbend: guests with their own phones, one of whom has yet to be seen."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from consent.access.queries import today_at
from consent.audit.rules import SYSTEM, Actor
from consent.cards.actions import (
    Guest,
    Terms,
    begin_card,
    make_poster,
    note_no_photo,
    open_gathering,
    see_card,
)
from consent.cards.models import Card, Gathering
from consent.cards.queries import digits_of, poster_of_token, wordings_for_event
from consent.signing.actions import answer, complete_signature, decline, give_tablet_copy, sign
from consent.signing.actions.signing import Device, Mark
from consent.signing.models import Ceremony
from consent.signing.rules import read_drawing

from .signing import NOTICE, PINS, Wish, marks_of, scribble
from .world import ZONE, World

OFFERED = ("elements", "platforms", "formats", "purposes", "ends")
PHONE = Device("own", "192.0.2.77", "A guest's phone", "demo")
FACE = Wish(elements=("face",), platforms=("website",), purposes=("event",))
NAME_TOO = replace(FACE, elements=("first_name", "face"), platforms=("website", "facebook"))


def open_house(world: World) -> None:
    """Willa and Omar signed, Hanna waits to be seen, Jack said no, and a man in a red jacket said "not me"."""
    world.minutes_ago(7 * 60)
    gathering = _opened(world)
    token = make_poster(gathering=gathering, by=world.by("Finn"), at=world.wait(5))
    _signs(world, _begins(world, token, "Willa", "Whitman", NAME_TOO))
    _signs(world, _begins(world, token, "Omar", "Diaz", FACE, language="es"))
    _begins(world, token, "Hanna", "Berg", FACE)
    jack = _begins(world, token, "Jack", "Moreau", None).ceremony
    decline(ceremony=jack, by=_guest(jack), at=world.wait())
    note_no_photo(
        gathering=gathering, words="Tall man, red jacket, with a dog", by=world.by("Dan"), at=world.wait()
    )


def _opened(world: World) -> Gathering:
    practice, day = world.practice, today_at(world.practice, world.at)
    [wording] = wordings_for_event(practice, world.at)
    lists = {name: [row[0] for row in wording.offers[name]] for name in wording.offers if name in OFFERED}
    terms = Terms(
        name="Riverbend open house",
        day=world.now.astimezone(ZoneInfo(ZONE)).date(),
        place="in our garden",
        location=world.place,
        wording=wording,
        lists=lists,
        ends_on=day + timedelta(days=180),
        privacy_notice=NOTICE,
    )
    return open_gathering(terms=terms, by=world.by("Finn"), at=world.at)


def _begins(
    world: World, token: str, given: str, family: str, wish: Wish | None, language: str = "en"
) -> Card:
    """Somebody scans the poster; with a wish they tick it and get ready to sign."""
    at = world.wait()
    poster = poster_of_token(token, at)
    assert poster is not None
    guest = Guest.of(
        given=given,
        family=family,
        born="1986-07-08",
        email="",
        language=language,
        today=today_at(world.practice, at),
    )
    begin_card(poster=poster, guest=guest, once=f"demo-{given}", by=SYSTEM, at=at)
    card = Card.objects.select_related("ceremony__wording__template", "gathering").latest("pk")
    ceremony = card.ceremony
    while wish is not None and ceremony.step != "sign":
        sent = marks_of(ceremony, wish)[ceremony.step]
        ceremony = answer(
            ceremony=ceremony, step=ceremony.step, sent=sent, by=_guest(ceremony), at=world.wait(0.3)
        )
    return card


def _signs(world: World, card: Card) -> None:
    """Finn and Freya see a photo ID, the guest signs, and keeps the address that the phone shows."""
    see_card(
        card=card,
        digits=digits_of(card),
        witness=world.staff["Freya"],
        pin=PINS["Freya"],
        identity_method="photo_id",
        by=world.by("Finn"),
        at=world.wait(),
    )
    by, name = _guest(card.ceremony), f"guest {card.number}"
    mark = Mark(drawing=read_drawing(scribble(name)))
    signature = sign(ceremony=card.ceremony, mark=mark, device=PHONE, by=by, at=world.wait(0.5))
    complete_signature(signature=signature, by=by, at=world.wait(0.1))
    ceremony = Ceremony.objects.get(pk=card.ceremony_id)
    give_tablet_copy(ceremony=ceremony, method="screen", by=by, at=world.wait(0.5))


def _guest(ceremony: Ceremony) -> Actor:
    return Actor("person", str(ceremony.signer_id))
