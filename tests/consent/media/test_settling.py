"""Every face is named, covered or explained, and a person looks over the rest; then where they were is dropped."""

import pytest
from django.db import connection

from consent.audit.models import LedgerEntry
from consent.media.actions import (
    StillOpen,
    attest_sightings,
    name_sighting,
    remove_appearance,
    review_background,
)
from consent.media.models import Appearance, BackgroundReview, Sighting
from consent.media.queries import eyesight, rendition_of
from consent.media.rules import BACKGROUND
from tests.cast import NOW, by
from tests.consent.media.test_scans import FACE, SECOND, TEXT, failing, given_asset, look, seeing
from tests.desk import as_, at, words

ALL = list(BACKGROUND)


def seen_picture(cast, *sights):
    """A picture in which the detectors saw this."""
    asset = given_asset(cast)
    look(cast, seeing(*sights))
    return asset


def sightings(asset):
    return list(eyesight(rendition_of(asset)).sightings)


def review(cast, asset, points=ALL):
    return review_background(rendition=rendition_of(asset), points=points, by=by(cast.dan), at=NOW)


def page_of(cast, asset, query=""):
    return words(as_(cast.dan).get(at("media:asset", asset.pk) + query))


class TestNaming:
    def test_links_the_place_to_the_person(self, cast):
        asset = seen_picture(cast, FACE, SECOND)
        first, _ = sightings(asset)
        told = {"person": cast.ana.pk, "elements": ["face"], "capacity": "patient", "sighting": first.pk}

        as_(cast.dan).post(at("media:name", asset.pk), told)

        assert Appearance.objects.get().person == cast.ana
        assert [one.settled for one in sightings(asset)] == ["named", ""]
        page = page_of(cast, asset)
        assert "is Ana" in page
        assert "1 open." in page

    def test_begins_at_the_box(self, cast):
        asset = seen_picture(cast, FACE, SECOND)
        second = sightings(asset)[1]

        page = page_of(cast, asset)
        assert f'href="?place={second.pk}#name"' in page
        assert 'x="300" y="80" width="60" height="80"' in page
        assert "Who is number 2?" in page_of(cast, asset, f"?place={second.pk}")

    def test_taken_back_opens_the_place_again(self, cast):
        asset = seen_picture(cast, FACE)
        look_ = name_sighting(
            sighting=sightings(asset)[0], person=cast.ana, elements=["face"], by=by(cast.dan), at=NOW
        )

        remove_appearance(appearance=look_, by=by(cast.dan), at=NOW)

        assert sightings(asset)[0].settled == ""

    def test_ignores_places_of_other_pictures(self, cast):
        other = seen_picture(cast, FACE)
        asset = given_asset(cast, seed=2)
        told = {
            "person": cast.ana.pk,
            "elements": ["face"],
            "capacity": "patient",
            "sighting": sightings(other)[0].pk,
        }

        as_(cast.dan).post(at("media:name", asset.pk), told)

        assert sightings(other)[0].settled == ""


class TestExplaining:
    def test_needs_a_reason(self, cast):
        asset = seen_picture(cast, FACE)

        page = as_(cast.dan).post(at("media:attest", sightings(asset)[0].pk), {"why": " "}, follow=True)

        assert "Write why nobody can be recognised by it" in words(page)
        assert sightings(asset)[0].settled == ""

    def test_keeps_the_reason_sealed(self, cast):
        asset = seen_picture(cast, FACE)

        as_(cast.dan).post(at("media:attest", sightings(asset)[0].pk), {"why": "the poster behind Ana Ruiz"})

        assert "the poster behind Ana Ruiz" in page_of(cast, asset)
        with connection.cursor() as cursor:
            cursor.execute("SELECT why FROM consent_sighting")
            assert "Ruiz" not in str(cursor.fetchall())
        [entry] = LedgerEntry.objects.filter(event="sighting.settled")
        assert b"Ruiz" not in bytes(entry.body)

    def test_can_be_said_of_every_open_text_at_once(self, cast):
        asset = seen_picture(cast, TEXT, FACE, TEXT, TEXT)
        first = sightings(asset)[0]

        as_(cast.dan).post(at("media:attest", first.pk), {"why": "our own sign", "all_like_it": "on"})

        assert [one.settled for one in sightings(asset)] == ["attested", "", "attested", "attested"]

    def test_can_be_taken_back(self, cast):
        asset = seen_picture(cast, FACE)
        attest_sightings(sightings=sightings(asset), why="a drawing", by=by(cast.dan), at=NOW)

        as_(cast.dan).post(at("media:reopen", sightings(asset)[0].pk))

        assert sightings(asset)[0].settled == ""

    def test_is_for_those_who_may_name(self, cast):
        asset = seen_picture(cast, FACE)

        assert (
            as_(cast.aida).post(at("media:attest", sightings(asset)[0].pk), {"why": "x"}).status_code == 403
        )
        assert as_(cast.zed).post(at("media:attest", sightings(asset)[0].pk), {"why": "x"}).status_code == 404


