"""Covering and cropping: opaque, a little larger than drawn, looked at again, and refused if it does not hold."""

import io

import pytest
from PIL import Image

from consent.audit.models import LedgerEntry
from consent.files.store import read
from consent.media.actions import CoverDoesNotCure, NothingToDo, attest_sightings, name_sighting, retouch
from consent.media.detectors.sights import Box, Sight
from consent.media.editing_worker import FILL
from consent.media.models import Appearance, Asset, Rendition
from consent.media.queries import rendition_of
from consent.media.rules import blocks
from tests.cast import NOW, by
from tests.consent.media.test_scans import FACE, SECOND, TEXT, look, seeing, unnamed
from tests.consent.media.test_settling import page_of, seen_picture, sightings
from tests.desk import as_, at, words
from tests.posts_data import given_version

GROWN_FACE = FACE.box.grown(0.18, 640, 480)


def covered(cast, asset, *boxes, crop=None):
    return retouch(rendition=rendition_of(asset), covers=boxes, crop=crop, by=by(cast.dan), at=NOW)


def pixels(rendition):
    return Image.open(io.BytesIO(read("renditions", rendition.storage_key)))


def is_filled(pixel):
    return all(abs(one - other) < 12 for one, other in zip(pixel, FILL, strict=True))


class TestACover:
    def test_leaves_nothing_of_the_place_and_a_little_around_it(self, cast):
        asset = seen_picture(cast, FACE)

        new = covered(cast, asset, FACE.box)

        picture = pixels(new)
        for x in range(GROWN_FACE.x + 8, GROWN_FACE.x + GROWN_FACE.width - 8, 4):
            for y in range(GROWN_FACE.y + 8, GROWN_FACE.y + GROWN_FACE.height - 8, 4):
                assert is_filled(picture.getpixel((x, y)))
        assert GROWN_FACE.width >= 1.3 * FACE.box.width
        assert not is_filled(picture.getpixel((500, 400)))

    def test_covers_the_small_copy_too(self, cast):
        asset = seen_picture(cast, FACE)

        new = covered(cast, asset, FACE.box)

        small = Image.open(io.BytesIO(read("renditions", new.small_key)))
        scale = small.width / new.width
        middle_x, middle_y = FACE.box.middle
        assert is_filled(small.getpixel((int(middle_x * scale), int(middle_y * scale))))

    def test_knows_its_origin_and_what_was_done(self, cast):
        asset = seen_picture(cast, FACE)
        first = rendition_of(asset)

        new = covered(cast, asset, FACE.box)

        assert new.origin == first
        assert "covered 1 places, each grown by 18%" in new.recipe
        assert new.metadata_stripped
        assert rendition_of(Asset.objects.get()) == new
        assert LedgerEntry.objects.filter(event="rendition.retouched").count() == 1

    def test_settles_the_face_as_somebody_covered(self, cast):
        asset = seen_picture(cast, FACE, SECOND)
        before = sightings(asset)

        covered(cast, asset, FACE.box)

        assert Appearance.objects.get().masked
        assert [type(one).objects.get(pk=one.pk).settled for one in before] == ["covered", ""]

    def test_does_not_cure_what_came_from_outside(self, cast):
        asset = seen_picture(cast, FACE)
        Asset.objects.update(taken_by="third_party")

        with pytest.raises(CoverDoesNotCure, match="has seen the person already"):
            covered(cast, Asset.objects.get(pk=asset.pk), FACE.box)

        assert Rendition.objects.count() == 1

    def test_of_text_is_possible_in_any_picture(self, cast):
        asset = seen_picture(cast, TEXT)
        Asset.objects.update(taken_by="third_party")

        covered(cast, Asset.objects.get(pk=asset.pk), TEXT.box)

        assert Rendition.objects.count() == 2

    def test_needs_a_place(self, cast):
        asset = seen_picture(cast, FACE)

        with pytest.raises(NothingToDo):
            covered(cast, asset)


