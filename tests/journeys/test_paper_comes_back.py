"""Finn prints the form, Ana fills it in at home, Finn scans it and keys it in, Freya compares: then it counts (R74)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from consent.access.models import User
from consent.paper.actions import print_form
from consent.records.models import Consent
from tests.cast import Cast, by
from tests.ceremonies import prepared
from tests.papers import jpeg, photographed, scanned, sheets, without_code

pytestmark = pytest.mark.django_db(transaction=True)
ENDS = timezone.localdate() + timedelta(300)
SIZES = [(1280, 800), (390, 844)]


@pytest.fixture
def cast(transactional_db):
    cast = Cast()
    assert cast.finn
    assert cast.freya
    assert cast.location.pk
    return cast


def sign_in(page: Page, user: User) -> None:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}]
    )


def key_in(page: Page, look: Callable[[Page], None], *, ends_on: str) -> None:
    """What Ana wrote, read off the scan."""
    look(page)
    page.check("text=My first name")
    page.check("text=Our website")
    page.check("[name=formats] >> nth=0")
    page.check("[name=only_this_post] >> nth=0")
    page.check("[name=purposes] >> nth=0")
    page.fill("[name=ends_on]", ends_on)
    page.check("[name=is_signed][value=yes]")
    page.fill("[name=name]", "Ana Ruiz")
    page.fill("[name=signed_on]", timezone.localdate().isoformat())


def compare(freya: Page, look: Callable[[Page], None]) -> None:
    """Freya finds it on her home page, keys it as well, misses the end, and settles that."""
    freya.goto("/p/riverbend/")
    freya.get_by_role("link", name="Compare it").click()
    look(freya)
    freya.get_by_role("link", name="Compare it").click()
    key_in(freya, look, ends_on="")
    freya.click("button:has-text('Compare')")
    expect(freya.get_by_text("Finn and Freya read it differently")).to_be_visible()
    look(freya)
    freya.check("[name=settle-ends_on][value=first]")
    freya.click("text=This is what stands there")
    expect(freya.get_by_text("Two people read it.")).to_be_visible()
    look(freya)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
class TestAFormOnPaper:
    def test_counts_once_two_people_have_read_it(
        self, cast, open_page, axe, tmp_path: Path, size: tuple[int, int]
    ):
        now, ends_on = timezone.now(), (timezone.localdate() + timedelta(200)).isoformat()
        printing = print_form(ceremony=prepared(cast, at=now, ends_on=ENDS), by=by(cast.finn), at=now)
        scan = tmp_path / "scan.pdf"
        scan.write_bytes(scanned([photographed(page, turn=2) for page in sheets(printing)]))
        stained = tmp_path / "stained.jpg"
        stained.write_bytes(jpeg(without_code(sheets(printing)[0])))
        finn, freya = (open_page(width=size[0], height=size[1]) for _ in range(2))
        sign_in(finn, cast.finn)
        sign_in(freya, cast.freya)

        finn.goto("/p/riverbend/paper/")
        axe(finn)
        finn.set_input_files("[name=scans]", stained)
        finn.click("text=Send it in")
        expect(finn.get_by_text("No code could be read.")).to_be_visible()
        assert finn.evaluate("document.querySelector('[name=scans]').files.length") == 1
        axe(finn)
        finn.set_input_files("[name=scans]", scan)
        finn.click("text=Send it in")
        expect(finn.get_by_role("heading", name="The form of Ana Ruiz")).to_be_visible()
        axe(finn)
        finn.get_by_role("link", name="Key it in").click()
        finn.click("text=Larger")
        assert finn.get_attribute(".scan", "data-zoom") == "2"
        finn.focus(".scan-pages")
        finn.keyboard.press("-")
        assert finn.get_attribute(".scan", "data-zoom") == "1"
        key_in(finn, axe, ends_on=ends_on)
        finn.click("text=Keep what I keyed")
        expect(finn.get_by_text("It counts once a colleague has keyed it as well")).to_be_visible()
        axe(finn)

        compare(freya, axe)
        consent = Consent.objects.get()
        assert (str(consent.ends_on), consent.defects) == (ends_on, [])

        freya.click("text=Say where it is")
        axe(freya)
        freya.fill("[name=place]", "Folder 12")
        freya.click("text=Write it down")
        expect(freya.get_by_text("Kept: Folder 12")).to_be_visible()
