"""How names are folded, so that typing finds them whatever the accents, hyphens and scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.people.rules import FieldRefused, checked_name, folded_terms, folded_words

NAMES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")) | st.sampled_from("áéñü'’-  øŁßİǆ한संر"),
    min_size=1,
    max_size=30,
)


class TestFolding:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("José Núñez", {"jose", "nunez"}),
            ("Anne-Marie O'Neil", {"anne", "marie", "annemarie", "o", "neil", "oneil"}),
            ("Sinéad O’Connor", {"sinead", "o", "connor", "oconnor"}),
            ("Łukasz Þórsson", {"lukasz", "thorsson"}),
            ("Straße", {"strasse"}),
            ("محمد", {"محمد"}),
            ("李 小龍", {"李", "小龍"}),
        ],
    )
    def test_keeps_letters_and_drops_accents(self, name, words):
        assert folded_words(name) == words

    @given(NAMES)
    def test_finds_by_any_prefix_of_any_word(self, name):
        words = folded_words(name)
        for word in name.split():
            for end in range(1, len(word) + 1):
                terms = folded_terms(word[:end])
                assert all(any(known.startswith(term) for known in words) for term in terms)

    @given(NAMES)
    def test_ignores_case_and_is_stable(self, name):
        words = folded_words(name)
        assert folded_words(" ".join(words)) == words
        assert all(1 <= len(word) <= 150 for word in words)


class TestCheckingAName:
    def test_keeps_right_to_left_names_and_drops_direction_marks(self):
        assert checked_name("\u202eفاطمة\u200f  علي", "given", "Given name") == "فاطمة علي"

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("", "Given name: write it in, please."),
            ("x" * 300, "Given name: 300 characters are too many, use at most 150."),
            ("😀", "Given name: write it with letters."),
            ("\x00\n", "Given name: write it in, please."),
        ],
    )
    def test_says_what_is_wrong(self, text, says):
        with pytest.raises(FieldRefused, match=says) as refused:
            checked_name(text, "given", "Given name")
        assert refused.value.field == "given"
