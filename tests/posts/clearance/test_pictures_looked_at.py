"""Every picture is looked at before it goes out: by detectors where the practice says so, and by people (R38, R44)."""

import pytest

from consent.access.actions.practices import PracticeDetails, change_practice
from consent.audit.rules import SYSTEM
from consent.media.actions import attest_sightings, look_at_one, review_background
from consent.media.detectors.sights import Box, Sight
from consent.media.queries import eyesight
from consent.media.rules import BACKGROUND
from consent.media.sight import DetectorUnavailable, Looked
from posts.clearance.queries import rulings
from posts.content.actions import Shown
from posts.planning.queries import desk, draft_of
from tests.cast import NOW, by
from tests.desk import as_, at, words
from tests.drafts import a_version
from tests.pictures import given_rendition

TEXT = Sight("text", Box(10, 10, 80, 20), 0.9, "CHART 20488")


@pytest.fixture
def rendition(cast):
    """A picture of nobody that was just added: nothing has looked at it."""
    return given_rendition(cast, looked=False)


def version_of(cast, rendition):
    return a_version(cast, media=[Shown(rendition, "A garden")])


def codes(version):
    [ruling] = rulings([version], NOW, final=False)
    return {reason.code for reason in ruling.verdict.reasons}


def seeing(*seen):
    return lambda picture: Looked(tuple(seen), {"faces": "test", "text": "test", "codes": "test"})


def crashing(picture):
    raise DetectorUnavailable("The detectors stopped.", passing=False)


def look(look=crashing):
    assert look_at_one(by=SYSTEM, clock=lambda: NOW, look=look)


def use_detectors(cast):
    practice = cast.practice
    details = PracticeDetails(
        name=practice.name,
        phone=practice.phone,
        privacy_officer=practice.privacy_officer,
        privacy_email=practice.privacy_email,
        time_zone=practice.time_zone,
        screens_words=False,
        screens_pictures=True,
    )
    assert "detectors" in change_practice(practice=practice, details=details, by=by(cast.olga), at=NOW)


class TestWhereDetectorsMustLook:
    def test_a_picture_that_they_have_not_looked_at_yet_is_a_hard_no(self, cast, rendition):
        use_detectors(cast)
        assert codes(version_of(cast, rendition)) == {"DETECTOR_UNAVAILABLE"}

    def test_one_over_which_they_crashed_is_a_hard_no_even_if_a_person_looked_it_over(self, cast, rendition):
        use_detectors(cast)
        look(crashing)
        review_background(rendition=rendition, points=BACKGROUND, by=by(cast.dan), at=NOW)
        assert codes(version_of(cast, rendition)) == {"DETECTOR_UNAVAILABLE"}

    def test_one_in_which_they_saw_nothing_may_go(self, cast, rendition):
        use_detectors(cast)
        look(seeing())
        assert codes(version_of(cast, rendition)) == set()

    def test_the_composer_says_why_and_leads_to_the_picture(self, cast, rendition):
        use_detectors(cast)
        version = version_of(cast, rendition)
        page = words(as_(cast.dan).get(at("planning:compose", version.post_id)))
        assert "did not run over picture 1" in page
        assert "Have it looked at" in page


class TestAPictureThatNobodyLookedOver:
    def test_waits_for_a_person_where_the_practice_works_without_detectors(self, cast, rendition):
        assert codes(version_of(cast, rendition)) == {"PICTURE_NOT_LOOKED_OVER"}
        look(crashing)
        assert codes(version_of(cast, rendition)) == {"PICTURE_NOT_LOOKED_OVER"}

    def test_may_go_once_a_person_has_looked_over_all_of_it(self, cast, rendition):
        look(crashing)
        version = version_of(cast, rendition)
        review_background(rendition=rendition, points=BACKGROUND, by=by(cast.dan), at=NOW)
        assert codes(version) == set()

    def test_waits_though_all_that_was_seen_is_explained(self, cast, rendition):
        """Any person or any text means that a person must look at the rest too."""
        look(seeing(TEXT))
        version = version_of(cast, rendition)
        assert codes(version) == {"PHI_DETECTED_UNLINKED", "PICTURE_NOT_LOOKED_OVER"}
        attest_sightings(sightings=eyesight(rendition).open, why="Our own sign", by=by(cast.dan), at=NOW)
        assert codes(version) == {"PICTURE_NOT_LOOKED_OVER"}
        review_background(rendition=rendition, points=BACKGROUND, by=by(cast.dan), at=NOW)
        assert codes(version) == set()

    def test_is_asked_about_by_the_composer_as_by_the_gate(self, cast, rendition):
        version = version_of(cast, rendition)
        [shown] = desk(version.post, draft_of(version.post), NOW).versions
        assert {one.code for one in shown.answer.reasons} == codes(version)


class TestThePractice:
    def test_says_on_its_page_whether_detectors_must_look(self, cast):
        client = as_(cast.olga)
        assert "a person looks over every picture" in words(client.get(at("access:practice")))
        use_detectors(cast)
        assert "look at every picture before it goes out" in words(client.get(at("access:practice")))
