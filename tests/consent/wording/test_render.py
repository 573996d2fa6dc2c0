"""The exact text that is shown and signed."""

import hashlib
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.wording.actions import sample_forms
from consent.wording.rules import (
    Answers,
    FilledForm,
    FormRefused,
    form_from,
    missing_anchors,
    missing_answers,
    rendered_sections,
    rendered_text,
)

SAMPLES = {(data["kind"], data["language"]): data for data in sample_forms()}
FORMS = {key: form_from(data) for key, data in SAMPLES.items()}
KINDS = (
    "author_licence",
    "authorization_adult",
    "authorization_minor",
    "event_card",
    "staff_policy",
    "staff_release",
)
ADULT, MINOR = FORMS["authorization_adult", "en"], FORMS["authorization_minor", "en"]
# The digests that signatures rest on, as they were when only English was there, and two texts as they then were.
FIRST = {
    kind: tomllib.loads((Path(__file__).parent / f"forms/{kind}_first.toml").read_text(encoding="utf-8"))
    for kind in ("author_licence", "staff_release")
}
OLD_DIGESTS = {
    "author_licence": ("041cdad2858a7d87", "2e49eec249b2e41b"),
    "authorization_adult": ("5857e8a032f19530", "c8319c0d55a91388"),
    "authorization_minor": ("ba63526b4e5fa55c", "3326edc8ce700e99"),
    "staff_release": ("967865337aa0cfde", "cf5fc73fc0983763"),
}
ANSWERS = Answers(
    elements=frozenset({"first_name", "condition"}),
    platforms=frozenset({"website"}),
    formats=frozenset({"post"}),
    purposes=frozenset({"testimonial"}),
    details={"condition": "asthma"},
    only_this_post=False,
    ends_on=date(2027, 5, 31),
)
FILLED = FilledForm(
    clinic="Riverbend LLC",
    locations="Main Street",
    privacy_officer="Eve Example, privacy@riverbend.example.org",
    link="https://postern.example.org/my/",
    person_name="Ana Ruiz",
    signer_name="Ana Ruiz",
    answers=ANSWERS,
)


class TestTheSampleForms:
    def test_are_every_kind_in_english_and_spanish(self):
        assert sorted(FORMS) == [(kind, language) for kind in KINDS for language in ("en", "es")]

    @pytest.mark.parametrize("kind", KINDS)
    def test_say_the_same_in_both_languages_as_far_as_keys_can_tell(self, kind):
        english, spanish = FORMS[kind, "en"], FORMS[kind, "es"]
        assert [(s.key, s.anchors, s.asks) for s in english.sections] == [
            (s.key, s.anchors, s.asks) for s in spanish.sections
        ]
        for name, options in english.offers.items():
            assert {option.key for option in options} == {option.key for option in spanish.offers[name]}

    @pytest.mark.parametrize("kind", FORMS)
    def test_say_everything_that_is_required(self, kind):
        assert missing_anchors(FORMS[kind].anchors, kind[0]) == []
        assert missing_anchors([], kind[0]) != []

    @pytest.mark.parametrize("kind", FORMS)
    def test_offer_nothing_pre_marked(self, kind):
        blank = replace(FILLED, answers=Answers(), signer_name="")
        for shown in rendered_sections(FORMS[kind], blank):
            assert shown.asks == "money" or not any(tick.ticked for tick in shown.ticks)


