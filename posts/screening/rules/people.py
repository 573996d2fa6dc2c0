"""Names: which words are one, and whose it is: a patient's or anybody's, the staff's, a place's, or history's."""

from __future__ import annotations

from .cues import acts, cue_after, cue_before, initial_before, introduced
from .lexicon import BITS, family_names, given_names, ordinary
from .owners import is_capital, owner_of
from .reading import LOWER, TITLE, UPPER, Named, Reading, Word

# Between two words of one name.
_JOINTS = frozenset({" ", "-", ". ", "."})
_PARTICLES = frozenset(
    {"de", "la", "del", "las", "los", "van", "von", "der", "al", "el", "bin", "da", "dos", "st", "y", "e"}
)
# Before a family name; other titles are also ordinary words.
_FORMAL = frozenset(
    ["mr", "mrs", "ms", "sr", "sra", "srta", "lic", "ing", "don", "do\u00f1a", "dona", "rev", "sgt"]
)
_NOT_NAMES = (
    BITS["month"] | BITS["weekday"] | BITS["state"] | BITS["third"] | BITS["you"] | BITS["me"] | BITS["we"]
)
_CARE = (
    BITS["care"]
    | BITS["edu"]
    | BITS["own"]
    | BITS["care_weak"]
    | BITS["privacy"]
    | BITS["thanks"]
    | BITS["generic"]
)


def names_in(reading: Reading) -> list[Named]:
    """Every name, in order."""
    words, found, place = reading.words, [], 0
    shouts = reading.shouts()
    while place < len(words):
        weight = _weight(reading, place, shouts)
        if not weight:
            place += 1
            continue
        last = _end(reading, place, shouts)
        first = place - 1 if initial_before(reading, place) else place
        named = _judged(reading, first, last, weight, shouts)
        if named:
            found.append(named)
        # `Dear Wiremu`: what begins no name may stand before one.
        place = last if named else place + 1
    return found


def bare(word: Word) -> str:
    """The word without a possessive ending."""
    return word.low.removesuffix("'s").removesuffix("'")


def _weight(reading: Reading, place: int, shouts: bool) -> int:
    """How much a word alone looks like a name: 3 a first name, 2 likely, 1 also an ordinary word, 0 not."""
    word = reading.words[place]
    low = bare(word)
    if len(low) < 2 or (not low.isalpha() and "'" not in low):
        return 0
    capital = word.shape == TITLE or (word.shape == UPPER and (shouts or len(low) > 3))
    if not capital:
        return _weight_small(reading, place, low)
    given, usual = low in given_names(), low in ordinary()
    if word.shape == TITLE and _addressed(reading, place):
        return 3
    opens = word.opens and not introduced(reading, place)
    if given and not usual and not word.bits & _CARE:
        return 3
    if word.bits & _NOT_NAMES and not given:
        return 0
    if given or low in family_names():
        return 1 if usual or word.bits & (_CARE | _NOT_NAMES) or (opens and not given) else 2
    unknown = not usual and not word.bits and not shouts and word.shape == TITLE
    return 2 if unknown and (not opens or acts(reading, place) or initial_before(reading, place)) else 0


def _addressed(reading: Reading, place: int) -> bool:
    """`Mrs. Okafor`, `S. Wambui`: whatever stands there with a capital is a name."""
    word = reading.words[place]
    if word.bits & (BITS["month"] | BITS["weekday"] | BITS["staff"]) or not place:
        return False
    return reading.words[place - 1].low in _FORMAL and reading.gap(place - 1) in {" ", ". "}


def _weight_small(reading: Reading, place: int, low: str) -> int:
    """Written small, only a first name that is nothing else counts, in a text that is written small, or after a cue."""
    word = reading.words[place]
    if word.shape != LOWER or word.bits or len(low) < 4 or low in ordinary() or low not in given_names():
        return 0
    return 2 if cue_before(reading, place) or reading.text == reading.lower else 0


def _end(reading: Reading, place: int, shouts: bool) -> int:
    """Where the name ends that begins here."""
    words, last = reading.words, place + 1
    while last < len(words) and last - place < 5:
        gap = reading.gap(last - 1)
        if gap not in _JOINTS or words[last - 1].low.endswith("'s"):
            break
        word = words[last]
        if _is_initial(word) or (gap in {" ", "-"} and _continues(reading, last, shouts)):
            last += 1
        elif (
            word.low in _PARTICLES
            and last + 1 < len(words)
            and is_capital(words[last + 1])
            and word.low not in {"y", "e"}
        ):
            last += 2
        else:
            break
    return last


def _continues(reading: Reading, place: int, shouts: bool) -> bool:
    """Whether the word can be the second of a name."""
    word = reading.words[place]
    low = bare(word)
    if not is_capital(word):
        small = (
            word.shape == LOWER
            and reading.words[place - 1].shape == LOWER
            and low not in ordinary()
            and not word.bits
        )
        return small and low in family_names()
    if shouts:
        return low in family_names() and not word.bits & _CARE
    return not word.bits & (_CARE | BITS["third"] | BITS["you"] | BITS["weekday"])


def _is_initial(word: Word) -> bool:
    return word.end - word.start == 1 and word.shape == TITLE and word.low not in {"i"}


def _judged(reading: Reading, first: int, last: int, weight: int, shouts: bool) -> Named | None:
    """The name with its owner; None if nothing but a capital speaks for it."""
    words = reading.words
    owner = owner_of(reading, first, last)
    cue = cue_before(reading, first) or cue_after(reading, last)
    full = last - first > 1
    surname = full and (bare(words[last - 1]) in family_names() or bare(words[last - 1]) not in ordinary())
    if weight == 1 and owner == "someone":
        strong = cue in {"title", "cheer", "relative", "patient", "act"} or (
            surname and not words[first].opens
        )
        if not strong and not (surname and bare(words[first]) in given_names()):
            return None
        if (
            cue == "act"
            and words[first].opens
            and not surname
            and bare(words[first]) in {"will", "may", "can"}
        ):
            return None
    return Named(first, last, owner, cue, full)
