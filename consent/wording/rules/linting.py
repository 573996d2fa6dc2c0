"""What a form does not say, says too much, or says too hard. It never says that a form is legal. No Django.

45 CFR 164.508(a)(3)-(4), (b)(2)-(4), (c)(1)-(3); R2-R11, R14, R15, R19, R20.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from .clauses import COMPOUND, COMPOUNDS, CONTRADICTIONS, Clause
from .cues import POINTS
from .form import FIELD, FormContent, Section
from .keys import ANCHORS, AUTHORIZATIONS, missing_anchors
from .points import Point
from .reading import BAND_WORDS, PLAIN_ENOUGH, reading_band

Weight = Literal["gap", "reading", "advice"]
_SELLS = {
    "en": re.compile(r"\b(sell|sells|selling|sold|sale)\b"),
    "es": re.compile(r"\b(vende|venden|vender|vendera|venderemos|vendemos|venta)\b"),
}
_NEVER_SELLS = re.compile(r"\b(never|not|nor) (be )?(sell|sold)\b|\b(nunca|no|ni) (se )?vend\w+\b")
_MARKED_SAMPLE = re.compile(r"\bsample\b|\bnot legal advice\b|\bejemplo\b.{0,5}\bno es asesoria legal\b")


@dataclass(frozen=True)
class Flaw:
    """Something to mend: in which part, what, which law asks for it, and a sentence that would do.

    A gap refuses; hard reading refuses unless somebody takes it on; advice only says.
    """

    section: str
    heading: str
    sentence: str
    citation: str
    example: str = ""
    weight: Weight = "gap"


def flaws(content: FormContent) -> list[Flaw]:
    """Everything that was found, in the order of the law and then of the form. Empty means only: nothing was found."""
    return [
        *_missing(content),
        *_unsaid(content),
        *_unpaid(content),
        *_clauses(content),
        *_misplaced(content),
        *_reading(content),
        *_advice(content),
    ]


def gaps(found: list[Flaw]) -> list[Flaw]:
    """Those that nobody may override."""
    return [flaw for flaw in found if flaw.weight == "gap"]


def folded(text: str) -> str:
    """The text as the patterns are written: no accents, no case, plain apostrophes, single spaces."""
    plain = unicodedata.normalize("NFKD", text).replace("’", "'").lower()
    kept = "".join(c for c in plain if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return " ".join(kept.split())


def words_of(content: FormContent, section: Section) -> list[str]:
    """Everything that a part says: heading, paragraphs, its lines, and what follows them."""
    options = content.offers.get(section.asks or "", ())
    labels = [text for option in options for text in (option.label, option.detail) if text]
    return [text for text in (section.heading, *section.paragraphs, *labels, *section.after) if text]


def _missing(content: FormContent) -> Iterator[Flaw]:
    """Elements and statements that no part is marked to hold."""
    for anchor in missing_anchors(content.anchors, content.kind):
        example = next((_example(point, content) for point in POINTS if point.anchor == anchor.key), "")
        yield Flaw("", "", f"No part says {anchor.words}.", anchor.citation, example)


def _unsaid(content: FormContent) -> Iterator[Flaw]:
    """Points that the parts marked for an anchor do not make."""
    for point in POINTS:
        parts = [section for section in content.sections if point.anchor in section.anchors]
        if content.kind in point.kinds and parts and not any(_says(content, part, point) for part in parts):
            where = parts[0]
            sentence = f"It does not say {point.words}." if point.cues else f"It lacks {point.words}."
            yield Flaw(where.key, where.heading, sentence, point.citation, _example(point, content))


def _says(content: FormContent, section: Section, point: Point) -> bool:
    if section.asks in point.asks:
        return bool(content.offers.get(section.asks or ""))
    texts = words_of(content, replace(section, heading=""))  # a heading says what comes, and states nothing
    if point.fields & {name for text in texts for name in FIELD.findall(text)}:
        return True
    cue = point.cues.get(content.language)
    return bool(cue and re.search(cue, folded(" ".join(texts))))


def _unpaid(content: FormContent) -> Iterator[Flaw]:
    """A form that names a payer, or speaks of selling, has to say so where it is marked (R19, R20)."""
    for section in content.sections if content.kind in AUTHORIZATIONS else ():
        texts = words_of(content, section)
        said = _NEVER_SELLS.sub("", folded(" ".join(texts)))
        names_payer = any("{company}" in text for text in texts)
        sells = _SELLS.get(content.language, _SELLS["en"])
        for anchor, speaks in (("remuneration", names_payer), ("sale", bool(sells.search(said)))):
            if speaks and anchor not in content.anchors:
                point = next(one for one in POINTS if one.anchor == anchor)
                sentence = f"It speaks of it, but no part is marked to say {ANCHORS[anchor].words}."
                yield Flaw(section.key, section.heading, sentence, point.citation, _example(point, content))


def _clauses(content: FormContent) -> Iterator[Flaw]:
    """Contradictory clauses and other documents inside this one, wherever they stand."""
    parts = [(section.key, section.heading, words_of(content, section)) for section in content.sections]
    for key, heading, texts in (("", content.title, [content.title, content.intent]), *parts):
        said = folded(" ".join(texts))
        for clause in (*CONTRADICTIONS, *COMPOUNDS):
            if content.kind in clause.kinds and (found := _found(clause, content.language, said)):
                example = clause.instead.get(content.language, clause.instead["en"])
                yield Flaw(key, heading, f"“{found}”: {clause.words}", clause.citation, example)


def _found(clause: Clause, language: str, said: str) -> str:
    """The first words that match, in either language: a Spanish form is no place for "any and all" either."""
    patterns = sorted(clause.patterns.items(), key=lambda one: one[0] != language)
    return next((match[0] for _, pattern in patterns if (match := re.search(pattern, said))), "")


def _misplaced(content: FormContent) -> Iterator[Flaw]:
    """A licence that asks for health information would be two documents in one (R15)."""
    if content.kind == "author_licence" and "elements" in content.asked:
        section = next(one for one in content.sections if one.asks == "elements")
        sentence = "A licence asks nothing about a patient. That is the patient's own form."
        yield Flaw(section.key, section.heading, sentence, COMPOUND)


def _reading(content: FormContent) -> Iterator[Flaw]:
    band = band_of(content)
    if band and band not in PLAIN_ENOUGH:
        sentence = f"The whole form is {BAND_WORDS[band]}. Shorten the sentences and the words."
        yield Flaw("", "", sentence, "45 CFR 164.508(c)(3)", weight="reading")


def band_of(content: FormContent) -> str:
    """The reading band of everything that the form says; empty where that cannot be told."""
    return reading_band(
        (text for section in content.sections for text in words_of(content, section)), content.language
    )


def _advice(content: FormContent) -> Iterator[Flaw]:
    for section in content.sections:
        if _MARKED_SAMPLE.search(folded(section.heading)):
            sentence = "It still says that it is a sample. Take that out once your counsel has reviewed it."
            yield Flaw(section.key, section.heading, sentence, "", weight="advice")
    if content.language not in ("en", "es"):
        sentence = "Nobody taught these checks this language. Read every statement against the list yourself."
        yield Flaw("", "", sentence, "", weight="advice")
    if content.kind in AUTHORIZATIONS and "copy" not in content.anchors:
        sentence = "No part says that the signer gets a copy, which California makes a condition."
        yield Flaw("", "", sentence, "45 CFR 164.508(c)(4); Cal. Civ. Code 56.11", weight="advice")


def _example(point: Point, content: FormContent) -> str:
    return point.example.get(content.language, point.example["en"])
