"""Finding somebody by what a receptionist types."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from consent.people.actions import add_identifier, add_person, index_words, merge_people, rename_person
from consent.people.models import NameWord
from consent.people.queries import begins_with, people_found, shown_name
from tests.cast import NOW, Cast, by, make_person

LETTERS = st.text("aáeéoøñzŁ'-", min_size=1, max_size=8).filter(lambda text: text.strip("'-"))


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def jose(cast):
    return make_person(cast.practice, "José María", "Núñez-O'Hara", date(1984, 3, 2))


def found(cast, text, identify=True):
    return people_found(cast.practice, text, 20, identify=identify)


class TestFinding:
    @pytest.mark.parametrize(
        "text", ["jo", "MAR", "nun", "hara", "o'h", "ohara", "nun jos", "Núñez-O'H", "mar ha"]
    )
    def test_matches_the_beginning_of_any_word(self, cast, jose, text):
        assert found(cast, text) == [jose]

    @pytest.mark.parametrize(
        "text", ["ose", "jose smith", "x", "-", "😀", "'; DROP TABLE", "%", "_", "zz\x00"]
    )
    def test_finds_nobody_by_anything_else(self, cast, jose, text):
        assert found(cast, text) == []

    @pytest.mark.parametrize(
        "text", ["3/2/1984", "03/02/1984", "1984-03-02", "Mar 2 1984", "2 march 1984", "March 2nd, 1984"]
    )
    def test_matches_the_birth_date_as_people_write_it(self, cast, jose, text):
        assert found(cast, text) == [jose]

    def test_matches_an_external_id_exactly(self, cast, jose):
        add_identifier(person=jose, system="MRN", value="A-10045", by=by(cast.finn), at=NOW)
        assert found(cast, " a-10045 ") == [jose]
        assert found(cast, "A-1004") == []

    def test_still_finds_by_a_former_name(self, cast):
        rename_person(person=cast.ana, given="Ana", family="Vega", by=by(cast.finn), at=NOW)
        assert found(cast, "ruiz") == found(cast, "vega") == [cast.ana]
        assert shown_name(found(cast, "ruiz")[0], identify=True) == "Ana Vega"

    def test_shows_a_merged_record_once_as_its_main_record(self, cast, jose):
        twin = make_person(cast.practice, "Pepe", "Nunez", date(1984, 3, 2))
        merge_people(person=twin, into=jose, by=by(cast.finn), at=NOW)
        assert found(cast, "pepe") == found(cast, "nun") == [jose]

    def test_stays_inside_the_practice(self, cast, jose):
        make_person(cast.other_practice, "José", "Núñez", date(1984, 3, 2))
        assert found(cast, "nunez") == found(cast, "3/2/1984") == [jose]

    def test_shows_the_newest_when_nothing_is_typed(self, cast):
        people = [cast.vic, cast.ana]
        assert found(cast, "  ") == people[::-1]


class TestFindingAsAMarketer:
    def test_looks_at_the_alias_alone(self, cast, jose):
        jose.alias = "Joe"
        jose.save()
        index_words(jose)
        add_identifier(person=jose, system="MRN", value="10045", by=by(cast.finn), at=NOW)
        assert found(cast, "joe", identify=False) == [jose]
        for text in ("nunez", "3/2/1984", "10045", "joe nunez"):
            assert found(cast, text, identify=False) == []
        assert shown_name(jose, identify=False) == "Joe"


class TestTheCostOfFinding:
    def test_is_the_same_for_one_and_for_many(self, cast, django_assert_num_queries):
        counts = []
        for number in range(12):
            make_person(cast.practice, f"Ana{number}", "Ruiz Alvarez", date(1984, 3, 2))
            if number in (0, 11):
                with CaptureQueriesContext(
                    connection,
                ) as queries:
                    assert len(found(cast, ["ana", "3/2/1984"][0])) == number + 1
                counts.append(len(queries))
        assert counts[0] == counts[1] <= 7

    def test_uses_the_index_of_words(self, cast):
        NameWord.objects.bulk_create(
            NameWord(practice=cast.practice, person=cast.ana, word=f"word{number:05}")
            for number in range(3000)
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        words = NameWord.objects.filter(begins_with("word", "word0123"), practice=cast.practice)
        assert "name_word_prefix" in words.values("person_id").explain()


class TestAnyName(TestCase):
    @settings(max_examples=25)
    @given(LETTERS, LETTERS, st.data())
    def test_is_found_by_any_prefix_of_any_word(self, given_name, family, data):
        cast = Cast()
        person = add_person(
            practice=cast.practice, given=given_name, family=family, relations=["patient"], born=None,
            by=by(cast.finn), at=NOW,
        )  # fmt: skip
        word = data.draw(st.sampled_from(f"{given_name} {family}".split()))
        beginning = word[: data.draw(st.integers(1, len(word)))]
        if beginning.strip("'-"):
            assert person in found(cast, beginning)
