"""The shape of a sentence: for each word a letter that says what kind of word it is."""

from __future__ import annotations

from .lexicon import BITS, ordinary
from .reading import TITLE

# The first that fits says what a word is in the shape of a sentence.
_SHAPES = (
    ("care", "C"),
    ("relative", "R"),
    ("third", "H"),
    ("me", "I"),
    ("we", "W"),
    ("staff", "S"),
    ("month", "M"),
    ("weekday", "D"),
    ("relday", "D"),
    ("role", "J"),
    ("title", "T"),
    ("person", "P"),
    ("privacy", "Y"),
    ("thanks", "K"),
    ("own", "O"),
    ("edu", "E"),
    ("generic", "G"),
    ("body", "b"),
    ("cheer", "U"),
    ("event", "V"),
    ("org", "F"),
    ("care_weak", "c"),
    ("street", "A"),
    ("place", "L"),
    ("room", "B"),
    ("number", "n"),
    ("state", "L"),
    ("public", "Q"),
)
_YOU = frozenset(
    [
        "you",
        "u",
        "ya",
        "you're",
        "you've",
        "you'll",
        "you'd",
        "ustedes",
        "usted",
        "vos",
        "te",
        "le",
        "les",
        "contigo",
        "ti",
    ]
)
_YOUR = frozenset(["your", "ur", "yours", "tu", "su", "sus", "tus"])
_KEPT = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "with",
        "by",
        "and",
        "or",
        "but",
        "not",
        "no",
        "is",
        "was",
        "are",
        "were",
        "has",
        "had",
        "have",
        "who",
        "that",
        "this",
        "these",
        "those",
        "all",
        "every",
        "any",
        "each",
        "some",
        "most",
        "many",
        "when",
        "if",
        "how",
        "what",
        "why",
        "where",
        "can",
        "could",
        "will",
        "would",
        "should",
        "may",
        "might",
        "must",
        "do",
        "does",
        "did",
        "don't",
        "didn't",
        "just",
        "only",
        "back",
        "after",
        "before",
        "about",
        "as",
        "than",
        "more",
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "de",
        "del",
        "en",
        "y",
        "o",
        "que",
        "con",
        "por",
        "para",
        "se",
        "no",
        "es",
        "fue",
        "ya",
        "al",
        "lo",
        "cuando",
        "si",
        "como",
        "donde",
        "pero",
        "sin",
        "muy",
        "mas",
        "este",
        "esta",
        "nos",
    ]
)
_PAST = frozenset(
    [
        "came",
        "went",
        "got",
        "left",
        "had",
        "was",
        "were",
        "said",
        "told",
        "gave",
        "took",
        "made",
        "did",
        "saw",
        "felt",
        "knew",
        "thought",
        "brought",
        "bought",
        "paid",
        "lost",
        "won",
        "beat",
        "rang",
        "ran",
        "broke",
        "fell",
        "grew",
        "held",
        "kept",
        "let",
        "met",
        "put",
        "read",
        "sat",
        "sent",
        "spent",
        "stood",
        "taught",
        "wore",
        "wrote",
        "drove",
        "flew",
        "began",
        "chose",
        "ate",
        "slept",
        "woke",
    ]
)
_PAST_ES = ("aste", "iste", "amos", "imos", "aron", "ieron", "aba", "abas", "aban")


def shape_of(low: str, bits: int, written: str) -> str:
    """What a word is in the shape of a sentence."""
    if low in _YOU:
        return "u"
    if low in _YOUR:
        return "r"
    if bits:
        for name, letter in _SHAPES:
            if bits & BITS[name]:
                return letter
    return _shape_unknown(low, written)


def _shape_unknown(low: str, written: str) -> str:
    """The same for a word of no class."""
    if low in _KEPT:
        return f"<{low}>"
    if low[0].isdigit():
        return "9" if low.isdigit() else "8"
    if low in _PAST or (low.endswith("ed") and len(low) > 4) or low.endswith(_PAST_ES):
        return "d"
    if low.endswith("ing"):
        return "g"
    return "X" if written == TITLE and low not in ordinary() else "w"
