"""A drawing is judged kindly, on the server: a mark stands, a slip of the finger does not."""

import json
import math

import pytest

from consent.signing.rules import MarkRefused, checked_name, path_of, read_drawing
from consent.signing.rules.marks import MAX_TEXT
from tests.ceremonies import scribble


def drawn(*strokes, width=600, height=200):
    return json.dumps({"width": width, "height": height, "strokes": [list(map(list, s)) for s in strokes]})


def line(start, end, points=40, tremble=0.0):
    (x0, y0), (x1, y1) = start, end
    for step in range(points):
        part = step / (points - 1)
        wave = tremble * math.sin(step * 2.3)
        yield x0 + (x1 - x0) * part + wave, y0 + (y1 - y0) * part - wave


class TestADrawing:
    @pytest.mark.parametrize(
        "sent",
        [
            scribble(),
            drawn(line((50, 50), (150, 150)), line((150, 50), (50, 150))),
            drawn([(100 + 40 * math.cos(a / 5), 100 + 40 * math.sin(a / 5)) for a in range(32)]),
        ],
        ids=["name", "cross", "circle"],
    )
    def test_that_is_a_mark_stands(self, sent):
        assert path_of(read_drawing(sent)).startswith("M")

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            (drawn(), "still empty"),
            (drawn([(10, 10)]), "only a dot"),
            (drawn([(10, 10), (11, 10), (10, 11)] * 20), "only a dot"),
            (drawn(line((20, 100), (500, 100))), "straight line"),
            (drawn(line((20, 20), (500, 180), tremble=1.2)), "straight line"),
            (drawn([*line((20, 100), (500, 101)), *line((500, 101), (20, 100))]), "straight line"),
        ],
        ids=["empty", "point", "dot", "level", "trembling slope", "to and fro"],
    )
    def test_that_is_a_slip_of_the_finger_is_refused_kindly(self, sent, sentence):
        with pytest.raises(MarkRefused, match=sentence):
            read_drawing(sent)

    @pytest.mark.parametrize(
        "sent",
        [
            "",
            "no json",
            "[]",
            '{"strokes": 5, "width": 1, "height": 1}',
            '{"width": 600, "height": 200, "strokes": [[["1", 2]]]}',
            '{"width": 600, "height": 200, "strokes": [[[NaN, 2]]]}',
            '{"width": 600, "height": 200, "strokes": [[[1e400, 2]]]}',
            '{"width": 0, "height": 200, "strokes": [[[1, 2]]]}',
            '{"width": true, "height": 200, "strokes": [[[1, 2]]]}',
            "[" * 100_000,
        ],
    )
    def test_that_cannot_be_read_is_refused_with_a_sentence(self, sent):
        with pytest.raises(MarkRefused, match="did not arrive whole"):
            read_drawing(sent)

    def test_that_is_too_large_is_refused_before_it_is_read(self):
        with pytest.raises(MarkRefused, match="too large"):
            read_drawing("[" + "1," * MAX_TEXT + "1]")

    def test_of_too_many_strokes_is_refused(self):
        with pytest.raises(MarkRefused, match="too large"):
            read_drawing(drawn(*([(1, 1), (2, 2)] for _ in range(400))))


class TestATypedName:
    def test_stands_whatever_its_letters_accents_and_spaces(self):
        assert checked_name("  josé   PÉREZ ", "Jose Pérez") == "josé PÉREZ"
        assert checked_name("Ana Maria Ruiz", "Ana Ruiz") == "Ana Maria Ruiz"
        assert checked_name("Ana\0 \u202eRuiz", "Ana Ruiz") == "Ana Ruiz"

    @pytest.mark.parametrize("typed", ["", "  ", "Ana", "x", "Bea Ruiz", "Ana Ruiz " + "x" * 200])
    def test_that_is_not_the_signers_is_refused_kindly(self, typed):
        with pytest.raises(MarkRefused, match="Ana Ruiz"):
            checked_name(typed, "Ana Ruiz")
