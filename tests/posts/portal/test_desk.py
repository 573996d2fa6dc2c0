"""The front desk gives a new link: on paper, or by mail to an address on file."""

import re

import pytest
from django.test import Client

from consent.outbox.models import OutgoingMail
from consent.people.actions import add_contact_point
from consent.people.models import ContactPoint, Person
from tests.cast import NOW, Cast, by
from tests.consents import given_authority, signed_consent

from .visiting import come_in, give_birth_date, given_link, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast: Cast) -> Client:
    """Finn at the front desk; Ana signed and has an e-mail address that nobody checked."""
    signed_consent(cast, cast.ana)
    add_contact_point(person=cast.ana, kind="email", value="ana@example.org", by=by(cast.finn), at=NOW)
    client = Client()
    client.force_login(cast.finn)
    return client


def links_of(cast: Cast, person: Person | None = None) -> str:
    return f"/p/riverbend/people/{(person or cast.ana).pk}/own-page/"


class TestTheDesk:
    def test_finds_it_from_the_record(self, desk: Client, cast: Cast) -> None:
        assert links_of(cast) in text_of(desk.get(f"/p/riverbend/people/{cast.ana.pk}/"))

    def test_sees_which_links_there_are(self, desk: Client, cast: Cast) -> None:
        assert "No link that opens the page." in text_of(desk.get(links_of(cast)))
        given_link(cast, cast.ana)
        assert "Link given <time" in text_of(desk.get(links_of(cast)))

    def test_prints_a_link_that_opens_the_page_and_ends_the_old_one(self, desk: Client, cast: Cast) -> None:
        _, old = given_link(cast, cast.ana)
        page = desk.post(f"{links_of(cast)}print/", {"holder": "self"})
        [path] = re.findall(r"http://localhost:8000(/my/[\w-]+/)", text_of(page))
        assert "<svg" in text_of(page)
        assert "no-store" in page["Cache-Control"]
        assert come_in(Client(), path).status_code == 200
        assert Client().get(old).status_code == 404

    def test_prints_in_the_holders_language(self, desk: Client, cast: Cast) -> None:
        Person.objects.filter(pk=cast.ana.pk).update(language="es")
        page = text_of(desk.post(f"{links_of(cast)}print/", {"holder": "self"}))
        assert "Escanee el código con su teléfono" in page

    def test_mails_a_link_and_the_birth_date_given_through_it_checks_the_address(
        self, desk: Client, cast: Cast, client: Client
    ) -> None:
        point = ContactPoint.objects.get()
        page = desk.post(f"{links_of(cast)}mail/", {"holder": "self", "point": point.pk}, follow=True)
        assert "on its way to ana@example.org" in text_of(page)
        mail = OutgoingMail.objects.get()
        [path] = re.findall(r"http://localhost:8000(/my/[\w-]+/)", mail.body)
        come_in(client, path)
        assert ContactPoint.objects.get().verified_at is None
        give_birth_date(client, cast.ana.date_of_birth)
        assert ContactPoint.objects.get().verified_at == NOW

    def test_mails_nowhere_else(self, desk: Client, cast: Cast) -> None:
        other = add_contact_point(
            person=cast.vic, kind="email", value="vic@example.org", by=by(cast.finn), at=NOW
        )
        for point in (other.pk, "", "x"):
            answer = desk.post(f"{links_of(cast)}mail/", {"holder": "self", "point": point}, follow=True)
            assert "Nothing was sent" in text_of(answer)
        assert not OutgoingMail.objects.exists()

    def test_gives_one_to_whoever_may_sign_now_and_to_nobody_else(self, desk: Client, cast: Cast) -> None:
        standing = given_authority(cast, cast.bea, cast.carla)
        ended = given_authority(cast, cast.bea, cast.vic, ended_at=NOW)
        page = text_of(desk.get(links_of(cast, cast.bea)))
        assert "Carla Ruiz" in page
        assert "Vic Stone" not in page
        prints = f"{links_of(cast, cast.bea)}print/"
        assert desk.post(prints, {"holder": str(standing.pk)}).status_code == 200
        assert desk.post(prints, {"holder": str(ended.pk)}).status_code == 404
