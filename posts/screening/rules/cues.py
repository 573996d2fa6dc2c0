"""What leads to a name and what follows one: a title, a relative, a cheer, what people do."""

from __future__ import annotations

from .lexicon import BITS
from .reading import TITLE, Reading

# Before a name: whoever is spoken of or to. Weaker than the phrases of the lists.
_LEADS = frozenset(
    [
        "for",
        "to",
        "with",
        "from",
        "by",
        "of",
        "and",
        "about",
        "love",
        "xo",
        "tell",
        "ask",
        "saw",
        "isn't",
        "named",
        "little",
        "sweet",
        "brave",
        "young",
        "old",
        "our",
        "para",
        "con",
        "a",
        "de",
        "y",
        "por",
        "nuestra",
        "nuestro",
        "querida",
        "querido",
        "hi",
        "hello",
        "hey",
        "hola",
        "dear",
        "thanks",
        "gracias",
    ]
)
# After a name: what people do.
_ACTS = frozenset(
    [
        "is",
        "was",
        "has",
        "had",
        "got",
        "gets",
        "just",
        "finished",
        "came",
        "says",
        "said",
        "who",
        "left",
        "went",
        "looks",
        "will",
        "loves",
        "wants",
        "beat",
        "rang",
        "walked",
        "can",
        "did",
        "turned",
        "started",
        "completed",
        "crushed",
        "rocked",
        "picked",
        "banged",
        "hit",
        "made",
        "told",
        "asked",
        "needs",
        "takes",
        "took",
        "whose",
        "here",
        "es",
        "fue",
        "tiene",
        "tuvo",
        "termino",
        "llego",
        "salio",
        "dice",
        "ya",
        "vino",
        "cumplio",
        "cumple",
        "esta",
        "estuvo",
        "se",
        "nos",
        "le",
        "que",
        "quedo",
        "recibio",
        "eligio",
        "toco",
    ]
)
_ONE_ACTS = frozenset(
    [
        "is",
        "was",
        "has",
        "had",
        "got",
        "just",
        "finished",
        "came",
        "rang",
        "walked",
        "turned",
        "started",
        "graduated",
        "tiene",
        "cumplio",
    ]
)
_TITLE_BITS, _RELATIVE, _PERSON, _CHEER = BITS["title"], BITS["relative"], BITS["person"], BITS["cheer"]


def introduced(reading: Reading, place: int) -> bool:
    """Whether a title, a relative, or words such as `her name is` lead to the word, so that its capital says something."""
    if not place:
        return False
    before, gap = reading.words[place - 1], reading.gap(place - 1)
    if before.bits & _TITLE_BITS:
        return gap in {" ", ". "}
    return bool(before.bits & (_RELATIVE | _CHEER)) and gap in {" ", ": ", ', "', ' "', ': "', ", "}


def initial_before(reading: Reading, place: int) -> bool:
    """Whether an initial stands right before: `S. Wambui`."""
    if not place:
        return False
    before = reading.words[place - 1]
    return before.end - before.start == 1 and before.shape == TITLE and reading.gap(place - 1) in {". ", "."}


def acts(reading: Reading, place: int) -> bool:
    """Whether what follows tells of one person: `Maebh is`, `Xiuying, 71`."""
    if place + 1 >= len(reading.words):
        return False
    after, gap = reading.words[place + 1], reading.gap(place)
    return (gap == " " and after.low in _ONE_ACTS) or (gap == ", " and after.low.isdigit())


def cue_before(reading: Reading, first: int) -> str:
    """What leads to a name: a title, a relative, a patient, a cheer, or only a preposition."""
    if first == 0:
        return ""
    before, gap = reading.words[first - 1], reading.gap(first - 1)
    if gap.strip() not in {"", ".", ",", "-", ":", '"', "'", "@", "#", "("}:
        return ""
    if before.bits & _TITLE_BITS:
        return "title"
    if before.bits & _RELATIVE:
        return "relative"
    if before.bits & _PERSON:
        return "patient"
    if before.bits & _CHEER:
        return "cheer"
    return "lead" if before.low in _LEADS and gap == " " else ""


def cue_after(reading: Reading, last: int) -> str:
    """What people do stands after a name."""
    words = reading.words
    if words[last - 1].low.endswith("'s"):
        return "owns"
    if last >= len(words):
        return ""
    gap = reading.gap(last - 1)
    if words[last].low in _ACTS and gap == " ":
        return "act"
    return "aged" if gap == ", " and words[last].low.isdigit() else ""
