"""The walk: a story is stopped in three places, each mended in one tap, and what goes out is what was allowed.

The words name a patient, what they were treated for and when; the picture has a whiteboard behind the patient; the
permission covers the name, the treatment and the face, and no day. R2, R33, R34, R38, R43.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from playwright.sync_api import Locator, Page, expect

from consent.audit.rules import Actor
from consent.files.store import read
from consent.media.models import BackgroundReview, PictureScan, Rendition
from consent.media.sight import DetectorUnavailable, looked_at
from posts.clearance.models import Clearing
from posts.content.models import Mention, Version
from posts.publishing.work import look_once, work_once
from tests.cast import NOW, Cast, make_person
from tests.consents import signed_consent
from tests.drafts import a_channel
from tests.journeys.test_marketer_composes import signed_in
from tests.pictures import as_file

WORKER = Actor("worker", "journey")
BOARD = (420, 60, 940, 380)
TOLD = "Maria rang the bell today after 18 rounds of chemotherapy!"
ALLOWED = "Maria rang the bell after 18 rounds of chemotherapy!"


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    with time_machine.travel(NOW, tick=True):
        cast = Cast()
        cast.practice.screens_words = True
        cast.practice.save()
        yield cast


@pytest.fixture(scope="module")
def has_detectors() -> bool:
    """Whether the extra `images` is installed; without it a person looks over each picture."""
    try:
        looked_at(as_file(scene("Hello")))
    except DetectorUnavailable:
        return False
    return True


def scene(*lines: str) -> Image.Image:
    """A room: a person close to the camera, and behind them a whiteboard with writing."""
    image = Image.new("RGB", (1000, 700), "#cfd8dc")
    draw = ImageDraw.Draw(image)
    draw.ellipse((-100, 300, 420, 1200), fill="#7b6f8f")
    draw.ellipse((60, 120, 300, 420), fill="#d9b28f")
    image = image.filter(ImageFilter.GaussianBlur(30))
    draw = ImageDraw.Draw(image)
    draw.rectangle(BOARD, fill="white", outline="#90a4ae", width=6)
    font = ImageFont.load_default(size=44)
    for number, line in enumerate(lines):
        draw.text((470, 110 + 90 * number), line, fill="#102a6b", font=font)
    return image


def work() -> None:
    """A worker does all there is to do, looking at pictures too."""
    for _ in range(50):
        looked = look_once(by=WORKER, clock=timezone.now)
        if not work_once(by=WORKER, clock=timezone.now) and not looked:
            return
    raise AssertionError("The worker never rests.")


def seen(page: Page, axe: Callable[[Page], None]) -> None:
    """Nothing on the page breaks WCAG 2.2 AA, and nothing of it lies beyond the edge."""
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def gate_of(page: Page) -> Locator:
    return page.get_by_role("complementary", name="The gate")


def add_the_picture(page: Page, file: Path) -> None:
    page.goto("/p/riverbend/pictures/add/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("What is it called").fill("The bell")
    page.get_by_role("radio", name="Someone who works here").check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="The bell")).to_be_visible()
    work()


def write(page: Page) -> None:
    page.goto("/p/riverbend/posts/begin/")
    page.get_by_label("What is it about").fill("The bell")
    page.get_by_role("radio", name="tell people about our care, with a story").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="+ Our wall").click()
    page.get_by_label("The words for Our wall").fill(TOLD)
    page.get_by_role("button", name="Add a picture").click()
    page.get_by_role("button", name="The bell").click()
    expect(page.get_by_label("Describe it for those who cannot see it")).to_be_focused()
    page.keyboard.type("Somebody rings a brass bell")


def stopped_by_the_words(page: Page) -> None:
    """The name, the day and the care are underlined; one tap says whose all of it is."""
    gate = gate_of(page)
    expect(page.locator(".marked-under mark")).to_have_text(
        ["Maria", "rang the bell", "today", "18 rounds of chemotherapy"]
    )
    gate.get_by_role("button", name="It is Maria, in all of this").click()
    expect(gate.get_by_text("18 rounds of chemotherapy")).to_have_count(0)
    expect(page.locator(".marked-under mark")).to_have_count(0)


def stopped_by_the_picture(page: Page, *, has_detectors: bool) -> None:
    """Who it is, and what stands behind them: one tap each."""
    gate = gate_of(page)
    gate.get_by_role("button", name="It is Maria", exact=True).click()
    expect(gate.get_by_text("Not everybody in picture 1 is named.")).to_have_count(0)
    if has_detectors:
        expect(gate.get_by_text("Something here points to a person: writing, in picture 1.")).to_be_visible()
        gate.get_by_role("button", name="Cover it").click()
        expect(gate.get_by_text("A picture is being looked at.")).to_be_visible()
        work()
    else:
        expect(gate.get_by_text("Nobody has looked over picture 1.")).to_be_visible()
        expect(gate.get_by_text("Look at: screens and monitors; boards, calendars")).to_be_visible()
        gate.get_by_role("button", name="I have looked over all of it").click()
    expect(gate.get_by_text("picture 1.")).to_have_count(0)


def stopped_by_the_permission(page: Page) -> None:
    """She allowed no day: one tap leaves it out."""
    gate = gate_of(page)
    expect(gate.get_by_text("Maria has not allowed: dates of care or birth.")).to_be_visible()
    gate.get_by_role("button", name="Leave out “today”").click()
    expect(page.get_by_label("The words for Our wall")).to_have_value(ALLOWED)


def approve(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/p/riverbend/reviews/")
    page.get_by_role("link", name="Look at it: The bell").click()
    page.get_by_role("checkbox", name="I looked at the words").check()
    seen(page, axe)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Nothing waits for review.")).to_be_visible()


def send_it(page: Page) -> None:
    page.reload()
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("When shall it go out?")).to_have_count(0)
    work()


@pytest.mark.parametrize("width", [1280, 390])
class TestAStoryWithAWhiteboardBehindIt:
    def test_is_stopped_in_three_places_mended_in_one_tap_each_and_goes_out_as_allowed(
        self,
        cast: Cast,
        open_page: Callable[..., Page],
        axe: Callable[[Page], None],
        tmp_path: Path,
        width: int,
        has_detectors: bool,
    ) -> None:
        maria = make_person(cast.practice, "Maria", "Vega", date(1990, 1, 1))
        signed_consent(cast, maria, elements=["first_name", "face", "treatment"], platforms=["website"])
        a_channel(cast)
        # What a machine cannot read here a person does: then the board says nothing of anybody.
        lines = ("OR 4  J. Ortega", "DOB 04/12/1961") if has_detectors else ("Wash your hands",)
        (tmp_path / "bell.jpg").write_bytes(as_file(scene(*lines), quality=95))
        dan = signed_in(open_page(width=width), cast.dan)
        eve = signed_in(open_page(width=width), cast.eve)

        add_the_picture(dan, tmp_path / "bell.jpg")
        write(dan)
        expect(gate_of(dan).get_by_text("stopped by 6")).to_be_visible()
        seen(dan, axe)
        stopped_by_the_words(dan)
        stopped_by_the_picture(dan, has_detectors=has_detectors)
        stopped_by_the_permission(dan)
        expect(dan.get_by_text("Ready for review")).to_be_visible()
        seen(dan, axe)
        dan.get_by_role("button", name="Send for review").click()
        expect(dan.get_by_text("Sent for review.")).to_be_visible()
        approve(eve, axe)
        send_it(dan)

        stranger = open_page(width=width)
        stranger.goto("/wall/riverbend/")
        expect(stranger.get_by_text(ALLOWED)).to_be_visible()
        expect(stranger.get_by_alt_text("Somebody rings a brass bell")).to_be_visible()
        assert "today" not in stranger.content()
        seen(stranger, axe)
        self._shows_what_was_allowed(stranger, maria.pk, has_detectors=has_detectors)

    def _shows_what_was_allowed(self, wall: Page, maria: int, *, has_detectors: bool) -> None:
        """The words use the name and the treatment, nothing was cleared away, and the picture is the mended one."""
        assert sorted(Mention.objects.get(person=maria).elements) == ["first_name", "treatment"]
        assert not Clearing.objects.exists()
        shown = Version.objects.get().media.get().rendition
        address = wall.get_by_alt_text("Somebody rings a brass bell").get_attribute("src")
        sent = wall.request.get(str(address)).body()
        assert hashlib.sha256(sent).hexdigest() == shown.sha256
        if has_detectors:
            assert shown.origin is not None
            assert shown == Rendition.objects.latest("made_at")
            assert PictureScan.objects.filter(rendition=shown, state="looked", texts=0).exists()
            assert sent == read("renditions", shown.storage_key)
        else:
            assert BackgroundReview.objects.get().rendition == shown
