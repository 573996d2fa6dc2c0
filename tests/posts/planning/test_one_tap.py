"""One tap settles what stopped a post: whose all of it is, who is in the picture, what the sentence can do without.

R2, R33, R34, R38.
"""

import html
import re
from datetime import date, timedelta

import pytest

from consent.media.models import Appearance, BackgroundReview
from consent.media.queries import rendition_of
from posts.clearance.rules import ACCOUNTED_BY
from posts.content.actions import Mentioned, Shown
from posts.planning.views.accounting import TOLD_AS
from tests.cast import make_person
from tests.consent.media.test_scans import FACE, TEXT, failing, given_asset, look, seeing
from tests.consents import signed_consent
from tests.desk import as_, at, typed
from tests.drafts import a_version

STORY = "Maria rang the bell today after 18 rounds of chemotherapy!"


@pytest.fixture(autouse=True)
def reads(cast):
    cast.practice.screens_words = True
    cast.practice.save(update_fields=["screens_words"])


@pytest.fixture
def maria(cast):
    person = make_person(cast.practice, "Maria", "Vega", date(1990, 1, 1))
    signed_consent(cast, person, elements=["first_name", "face", "treatment"])
    return person


class Desk:
    """Dan's composer: what it shows, and what its buttons do to it."""

    def __init__(self, cast, caption=STORY, user=None, **fields):
        self.cast, self.version = cast, a_version(cast, caption=caption, **fields)
        self.client, self.data = as_(user or cast.dan), typed(self.version.post)
        self.page = self._sent("planning:preview", {})

    def _sent(self, door, pressed):
        answer = self.client.post(
            at(door, self.version.post_id), self.data | pressed, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 200
        return html.unescape(answer.content.decode())

    def press(self, label):
        """Press a button of the gate; the desk that comes back is the page from now on."""
        found = re.search(rf'name="(do|mend)" value="([^"]+)"[^>]*>{re.escape(label)}</button>', self.page)
        assert found, f"There is no button {label!r}."
        door = {"do": "planning:arrange", "mend": "planning:settle_picture"}[found[1]]
        self.page = self._sent(door, {found[1]: found[2]})
        self.data = typed(self.version.post) | self._fields()
        return self

    def _fields(self):
        """The fields of the version as the page holds them."""
        key = self.version.account_id
        caption = re.search(rf'name="caption-{key}"[^>]*>\n(.*?)</textarea>', self.page, re.S)
        assert caption
        people = re.findall(rf'name="mention-{key}" value="(\d+)"', self.page)
        pictures = re.findall(rf'name="picture-{key}" value="(\d+)"', self.page)
        ticked = {
            f"elements-{key}-{one}": re.findall(
                rf'name="elements-{key}-{one}" value="(\w+)" checked', self.page
            )
            for one in people
        }
        alts = {f"alt-{key}-{one}": "A person in a room" for one in pictures}
        return {
            f"caption-{key}": caption[1],
            f"mention-{key}": people,
            f"picture-{key}": pictures,
            **ticked,
            **alts,
        }

    @property
    def caption(self):
        return self._fields()[f"caption-{self.version.account_id}"]

    def told(self, person):
        return set(self._fields().get(f"elements-{self.version.account_id}-{person.pk}", ()))


class TestAStoryOfOnePerson:
    def test_is_hers_in_one_tap_with_everything_it_tells(self, cast, maria):
        desk = Desk(cast).press("It is Maria, in all of this")

        assert desk.told(maria) == {"first_name", "date", "treatment"}
        assert "Maria has not allowed: dates of care or birth." in desk.page

    def test_loses_the_day_she_did_not_allow_in_one_tap(self, cast, maria):
        desk = Desk(cast).press("It is Maria, in all of this").press("Leave out “today”")

        assert desk.caption == "Maria rang the bell after 18 rounds of chemotherapy!"
        assert desk.told(maria) == {"first_name", "treatment"}
        assert "may go out, once approved" in desk.page

    def test_loses_a_day_before_anybody_is_named(self, cast):
        desk = Desk(cast, "Today, Maria rang the bell.\nSee you!").press("Leave out “Today”")

        assert desk.caption == "Maria rang the bell.\nSee you!"

    def test_keeps_words_that_were_typed_over_since_the_panel_was_shown(self, cast):
        desk = Desk(cast)
        key = f"caption-{desk.version.account_id}"
        desk.data[key] = "Oh, " + STORY

        assert desk.press("Leave out “today”").caption == "Oh, " + STORY

    def test_tells_what_the_screen_takes_for_such_a_thing(self):
        assert all(element in ACCOUNTED_BY[kind] for kind, element in TOLD_AS.items())


class TestAPicture:
    def shown(self, cast, maria, *, sights=None):
        asset = given_asset(cast)
        look(cast, failing(passing=False) if sights is None else seeing(*sights))
        media = [Shown(rendition_of(asset), "A person in a room")]
        told = [Mentioned(maria, ("first_name",))]
        return Desk(cast, "Maria rang the bell.", media=media, mentions=told)

    def test_that_no_detector_could_look_at_waits_for_a_person(self, cast, maria):
        desk = self.shown(cast, maria)

        assert "Nobody has looked over picture 1." in desk.page
        assert "Look at: screens and monitors; boards, calendars, notes on walls;" in desk.page

        desk.press("I have looked over all of it")
        assert "Nobody has looked over" not in desk.page
        assert BackgroundReview.objects.get().reviewed_by == cast.dan

    def test_shows_whoever_the_words_name_in_one_tap(self, cast, maria):
        desk = self.shown(cast, maria, sights=[FACE]).press("It is Maria")

        look = Appearance.objects.get()
        assert (look.person, look.elements) == (maria, ["face"])
        assert "Not everybody in picture 1 is named." not in desk.page

    def test_asks_on_its_own_page_when_several_faces_are_open(self, cast, maria):
        desk = self.shown(cast, maria, sights=[FACE, TEXT, FACE.__class__("face", TEXT.box, 0.9)])

        assert "Not everybody in picture 1 is named." in desk.page
        assert ">It is Maria</button>" not in desk.page

    def test_with_writing_is_covered_in_one_tap_and_looked_at_again(self, cast, maria):
        desk = self.shown(cast, maria, sights=[TEXT]).press("It is Maria")
        assert "Something here points to a person: writing, in picture 1." in desk.page

        desk.press("Cover it")
        assert "writing, in picture 1." not in desk.page
        assert "A picture is being looked at." in desk.page
        assert "Not everybody in picture 1 is named." in desk.page

        look(cast, seeing(), later=timedelta(hours=1))
        desk.page = desk._sent("planning:preview", {})
        assert "picture 1." not in desk.page

    def test_is_settled_only_by_who_may(self, cast, maria):
        desk = self.shown(cast, maria)
        data = desk.data | {
            "mend": f"looked:{desk.version.account_id}:{desk.version.media.get().rendition_id}"
        }

        assert (
            as_(cast.eve).post(at("planning:settle_picture", desk.version.post_id), data).status_code == 403
        )
        assert not BackgroundReview.objects.exists()

    def test_of_another_post_is_not_settled_from_here(self, cast, maria):
        desk = self.shown(cast, maria)
        other = Desk(cast, "Flu shots are here.")
        pressed = {"mend": f"looked:{other.version.account_id}:{desk.version.media.get().rendition_id}"}

        assert "This picture is no longer in the post." in other._sent("planning:settle_picture", pressed)
        assert not BackgroundReview.objects.exists()


class TestTheGate:
    def test_answers_in_the_background_only_when_the_look_is_over(self, cast, maria):
        asset = given_asset(cast)
        version = a_version(cast, media=[Shown(rendition_of(asset), "A bell")])
        client, data = as_(cast.dan), typed(version.post)

        def asked():
            return client.post(
                at("planning:preview", version.post_id), data, headers={"X-Postern-Background": "1"}
            )

        assert asked().status_code == 204
        look(cast, seeing())
        assert asked().status_code == 200
