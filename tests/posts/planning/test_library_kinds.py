"""The library narrowed to what waits for a look, and to what others made."""

import pytest

from consent.media.actions import add_asset, attest_sightings, review_background
from consent.media.models import Asset
from consent.media.queries import eyesight, rendition_of
from consent.media.rules import BACKGROUND
from tests.cast import NOW, by
from tests.consent.media.test_scans import FACE, failing, given_asset, look, seeing
from tests.desk import as_, at, words
from tests.pictures import as_file, patterned


def shown(cast, kind):
    return words(as_(cast.dan).get(at("planning:library"), {"show": kind}))


class TestWaitingForALook:
    @pytest.mark.parametrize("how", [seeing(FACE), failing(passing=False)], ids=["a face", "no detector"])
    def test_is_what_a_person_must_look_at(self, cast, how):
        given_asset(cast)
        look(cast, how)

        assert "Bell" in shown(cast, "waiting")
        assert "Waits for a person to look" in shown(cast, "")

    def test_includes_what_nobody_has_looked_at_yet(self, cast):
        given_asset(cast)

        assert "Not looked at yet" in shown(cast, "waiting")

    def test_is_over_when_nothing_was_seen(self, cast):
        given_asset(cast)
        look(cast, seeing())

        assert "Nothing waits for a look." in shown(cast, "waiting")

    def test_is_over_when_it_was_looked_over(self, cast):
        asset = given_asset(cast)
        look(cast, seeing(FACE))
        made = rendition_of(asset)
        attest_sightings(sightings=eyesight(made).sightings, why="a drawing", by=by(cast.dan), at=NOW)
        review_background(rendition=made, points=list(BACKGROUND), by=by(cast.dan), at=NOW)

        assert "Nothing waits for a look." in shown(cast, "waiting")


class TestMadeByOthers:
    def test_is_what_names_an_author(self, cast):
        given_asset(cast)
        add_asset(
            practice=cast.practice,
            file=as_file(patterned(seed=2)),
            label="Found on a wall",
            source=Asset.Source.USER,
            author=cast.ana,
            by=by(cast.dan),
            at=NOW,
        )

        page = shown(cast, "user")

        assert "Found on a wall" in page
        assert "Bell" not in page
