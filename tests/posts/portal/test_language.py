"""The person's language first, then whatever they chose; every page of a visit in it."""

from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from consent.people.models import Person
from posts.portal.texts import day_said, known_language, listed, when_said
from tests.cast import NOW, Cast
from tests.consents import given_authority, signed_consent

from .visiting import come_in, give_birth_date, given_link, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def spanish(client: Client, cast: Cast) -> Client:
    """Ana, who reads Spanish, on her page."""
    signed_consent(cast, cast.ana)
    Person.objects.filter(pk=cast.ana.pk).update(language="es")
    come_in(client, given_link(cast, cast.ana)[1])
    return client


class TestThePersonsLanguage:
    def test_comes_first(self, spanish: Client) -> None:
        page = text_of(spanish.get("/my/"))
        assert '<html lang="es">' in page
        assert "Escriba su fecha de nacimiento." in page

    def test_holds_for_what_was_allowed_and_where(self, spanish: Client, cast: Cast) -> None:
        page = text_of(give_birth_date(spanish, cast.ana.date_of_birth))
        assert "Ana, esto es lo que usted permitió." in page
        assert "Primer nombre, cara, sus palabras sobre su atención, problema de salud y tratamiento" in page
        assert "Nuestro sitio web, Instagram y Facebook" in page
        assert "31 de mayo de 2027" in page

    def test_holds_for_complaints(self, spanish: Client) -> None:
        page = text_of(spanish.post("/my/birth-date/", {"month": 2, "day": 30, "year": 1984}))
        assert "Ese día no existe." in page
        assert "Quedan 5 intentos." in page

    def test_is_the_representatives_where_one_holds_the_link(self, client: Client, cast: Cast) -> None:
        Person.objects.filter(pk=cast.carla.pk).update(language="es")
        authority = given_authority(cast, cast.bea, cast.carla)
        assert "La página de la persona" in text_of(come_in(client, given_link(cast, cast.bea, authority)[1]))

    def test_is_english_where_we_speak_no_other(self, client: Client, cast: Cast) -> None:
        Person.objects.filter(pk=cast.ana.pk).update(language="vi")
        assert "Your own page" in text_of(come_in(client, given_link(cast, cast.ana)[1]))


class TestChoosing:
    def test_is_remembered_on_later_visits(self, spanish: Client, cast: Cast) -> None:
        spanish.post("/my/language/", {"language": "en", "next": "/my/"})
        assert "Give your birth date." in text_of(spanish.get("/my/"))
        come_in(spanish, given_link(cast, cast.ana)[1])
        assert "Give your birth date." in text_of(spanish.get("/my/"))

    def test_leads_back_to_where_one_was(self, spanish: Client) -> None:
        chosen = spanish.post("/my/language/", {"language": "en", "next": "/my/revoke/"})
        assert chosen["Location"] == "/my/revoke/"

    @pytest.mark.parametrize("target", ["https://example.org/", "//example.org/my/", "/p/riverbend/", ""])
    def test_leads_nowhere_else(self, spanish: Client, target: str) -> None:
        assert spanish.post("/my/language/", {"language": "en", "next": target})["Location"] == "/my/"

    def test_of_a_language_we_do_not_speak_changes_nothing(self, spanish: Client) -> None:
        spanish.post("/my/language/", {"language": "<script>", "next": "/my/"})
        assert '<html lang="es">' in text_of(spanish.get("/my/"))

    def test_needs_no_link(self, client: Client) -> None:
        page = client.get("/my/never-issued/", headers={"accept-language": "es-MX,es;q=0.9,en;q=0.8"})
        assert "Este enlace no abre ninguna página" in text_of(page)


class TestSayingThingsInSpanish:
    def test_days_and_hours(self) -> None:
        here = NOW.astimezone(ZoneInfo("America/New_York"))
        assert when_said("es", here, here.date()) == "hoy a las 10:00 a. m."
        assert (
            when_said("es", here.replace(day=3, hour=13, minute=5), here.date())
            == "el 3 de noviembre a la 1:05 p. m."
        )
        assert day_said("es", here.date()) == "23 de noviembre de 2026"

    def test_lists(self) -> None:
        assert listed("es", ["Facebook", "Instagram"]) == "Facebook e Instagram"
        assert listed("es", ["cara", "edad", "voz"]) == "cara, edad y voz"
        assert listed("es", ["uno", "otro"], "or") == "uno u otro"

    def test_wishes(self) -> None:
        assert known_language("", "es-MX", "en") == "es"
        assert known_language("fr", "de") == "en"
