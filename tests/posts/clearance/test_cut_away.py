"""What is cut away of somebody is no longer asked of them for that copy; whom nobody would know is not asked at all."""

import pytest
from django.db import IntegrityError, transaction

from consent.audit.models import LedgerEntry
from consent.audit.rules import SYSTEM
from consent.media.actions import (
    CoverDoesNotCure,
    NothingShown,
    NotRetouched,
    look_at_one,
    name_sighting,
    retouch,
    say_cut_away,
    show_after_all,
)
from consent.media.detectors.sights import Box, Sight
from consent.media.models import CutAway
from consent.media.queries import eyesight, looks_by_rendition, rendition_of
from consent.media.sight import Looked
from posts.clearance.queries import rulings
from posts.content.actions import Shown
from posts.planning.queries import desk, draft_of
from tests.cast import NOW, by
from tests.consents import signed_consent
from tests.desk import as_, at, words
from tests.drafts import a_version
from tests.pictures import given_picture

FACE = Sight("face", Box(100, 80, 60, 80), 0.9)
BELOW = Box(0, 200, 640, 280)
THROUGH_IT = Box(0, 100, 640, 380)


def look(*seen):
    kinds = {"faces": "test"}
    assert look_at_one(by=SYSTEM, clock=lambda: NOW, look=lambda _: Looked(tuple(seen), kinds))


@pytest.fixture
def asset(cast):
    """Ana, by her face and a scar on her arm; the detectors saw the face, and Dan named it."""
    asset = given_picture(cast, looked=False)
    look(FACE)
    [sighting] = eyesight(rendition_of(asset)).sightings
    name_sighting(
        sighting=sighting, person=cast.ana, elements=["face", "likeness_other"], by=by(cast.dan), at=NOW
    )
    return asset


def cut_to(cast, asset, crop):
    new = retouch(rendition=rendition_of(asset), covers=[], crop=crop, by=by(cast.dan), at=NOW)
    look()
    return new


def uses(cast, rendition):
    """What the gate asks of Ana for the rendition, and what the composer does."""
    version = a_version(cast, media=[Shown(rendition, "A garden")])
    [ruling] = rulings([version], NOW, final=False)
    [shown] = desk(version.post, draft_of(version.post), NOW).versions
    assert shown.answer.facts.people == ruling.facts.people
    assert shown.answer.facts.digest == ruling.facts.digest
    return {element for one in ruling.facts.people for element in one.elements}


def appearance(asset):
    return asset.appearances.get(removed_at=None)


class TestACropBelowTheFace:
    def test_drops_the_face_for_this_copy_and_no_other(self, cast, asset):
        whole = rendition_of(asset)
        below = cut_to(cast, asset, BELOW)
        assert uses(cast, below) == {"likeness_other"}
        assert uses(cast, whole) == {"face", "likeness_other"}

    def test_needs_a_permission_for_what_is_left_only(self, cast, asset):
        signed_consent(cast, cast.ana, elements=["likeness_other"])
        version = a_version(cast, media=[Shown(cut_to(cast, asset, BELOW), "An arm")])
        [ruling] = rulings([version], NOW, final=False)
        assert "SCOPE_ELEMENT" not in {reason.code for reason in ruling.verdict.reasons}

    def test_drops_nothing_if_a_piece_of_the_face_is_left(self, cast, asset):
        assert uses(cast, cut_to(cast, asset, THROUGH_IT)) == {"face", "likeness_other"}

    def test_is_inherited_by_a_further_cut(self, cast, asset):
        cut_to(cast, asset, BELOW)
        assert uses(cast, cut_to(cast, asset, Box(0, 50, 640, 200))) == {"likeness_other"}

    def test_drops_nothing_where_only_the_face_was_shown(self, cast):
        """Then nothing would be left to ask for, and that only a person may say."""
        asset = given_picture(cast, looked=False)
        look(FACE)
        [sighting] = eyesight(rendition_of(asset)).sightings
        name_sighting(sighting=sighting, person=cast.ana, elements=["face"], by=by(cast.dan), at=NOW)
        assert uses(cast, cut_to(cast, asset, BELOW)) == {"face"}

    def test_drops_nothing_of_a_picture_taken_by_somebody_from_outside(self, cast, asset):
        asset.taken_by = "third_party"
        asset.save()
        assert uses(cast, cut_to(cast, asset, BELOW)) == {"face", "likeness_other"}

    def test_counts_no_more_once_it_is_known_that_an_outsider_took_it(self, cast, asset):
        below = cut_to(cast, asset, BELOW)
        asset.taken_by = "third_party"
        asset.save()
        assert uses(cast, below) == {"face", "likeness_other"}

    def test_is_taken_back_when_the_face_is_named_in_the_copy(self, cast, asset):
        below = retouch(rendition=rendition_of(asset), covers=[], crop=BELOW, by=by(cast.dan), at=NOW)
        look(FACE)
        [sighting] = eyesight(below).sightings
        elements = ["face", "likeness_other"]
        name_sighting(sighting=sighting, person=cast.ana, elements=elements, by=by(cast.dan), at=NOW)
        assert uses(cast, below) == {"face", "likeness_other"}


