"""Saying who is in a picture, or that nobody is."""

import pytest

from consent.audit.models import LedgerEntry
from consent.media.actions import (
    AlreadyTakenOut,
    NothingShown,
    NotOfThisPractice,
    OwnNaming,
    SomeoneAppears,
    confirm_appearance,
    name_appearance,
    remove_appearance,
    say_nobody_appears,
)
from consent.media.models import Appearance
from consent.media.queries import people_in, pictures
from tests.cast import NOW, by, make_person
from tests.pictures import given_picture


class TestNaming:
    def test_counts_an_unsaid_capacity_as_patient(self, cast):
        asset = given_picture(cast)

        look = name_appearance(asset=asset, person=cast.ana, elements=["face"], by=by(cast.dan), at=NOW)

        assert look.capacity == "patient"
        assert people_in(asset) == [cast.ana]

    def test_ends_the_word_that_nobody_appears(self, cast):
        asset = given_picture(cast)
        assert asset.appearances.count() == 0

        name_appearance(asset=asset, person=cast.ana, elements=["face"], by=by(cast.dan), at=NOW)

        asset.refresh_from_db()
        assert asset.nobody_appears is None

    def test_asks_what_is_shown(self, cast):
        asset = given_picture(cast)

        for elements in ([], ["soul"]):
            with pytest.raises(NothingShown, match="Ana"):
                name_appearance(asset=asset, person=cast.ana, elements=elements, by=by(cast.dan), at=NOW)

    def test_again_replaces_what_was_said_and_keeps_it(self, cast):
        asset = given_picture(cast, cast.ana)

        name_appearance(asset=asset, person=cast.ana, elements=["face", "xray"], by=by(cast.mia), at=NOW)

        said = Appearance.objects.filter(asset=asset).order_by("id").values_list("elements", "removed_at")
        assert list(said) == [(["face"], NOW), (["face", "xray"], None)]

    def test_stays_inside_the_practice(self, cast):
        stranger = make_person(cast.other_practice, "Sam", "Poe", cast.ana.date_of_birth)

        with pytest.raises(NotOfThisPractice):
            name_appearance(
                asset=given_picture(cast), person=stranger, elements=["face"], by=by(cast.dan), at=NOW
            )

    def test_is_confirmed_by_someone_else(self, cast):
        [look] = given_picture(cast, cast.ana).appearances.all()

        with pytest.raises(OwnNaming):
            confirm_appearance(appearance=look, by=by(cast.dan), at=NOW)

        assert confirm_appearance(appearance=look, by=by(cast.eve), at=NOW).confirmed_by == cast.eve

    def test_tells_the_ledger_the_person_by_number(self, cast):
        given_picture(cast, cast.ana)

        [entry] = LedgerEntry.objects.filter(event="appearance.named")
        assert entry.person == cast.ana.pk
        assert b"Ana" not in bytes(entry.body)


class TestTakingOut:
    def test_keeps_what_was_said(self, cast):
        asset = given_picture(cast, cast.ana)
        [look] = asset.appearances.all()

        remove_appearance(appearance=look, by=by(cast.dan), at=NOW)

        assert people_in(asset) == []
        assert Appearance.objects.get().removed_at == NOW
        with pytest.raises(AlreadyTakenOut):
            remove_appearance(appearance=look, by=by(cast.dan), at=NOW)


class TestSayingNobodyAppears:
    def test_is_refused_while_someone_is_named(self, cast):
        asset = given_picture(cast, cast.ana)

        with pytest.raises(SomeoneAppears):
            say_nobody_appears(asset=asset, by=by(cast.dan), at=NOW)

        asset.refresh_from_db()
        assert asset.nobody_appears is None


class TestTheLibrary:
    @pytest.mark.parametrize("number", [1, 5, 20])
    def test_takes_as_many_queries_however_many_people(self, cast, number, django_assert_num_queries):
        people = [make_person(cast.practice, f"P{n}", "Q", cast.ana.date_of_birth) for n in range(number)]
        given_picture(cast, *people)

        with django_assert_num_queries(3):
            [asset] = pictures(cast.practice)
            assert len(people_in(asset)) == number
