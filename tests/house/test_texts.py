"""Every fixed sentence that patients read is there in each language, with the same blanks, and is used."""

import re
from string import Formatter

import pytest

from consent.wording.rules import ELEMENTS, FORMATS, PLATFORMS, PURPOSES
from posts.channels.registry import ADAPTERS, capability_named
from posts.portal.texts import LANGUAGES, en, es
from posts.portal.texts import text as said

from .sources import TEMPLATES, none, python_files, template_files, text_of

BOOKS = {"en": en, "es": es}
COUNTED = re.compile(r"\.(one|other)$")


def blanks(sentence):
    """The names of what is filled in."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def used():
    """What templates and code ask for by name, counted ones without their form."""
    pages = [path for path in template_files() if path.is_relative_to(TEMPLATES / "portal")]
    names = re.findall(r"\{% say ['\"]([\w.]+)['\"]", "\n".join(text_of(path) for path in pages))
    code = "\n".join(text_of(path) for path in python_files("posts/portal/"))
    return set(names) | set(re.findall(r"['\"]((?:\w+\.)+\w+|[a-z_]+)['\"]", code))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
class TestABook:
    def test_has_every_sentence_of_the_english_one(self, language):
        assert BOOKS[language].TEXTS.keys() == en.TEXTS.keys()

    def test_fills_in_the_same(self, language):
        none(
            [
                f"{language}: {key}"
                for key, sentence in BOOKS[language].TEXTS.items()
                if blanks(sentence) != blanks(en.TEXTS[key]) - ({"count"} if key.endswith(".one") else set())
                and blanks(sentence) | {"count"} != blanks(en.TEXTS[key]) | {"count"}
            ]
        )

    def test_leaves_no_sentence_empty(self, language):
        none([key for key, sentence in BOOKS[language].TEXTS.items() if not sentence.strip()])

    def test_names_everything_that_a_permission_can_name(self, language):
        lists = {"elements": ELEMENTS, "platforms": PLATFORMS, "formats": FORMATS, "purposes": PURPOSES}
        for kind, keys in lists.items():
            assert list(BOOKS[language].WORDS[kind]) == list(keys)

    def test_says_each_sentence_that_is_asked_for(self, language):
        asked = {key for key in used() if key.split(".")[0] in {k.split(".")[0] for k in en.TEXTS}}
        known = {COUNTED.sub("", key) for key in BOOKS[language].TEXTS} | set(BOOKS[language].TEXTS)
        beginnings = {"mail.link", "mail.answer"}
        none(sorted(key for key in asked - beginnings if "." in key and key not in known))


class TestTheSentences:
    def test_are_all_used(self):
        put_together = ("standing.", "ends.", "birth.", "mail.")
        none(
            sorted(
                key
                for key in en.TEXTS
                if COUNTED.sub("", key) not in used() and not key.startswith(put_together)
            )
        )

    def test_of_the_channels_about_what_nobody_can_call_back_are_in_every_language(self):
        spoken = {capability_named(name).takedown_residuals for name in ADAPTERS} - {""}
        assert spoken <= es.RESIDUALS.keys()

    def test_differ_between_the_languages(self):
        """A sentence that was copied and never translated would be read as English by someone who reads none."""
        only_blanks = {"history.part"}
        same = {key for key, sentence in es.TEXTS.items() if sentence == en.TEXTS[key]}
        assert same == only_blanks

    def test_count(self):
        assert said("es", "birth.left", 1) == "Queda 1 intento."
        assert said("es", "birth.left", 2).format(count=2) == "Quedan 2 intentos."
