"""The exact text that is shown and signed."""

from dataclasses import replace
from datetime import date

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

FORMS = {data["kind"]: form_from(data) for data in sample_forms()}
ADULT, MINOR = FORMS["authorization_adult"], FORMS["authorization_minor"]
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
    def test_are_the_four_kinds(self):
        assert sorted(FORMS) == [
            "author_licence",
            "authorization_adult",
            "authorization_minor",
            "staff_release",
        ]

    @pytest.mark.parametrize("kind", FORMS)
    def test_say_everything_that_is_required(self, kind):
        assert missing_anchors(FORMS[kind].anchors, kind) == []
        assert missing_anchors([], kind) != []

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
