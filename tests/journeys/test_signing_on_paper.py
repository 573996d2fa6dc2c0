"""Finn prints the form, Ana fills it in at home, Finn scans it and keys it in, Freya compares: then it counts (R74)."""

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from consent.records.models import Consent
from tests.cast import Cast
from tests.ceremonies import prepared
from tests.journeys.signing import Look, enter_as
from tests.papers import jpeg, pages_of, photographed, scanned, without_code

pytestmark = pytest.mark.django_db(transaction=True)


def today_in_the_practice() -> date:
    """The day on New York's calendar, which is the practice's, wherever and at whatever hour the test runs."""
    return timezone.localdate(timezone=ZoneInfo("America/New_York"))


ENDS = today_in_the_practice() + timedelta(300)
SIZES = [(1280, 800), (390, 844)]


@pytest.fixture
def cast(transactional_db):
    cast = Cast()
    assert cast.finn
    assert cast.freya
    assert cast.location.pk
    return cast


def key_in(page: Page, look: Look, *, ends_on: str) -> None:
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
    page.fill("[name=signed_on]", today_in_the_practice().isoformat())


def compare(freya: Page, look: Look) -> None:
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


def printed_by(finn: Page, look: Look, ceremony: int) -> bytes:
    """Ana would rather have it on paper: Finn prints the form; the file that goes to the printer."""
    finn.goto(f"/p/riverbend/ceremonies/{ceremony}/")
    look(finn)
    with finn.expect_response(lambda answer: answer.headers.get("content-type") == "application/pdf") as form:
        finn.get_by_role("button", name="Print it to sign on paper instead").click()
    return finn.context.request.get(form.value.url).body()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
class TestAFormOnPaper:
    def test_counts_once_two_people_have_read_it(
        self, cast, open_page, axe, tmp_path: Path, size: tuple[int, int]
    ):
        ends_on = (today_in_the_practice() + timedelta(200)).isoformat()
        ceremony = prepared(cast, at=timezone.now(), ends_on=ENDS)
        finn, freya = (open_page(width=size[0], height=size[1]) for _ in range(2))
        enter_as(finn, cast.finn)
        enter_as(freya, cast.freya)
        paper = pages_of(printed_by(finn, axe, ceremony.pk))
        scan = tmp_path / "scan.pdf"
        scan.write_bytes(scanned([photographed(page, turn=2) for page in paper]))
        stained = tmp_path / "stained.jpg"
        stained.write_bytes(jpeg(without_code(paper[0])))

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
