"""The ceremony's own words: the same sentences in English and Spanish, each of them used."""

import re
import string
from datetime import date

import pytest

from consent.signing.rules import Said, Words, day_in, in_words
from consent.signing.rules.words import TEXTS
from door.places import ROOT

TEMPLATES = ROOT / "templates/signing"


def fields_of(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


class TestTheTexts:
    def test_have_the_same_keys_and_fields_in_every_language(self):
        english = {key: fields_of(sentence) for key, sentence in TEXTS["en"].items()}
        for language, texts in TEXTS.items():
            assert {key: fields_of(sentence) for key, sentence in texts.items()} == english, language

    def test_are_said_differently_in_every_language(self):
        assert not [key for key, sentence in TEXTS["en"].items() if TEXTS["es"][key] == sentence]

    def test_are_all_there_that_a_page_asks_for(self):
        for path in TEMPLATES.glob("*.html"):
            asked = set(re.findall(r"\bt\.([a-z_0-9]+)", path.read_text(encoding="utf-8"))) - {"language"}
            assert asked <= TEXTS["en"].keys(), path.name

    def test_are_all_used(self):
        code = [*(ROOT / "consent/signing").rglob("*.py"), *TEMPLATES.glob("*.html")]
        said = "\n".join(path.read_text(encoding="utf-8") for path in code if "words" not in path.parts)
        built = {
            f"mark_{name}" for name in ("elements", "platforms", "formats", "only_this_post", "purposes")
        }
        built |= {"mark_edits", "alone_edits", "mark_ties", "alone_ties", "mark_assent"}
        kept = ("authority_", "identity_", "factor_", "method_", "event_")  # built from stored keys
        built |= {key for key in TEXTS["en"] if key.startswith(kept)}
        assert not [key for key in TEXTS["en"] if key not in built and not re.search(rf"\b{key}\b", said)]

    def test_promise_no_compliance_and_no_change_in_care(self):
        assert "nothing changes in your care" in TEXTS["en"]["hello"]
        assert not [text for text in TEXTS["en"].values() if "complian" in text]


class TestASentence:
    @pytest.mark.parametrize(
        ("language", "day"), [("en", "May 3, 2027"), ("es", "3 de mayo de 2027"), ("fr", "May 3, 2027")]
    )
    def test_writes_its_days_out(self, language, day):
        assert day_in(language, date(2027, 5, 3)) == day

    def test_of_a_language_that_nobody_wrote_is_english(self):
        assert in_words("fr", "no_thanks") == "No thanks"

    def test_takes_a_name_with_braces_as_it_is(self):
        assert Words("en", signer="{practice}")["type_your_name"] == "Type your name: {practice}"

    def test_that_refuses_can_be_said_in_both(self):
        refusal = Said("type_name", name="Ana")
        assert (str(refusal), refusal.in_language("es")) == (
            "Please type your name: Ana.", "Por favor, escriba su nombre: Ana.",
        )  # fmt: skip
