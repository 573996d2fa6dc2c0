"""How hard a text is to read, as a band: four bands, because the formulas promise no more. No Django.

English: Flesch-Kincaid grade (Kincaid and others, 1975). Spanish: Fernández-Huerta (1959) and Szigriszt-Pazos on the
INFLESZ scale (Barrio-Cantalejo and others, 2008). 45 CFR 164.508(c)(3) asks for plain language (R11).
"""

import re
from collections.abc import Callable, Iterable

BANDS = ("easy", "plain", "hard", "very hard")
PLAIN_ENOUGH = ("easy", "plain")
BAND_WORDS = {
    "easy": "easy to read",
    "plain": "plain enough for most people",
    "hard": "hard to read for many people",
    "very hard": "very hard to read",
}
# Where each band ends: a school grade in English, an index that falls with difficulty in Spanish.
_GRADES = (6.0, 8.0, 12.0)
_INDEXES = (65.0, 55.0, 40.0)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?:;]+(?:\s|$)|\n")
_FIELD = re.compile(r"\{\w+\}")
_FEWEST_WORDS = 30


def reading_band(texts: Iterable[str], language: str) -> str:
    """The band of the texts together; empty for a language without a formula, or too few words to say."""
    sentences = [
        words
        for text in texts
        for part in _SENTENCE.split(_FIELD.sub("", text))
        if (words := _WORD.findall(part))
    ]
    words = [word for sentence in sentences for word in sentence]
    if len(words) < _FEWEST_WORDS or language not in ("en", "es"):
        return ""
    per_sentence = len(words) / len(sentences)
    if language == "en":
        return BANDS[_steps(flesch_kincaid(words, per_sentence), _GRADES)]
    indexes = (fernandez_huerta(words, per_sentence), szigriszt_pazos(words, per_sentence))
    return BANDS[max(_steps(-index, tuple(-limit for limit in _INDEXES)) for index in indexes)]


def flesch_kincaid(words: list[str], per_sentence: float) -> float:
    """The school grade: 0.39 × words per sentence + 11.8 × syllables per word − 15.59."""
    return 0.39 * per_sentence + 11.8 * _per_word(words, syllables_en) - 15.59


def fernandez_huerta(words: list[str], per_sentence: float) -> float:
    """206.84 − 60 × syllables per word − 1.02 × words per sentence."""
    return 206.84 - 60 * _per_word(words, syllables_es) - 1.02 * per_sentence


def szigriszt_pazos(words: list[str], per_sentence: float) -> float:
    """206.835 − 62.3 × syllables per word − words per sentence."""
    return 206.835 - 62.3 * _per_word(words, syllables_es) - per_sentence


def syllables_en(word: str) -> int:
    """Groups of vowels, without a silent e or ed at the end; at least one."""
    bare = re.sub(r"[^a-z]", "", word.lower())
    bare = re.sub(r"(?<=[^aeiouylt])e(s|d)?$|(?<=[^aeiouy][^aeiouy])es$|(?<=[aeiouy][lt])e(s)?$", "", bare)
    return max(len(re.findall(r"[aeiouy]+", bare)), 1)


def syllables_es(word: str) -> int:
    """Groups of vowels, where two strong ones, or a stressed weak one beside another, are two syllables."""
    bare = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word.lower()).replace("y", "i" if word.lower() == "y" else "j")
    bare = re.sub(r"j\b", "i", bare)
    return max(len(re.findall(r"[iuü]*[aeoáéó][iuü]*|[íú]|[iuü]+", bare)), 1)


def _per_word(words: list[str], syllables: Callable[[str], int]) -> float:
    return sum(map(syllables, words)) / len(words)


def _steps(value: float, limits: tuple[float, ...]) -> int:
    return sum(value > limit for limit in limits)
