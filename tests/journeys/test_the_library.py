"""The library by keys alone, and an upload of an event undone from the page that added it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from consent.media.models import Asset
from tests.cast import Cast
from tests.consents import signed_consent
from tests.drafts import a_channel
from tests.journeys.test_marketer_composes import signed_in
from tests.pictures import as_file, given_picture, patterned


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


def seen(page: Page, axe: Callable[[Page], None]) -> None:
    """Nothing on the page breaks WCAG 2.2 AA, and nothing of it lies beyond the edge."""
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [1280, 390])
class TestTheLibrary:
    def test_is_walked_chosen_from_and_opened_by_keys(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None], width: int
    ) -> None:
        wall = a_channel(cast)
        signed_consent(cast, cast.ana)
        for number in (1, 2, 3):
            given_picture(cast, cast.ana, label=f"bell {number}")
        given_picture(cast, cast.bea, label="never asked")
        page = signed_in(open_page(width=width), cast.dan)
        page.goto("/p/riverbend/pictures/")
        page.get_by_role("link", name="Usable on Our wall today").click()
        expect(page.get_by_text("3 pictures that may go on Our wall today")).to_be_visible()
        expect(page.get_by_text("never asked")).to_have_count(0)
        seen(page, axe)

        cards = page.locator(".picture-card")
        cards.first.focus()
        page.keyboard.press("ArrowRight")
        expect(cards.nth(1)).to_be_focused()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
        expect(page.get_by_role("button", name="Begin a post with these 2 pictures")).to_be_visible()
        seen(page, axe)
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Begin a post")).to_have_count(0)
        page.keyboard.press("Space")
        page.get_by_role("button", name="Begin a post with this picture").click()
        page.get_by_label("What is it about").fill("The bell")
        page.get_by_role("radio", name="teach people").check()
        page.get_by_role("button", name="Begin").click()
        expect(page.locator(f"input[name=picture-{wall.pk}]")).to_have_count(1)

        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"/p/riverbend/pictures/?on={wall.pk}")
        cards.first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="bell 3")).to_be_visible()

    def test_undoes_an_upload_of_an_event(
        self,
        cast: Cast,
        open_page: Callable[..., Page],
        axe: Callable[[Page], None],
        tmp_path: Path,
        width: int,
    ) -> None:
        files = []
        for number in range(4):
            files.append(tmp_path / f"event{number}.jpg")
            files[-1].write_bytes(as_file(patterned(seed=number)))
        page = signed_in(open_page(width=width), cast.dan)
        page.goto("/p/riverbend/pictures/add/")
        page.locator("input[type=file]").set_input_files(files)
        page.get_by_label("What is it called").fill("Event")
        page.get_by_label("Event or series").fill("Open house")
        page.get_by_role("radio", name="Someone who works here").check()
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_text("4 added, 0 there already, 0 not used.").first).to_be_visible()
        seen(page, axe)
        assert {str(one.upload) for one in Asset.objects.all()} == {"Open house"}

        page.get_by_role("button", name="Undo this upload").click()

        expect(
            page.get_by_text("Undone. All 4 pictures are taken back, and the files are deleted.")
        ).to_be_visible()
        expect(page.get_by_text("No pictures yet.")).to_be_visible()
        assert not Asset.objects.filter(taken_back_at=None).exists()
