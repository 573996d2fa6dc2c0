"""A patient's story, from her public post to the wall and down again: asked, signed twice, approved, shown, withdrawn.

The whole of R96 as those see it who take part: Dan at his desk, Ana on her phone, Eve at hers, a stranger at the wall;
and an investigator, who has the pack and a Python, and nothing of ours.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from playwright.sync_api import Page, expect

from consent.evidence.models import Signature
from posts.publishing.models import Delivery
from tests.cast import NOW, Cast
from tests.ceremonies import sample_wording
from tests.drafts import a_channel
from tests.journeys.answering import comes_in, licenses, permits
from tests.journeys.asking import ask, keep, say_who, send_by_hand, write_the_post
from tests.journeys.signing import PHONE, Look
from tests.journeys.test_marketer_composes import approve, signed_in
from tests.journeys.test_patient_withdraws import give_birth_date
from tests.journeys.working import seal, tend, work
from tests.links import address_of
from tests.stories import WORDS

WIDTHS = (1280, 390)
TITLE = "Story of Ana"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def cast(transactional_db: None, clock: time_machine.Traveller) -> Cast:
    cast = Cast()
    for kind in ("authorization_adult", "author_licence"):
        sample_wording(cast, kind)
    assert cast.finn
    assert cast.freya
    address_of(cast, cast.ana)
    a_channel(cast)
    a_channel(cast, "instagram", "@riverbend")
    return cast


def is_asked_for(desk: Page, look: Look) -> str:
    """Dan asks by hand; the way to Ana's own page for it."""
    keep(desk, look)
    say_who(desk, look)
    write_the_post(desk)
    ask(desk, look, (NOW + timedelta(days=300)).date().isoformat())
    return f"/story/{send_by_hand(desk, look)}/"


def is_signed(phone: Page, link: str, look: Look) -> str:
    """Ana signs both papers one after the other; the way to her own page, which she is shown with the copies."""
    comes_in(phone, link, look)
    licenses(phone, look)
    permits(phone, look)
    seal()
    own = phone.get_by_role("link", name="/my/")
    expect(own).to_be_visible()
    look(phone)
    return "/my/" + str(own.get_attribute("href")).split("/my/")[1]


def is_sent_for_review(desk: Page, look: Look) -> None:
    """Dan sees that everything is signed, and sends the post on from there."""
    desk.goto("/p/riverbend/stories/")
    desk.get_by_role("link", name="Open the story of @rosa.runs").click()
    desk.get_by_role("link", name="Look at the request").click()
    expect(desk.get_by_text("Everything is signed, and the gate lets it out.")).to_be_visible()
    look(desk)
    desk.get_by_role("link", name="Go on with the post").click()
    desk.get_by_role("link", name="Go on writing").click()
    desk.get_by_role("button", name="Send for review").click()
    expect(desk.get_by_text("Sent for review.")).to_be_visible()


def goes_out(desk: Page, stranger: Page) -> None:
    """Dan sends it now; it is on the wall, and nowhere else."""
    desk.reload()
    desk.get_by_role("button", name="Send it now").click()
    expect(desk.get_by_text("Scheduled. It is asked again at the last moment")).to_be_visible()
    work()
    stranger.goto("/wall/riverbend/")
    expect(stranger.get_by_text(WORDS)).to_be_visible()
    assert [(one.account.platform, one.state) for one in Delivery.objects.all()] == [("website", "published")]


def is_withdrawn(phone: Page, way: str, look: Look) -> None:
    """Ana takes the permission about her back on her own page, and leaves the licence as it is."""
    phone.goto(way)
    give_birth_date(phone)
    expect(phone.get_by_text("Out since")).to_be_visible()
    look(phone)
    phone.get_by_role("link", name="Take back the permission about you").tap()
    expect(phone.get_by_role("button", name="Yes, stop")).to_be_visible()
    look(phone)
    phone.get_by_role("button", name="Yes, stop").tap()
    expect(phone.locator("h1")).to_contain_text("This stops: the permission about you")
    look(phone)