class TestTheSignedText:
    def test_marks_what_was_marked_and_nothing_else(self):
        lines = rendered_text(ADULT, FILLED).splitlines()
        for line in (
            "[x] My first name only",
            "[ ] My full name",
            "[x] My health problem. Name it here: asthma",
            "[x] Our website",
            "[ ] Instagram",
            "[ ] Paid ads (we pay to show the post to more people)",
            "[x] More than one post, within the limits on this form",
            "[x] No company is paying us to share this.",
            "Riverbend LLC, at Main Street, and the staff who run its social media pages.",
            "- write to Eve Example, privacy@riverbend.example.org.",
        ):
            assert line in lines
        assert "It ends on this date: May 31, 2027, or when this happens: no event was chosen" in "\n".join(
            lines
        )
        assert lines[-1] == ADULT.intent

    def test_offers_only_what_staff_offered(self):
        narrowed = rendered_text(ADULT, replace(FILLED, offered={"platforms": ["website", "facebook"]}))
        assert "[ ] Facebook" in narrowed
        assert "Instagram" not in narrowed

    def test_describes_a_parents_right_to_sign(self):
        child = replace(
            FILLED, person_name="Bea Ruiz", signer_name="Carla Ruiz", authority="parent", birth_year=2017,
            authority_description="mother, sole custody", evidence_seen="birth certificate",
            answers=replace(ANSWERS, assent="yes"),
        )  # fmt: skip
        text = rendered_text(MINOR, child)
        assert "Child's name: Bea Ruiz. Birth year: 2017" in text
        assert "[x] I have the right to decide for this child because I am: parent" in text
        assert "Paper we looked at: birth certificate" in text

    @pytest.mark.parametrize(
        "change", [{"elements": frozenset({"xray"})}, {"platforms": frozenset({"press"})}, {"assent": "yes"}]
    )
    def test_refuses_an_answer_that_was_not_offered(self, change):
        with pytest.raises(FormRefused, match="does not offer"):
            rendered_text(ADULT, replace(FILLED, answers=replace(ANSWERS, **change)))

    @given(st.text(max_size=60))
    def test_lets_no_name_fake_a_line(self, name):
        text = rendered_text(ADULT, replace(FILLED, person_name=name, clinic=name))
        plain = rendered_text(ADULT, FILLED)
        assert text.count("\n") == plain.count("\n")
        assert text.count("\n[x] ") == plain.count("\n[x] ")
        assert text == rendered_text(ADULT, replace(FILLED, person_name=name, clinic=name))

    def test_leaves_a_value_that_looks_like_a_field_alone(self):
        text = rendered_text(ADULT, replace(FILLED, person_name="{clinic}"))
        assert "Name of the person this form is about: {clinic}" in text


class TestADigestOfEarlier:
    @pytest.mark.parametrize("kind", OLD_DIGESTS)
    def test_is_still_that_of_the_same_form_and_answers(self, kind):
        """Also of a form in another language that somebody stored before forms said how a day is written."""
        answers = Answers(
            platforms=frozenset({"website"}), details={"condition": "asthma"}, ends_on=date(2027, 5, 31)
        )
        filled = FilledForm(
            "Riverbend LLC", "Main Street", "Eve Example", "Ana Ruiz", answers,
            link="https://x.example/my/", signer_name="Ana Ruiz",
        )  # fmt: skip
        stored = [
            form_from(FIRST.get(kind, SAMPLES[kind, "en"]) | {"language": language})
            for language in ("en", "es")
        ]
        texts = [rendered_text(form, filled) for form in stored]
        assert tuple(hashlib.sha256(text.encode()).hexdigest()[:16] for text in texts) == OLD_DIGESTS[kind]


class TestASpanishForm:
    def test_writes_the_day_in_spanish(self):
        text = rendered_text(FORMS["authorization_adult", "es"], FILLED)
        assert "Termina en esta fecha: 31 de mayo de 2027, o cuando pase esto: no se eligió" in text
        assert "[x] Solo mi primer nombre" in text.splitlines()


class TestWhatIsStillMissing:
    def test_is_everything_at_first_and_nothing_in_the_end(self):
        assert len(missing_answers(ADULT, Answers())) == 6
        assert missing_answers(ADULT, ANSWERS) == []

    def test_is_a_childs_yes_after_a_no(self):
        assert missing_answers(MINOR, replace(ANSWERS, assent="no")) == [
            "The child said no, so nothing may be posted."
        ]


class TestReadingAForm:
    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"offers": {"elements": [["everything", "Everything"]]}}, "elements: everything"),
            ({"kind": "intake"}, "intake is not a kind"),
            ({"sections": [{"key": "a", "heading": "", "paragraphs": ["{ssn}"]}]}, "{ssn}"),
            ({"sections": [{"key": "a", "heading": "", "asks": "wishes"}]}, "asks for wishes"),
        ],
    )
    def test_refuses_what_nobody_knows(self, change, says):
        with pytest.raises(FormRefused, match=says):
            form_from(sample_forms()[0] | change)
