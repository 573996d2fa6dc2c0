"""Looks at pictures: asked for with the picture, done after the commit, and left to a person when they fail."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from consent.audit.models import LedgerEntry
from consent.media.actions import add_asset, ask_again, look_at_one, name_appearance, remove_appearance
from consent.media.actions.seeing import TRIES_AFTER
from consent.media.detectors.sights import Box, Sight
from consent.media.models import Asset, PictureScan, Sighting
from consent.media.queries import Seen, eyesight, rendition_of
from consent.media.sight import DetectorUnavailable, Looked
from posts.content.queries import content_of
from tests.cast import NOW, Cast, by
from tests.pictures import as_file, patterned
from tests.posts_data import given_version

FACE = Sight("face", Box(100, 80, 60, 80), 0.9)
SECOND = Sight("face", Box(300, 80, 60, 80), 0.8)
TEXT = Sight("text", Box(20, 300, 200, 40), 0.95, "OR 4 Maria Fernandez")


def seeing(*sights):
    """Detectors that see this, whatever they are shown."""
    return lambda _picture: Looked(sights, {"faces": "test 1"})


def failing(*, passing):
    def look(_picture):
        raise DetectorUnavailable("The detectors are not here.", passing=passing)

    return look


def dying(_picture):
    """A worker that is gone in the middle."""
    raise KeyError("died")


def given_asset(cast: Cast, seed: int = 1) -> Asset:
    return add_asset(
        practice=cast.practice,
        file=as_file(patterned(seed=seed)),
        label="Bell",
        taken_by="workforce",
        by=by(cast.dan),
        at=NOW,
    )


def look(cast, how, *, later=timedelta(), screen=None):
    return look_at_one(by=by(cast.dan), clock=lambda: NOW + later, look=how, screen=screen)


class TestALook:
    def test_is_asked_for_with_the_picture(self, cast):
        asset = given_asset(cast)

        assert eyesight(rendition_of(asset)).state == "asked"

    def test_keeps_what_was_seen_sealed(self, cast):
        asset = given_asset(cast)

        assert look(cast, seeing(FACE, TEXT))

        eyes = eyesight(rendition_of(asset))
        assert eyes.state == "open"
        assert eyes.counts == {"face": 1, "text": 1, "code": 0}
        assert [Seen.of(one).text for one in eyes.sightings] == ["", "OR 4 Maria Fernandez"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT seen FROM consent_sighting")
            assert not [row for row in cursor.fetchall() if "Fernandez" in row[0] or "100" in row[0][:4]]

    def test_writes_counts_into_the_ledger_and_nothing_that_was_read(self, cast):
        given_asset(cast)

        look(cast, seeing(FACE, TEXT))

        [entry] = LedgerEntry.objects.filter(event="picture.looked_at")
        assert b'"faces":1' in bytes(entry.body).replace(b" ", b"")
        assert b"Fernandez" not in bytes(entry.body)

    def test_hands_what_was_read_to_the_word_screen(self, cast):
        given_asset(cast)

        look(cast, seeing(FACE, TEXT), screen=lambda text: ["name"] if "Fernandez" in text else [])

        assert [Seen.of(one).says for one in Sighting.objects.order_by("number")] == [(), ("name",)]

    def test_that_saw_nothing_needs_nobody(self, cast):
        asset = given_asset(cast)

        look(cast, seeing())

        assert eyesight(rendition_of(asset)).state == "done"

    def test_is_taken_by_one_worker_only(self, cast):
        given_asset(cast)
        nested = []

        def during(picture):
            nested.append(look(cast, seeing()))
            return Looked((), {})

        look(cast, during)

        assert nested == [False]

    def test_is_free_again_when_its_worker_is_gone(self, cast):
        given_asset(cast)
        with pytest.raises(KeyError):
            look(cast, dying)
        assert not look(cast, seeing())

        assert look(cast, seeing(), later=timedelta(minutes=7))


class TestALookThatFails:
    def test_waits_for_a_person_at_once_where_no_detector_is(self, cast):
        asset = given_asset(cast)

        look(cast, failing(passing=False))

        eyes = eyesight(rendition_of(asset))
        assert eyes.state == "waiting"
        assert eyes.scan is not None
        assert eyes.scan.why == "The detectors are not here."
        assert LedgerEntry.objects.filter(event="picture.not_looked_at").count() == 1

    def test_is_tried_again_and_then_waits_for_a_person(self, cast):
        asset = given_asset(cast)
        later = timedelta()
        for wait in TRIES_AFTER:
            look(cast, failing(passing=True), later=later)
            assert eyesight(rendition_of(asset)).state == "asked"
            assert not look(cast, seeing(), later=later)
            later += wait

        look(cast, failing(passing=True), later=later)

        assert eyesight(rendition_of(asset)).state == "waiting"

    def test_is_done_again_by_the_command(self, cast, capsys, settings):
        asset = given_asset(cast)
        look(cast, failing(passing=False))

        call_command("scan_pictures", "--ask")

        assert "Asked for 1 looks." in capsys.readouterr().out
        assert eyesight(rendition_of(asset)).state == "asked"


class TestAnotherLook:
    def test_keeps_what_was_settled_at_the_same_place(self, cast):
        asset = given_asset(cast)
        look(cast, seeing(FACE))
        appearance = name_appearance(asset=asset, person=cast.ana, elements=["face"], by=by(cast.dan), at=NOW)
        Sighting.objects.update(settled="named", appearance=appearance)

        ask_again(rendition=rendition_of(asset), by=by(cast.dan), at=NOW)
        nearly = Sight("face", Box(104, 82, 58, 80), 0.7)
        look(cast, seeing(nearly, SECOND))

        assert [one.settled for one in eyesight(rendition_of(asset)).sightings] == ["named", ""]

    def test_is_asked_for_once(self, cast):
        asset = given_asset(cast)

        ask_again(rendition=rendition_of(asset), by=by(cast.dan), at=NOW)

        assert PictureScan.objects.count() == 1


class TestTheGate:
    def test_counts_a_face_that_nobody_settled(self, cast):
        asset = given_asset(cast)
        appearance = name_appearance(asset=asset, person=cast.ana, elements=["face"], by=by(cast.dan), at=NOW)
        version = given_version(cast, showing=rendition_of(asset))
        assert unnamed(version) == 0

        look(cast, seeing(FACE, SECOND))
        assert unnamed(version) == 2
        Sighting.objects.filter(number=1).update(settled="named", appearance=appearance)
        assert unnamed(version) == 1
        remove_appearance(appearance=appearance, by=by(cast.dan), at=NOW)
        assert unnamed(version) == 2


def unnamed(version):
    """What the gate is told of how many in the version's picture nobody named."""
    return content_of(version).pictures[0].unnamed


class TestTheDatabase:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE consent_picturescan SET faces = 0",
            "UPDATE consent_picturescan SET state = 'asked'",
            "DELETE FROM consent_picturescan",
            "UPDATE consent_sighting SET seen = 'other'",
            "UPDATE consent_sighting SET kind = 'text'",
            "DELETE FROM consent_sighting",
        ],
    )
    def test_keeps_what_was_seen(self, cast, statement):
        given_asset(cast)
        look(cast, seeing(FACE))

        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    def test_lets_where_it_was_be_dropped_and_then_settles_nothing(self, cast):
        given_asset(cast)
        look(cast, seeing(FACE))
        Sighting.objects.update(settled="attested", seen="")

        with pytest.raises(IntegrityError), transaction.atomic():
            Sighting.objects.update(settled="named")
