"""However many people a picture shows and channels a post has, the gate and its pages ask the database as often."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent.people.actions import confirm_merge, merge_people
from consent.people.models import Person
from consent.records.actions import revoke, revoke_all
from posts.clearance.actions import submit
from posts.clearance.models import Review
from posts.clearance.queries import rulings
from posts.content.actions import Mentioned, Shown
from posts.content.models import Post
from posts.content.queries import living_versions
from posts.publishing.actions import schedule
from tests.cast import NOW, Cast, by, make_person
from tests.consents import SIGNED_AT, signed_consent
from tests.desk import as_, at, typed
from tests.drafts import a_channel, a_post, a_version
from tests.pictures import given_rendition
from tests.posts.outgoing import approved

PEOPLE = (1, 5, 20)
CHANNELS = (("website", "Our wall"), ("instagram", "@riverbend"), ("facebook", "Riverbend"))


@pytest.fixture(autouse=True)
def _an_hour_later() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def crowd(cast: Cast) -> list[Person]:
    """Twenty people who agreed, each after an older permission, one withdrawn in part, and entered twice."""
    return [long_known(cast, f"P{number}") for number in range(max(PEOPLE))]


def long_known(cast: Cast, name: str) -> Person:
    """Someone with four permissions on two records that were merged; the newest one is good."""
    person, half = (make_person(cast.practice, name, family, date(1980, 1, 1)) for family in ("Q", "Que"))
    signed_consent(cast, person, ends_on=date(2026, 8, 1), signed_at=SIGNED_AT - timedelta(days=30))
    partly = signed_consent(cast, person, signed_at=SIGNED_AT - timedelta(days=20))
    revoke(consent=partly, part={"elements": ["face"]}, how="desk", by=by(cast.finn), at=NOW)
    signed_consent(cast, half, platforms=["website"], signed_at=SIGNED_AT - timedelta(days=10))
    merge = merge_people(person=half, into=person, by=by(cast.finn), at=NOW)
    confirm_merge(merge=merge, by=by(cast.freya), at=NOW)
    signed_consent(cast, person)
    return person


def a_post_with(cast: Cast, people: list[Person], channels: int) -> Post:
    """A post that shows these people and names each of them, on so many channels."""
    post, picture = a_post(cast), given_rendition(cast, *people)
    for platform, handle in CHANNELS[:channels]:
        mentions = [Mentioned(person, ("first_name",)) for person in people]
        media = [Shown(picture, "People in a garden")]
        a_version(cast, post, a_channel(cast, platform, handle), media=media, mentions=mentions)
    return post


def take_it_all_back(cast: Cast, people: list[Person]) -> None:
    """Each of them withdraws, so that every page has a reason to tell about every one of them."""
    for person in people:
        revoke_all(person=person, how="desk", by=by(cast.finn), at=NOW)


def schedule_everywhere(cast: Cast, post: Post) -> None:
    """Every version approved, and due tomorrow."""
    for version in living_versions(post):
        schedule(version=approved(cast, version), due_at=NOW + timedelta(days=1), by=by(cast.dan), at=NOW)


class TestReadingTheFactsAndDeciding:
    def test_asks_as_often_for_one_person_as_for_twenty(self, cast: Cast, crowd: list[Person]) -> None:
        counts = {}
        for people in PEOPLE:
            for channels in (1, 3):
                versions = list(living_versions(a_post_with(cast, crowd[:people], channels)))
                with CaptureQueriesContext(connection) as queries:
                    found = rulings(versions, NOW, final=False)
                assert [len(one.facts.people) for one in found] == [people] * channels
                assert all(len(one.consents) == 4 for ruling in found for one in ruling.facts.people)
                assert all(one.verdict.allowed for one in found)
                counts[people, channels] = len(queries)
        assert len(set(counts.values())) == 1, counts


@pytest.mark.parametrize("withdrawn", [False, True], ids=["agreed", "withdrawn"])
@pytest.mark.parametrize("page", ["compose", "preview", "post", "review", "scheduled"])
class TestAPage:
    def test_asks_as_often_however_many_people_and_channels(
        self, cast: Cast, crowd: list[Person], page: str, withdrawn: bool
    ) -> None:
        posts = {(n, m): a_post_with(cast, crowd[:n], m) for n in PEOPLE for m in (1, 3)}
        for post in posts.values():
            if page in ("post", "review"):
                submit(post=post, by=by(cast.dan), at=NOW)
            if page == "scheduled":
                schedule_everywhere(cast, post)
        if withdrawn:
            take_it_all_back(cast, crowd)
        counts = {size: self.asked(cast, page, post) for size, post in posts.items()}
        assert len(set(counts.values())) == 1, counts

    def asked(self, cast: Cast, page: str, post: Post) -> int:
        """How often the page asks; a first visit also notes the session."""
        client = as_(cast.eve if page == "review" else cast.dan)
        name, number = f"planning:{'post' if page == 'scheduled' else page}", post.pk
        if page == "review":
            name, number = "clearance:review", Review.objects.get(post=post).pk
        data = typed(post) if page == "preview" else None
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                address = at(name, number)
                response = client.get(address) if data is None else client.post(address, data)
            assert response.status_code == 200
        return len(queries)
