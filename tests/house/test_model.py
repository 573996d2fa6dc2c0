"""The publishing model speaks of the code as it is, and its table of what must be found agrees. Without Spin."""

import re

import pytest

from door.model import EXPECTED, FOLDER, MODEL, SAFETY, Answer, expected_answers, verdict_of
from door.places import ROOT
from door.speech import Trouble

from .sources import calls, functions, none, python_files, syntax_of, text_of

ACTIONS = ROOT / "posts" / "publishing" / "actions"
TEXT = text_of(MODEL)
README = text_of(FOLDER / "README.md")
QUESTIONS = expected_answers(text_of(EXPECTED))
PROTOCOL = {"prepares", "knows-the-key", "prepares-nothing", "by-hand"}
NAMED = re.compile(r"\b(\w+\.py):(\w+)")


def switches_asked():
    """Every build switch that the model asks about, but the size and the kind of the search."""
    lines = re.findall(r"^#\s*(?:if|ifdef|ifndef|elif)\s+(.*)$", TEXT, re.M)
    return {word for line in lines for word in re.findall(r"[A-Z][A-Z_]+", line)} - {"WORKERS", "LIVENESS"}


class TestTheModel:
    def test_names_only_actions_that_exist(self):
        none(
            [
                f"{file}:{name}"
                for text in (TEXT, README)
                for file, name in sorted(set(NAMED.findall(text)))
                if not (ACTIONS / file).exists()
                or name not in {function.name for function in functions(ACTIONS / file)}
            ]
        )

    def test_leaves_no_action_out_without_saying_so(self):
        """Whatever moves a delivery, or owes a takedown, is a step of the model or named as left out."""
        left_out = set(re.findall(r"`(\w+\.py)`", README.partition("## What is left out")[2]))
        told = {file for file, _ in NAMED.findall(TEXT)} | left_out
        movers = {
            path.name
            for path in python_files("posts/publishing/actions")
            if any(any(calls(syntax_of(path), name)) for name in ("move", "owe_takedown", "owe_cleaning"))
        }
        assert movers - told == set()

    def test_gives_every_step_in_the_page_s_table(self):
        steps = README.partition("## Step and action")[2].partition("\n## ")[0]
        assert set(NAMED.findall(steps)) == set(NAMED.findall(TEXT))

    def test_explains_every_switch(self):
        explained = set(re.findall(r"^ \*   ([A-Z_]+)  ", TEXT, re.M))
        assert explained == switches_asked()


class TestTheTableOfWhatMustBeFound:
    def test_uses_every_switch_and_no_other(self):
        used = {switch for question in QUESTIONS for switch in question.switches if switch != "WORKERS=1"}
        assert used == switches_asked()

    def test_asks_only_for_properties_of_the_model(self):
        properties = set(re.findall(r"^ltl (\w+)", TEXT, re.M)) | {SAFETY}
        assert {question.asked for question in QUESTIONS} == properties

    def test_wants_the_protocol_to_pass_and_every_other_variant_to_fail_somewhere(self):
        failing = {question.variant for question in QUESTIONS if question.expected == "fails"}
        assert failing == {question.variant for question in QUESTIONS} - PROTOCOL

    def test_asks_the_protocol_for_every_promise_on_every_channel(self):
        for variant in PROTOCOL:
            asked = {question.asked for question in QUESTIONS if question.variant == variant}
            assert asked >= {SAFETY, "p_one", "p_gone", "p_eff"}

    def test_is_what_the_page_shows_as_found(self):
        shown = re.findall(r"^([a-z-]+) +(assert|p_\w+) +(passes|fails) +(passes|fails) ", README, re.M)
        assert sorted(shown) == sorted((q.variant, q.asked, q.expected, q.expected) for q in QUESTIONS)

    def test_refuses_a_verdict_that_is_none(self):
        with pytest.raises(Trouble, match="'perhaps'"):
            expected_answers('[one]\nswitches = []\nexpected = { assert = "perhaps" }')


class TestAnAnswer:
    FOUND = "State-vector 100 byte, depth reached 9, errors: {}\n   803697 states, stored\n"

    def test_passes_when_every_state_was_seen(self):
        assert verdict_of(self.FOUND.format(0)) == ("passes", 803697, "")

    def test_is_no_pass_when_the_search_was_cut_short(self):
        cut = "error: max search depth too small\n" + self.FOUND.format(0)
        assert verdict_of(cut)[0] == "unclear"
        assert verdict_of("pan: reached -DMEMLIM bound\n" + self.FOUND.format(0))[0] == "unclear"
        assert verdict_of("")[0] == "unclear"

    def test_says_what_failed(self):
        printed = "pan:1: assertion violated  !(effective) (at depth 41)\n" + self.FOUND.format(1)
        assert verdict_of(printed) == ("fails", 803697, "a byte that leaves after R2")

    def test_stands_out_when_it_is_not_the_expected_one(self):
        answer = Answer(QUESTIONS[0], "fails", 1, "broken", 0.0)
        assert not answer.as_expected
        assert str(answer).endswith("<- not as expected")
