"""The library narrowed to what may go on a channel today, to what ends soon, and to both with a search.

The answer is the gate's own: R2, R6, R24, R33, R38.
"""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent.media.actions import name_appearance
from consent.media.actions.seeing import ask_for_look
from consent.media.models import Asset
from consent.media.queries import rendition_of
from posts.clearance.actions import submit
from posts.clearance.queries import rulings
from posts.content.actions import Shown
from tests.cast import NOW, by, make_person
from tests.consent.media.test_scans import TEXT, look, seeing
from tests.consents import signed_consent
from tests.desk import as_, at, words
from tests.drafts import a_channel, a_post, a_version
from tests.pictures import given_picture, given_rendition


@pytest.fixture(autouse=True)
def _an_hour_later():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def wall(cast):
    return a_channel(cast)


def library(cast, follow=True, **query):
    return as_(cast.dan).get(at("planning:library"), query)


def labels(response):
    return set(re.findall(r'<span class="pick-label">(.*?)</span>', response.content.decode()))


@pytest.fixture
def shelf(cast, wall):
    """Pictures of people who allowed different things, by what is special about them."""
    signed_consent(cast, cast.ana)
    signed_consent(cast, cast.vic, platforms=["instagram"])
    ends_soon = make_person(cast.practice, "Sam", "Soon", date(1980, 1, 1))
    signed_consent(cast, ends_soon, ends_on=(NOW + timedelta(days=9)).date())
    only_for_teaching = make_person(cast.practice, "Tess", "Teach", date(1980, 1, 1))
    signed_consent(cast, only_for_teaching, purposes=["education"])
    given_picture(cast, cast.ana, label="allowed")
    given_picture(cast, cast.vic, label="elsewhere")
    given_picture(cast, cast.bea, label="never asked")
    given_picture(cast, cast.ana, cast.vic, label="one of two")
    given_picture(cast, ends_soon, label="ends soon")
    given_picture(cast, only_for_teaching, label="for teaching")
    given_picture(cast, label="nobody in it")
    unsaid = given_picture(cast, label="unsaid")
    Asset.objects.filter(pk=unsaid.pk).update(nobody_appears=None)


@pytest.mark.usefixtures("shelf")
class TestUsableOnAChannelToday:
    def test_shows_exactly_what_the_gate_would_let_go_there(self, cast, wall):
        shown = labels(library(cast, on=wall.pk))

        assert shown == {"allowed", "ends soon", "for teaching", "nobody in it"}
        for asset in Asset.objects.all():
            found = [
                rulings(
                    [a_version(cast, a_post(cast, purpose=purpose), wall, caption="", media=[media])],
                    NOW,
                    final=False,
                )
                for media in [Shown(rendition_of(asset), "A picture")]
                for purpose in ("testimonial", "education")
            ]
            assert any(one.verdict.allowed for [one] in found) == (asset.label in shown), asset.label

    def test_leaves_out_what_somebody_withdrew_and_what_can_be_read_and_nobody_explained(self, cast, wall):
        asset = Asset.objects.get(label="nobody in it")
        ask_for_look(rendition=rendition_of(asset), at=NOW)
        while look(cast, seeing(TEXT)):
            pass

        assert asset.label not in labels(library(cast, on=wall.pk))

    def test_asks_as_many_queries_for_one_picture_as_for_many(self, cast, wall):
        client = as_(cast.dan)

        def cost():
            with CaptureQueriesContext(connection) as queries:
                assert (
                    client.get(at("planning:library"), {"on": wall.pk, "show": "expiring"}).status_code == 200
                )
            return len(queries)

        cost()
        few = cost()
        for number in range(12):
            person = make_person(cast.practice, f"P{number}", "Many", date(1980, 1, 1))
            signed_consent(cast, person, ends_on=(NOW + timedelta(days=9)).date())
            given_picture(cast, person, label=f"more {number}")
        assert cost() == few

    def test_goes_together_with_a_kind_and_a_search_at_an_address_that_can_be_kept(self, cast, wall):
        client = as_(cast.dan)
        answer = client.post(f"{at('planning:library')}?show=expiring&on={wall.pk}", {"q": "soon"})

        kept = answer["Location"]
        assert "show=expiring" in kept
        assert f"on={wall.pk}" in kept
        assert "soon" not in kept
        assert labels(client.get(kept)) == {"ends soon"}
        assert labels(client.get(kept)) == {"ends soon"}

    def test_says_how_a_picture_becomes_usable_when_none_is(self, cast):
        other = a_channel(cast, "facebook", "@hospital")
        Asset.objects.exclude(label="never asked").update(taken_by="")

        page = words(library(cast, on=other.pk))

        assert "No picture may go on @hospital today." in page
        assert "One may when everyone in it is named" in page

    def test_ignores_a_channel_of_somebody_else(self, cast):
        assert labels(library(cast, on=999_999)) == labels(library(cast))


@pytest.mark.usefixtures("shelf")
class TestTheOthers:
    def test_ending_soon_shows_whose_permission_ends_within_thirty_days(self, cast):
        assert labels(library(cast, show="expiring")) == {"ends soon"}

    def test_are_counted_where_the_database_can(self, cast):
        page = words(library(cast))

        assert 'Where nobody has said who is in it <span class="muted">1</span>' in page
        assert "8 pictures." in page

    def test_in_review_shows_what_waits_with_its_post(self, cast):
        media = [Shown(given_rendition(cast, label="sent"), "A garden")]
        version = a_version(cast, media=media)
        submit(post=version.post, note="", by=by(cast.dan), at=NOW)

        found = library(cast, show="review")

        assert labels(found) == {"sent"}
        assert "In 1 post" in words(found)

    def test_turn_off_by_the_same_link(self, cast):
        page = library(cast, show=["expiring", "user"]).content.decode()

        assert '<a class="touch" href="?show=user" aria-current="true">Ending within 30 days</a>' in page

    def test_carry_the_worst_standing_of_the_people_in_a_picture(self, cast):
        name_appearance(
            asset=Asset.objects.get(label="allowed"),
            person=cast.bea,
            elements=["face"],
            by=by(cast.dan),
            at=NOW,
        )

        card = words(library(cast)).split("allowed</span>")[1].split("</a>")[0]
        assert "Nothing on file" in card
        assert "Bea and 1 more" in card


class TestAPostBegunWithChosenPictures:
    def test_holds_them_on_the_channel_that_was_looked_at(self, cast, wall):
        a_channel(cast, "facebook", "@a")
        made = [given_rendition(cast, label=f"chosen {number}") for number in range(2)]
        client = as_(cast.dan)
        query = {"picture": [one.pk for one in made], "on": wall.pk}
        begin = f"{at('planning:begin')}?picture={made[0].pk}&picture={made[1].pk}&on={wall.pk}"

        sent = {"title": "Two", "purpose": "education", "location": cast.location.pk}
        page = words(client.post(begin, sent, follow=True))

        assert all(f'name="picture-{wall.pk}" value="{number}"' in page for number in query["picture"])
        assert "data-unsaved" in page