def comes_down(stranger: Page, phone: Page) -> None:
    """The worker's rounds take it from the wall, and Ana's page says so."""
    work()
    stranger.reload()
    expect(stranger.get_by_role("heading", level=1)).to_be_visible()
    expect(stranger.get_by_text(WORDS)).to_have_count(0)
    phone.reload()
    expect(phone.get_by_text("Removed today at")).to_be_visible()
    phone.get_by_role("link", name="Back to my page").tap()
    expect(phone.get_by_text("The post, photo or video that you made")).to_be_visible()


def looked_at(desk: Page, look: Look) -> None:
    """The page as it is, wide and narrow: free of findings, and no wider than the screen."""
    for width in reversed(WIDTHS):
        desk.set_viewport_size({"width": width, "height": 900})
        look(desk)
        assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def is_handed_out(desk: Page, look: Look, folder: Path) -> dict[str, Any]:
    """Eve finds the whole of it from Stories and gets the pack: its own script finds it whole; what it tells."""
    desk.goto("/p/riverbend/stories/")
    desk.get_by_role("link", name="Stories on record").click()
    expect(desk.get_by_role("heading", name="Every request")).to_be_visible()
    looked_at(desk, look)
    desk.get_by_role("link", name="@rosa.runs").click()
    expect(desk.get_by_text("Our wall: taken down")).to_be_visible()
    expect(desk.get_by_text("Withdrawn").first).to_be_visible()
    looked_at(desk, look)
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Get the pack").click()
    zipfile.ZipFile(download.value.path()).extractall(folder)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "check.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The pack is whole." in done.stdout
    told: dict[str, Any] = json.loads((folder / "story.json").read_text())
    return told


def tells_all_of_it(told: dict[str, Any]) -> None:
    """Asked, signed twice, reviewed, out, one paper taken back, down."""
    assert told["who_is_who"][0]["who"] == "Ana Ruiz"
    assert told["request"]["sent_by"] == "Dan"
    assert told["request"]["standing"] == "withdrawn"
    assert {paper["kind"]: paper["stands"] for paper in told["papers"]} == {
        "licence": True,
        "authorization": False,
    }
    consents = {paper["kind"]: paper["consent"] for paper in told["papers"]}
    [withdrawal] = told["withdrawals"]
    assert withdrawal["consent"] == consents["authorization"]
    assert len(told["documents"]) == Signature.objects.count() == 2
    [review] = told["reviews"]
    assert (review["submitted_by"], review["outcome"], review["decided_by"]) == ("Dan", "approved", "Eve")
    [publication] = told["publications"]
    assert (publication["platform"], bool(publication["published_at"])) == ("website", True)
    [takedown] = told["takedowns"]
    assert takedown["account"] == "Our wall"
    assert takedown["deleted_at"]
    assert takedown["closed_at"]


def test_a_story_goes_from_her_post_to_the_wall_and_comes_down_when_she_says_so(
    cast: Cast, clock: time_machine.Traveller, open_page: Any, axe: Look, tmp_path: Path
) -> None:
    desk, phone, stranger = signed_in(open_page(), cast.dan), open_page(**PHONE), open_page()
    link = is_asked_for(desk, axe)
    way = is_signed(phone, link, axe)
    # The copy of the first paper goes to her address once she has left.
    clock.shift(timedelta(minutes=40))
    tend()
    work()
    desk = signed_in(open_page(), cast.dan)
    is_sent_for_review(desk, axe)
    eve = signed_in(open_page(), cast.eve)
    approve(eve, axe, TITLE)
    goes_out(desk, stranger)
    clock.shift(timedelta(hours=1))
    is_withdrawn(phone, way, axe)
    comes_down(stranger, phone)
    # It is believed to be gone only after it was watched for a while.
    clock.shift(timedelta(hours=1))
    work()
    tells_all_of_it(is_handed_out(signed_in(eve, cast.eve), axe, tmp_path))
