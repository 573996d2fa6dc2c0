"""A repost that names its author by handle asks for that, screened or not (R34, R96)."""

from dataclasses import replace

import pytest

from consent.access.models import Practice
from posts.clearance.queries import preview
from posts.content.actions import Mentioned, change_post, write_version
from posts.content.models import Version
from posts.content.queries import claims_of
from tests.cast import NOW, Cast, by
from tests.consents import signed_consent
from tests.drafts import LATER, a_channel, a_post, a_version

pytestmark = pytest.mark.django_db
CREDIT = "Rosa's story, told by @ana.walks"


@pytest.fixture(params=[False, True], ids=["without the word screen", "with the word screen"])
def cast(request: pytest.FixtureRequest) -> Cast:
    cast = Cast()
    Practice.objects.filter(pk=cast.practice.pk).update(screens_words=request.param)
    return cast


def repost(
    cast: Cast, caption: str, *mentions: Mentioned, origin: str = "https://social.example/ana.walks/7"
) -> Version:
    version = a_version(cast, a_post(cast), a_channel(cast), caption=caption, mentions=mentions)
    change_post(
        post=version.post,
        title="The bell",
        purpose="testimonial",
        location=cast.location,
        claims=replace(claims_of(version.post), origin_url=origin),
        by=by(cast.dan),
        at=NOW,
    )
    return version


def said(version: Version) -> set[tuple[str, str]]:
    """The reasons about a handle: code, and the element or the kind."""
    [ruling] = preview(version.post, LATER)
    return {
        (reason.code, key)
        for reason in ruling.verdict.reasons
        for key in reason.keys
        if key in ("handle", "HANDLE", "URL")
    }


class TestCreditInARepost:
    @pytest.mark.parametrize(
        "caption",
        [
            "Thank you @ana.walks",
            "Read it: https://social.example/ana.walks/7",
            "More at instagram.com/ana.walks",
        ],
    )
    def test_stops_it_while_nobody_said_whose_it_is(self, cast: Cast, caption: str) -> None:
        assert said(repost(cast, caption)) == {("PHI_DETECTED_UNLINKED", "HANDLE")}

    def test_asks_the_person_for_their_handle_and_nobody_clears_that(self, cast: Cast) -> None:
        signed_consent(cast, cast.ana, elements=["first_name"])
        [ruling] = preview(repost(cast, "Thank you @ana.walks", Mentioned(cast.ana, ("handle",))).post, LATER)
        found = [one for one in ruling.verdict.reasons if "handle" in one.keys]
        assert [(one.code, one.person, one.entry.weight) for one in found] == [
            ("SCOPE_ELEMENT", cast.ana.pk, "HARD")
        ]
        assert not [one for one in ruling.verdict.reasons if "HANDLE" in one.keys]

    def test_goes_out_with_a_permission_that_names_the_handle(self, cast: Cast) -> None:
        signed_consent(cast, cast.ana, elements=["handle"])
        version = repost(cast, "Thank you @ana.walks", Mentioned(cast.ana, ("handle",)))
        assert said(version) == set()

    def test_is_not_our_own_name(self, cast: Cast) -> None:
        a_channel(cast, "instagram", "@riverbend.care")
        assert said(repost(cast, "Follow @riverbend.care for more")) == set()

    def test_is_looked_for_in_descriptions_too(self, cast: Cast) -> None:
        version = repost(cast, "A story")
        write_version(
            post=version.post, account=version.account, caption="A story", disclosure="By @ana.walks",
            by=by(cast.dan), at=NOW,
        )  # fmt: skip
        assert said(version) == {("PHI_DETECTED_UNLINKED", "HANDLE")}


class TestAPostOfOurOwn:
    def test_is_not_read_where_the_screen_is_off(self) -> None:
        cast = Cast()
        Practice.objects.filter(pk=cast.practice.pk).update(screens_words=False)
        assert said(repost(cast, "Thank you @ana.walks", origin="")) == set()
