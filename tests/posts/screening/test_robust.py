"""The word screen under hostile and noisy texts: bounded time, offsets that stay right, the same answer."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posts.screening.rules.folding import fold
from posts.screening.rules.screening import screen

LENGTH, SECONDS = 60_000, 20
HOSTILE = [
    "a",
    "1",
    "-",
    "a ",
    "1 ",
    "a-",
    "1-",
    "a.",
    "1.2.",
    "a@",
    "@a.",
    "#a",
    "five ",
    "my son's ",
    "we have ",
    "no record ",
    "the only ",
    "Dr. A. ",
    "Maria ",
    "Z\u0337\u0338\u0336",
    "\u202e\u200b",
    "0:",
    "ab:",
    "you were ",
    "at 1 ",
    "M a r c ",
    "(555) ",
    "thank you so much ",
]
INVISIBLE = ["\u200b", "\u200d", "\u2060", "\u00ad", "\u202e", "\u0336"]
TEXTS = [
    ("my social is 219-09-9999", "SSN", "219-09-9999"),
    ("MRN 00482913 looks great post op", "MRN", "00482913"),
    ("so proud of Marcus Webb, he beat his leukemia", "NAME", "Marcus Webb"),
    ("email me at dave.99@gmail.com", "EMAIL", "dave.99@gmail.com"),
]


class TestLongTexts:
    @pytest.mark.parametrize("piece", HOSTILE)
    def test_take_bounded_time(self, piece):
        text = (piece * (LENGTH // len(piece)))[:LENGTH]
        begin = time.perf_counter()
        screen(text, "reply", text[:2000])
        assert time.perf_counter() - begin < SECONDS

    def test_are_read_to_their_end(self):
        text = "Floss every day and drink water. " * 1500 + "My MRN is 00482913."
        outcome = screen(text, "comment")
        assert outcome.verdict == "phi"
        assert any(text[one.start : one.end] == "00482913" for one in outcome.findings)


class TestSpans:
    @settings(max_examples=150, deadline=None)
    @given(st.text(max_size=300), st.sampled_from(["caption", "comment", "reply"]))
    def test_stay_inside_the_text(self, text, kind):
        for one in screen(text, kind, text[:40]).findings:
            assert 0 <= one.start < one.end <= len(text) or (not text and one.start == one.end == 0)

    @settings(max_examples=100, deadline=None)
    @given(st.text(max_size=200))
    def test_lead_back_to_where_each_letter_came_from(self, text):
        folded = fold(text)
        assert len(folded.text) == len(folded.lower)
        for place in range(len(folded.text)):
            start, end = folded.original(place, place + 1)
            assert 0 <= start < end <= len(text)

    @pytest.mark.parametrize(("text", "type_", "words"), TEXTS)
    @settings(max_examples=40, deadline=None)
    @given(data=st.data())
    def test_stay_right_among_invisible_characters(self, text, type_, words, data):
        at = data.draw(st.lists(st.integers(1, len(text)), max_size=8))
        noisy = text
        for place in sorted(at, reverse=True):
            noisy = noisy[:place] + data.draw(st.sampled_from(INVISIBLE)) + noisy[place:]
        spans = [noisy[one.start : one.end] for one in screen(noisy, "comment").findings if one.type == type_]
        plain = ["".join(letter for letter in span if _seen(letter)) for span in spans]
        assert words in plain


class TestNoise:
    @pytest.mark.parametrize(("text", "type_", "words"), TEXTS)
    @pytest.mark.parametrize(
        "noise",
        [
            "\u200b".join,
            lambda text: text.translate({ord("a"): "\u0430", ord("e"): "\u0435", ord("o"): "\u043e"}),
            lambda text: "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text),
            lambda text: "\u202e" + text + "\u202c",
            lambda text: "".join(one + "\u0337" for one in text),
        ],
        ids=["zero-width", "look-alikes", "full-width", "right-to-left", "stacked marks"],
    )
    def test_changes_no_verdict(self, text, type_, words, noise):
        assert screen(noise(text), "comment").verdict == screen(text, "comment").verdict == "phi"

    @pytest.mark.parametrize(("text", "type_", "words"), [row for row in TEXTS if row[1] != "NAME"])
    def test_of_capitals_changes_no_verdict(self, text, type_, words):
        assert screen(text.upper(), "comment").verdict == "phi"


def _seen(letter):
    return unicodedata.category(letter) not in {"Cf", "Mn"}
