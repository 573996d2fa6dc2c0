"""How large the type is on paper, read from the PDF as it was rendered (Cal. Civ. Code 56.11; R75)."""

import pytest

from consent.evidence.render import render_pdf
from consent.wording.actions import sample_forms
from consent.wording.printed import paper, print_flaws, smallest_points
from consent.wording.rules import form_from
from tests.cast import Cast

PAGE = """<html><style>@page {{ size: letter; margin: 20mm }} html {{ font: 14pt "Source Sans 3" }}
small {{ font-size: {size}pt }}</style><p>Words in the size of the form.</p><p><small>{small}</small></p></html>"""


@pytest.fixture
def cast(db):
    return Cast()


def printed(size, small="Small print."):
    return smallest_points(render_pdf(PAGE.format(size=size, small=small)))


class TestTheSmallestWords:
    @pytest.mark.parametrize("size", [6, 10, 13.5])
    def test_are_found_however_few(self, size):
        assert printed(size) == pytest.approx(size, abs=0.05)

    def test_are_those_of_the_form_where_none_are_smaller(self):
        assert printed(20) == pytest.approx(14, abs=0.05)
        assert printed(6, "") == pytest.approx(14, abs=0.05)


class TestAFormOnPaper:
    @pytest.mark.parametrize("language", ["en", "es"])
    def test_is_printed_in_fourteen_points_or_more(self, cast, language):
        data = next(
            one
            for one in sample_forms()
            if (one["kind"], one["language"]) == ("authorization_adult", language)
        )
        assert smallest_points(paper(form_from(data), cast.practice)) == pytest.approx(14, abs=0.05)
        assert print_flaws(form_from(data), cast.practice) == []

    def test_says_so_where_it_is_smaller(self, cast, monkeypatch):
        form = form_from(next(iter(sample_forms())))
        small = PAGE.format(size=9, small="Small print.")
        monkeypatch.setattr("consent.wording.printed.render_to_string", lambda template, page: small)
        [flaw] = print_flaws(form, cast.practice)
        assert "9.0 points on paper, and 14 is the least" in flaw.sentence
        assert (flaw.weight, flaw.citation) == ("gap", "Cal. Civ. Code 56.11")
