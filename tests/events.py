"""Events for tests, through the real actions and the real pages: a fair, its poster, guests on their own phones."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from consent.audit.rules import SYSTEM
from consent.cards.actions import Guest, Terms, begin_card, make_poster, open_gathering, see_card
from consent.cards.models import Card, Gathering
from consent.cards.queries import digits_of
from consent.signing.actions import Opened
from tests.cast import NOW, PIN, Cast, by
from tests.ceremonies import SCREENS, sample_wording, scribble

DAY = NOW.date()
LISTS = {
    "elements": ["first_name", "face", "quote"],
    "platforms": ["website", "instagram"],
    "formats": ["post"],
    "purposes": ["event"],
    "ends": [],
}
GUEST = {"given": "Gia", "family": "Moss", "born": "1990-05-04", "email": ""}
MARKED: dict[str, dict[str, list[str]]] = SCREENS | {
    "elements": {"elements": ["face"]},
    "platforms": {"platforms": ["website"]},
    "formats": {"formats": ["post"]},
    "purposes": {"purposes": ["event"]},
}


def fair(cast: Cast, *, day: date = DAY, at: datetime = NOW, **terms: Any) -> Gathering:
    """Finn opens the fair at Main Street."""
    usual: dict[str, Any] = {
        "name": "River Fair",
        "day": day,
        "place": "by the bandstand",
        "location": cast.location,
        "wording": sample_wording(cast, "event_card"),
        "lists": LISTS,
        "ends_on": day + timedelta(days=180),
        "privacy_notice": "2026-01",
    }
    return open_gathering(terms=Terms(**(usual | terms)), by=by(cast.finn), at=at)


def poster(cast: Cast, gathering: Gathering, *, at: datetime = NOW) -> str:
    """The token that a printed poster's code holds."""
    return make_poster(gathering=gathering, by=by(cast.finn), at=at)


def scanned(token: str, **headers: str) -> Client:
    """A guest's phone that scanned the poster."""
    client = Client(headers={"User-Agent": "A phone", **headers})
    client.get(f"/card/{token}/")
    return client


def begins(client: Client, page: Any = None, **typed: str) -> Any:
    """What the guest's phone shows after the name was sent, with the number of the page it was typed on."""
    page = page or client.get("/card/")
    found = re.search(r'name="once" value="([^"]+)"', page.content.decode())
    once = found[1] if found else ""
    return client.post("/card/begin/", {**GUEST, "lang": "en", "once": once, **typed}, follow=True)


def begun(token: str, **typed: str) -> Client:
    """A guest's phone on which the card is open."""
    client = scanned(token)
    begins(client, **typed)
    return client


def taken(gathering: Gathering, once: str = "the only page", *, at: datetime = NOW) -> Opened:
    """A guest begins a card, without a browser; what theirs would keep."""
    guest = Guest("Gia", "Moss", date(1990, 5, 4), "", "en")
    return begin_card(poster=gathering.posters.all()[0], guest=guest, once=once, by=SYSTEM, at=at)


def marked(client: Client, *, until: str = "sign", **screens: dict[str, list[str]]) -> Client:
    """The guest answers every screen up to `until`."""
    for step in ("welcome", "disclosure", "elements", "platforms", "formats", "purposes", "ends", "review"):
        if step == until:
            return client
        client.post(reverse("signing:own_answer"), {"step": step, **{**MARKED, **screens}[step]})
    return client


def newest() -> Card:
    """The card that was begun last."""
    return Card.objects.select_related("ceremony", "gathering").latest("pk")


def seen(cast: Cast, card: Card | None = None, *, at: datetime = NOW, **told: Any) -> Card:
    """Finn looked at a photo ID, and Freya beside him says so with her PIN."""
    card = card or newest()
    usual = {"digits": digits_of(card), "witness": cast.freya, "pin": PIN, "identity_method": "photo_id"}
    return see_card(card=card, by=by(cast.finn), at=at, **(usual | told))


def signs(client: Client) -> Any:
    """The guest draws a signature."""
    return client.post(reverse("signing:own_sign"), {"method": "drawn", "drawing": scribble()}, follow=True)


def guest(cast: Cast, token: str, **typed: str) -> Client:
    """A guest from the code to the signature."""
    client = marked(begun(token, **typed))
    seen(cast)
    signs(client)
    return client