class TestTheLookAfterwards:
    def test_refuses_a_cover_that_does_not_hold(self, cast):
        asset = seen_picture(cast, FACE)
        first = rendition_of(asset)
        covered(cast, asset, FACE.box)

        look(cast, seeing(FACE))

        assert rendition_of(Asset.objects.get()) == first
        assert [one.settled for one in sightings(asset)] == [""]
        assert Appearance.objects.filter(removed_at=None).count() == 0
        assert "The last cover did not hold." in page_of(cast, asset)
        assert LedgerEntry.objects.filter(event="rendition.refused").count() == 1

    def test_keeps_what_was_said_of_the_others(self, cast):
        asset = seen_picture(cast, FACE, SECOND, TEXT)
        _, second, text = sightings(asset)
        name_sighting(sighting=second, person=cast.ana, elements=["face"], by=by(cast.dan), at=NOW)
        attest_sightings(sightings=[text], why="our own sign", by=by(cast.dan), at=NOW)
        covered(cast, asset, FACE.box)

        look(cast, seeing(SECOND, TEXT))

        assert [one.settled for one in sightings(Asset.objects.get())] == ["named", "attested"]

    def test_finds_them_where_they_lie_after_a_cut(self, cast):
        asset = seen_picture(cast, SECOND)
        name_sighting(
            sighting=sightings(asset)[0], person=cast.ana, elements=["face"], by=by(cast.dan), at=NOW
        )
        covered(cast, asset, crop=Box(200, 40, 400, 400))

        look(cast, seeing(Sight("face", Box(100, 40, 60, 80), 0.8)))

        assert [one.settled for one in sightings(Asset.objects.get())] == ["named"]

    def test_is_what_the_gate_waits_for(self, cast):
        asset = seen_picture(cast, FACE)
        old = given_version(cast, showing=rendition_of(asset))
        new = given_version(cast, account=old.account, showing=covered(cast, asset, FACE.box))
        assert (unnamed(old), unnamed(new)) == (1, 1)

        look(cast, seeing())

        assert unnamed(new) == 0
        assert unnamed(old) == 1, "the older copy shows the face as before"


class TestACut:
    def test_keeps_only_the_part(self, cast):
        asset = seen_picture(cast, FACE, SECOND)
        before = pixels(rendition_of(asset))

        new = covered(cast, asset, crop=Box(250, 40, 200, 300))

        assert pixels(new).size == (new.width, new.height) == (200, 300)
        here, there = pixels(new).getpixel((100, 150)), before.getpixel((350, 190))
        assert all(abs(one - other) < 12 for one, other in zip(here, there, strict=True))
        assert Appearance.objects.count() == 0

    def test_keeps_more_than_a_sliver(self, cast):
        asset = seen_picture(cast)

        with pytest.raises(NothingToDo, match="larger part"):
            covered(cast, asset, crop=Box(0, 0, 4, 400))


class TestThePage:
    def test_covers_a_face_in_one_tap(self, cast):
        asset = seen_picture(cast, FACE)

        page = as_(cast.dan).post(
            at("media:retouch", asset.pk), {"sighting": sightings(asset)[0].pk}, follow=True
        )

        assert "A new copy is made and is being looked at." in words(page)
        assert rendition_of(Asset.objects.get()).origin is not None

    def test_takes_boxes_by_their_numbers_without_a_script(self, cast):
        asset = seen_picture(cast, FACE)
        told = {
            f"cover_{side}": [value, ""]
            for side, value in (("x", 100), ("y", 80), ("width", 60), ("height", 80))
        }

        as_(cast.dan).post(at("media:retouch", asset.pk), told | {"crop_x": "", "crop_y": ""})

        assert rendition_of(Asset.objects.get()).places["covers"] == [list(vars(GROWN_FACE).values())]

    @pytest.mark.parametrize(
        ("sent", "told"),
        [
            ({}, "Mark a place to cover"),
            ({"cover_x": "a", "cover_y": "1", "cover_width": "1", "cover_height": "1"}, "all four numbers"),
            (
                {"cover_x": "1e999", "cover_y": "1", "cover_width": "1", "cover_height": "1"},
                "all four numbers",
            ),
        ],
    )
    def test_says_what_is_missing(self, cast, sent, told):
        asset = seen_picture(cast, FACE)

        page = as_(cast.dan).post(at("media:retouch", asset.pk), sent)

        assert page.status_code == 422
        assert told in words(page)
        assert "Cover and crop" in words(as_(cast.dan).get(at("media:retouch", asset.pk)))

    def test_says_that_a_named_person_still_counts(self, cast):
        asset = seen_picture(cast, FACE, SECOND)
        name_sighting(
            sighting=sightings(asset)[1], person=cast.ana, elements=["face"], by=by(cast.dan), at=NOW
        )

        page = as_(cast.dan).post(
            at("media:retouch", asset.pk), {"sighting": sightings(asset)[0].pk}, follow=True
        )

        assert "Still counted as shown in the new copy: Ana (" in words(page)


class TestLinesThatStandTogether:
    def test_are_covered_as_one(self):
        first, second, far = Box(10, 10, 100, 20), Box(15, 40, 120, 20), Box(10, 300, 80, 20)

        assert blocks([first, second, far]) == [far, Box(10, 10, 125, 50)]

    def test_are_joined_by_what_stands_between_them(self):
        left, middle, right = Box(0, 0, 40, 20), Box(55, 0, 40, 20), Box(110, 0, 40, 20)

        assert blocks([left, right]) == [left, right]
        assert blocks([left, right, middle]) == [Box(0, 0, 150, 20)]
