"""What the linter finds: every element and statement of 45 CFR 164.508(c), and clauses that undo them (R2-R20)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.wording.actions import sample_forms
from consent.wording.rules import ANCHORS, AUTHORIZATIONS, REQUIRED, Section, band_of, flaws, form_from, gaps
from consent.wording.rules.cues import POINTS

from .printed_forms import KINDS, printed_form

SAMPLES = {(data["kind"], data["language"]): form_from(data) for data in sample_forms()}
ADULT = SAMPLES["authorization_adult", "en"]
MODELS = {(kind, language): printed_form(language, kind) for kind in KINDS for language in ("en", "es")}
AUTHORIZING = {key: form for key, form in SAMPLES.items() if key[0] in AUTHORIZATIONS}


def saying(text, form=ADULT, **fields):
    """The form with a part of its own that says `text`."""
    return replace(form, sections=(*form.sections, Section("more", "More", paragraphs=(text,), **fields)))


def without(form, key):
    """The form with one part's words taken out, its heading and anchors left."""
    kept = [s if s.key != key else replace(s, paragraphs=(), after=(), asks=None) for s in form.sections]
    return replace(form, sections=tuple(kept))


def told(form):
    return " ".join(flaw.sentence for flaw in gaps(flaws(form)))


class TestTheFormsThatComeWithPostern:
    @pytest.mark.parametrize("key", SAMPLES)
    def test_have_no_gap_and_are_easy_to_read(self, key):
        assert gaps(flaws(SAMPLES[key])) == []
        assert band_of(SAMPLES[key]) == "easy"

    @pytest.mark.parametrize("key", SAMPLES)
    def test_still_say_that_they_are_samples(self, key):
        assert [flaw.weight for flaw in flaws(SAMPLES[key])] == ["advice"]


class TestTheModelForms:
    @pytest.mark.parametrize("key", MODELS)
    def test_have_no_gap(self, key):
        assert told(MODELS[key]) == ""

    @pytest.mark.parametrize("key", MODELS)
    def test_are_as_easy_as_they_were_written_to_be(self, key):
        """Flesch-Kincaid 4.1 and 3.5, INFLESZ 72 and 79 by their author's calculator."""
        assert band_of(MODELS[key]) == "easy"

    @pytest.mark.parametrize("key", MODELS)
    def test_hold_every_anchor_of_the_rule(self, key):
        assert set(REQUIRED[key[0]]) <= set(MODELS[key].anchors)


@st.composite
def mutilated(draw):
    """A whole form, with one required anchor and how it was lost: its mark, its part, or its words."""
    form = draw(st.sampled_from([*SAMPLES.values(), *MODELS.values()]))
    anchor = draw(st.sampled_from(REQUIRED[form.kind]))
    how = draw(st.sampled_from(["mark", "part", "words"]))
    kept = []
    for section in form.sections:
        if anchor not in section.anchors:
            kept.append(section)
        elif how == "mark":
            kept.append(replace(section, anchors=tuple(a for a in section.anchors if a != anchor)))
        elif how == "words":
            kept.append(replace(section, heading="", paragraphs=(), after=(), asks=None))
    return replace(form, sections=tuple(kept)), anchor


class TestAFormThatLostOneThing:
    @given(mutilated())
    def test_is_always_reported_with_its_citation(self, one):
        form, anchor = one
        found = gaps(flaws(form))
        assert found
        citations = {ANCHORS[anchor].citation, *(p.citation for p in POINTS if p.anchor == anchor)}
        assert citations & {flaw.citation for flaw in found}

    @given(st.sampled_from(list(AUTHORIZING)), st.data())
    def test_is_reported_for_every_sentence_that_alone_makes_a_point(self, key, data):
        """The words of a point are taken out wherever they stand in its part: the point is then missed."""
        form = AUTHORIZING[key]
        points = [p for p in POINTS if form.kind in p.kinds and p.anchor in form.anchors]
        point = data.draw(st.sampled_from(points))
        part = next(s for s in form.sections if point.anchor in s.anchors)
        gone = without(form, part.key)
        found = [f for f in gaps(flaws(gone)) if f.section == part.key]
        assert point.words in " ".join(f.sentence for f in found)
        assert all(f.example and f.citation for f in found)


