"""What was said beside what stands in the words (16 CFR 255.1(b); R84)."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.content.quoting import MOST_PAIRS, quote_diff
from posts.content.rules import Claims, quoted_in

WORDS = st.lists(
    st.sampled_from(["the", "Pain", "came", "back", "after", "a", "year", "it's", "mejoró"]), max_size=12
).map(" ".join)


def told(source: str, caption: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text.strip()) for one in quote_diff(source, caption)]


class TestAQuote:
    def test_shows_what_was_left_out_and_what_was_added(self) -> None:
        """G71: the marketer trims what does not please."""
        source = "I walk again. The pain came back after a year, but I walk."
        assert told(source, "Ana said: “I walk again, truly, but I walk.”") == [
            ("added", "Ana said: “"),
            ("same", "I walk again,"),
            ("left_out", "The pain came back after a year,"),
            ("added", "truly,"),
            ("same", "but I walk.”"),
        ]

    def test_that_begins_with_a_mark_is_whole_without_it(self) -> None:
        assert told("“¡I walk!”", "I walk.") == [("same", "I walk.")]

    @pytest.mark.parametrize("caption", ["I WALK -- again!", "“I walk, again” — Ana", "i walk\nagain"])
    def test_is_the_same_whatever_its_case_marks_and_spaces(self, caption: str) -> None:
        assert "left_out" not in {kind for kind, _ in told("I walk again.", caption)}

    def test_that_stands_nowhere_is_left_out_whole(self) -> None:
        assert told("I walk again.", "Come and see us") == [
            ("left_out", "I walk again."),
            ("added", "Come and see us"),
        ]
        assert told("", "") == []

    @given(WORDS, WORDS)
    def test_loses_no_word_of_either(self, source: str, caption: str) -> None:
        pieces = quote_diff(source, caption)
        assert "".join(one.text for one in pieces if one.kind != "left_out") == caption
        kept = " ".join(one.text for one in pieces if one.kind != "added")
        assert re.findall(r"\w+", kept.casefold()) == re.findall(r"\w+", source.casefold())

    @given(WORDS, WORDS, WORDS)
    def test_that_is_whole_leaves_nothing_out(self, before: str, source: str, after: str) -> None:
        """The gate and the comparison agree; what stands before and after it was added."""
        caption = f"{before} {source} {after}"
        assert not source or quoted_in(Claims(quote_source=source), caption, quotes_someone=True) == "whole"
        pieces = quote_diff(source, caption)
        assert "left_out" not in {one.kind for one in pieces}
        same = " ".join(one.text for one in pieces if one.kind == "same")
        assert same.split() == source.split()

    @pytest.mark.parametrize(
        ("source", "caption"),
        [
            ("a b " * 5_000, "b a " * 5_000),
            ("a " * 10_000, "a " * 9_999),
            ("".join(f"w{n} " for n in range(3_500)), "".join(f"w{n} " for n in range(3_500, 0, -1))),
            ("?!" * 10_000, "…" * 20_000),
            ("x" * 20_000, "y" * 20_000),
        ],
    )
    def test_takes_no_longer_however_long_it_is(self, source: str, caption: str) -> None:
        """Counted in the processor's time, so that a busy machine does not matter."""
        start = time.process_time()
        assert quote_diff(source, caption)
        assert time.process_time() - start < 2
        assert MOST_PAIRS < 1_000_000


class TestAStory:
    SAID = Claims(story=7, quote_source="I walk again. The pain came back after a year, but I walk.")

    @pytest.mark.parametrize(
        ("caption", "quotes_someone", "found"),
        [
            ("See what Rosa wrote: https://social.example/1", False, "none"),
            ("See what Rosa wrote: https://social.example/1", True, "cut"),
            ("Rosa: “The pain came back!”", False, "cut"),
            ("I walk again. The pain came back after a year, but I walk.", False, "whole"),
            ("", False, "none"),
        ],
    )
    def test_is_quoted_as_soon_as_some_of_its_words_stand_in_a_row(
        self, caption: str, quotes_someone: bool, found: str
    ) -> None:
        """Only then may a link alone go out beside other words, and no piece of the quote (R84, R96)."""
        assert quoted_in(self.SAID, caption, quotes_someone=quotes_someone) == found
