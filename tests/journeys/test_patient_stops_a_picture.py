"""In Spanish, on a phone: a patient takes one picture back, asks a question, and gets a new link when hers is lost."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from consent.outbox.models import OutgoingMail
from consent.people.actions import add_contact_point, confirm_contact_point
from consent.people.models import Person
from consent.records.actions import issue_holder_link
from posts.portal.actions import send_asked_links
from posts.publishing.actions import schedule
from posts.publishing.models import Delivery
from tests.cast import NOW, Cast, by
from tests.consents import given_authority, signed_consent
from tests.journeys.working import WORKER, work
from tests.posts.outgoing import approved, given_account, given_version


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    with time_machine.travel(NOW, tick=True):
        yield Cast()


def given_story(cast: Cast) -> str:
    """Ana, who reads Spanish, is on the wall with a picture and with words; the path of her link."""
    signed_consent(cast, cast.ana)
    Person.objects.filter(pk=cast.ana.pk).update(language="es")
    for picture, caption in ((True, "Ana rang the bell today."), (False, "Thank you, Ana.")):
        version = given_version(cast, given_account(cast), cast.ana, picture=picture, caption=caption)
        schedule(version=approved(cast, version), due_at=NOW, by=by(cast.dan), at=NOW)
    work()
    _, token = issue_holder_link(person=cast.ana, representation=None, by=by(cast.finn), at=NOW)
    return f"/my/{token}/"


def give_birth_date(page: Page) -> None:
    page.get_by_label("Mes").select_option("marzo")
    page.get_by_label("Día").fill("2")
    page.get_by_label("Año").fill("1984")
    page.get_by_role("button", name="Mostrar").click()


def is_as_wide_as_the_phone(page: Page) -> None:
    """Nothing sticks out: no scrolling sideways (WCAG 1.4.10). Asked once the style sheets are there."""
    page.wait_for_load_state("load")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


class TestAPatientOnHerPhone:
    def test_stops_one_picture_and_sees_it_gone(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None]
    ) -> None:
        path = given_story(cast)
        page, stranger = open_page(width=390, java_script_enabled=True), open_page()
        stranger.goto("/wall/riverbend/")
        expect(stranger.get_by_text("Ana rang the bell today.")).to_be_visible()
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", "es")
        axe(page)
        give_birth_date(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Ana, esto es lo que usted permitió.")
        is_as_wide_as_the_phone(page)

        # One tap and a confirmation.
        page.get_by_role("link", name="Dejar de mostrar la foto 1").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("¿Dejar de mostrar esta foto?")
        expect(page.get_by_alt_text("Foto 1")).to_be_visible()
        is_as_wide_as_the_phone(page)
        axe(page)
        page.get_by_role("button", name="Sí, detener").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Esto se detiene: una foto.")
        expect(page.get_by_text("Desde ahora no empieza nada nuevo.")).to_be_visible()
        expect(page.get_by_text("Impresiones, capturas de pantalla y copias")).to_be_visible()
        axe(page)
        stranger.reload()
        expect(stranger.get_by_text("Thank you, Ana.")).to_be_visible()
        expect(stranger.get_by_text("Ana rang the bell today.")).to_have_count(0)
        work()
        page.reload()
        expect(page.get_by_role("heading", name="Lo que ya se quitó")).to_be_visible()
        expect(page.get_by_text("Quitado hoy a las")).to_be_visible()
        page.get_by_role("link", name="Volver a mi página").click()
        expect(page.get_by_role("heading", name="Lo que usted detuvo")).to_be_visible()
        expect(page.get_by_text("Publicado desde el 23 de noviembre.")).to_be_visible()
        is_as_wide_as_the_phone(page)
        axe(page)

    def test_asks_a_question_and_reads_in_english_from_then_on(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None]
    ) -> None:
        path = given_story(cast)
        page = open_page(width=390)
        page.goto(path)
        page.get_by_role("link", name="Hacer una pregunta aquí").click()
        axe(page)
        page.get_by_role("button", name="Enviar mi pregunta").click()
        expect(page.get_by_text("Escriba primero su pregunta.")).to_be_visible()
        axe(page)
        page.get_by_label("Su pregunta").fill("¿Quién la vio?")
        page.get_by_role("button", name="Enviar mi pregunta").click()
        expect(page.get_by_text("Su pregunta está en la recepción.")).to_be_visible()
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your own page")
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text("Your own page")

    def test_gets_a_new_link_for_a_lost_one_without_scripts(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None], live_server
    ) -> None:
        given_story(cast)
        point = add_contact_point(
            person=cast.ana, kind="email", value="ana@example.org", by=by(cast.finn), at=NOW
        )
        confirm_contact_point(point=point, by=by(cast.finn), at=NOW)
        page = open_page(width=390, java_script_enabled=False, locale="es-MX")
        page.goto("/my/lost-and-gone/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Este enlace no abre ninguna página")
        page.get_by_role("link", name="Recibir un enlace nuevo").click()
        page.get_by_label("Correo electrónico").fill("ana@example.org")
        page.get_by_role("button", name="Enviarme un enlace").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Revise su correo")
        send_asked_links(by=WORKER, at=timezone.now())
        [body] = OutgoingMail.objects.filter(kind="own_page_link").values_list("body", flat=True)
        address = next(line for line in body.splitlines() if "/my/" in line)
        page.goto(f"/my/{address.split('/my/')[1]}")
        give_birth_date(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Ana, esto es lo que usted permitió.")
        page.get_by_role("link", name="Detener en Facebook").click()
        page.get_by_role("button", name="Sí, detener").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Esto se detiene: Facebook.")
        is_as_wide_as_the_phone(page)


class TestThePagesAround:
    def test_are_free_of_axe_findings_and_fit_the_phone(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None]
    ) -> None:
        authority = given_authority(cast, cast.bea, cast.carla, ended_at=NOW - timedelta(days=1))
        _, token = issue_holder_link(person=cast.bea, representation=authority, by=by(cast.finn), at=NOW)
        page = open_page(width=390)
        for path in (
            "/my/",
            f"/my/{token}/",
            "/my/lost/riverbend/",
            "/my/lost/riverbend/sent/",
            "/wall/riverbend/",
        ):
            page.goto(path)
            axe(page)
            is_as_wide_as_the_phone(page)
        page.goto("/my/lost/riverbend/")
        page.get_by_role("button", name="Send me a link").click()
        expect(page.get_by_text("That is no complete e-mail address.")).to_be_visible()
        axe(page)

    def test_stay_whole_when_enlarged_twice(self, cast: Cast, open_page: Callable[..., Page]) -> None:
        """Half as many pixels for the same page: what a browser does at 200 %."""
        path = given_story(cast)
        page = open_page(width=640, height=450)
        page.goto(path)
        give_birth_date(page)
        expect(page.get_by_role("link", name="Dejar de compartir todo")).to_be_visible()
        is_as_wide_as_the_phone(page)
        assert Delivery.objects.count() == 2
