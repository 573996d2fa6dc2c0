"""Forms sent by link, for tests: a verified address, the message, the code, the signer's own browser."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consent.audit.rules import SYSTEM, Actor
from consent.outbox.models import OutgoingMail
from consent.people.actions import add_contact_point, verify_contact_point
from consent.people.models import ContactPoint, Person
from consent.signing.actions import sealing, send_link
from consent.signing.models import Ceremony
from consent.wording.actions import review_translation
from tests.cast import NOW, Cast, by
from tests.ceremonies import prepared, sample_wording
from tests.desk import words
from tests.seals import rendered

ADDRESS = "ana@example.org"
WORKER = Actor("worker", "test")
LINK = re.compile(r"/sign/([\w-]{20,})/")


def address_of(
    cast: Cast, person: Person, value: str = ADDRESS, *, verified: bool = True, kind: str = "email"
) -> ContactPoint:
    """An address of the person, verified by Finn and Freya unless told otherwise."""
    point = add_contact_point(person=person, kind=kind, value=value, by=by(cast.finn), at=NOW)
    if verified:
        point = verify_contact_point(
            point=point, witness=cast.freya, how="photo_id", by=by(cast.finn), at=NOW
        )
    return point


def sent(cast: Cast, ceremony: Ceremony | None = None, *, at: datetime = NOW) -> Ceremony:
    """Finn sends the form by link."""
    ceremony = ceremony or prepared(cast, at=at)
    point = ceremony.signer.contact_points.first() or address_of(cast, ceremony.signer)
    return send_link(ceremony=ceremony, point=point, by=by(cast.finn), at=at)


def speaking_spanish(cast: Cast, at: datetime = NOW) -> Ceremony:
    """Ana reads Spanish, and Finn prepares the Spanish form, which somebody has reviewed."""
    Person.objects.filter(pk=cast.ana.pk).update(language="es")
    cast.ana.refresh_from_db()
    wording = sample_wording(cast, language="es")
    review_translation(
        wording=wording,
        translated_by="Lucia Prado",
        reviewed_by="Marta Ibarra, court interpreter",
        reviewed_on=NOW.date(),
        by=SYSTEM,
        at=NOW,
    )
    return prepared(cast, language="es", at=at)


def quick_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents that take no time to lay out."""
    monkeypatch.setattr(sealing, "render_pdf", lambda page, **given: rendered())


def paper_made(at: datetime = NOW) -> None:
    """A worker has made and sealed what was signed."""
    sealing.complete_signatures(by=WORKER, at=at)


def mails(kind: str) -> list[OutgoingMail]:
    """The messages of a kind, the oldest first."""
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk"))


def token() -> str:
    """The token in the newest message."""
    found = LINK.search((mails("signing_reminder") or mails("signing_link"))[-1].body)
    assert found
    return found[1]


def code(kind: str = "signing_code") -> str:
    """The six digits in the newest message."""
    found = re.search(r"\b\d{6}\b", mails(kind)[-1].body)
    assert found
    return found[0]


def browser(secret: str | None = None) -> Client:
    """A phone that opened the link."""
    client = Client(headers={"User-Agent": "A phone"})
    client.get(f"/sign/{secret or token()}/")
    return client


def post(client: Client, name: str, **data: Any) -> Any:
    """What a page of signing answers to a form."""
    return client.post(reverse(f"signing:{name}"), data, follow=True)


def opened(secret: str | None = None) -> Client:
    """A phone on which the form was opened with the code."""
    client = browser(secret)
    post(client, "begin")
    assert "Hello" in words(post(client, "open_form", code=code()))
    return client