class TestLookingOver:
    def test_is_refused_while_a_place_is_open(self, cast):
        asset = seen_picture(cast, FACE, TEXT)

        with pytest.raises(StillOpen, match="2 places are still open"):
            review(cast, asset)

    @pytest.mark.parametrize("missing", ALL)
    def test_skips_no_point(self, cast, missing):
        asset = seen_picture(cast, TEXT)
        attest_sightings(sightings=sightings(asset), why="our own sign", by=by(cast.dan), at=NOW)

        with pytest.raises(StillOpen, match="Look at these too"):
            review(cast, asset, [point for point in ALL if point != missing])

        assert not BackgroundReview.objects.exists()

    def test_waits_for_the_detectors(self, cast):
        asset = given_asset(cast)

        with pytest.raises(StillOpen, match="not looked at it yet"):
            review(cast, asset)

    def test_is_what_a_picture_needs_that_no_detector_saw(self, cast):
        asset = given_asset(cast)
        look(cast, failing(passing=False))
        assert "It waits for a person to look." in page_of(cast, asset)
        assert "The detectors are not here." in page_of(cast, asset)

        as_(cast.dan).post(at("media:review", asset.pk), {"points": ALL})

        assert eyesight(rendition_of(asset)).state == "done"
        assert "Looked over by Dan." in page_of(cast, asset)

    def test_drops_where_everything_was(self, cast):
        asset = seen_picture(cast, FACE, TEXT)
        attest_sightings(sightings=sightings(asset), why="a drawing", by=by(cast.dan), at=NOW)

        page = as_(cast.dan).post(at("media:review", asset.pk), {"points": ALL}, follow=True)

        assert "Where things were in the picture is forgotten now." in words(page)
        assert "<rect" not in words(page)
        assert "Fernandez" not in words(page)
        assert "Seen: 1 face, 1 text, 0 codes." in words(page)
        assert set(Sighting.objects.values_list("seen", flat=True)) == {""}

    def test_is_over_once_it_is_said(self, cast):
        asset = seen_picture(cast, FACE)
        attest_sightings(sightings=sightings(asset), why="a drawing", by=by(cast.dan), at=NOW)
        review(cast, asset)

        page = as_(cast.dan).post(at("media:reopen", sightings(asset)[0].pk), follow=True)

        assert "was looked over already" in words(page)
        assert review(cast, asset) == BackgroundReview.objects.get()


class TestThePage:
    def test_asks_again_until_the_detectors_have_looked(self, cast):
        asset = given_asset(cast)
        assert "Not looked at yet." in page_of(cast, asset)
        client = as_(cast.dan)
        assert "Not looked at yet." in words(client.get(at("media:seen", asset.pk)))

        look(cast, seeing(FACE))

        assert client.get(at("media:seen", asset.pk))["HX-Refresh"] == "true"

    def test_says_that_detectors_miss_things(self, cast):
        asset = seen_picture(cast)

        page = page_of(cast, asset)

        assert "No face, text or code was seen." in page
        assert "Detectors miss things" in page
        assert "safe" not in page

    def test_has_it_looked_at_again(self, cast):
        asset = seen_picture(cast)

        as_(cast.dan).post(at("media:look_again", asset.pk))

        assert eyesight(rendition_of(asset)).state == "asked"
