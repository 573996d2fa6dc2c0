"""A marketer pastes a patient's story, says who is who, begins the post, and asks by hand (S6, R50, R96; G79)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from posts.community.models import Part, RepostRequest, Snapshot, Story
from posts.community.queries import request_of_token
from tests.cast import Cast
from tests.ceremonies import sample_wording
from tests.drafts import a_channel
from tests.journeys.asking import ask, keep, say_who, send_by_hand, write_the_post
from tests.journeys.test_marketer_composes import signed_in
from tests.stories import ADDRESS, a_story


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = Cast()
    for kind in ("authorization_adult", "author_licence"):
        sample_wording(cast, kind)
    assert cast.finn
    assert cast.freya
    assert cast.ana.pk + cast.location.pk
    a_channel(cast)
    return cast


@pytest.mark.parametrize("width", [1280, 390])
class TestAMarketer:
    def test_pastes_a_story_and_asks_for_it_by_hand(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None], width: int
    ) -> None:
        from django.utils import timezone

        page = signed_in(open_page(width=width), cast.dan)
        keep(page, axe)
        assert Snapshot.objects.get().picture_sha256
        say_who(page, axe)
        assert Part.objects.get(ended_at=None).person == cast.ana
        write_the_post(page)
        ask(
            page,
            axe,
            (timezone.now().date().replace(day=1)).replace(year=timezone.now().year + 1).isoformat(),
        )
        token = send_by_hand(page, axe)
        assert request_of_token(token) == RepostRequest.objects.get()

        page.get_by_text("They replied").click()
        page.get_by_label("What they wrote").fill("#yes")
        page.get_by_role("button", name="Note it").click()
        expect(page.get_by_text("They answered, and that is not sufficient.")).to_be_visible()
        axe(page)
        page.goto("/p/riverbend/stories/?view=board")
        expect(page.get_by_role("heading", name="Author replied 1")).to_be_visible()
        axe(page)
        page.get_by_role("link", name="List", exact=True).click()
        expect(page.get_by_role("link", name="Open the story of @rosa.runs")).to_be_visible()
        axe(page)

    def test_is_led_to_the_story_that_a_colleague_kept_and_leaves_a_kind_word(
        self, cast: Cast, open_page: Callable[..., Page], axe: Callable[[Page], None], width: int
    ) -> None:
        a_story(cast)
        page = signed_in(open_page(width=width), cast.mia)
        page.goto("/p/riverbend/stories/keep/")
        page.get_by_label("Address of the post").fill(ADDRESS + "?utm_source=x")
        expect(page.get_by_text("This story is here already: Dan kept it.")).to_be_visible()
        axe(page)
        page.get_by_role("link", name="Open the one that is here").click()
        expect(page.get_by_role("heading", level=1, name="@rosa.runs")).to_be_visible()
        page.context.route(re.compile("instagram"), lambda route: route.fulfill(body="A post"))
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Like it").focus()
            page.keyboard.press("Enter")
        assert opened.value.url == ADDRESS
        expect(page.get_by_text("Liked: Mia")).to_be_visible()
        axe(page)
        assert Story.objects.get().sign == "like"
