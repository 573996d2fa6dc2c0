"""The author's page, for tests: a phone that opened the link, the code, the papers signed one after the other."""

from datetime import datetime
from typing import Any

from django.test import Client

from consent.evidence.models import Signature
from consent.people.models import Person
from consent.signing.models import Ceremony
from posts.community.models import RepostRequest
from tests.cast import NOW, Cast, make_person
from tests.ceremonies import answered, signed
from tests.links import ADDRESS, code

PRIYA = {"given": "Priya", "family": "Nair", "born": "1990-04-01"}
LICENSED: dict[str, Any] = {
    "platforms": {"platforms": ["website"]},
    "formats": {"formats": ["post"], "edits": ["as_it_is"]},
}
PERMITTED: dict[str, Any] = {
    "elements": {"elements": ["quote"]},
    "platforms": {"platforms": ["website"]},
    "formats": {"formats": ["post"], "only_this_post": ["one"]},
}


def phone(token: str, **headers: str) -> Client:
    """A phone on which the link was opened."""
    client = Client(headers={"User-Agent": "A phone", **headers})
    client.get(f"/story/{token}/")
    return client


def asks_code(client: Client, address: str = ADDRESS, **more: str) -> Any:
    """The address is typed; a code goes there."""
    return client.post("/story/address/", {"email": address, **more}, follow=True)


def types_code(client: Client, digits: str | None = None) -> Any:
    """The newest code is typed, or other digits."""
    return client.post("/story/code/", {"code": code() if digits is None else digits}, follow=True)


def came_in(token: str, address: str = ADDRESS) -> Client:
    """A phone on which the author has typed the code."""
    client = phone(token)
    asks_code(client, address)
    types_code(client)
    return client


def ceremony_of(request: RepostRequest, kind: str = "licence") -> Ceremony:
    """A paper of the request as it is now."""
    return Ceremony.objects.get(request_form__request=request, request_form__kind=kind)


def licence_signed(request: RepostRequest, at: datetime = NOW) -> Signature:
    """The author marks what we asked for, and signs the licence, on the device that holds it."""
    return signed(answered(ceremony_of(request), at=at, **LICENSED), at=at)


def permission_signed(request: RepostRequest, at: datetime = NOW) -> Signature:
    """The patient signs the authorization, on the device that holds it."""
    return signed(answered(ceremony_of(request, "authorization"), at=at, **PERMITTED), at=at)


def a_friend(cast: Cast, **fields: Any) -> Person:
    """Somebody who is no patient, and of whom we know the name of an account."""
    person = make_person(cast.practice, "priya.n", "", NOW.date(), "author")
    Person.objects.filter(pk=person.pk).update(**({"date_of_birth": None} | fields))
    person.refresh_from_db()
    return person
