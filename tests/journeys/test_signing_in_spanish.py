"""Ana reads Spanish: from the message on her phone to her own page she reads every sentence of ours in Spanish."""

import re
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from consent.evidence.models import Signature
from consent.records.models import Consent
from consent.signing.models import Ceremony
from tests.cast import Cast
from tests.journeys.signing import PHONE, Look, draw_by_finger, go_on, press
from tests.links import address_of, code, paper_made, sent, speaking_spanish, token

pytestmark = pytest.mark.django_db(transaction=True)
# Words of ours that stand on the pages of a form in English, and on none in Spanish.
ENGLISH = re.compile(r"\b(Continue|Back|No thanks|Sign here|Thank you|You can|Larger text|Clear|Undo)\b")


@pytest.fixture
def cast(transactional_db):
    cast = Cast()
    assert cast.finn
    assert cast.freya
    assert cast.location.pk
    address_of(cast, cast.ana)
    sent(cast, speaking_spanish(cast, timezone.now()), at=timezone.now())
    return cast


@pytest.fixture
def look(axe) -> Look:
    """Free of axe findings, Spanish, and as wide as the phone."""

    def examine(page: Page) -> None:
        axe(page)
        expect(page.locator("html")).to_have_attribute("lang", "es")
        assert ENGLISH.findall(page.locator("body").inner_text()) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    return examine


def open_the_form(page: Page, look: Look) -> None:
    """The link in the message, then the code in the next one."""
    page.goto(f"/sign/{token()}/")
    expect(page.locator("h1")).to_have_text("Un formulario de Riverbend Family Practice")
    look(page)
    press(page, "Continuar")
    look(page)
    page.get_by_label("Las seis cifras").fill(code())
    press(page, "Abrir el formulario")
    expect(page.get_by_text("Hola, Ana Ruiz.")).to_be_visible()


class TestASpanishSpeakerOnHerPhone:
    def test_signs_by_link_and_code_and_finds_her_own_page(self, cast, open_page, look):
        page = open_page(**PHONE, locale="en-US")
        open_the_form(page, look)
        go_on(page, look, button="Continuar")
        expect(page.locator("h1")).to_have_text("¿En esta pantalla o en papel?")
        go_on(page, look, button="Sí, en esta pantalla")
        go_on(page, look, "Solo mi primer nombre", "Mi cara en fotos o video", button="Continuar")
        go_on(page, look, "Nuestro sitio web", button="Continuar")
        more = "Más de una publicación, dentro de los límites de este formulario"
        go_on(page, look, "Publicaciones normales que se quedan", more, button="Continuar")
        why = "Para contar cómo es nuestra atención, con mi historia (un testimonio)"
        go_on(page, look, why, button="Continuar")
        look(page)
        page.locator("[name=ends][value=offered]").check()
        press(page, "Continuar")
        go_on(page, look, "Leí este formulario, o alguien me lo leyó.", button="Continuar")
        look(page)
        draw_by_finger(page)
        press(page, "Firmar")
        expect(page.locator("h1")).to_have_text("Gracias")
        paper_made(timezone.now())
        own_page = page.get_by_role("link", name="/my/").get_attribute("href")
        look(page)
        signature, consent = Signature.objects.get(), Consent.objects.get()
        assert (signature.factor, signature.language) == ("one_time_code", "es")
        assert set(consent.scope["platforms"]) == {"website"}

        page.goto(urlsplit(own_page).path)
        expect(page.locator("h1")).to_have_text("Su propia página")
        look(page)
        page.get_by_label("Mes").select_option("marzo")
        page.get_by_label("Día").fill("2")
        page.get_by_label("Año").fill("1984")
        page.get_by_role("button", name="Mostrar").click()
        expect(page.locator("h1")).to_have_text("Ana, esto es lo que usted permitió.")
        look(page)

    def test_says_no_thanks_without_a_reason(self, cast, open_page, look):
        page = open_page(**PHONE)
        open_the_form(page, look)
        go_on(page, look, button="Continuar")
        page.get_by_role("button", name="No, gracias").click()
        expect(page.locator("h1")).to_have_text("Gracias")
        look(page)
        assert Ceremony.objects.get().state == "declined"
