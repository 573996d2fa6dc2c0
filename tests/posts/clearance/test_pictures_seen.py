"""What was read in a picture stops the post that shows it, saved or not, until it is covered, explained or cleared;
and a person looks over the rest of it.

R38 (a whiteboard behind the patient, G55), R44 (where nobody could look, a person must).
"""

import pytest

from consent.media.actions import ask_again, attest_sightings, review_background, say_nobody_appears
from consent.media.detectors.sights import Box, Sight
from consent.media.models import Sighting
from consent.media.queries import rendition_of
from consent.media.rules import BACKGROUND
from posts.clearance.queries import rulings
from posts.content.actions import Shown
from tests.cast import NOW, by
from tests.consent.media.test_scans import TEXT, failing, given_asset, look, seeing
from tests.drafts import a_version

CODE = Sight("code", Box(20, 300, 80, 80), 0.9, "https://chart.example.org/4711")
WRITING, NOT_LOOKED_OVER = ("PHI_DETECTED_UNLINKED", ("WRITING",)), ("PICTURE_NOT_LOOKED_OVER", ())


@pytest.fixture
def asset(cast):
    found = given_asset(cast)
    say_nobody_appears(asset=found, by=by(cast.dan), at=NOW)
    return found


def reasons(version):
    [ruling] = rulings([version], NOW, final=False)
    return {(one.code, one.keys) for one in ruling.verdict.reasons}


def showing(cast, asset):
    return a_version(cast, media=[Shown(rendition_of(asset), "A bell")])


class TestWriting:
    @pytest.mark.parametrize("sight", [TEXT, CODE])
    def test_stops_the_post_until_somebody_explains_it(self, cast, asset, sight):
        look(cast, seeing(sight))
        version = showing(cast, asset)
        assert reasons(version) == {WRITING, NOT_LOOKED_OVER}

        attest_sightings(sightings=Sighting.objects.all(), why="our own sign", by=by(cast.dan), at=NOW)
        assert reasons(version) == {NOT_LOOKED_OVER}

    def test_read_at_an_earlier_look_and_at_no_later_one_stops_nothing(self, cast, asset):
        look(cast, seeing(TEXT))
        version = showing(cast, asset)
        ask_again(rendition=rendition_of(asset), by=by(cast.dan), at=NOW)
        look(cast, seeing())

        assert not reasons(version)


class TestAPictureThatNoDetectorCouldLookAt:
    def test_stops_the_post_until_a_person_looked_it_over(self, cast, asset):
        look(cast, failing(passing=False))
        version = showing(cast, asset)
        assert reasons(version) == {NOT_LOOKED_OVER}

        review_background(rendition=rendition_of(asset), points=list(BACKGROUND), by=by(cast.dan), at=NOW)
        assert not reasons(version)