class TestWhomNobodyWouldKnow:
    def test_is_asked_for_nothing(self, cast, asset):
        below = cut_to(cast, asset, BELOW)
        say_cut_away(rendition=below, appearance=appearance(asset), wholly=True, by=by(cast.dan), at=NOW)
        assert uses(cast, below) == set()
        version = a_version(cast, media=[Shown(below, "Flowers")])
        [ruling] = rulings([version], NOW, final=False)
        assert ruling.verdict.allowed

    def test_is_asked_again_when_that_is_taken_back(self, cast, asset):
        below = cut_to(cast, asset, BELOW)
        cut = say_cut_away(
            rendition=below, appearance=appearance(asset), wholly=True, by=by(cast.dan), at=NOW
        )
        show_after_all(cut=cut, by=by(cast.eve), at=NOW)
        assert uses(cast, below) == {"face", "likeness_other"}

    def test_is_asked_again_when_somebody_names_them_otherwise(self, cast, asset):
        below = cut_to(cast, asset, BELOW)
        say_cut_away(rendition=below, appearance=appearance(asset), wholly=True, by=by(cast.dan), at=NOW)
        client = as_(cast.dan)
        sent = {"person": cast.ana.pk, "elements": ["likeness_other"], "capacity": "patient"}
        client.post(at("media:name", asset.pk), sent)
        assert uses(cast, below) == {"likeness_other"}

    def test_is_not_said_of_the_whole_picture(self, cast, asset):
        look_of = appearance(asset)
        with pytest.raises(NotRetouched):
            say_cut_away(
                rendition=rendition_of(asset), appearance=look_of, wholly=True, by=by(cast.dan), at=NOW
            )

    def test_is_not_said_of_a_picture_taken_by_somebody_from_outside(self, cast, asset):
        below = cut_to(cast, asset, BELOW)
        asset.taken_by = "third_party"
        asset.save()
        with pytest.raises(CoverDoesNotCure):
            say_cut_away(rendition=below, appearance=appearance(asset), wholly=True, by=by(cast.dan), at=NOW)

    def test_is_not_said_by_ticking_everything(self, cast, asset):
        below = cut_to(cast, asset, BELOW)
        with pytest.raises(NothingShown):
            say_cut_away(
                rendition=below,
                appearance=appearance(asset),
                elements=["face", "likeness_other"],
                by=by(cast.dan),
                at=NOW,
            )

    def test_stands_in_the_ledger(self, cast, asset):
        below = cut_to(cast, asset, BELOW)
        say_cut_away(rendition=below, appearance=appearance(asset), wholly=True, by=by(cast.dan), at=NOW)
        assert LedgerEntry.objects.filter(event="rendition.cut_away").count() == 2
        assert LedgerEntry.objects.filter(event="rendition.shown_after_all").count() == 1


class TestTheRow:
    def test_is_only_ever_taken_back(self, cast, asset):
        cut_to(cast, asset, BELOW)
        row = CutAway.objects.get()
        for change in (lambda: CutAway.objects.update(wholly=True), row.delete):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()
        CutAway.objects.update(removed_at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            CutAway.objects.update(removed_at=None)


class TestThePage:
    def test_says_what_the_copy_still_shows_and_takes_the_answer(self, cast, asset):
        client = as_(cast.dan)
        sent = {f"crop_{side}": getattr(BELOW, side) for side in ("x", "y", "width", "height")}
        page = words(client.post(at("media:retouch", asset.pk), sent, follow=True))
        assert "Still counted as shown in the new copy: Ana" in page
        assert "This copy shows no longer: their face" in page or "no longer: face" in page

        below = rendition_of(asset)
        address = at("media:cut_away", below.pk, appearance(asset).pk)
        page = words(client.post(address, {"wholly": "on"}, follow=True))
        assert "nothing by which Ana could be recognised" in page
        page = words(
            client.post(at("media:show_after_all", CutAway.objects.get(removed_at=None).pk), follow=True)
        )
        assert "counts as shown in this copy again" in page
        assert not looks_by_rendition([below])[below.pk][0].masked
        page = words(client.post(address, {"elements": ["face"]}, follow=True))
        assert "This copy shows no longer" in page
        assert "Tick what is cut away" in words(client.post(address, {}, follow=True))