class TestAClauseThatUndoesTheForm:
    @pytest.mark.parametrize(
        ("clause", "citation"),
        [
            ("This permission is irrevocable.", "164.508(b)(5)"),
            ("I can never take this back.", "164.508(b)(5)"),
            ("You may use it FOREVER and in perpetuity.", "164.508(c)(1)(v)"),
            ("This permission does not expire.", "164.508(c)(1)(v)"),
            ("You may use any  and\nall information about me.", "164.508(c)(1)(i)"),
            ("It may be used for any purpose.", "164.508(c)(1)(i)"),
            ("I waive all claims.", "164.508(b)(1)(ii)"),
            ("You must sign this form before you get treated.", "164.508(b)(4)"),
            ("Este permiso es irrevocable.", "164.508(b)(5)"),
            ("No podré revocar este permiso.", "164.508(b)(5)"),
            ("Pueden usarlo para siempre.", "164.508(c)(1)(v)"),
            ("Todos y cada uno de mis datos.", "164.508(c)(1)(i)"),
            ("Sin límites, en cualquier medio.", "164.508(c)(1)(i)"),
            ("Renuncio a todo reclamo.", "164.508(b)(1)(ii)"),
            ("Debe firmar antes de su cita.", "164.508(b)(4)"),
            ("I consent to my treatment here.", "164.508(b)(3)"),
            ("Disputes go to arbitration.", "164.508(b)(3)"),
            ("I grant the clinic a licence to my photos.", "164.508(b)(3)"),
            ("Consiento el tratamiento.", "164.508(b)(3)"),
        ],
    )
    def test_is_found_in_its_part_with_citation_and_words(self, clause, citation):
        language = "en" if clause.isascii() and " el " not in clause else "es"
        for form in (ADULT, SAMPLES["authorization_adult", "es"]):
            found = [flaw for flaw in gaps(flaws(saying(clause, form))) if flaw.section == "more"]
            assert found, f"{language}: {clause}"
            assert any(citation in flaw.citation for flaw in found)

    @pytest.mark.parametrize(
        "clause",
        [
            "I can ask for a copy at any time.",
            "You do not have to sign. We will never sell your information.",
            "All of us thank you, whatever you choose.",
            "I may take back all of it, and not only a part.",
            "Nunca vendemos sus datos. Puede pedir una copia cuando quiera.",
        ],
    )
    def test_is_not_seen_where_there_is_none(self, clause):
        assert gaps(flaws(saying(clause))) == []


class TestMoney:
    def test_paid_to_us_has_to_be_said_where_it_is_marked(self):
        unmarked = [replace(s, anchors=()) if s.key == "money" else s for s in ADULT.sections]
        [flaw] = gaps(flaws(replace(ADULT, sections=tuple(unmarked))))
        assert (flaw.section, flaw.citation) == ("money", "45 CFR 164.508(a)(3)(ii)")

    def test_for_the_information_itself_needs_the_sentence_of_a_sale(self):
        sold = "We sell your story to {company}."
        assert "45 CFR 164.508(a)(4)(ii)" in {flaw.citation for flaw in gaps(flaws(saying(sold)))}
        assert "we are paid for the information itself" in told(saying(sold, anchors=("sale",)))
        said = f"{sold} We are paid for giving this information to them."
        assert gaps(flaws(saying(said, anchors=("sale",)))) == []


class TestALicence:
    def test_asks_nothing_about_a_patient(self):
        licence = SAMPLES["author_licence", "en"]
        asking = replace(licence, offers={**licence.offers, "elements": ADULT.offers["elements"]})
        assert "patient's own form" in told(saying("Mark each.", asking, asks="elements"))


class TestHardReading:
    HARD = (
        "Notwithstanding the aforementioned considerations, the undersigned individual acknowledges and affirmatively "
        "represents that the dissemination of individually identifiable information through electronic communication "
        "infrastructure constitutes an intentional and comprehensively understood authorization. " * 20
    )

    def test_is_no_gap_and_is_named_as_a_band_without_a_number(self):
        found = [flaw for flaw in flaws(saying(self.HARD)) if flaw.weight == "reading"]
        [flaw] = found
        assert "hard to read" in flaw.sentence
        assert not any(character.isdigit() for character in flaw.sentence)
        assert gaps(flaws(saying(self.HARD))) == []

    def test_never_speaks_of_legal(self):
        for form in (ADULT, saying("It is irrevocable."), replace(ADULT, sections=())):
            said = " ".join(flaw.sentence for flaw in flaws(form)).lower()
            assert "compliant" not in said
            assert " legal" not in said
