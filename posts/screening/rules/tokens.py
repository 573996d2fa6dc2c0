"""The words of a text as the roster is asked about them: what they are without case and accents, and whether one that
is an ordinary word as well can be a name here. "May will grace the rose garden" holds none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from consent.people.rules import folded
from consent.people.rules.roster import PARTICLES

from .lexicon import family_names, given_names, lines, ordinary, split
from .reading import LOWER, Reading, Word

OWNS = re.compile(r"(?:['’‘ʼ]s?|['’‘ʼ]S)$")
# Never a name when written small.
_FUNCTION = frozenset(
    split(
        "will may can could would should shall might must do does did is are was were be been being am has have had a an the"
        " and or but nor so yet for with from to of in on at by as into onto over under about after before since until while"
        " when where who whom whose which what why how if then than that this these those there here not no yes i you he she"
        " it we they me him her us them my your his its our their all any some each every more most very too also just only"
        " up out off down again now today let get got go come came see saw make made take took give gave say said says"
    )
)
_MONTHS = frozenset(split("may april june august abril mayo junio julio agosto"))
_OF_TIME = frozenset(
    split(
        "in since until till last next this every early late mid by during from through of before after each en desde hasta"
    )
)
_DETERMINERS = frozenset(split("the an this that these those each every el la los las un una este esta"))
_MODALS = frozenset({"will", "may"})
_GAP = re.compile(r"[ \t]*[-_.,*'\"()/|~\n]?[ \t*'\"(]*")
_MANY = 3


@dataclass(slots=True)
class Token:
    """A word: where it stands in the folded text, its spellings without case and accents, and what it may be."""

    start: int
    end: int
    forms: tuple[str, ...]
    capital: bool
    small: bool
    opens: bool
    owns: bool = False
    plain: bool = False
    function: bool = False
    never: bool = False
    dotted: bool = False
    tagged: bool = False

    @property
    def letter(self) -> bool:
        """Whether it is a letter that stands for a name."""
        return self.single and (self.dotted or (self.capital and self.forms[0] not in {"i", "a"}))

    @property
    def single(self) -> bool:
        """Whether it is one letter."""
        return len(self.forms[0]) == 1 and self.forms[0].isalpha()

    @property
    def passes(self) -> bool:
        """Whether it may stand between two words of one name: an initial, a particle, another name."""
        return self.single or self.forms[0] in PARTICLES or self.namelike

    @property
    def namelike(self) -> bool:
        """Whether it may be a name by itself."""
        return not self.never and not self.function and (self.capital or not self.plain)


@cache
def _spanish() -> frozenset[str]:
    return frozenset(word for line in lines("spanish_words.txt") for word in line.split())


def is_plain(low: str) -> bool:
    """Whether it is an ordinary word, too, in English or Spanish."""
    return low in ordinary() or low in _spanish()


def is_function(low: str) -> bool:
    """Whether it holds sentences together."""
    return low in _FUNCTION or (low in _spanish() and low not in given_names() and low not in family_names())


def tokens_of(reading: Reading, text: str) -> list[Token]:
    """The words of the text, of which `reading` is the reading."""
    found = [_token(reading, text, word) for word in reading.words]
    found = [one for one in found if one.forms]
    for before, one, after in zip([None, *found], found, [*found[1:], None], strict=False):
        _look_around(before, one, after)
    return found


def _token(reading: Reading, text: str, word: Word) -> Token:
    low = OWNS.sub("", word.low)
    plain = low if low.isascii() and low.isalnum() else folded(low).replace(" ", "")
    forms = {plain: None}
    if reading.folded.starts is not None:
        # Folding keeps the length of letters, names on record may not: ß is ss there.
        first, last = reading.folded.original(word.start, word.end)
        forms[folded(OWNS.sub("", text[first:last])).replace(" ", "")] = None
    forms.pop("", None)
    end = word.start + len(low)
    part = reading.text[word.start : end]
    return Token(
        word.start,
        end,
        tuple(forms),
        capital=bool(part) and part[0].isupper(),
        small=word.shape == LOWER,
        opens=word.opens,
        owns=low != word.low,
        plain=is_plain(low),
        function=is_function(low),
        never=any(one.isdigit() for one in low),
        dotted=reading.text[word.end : word.end + 1] == ".",
    )


def _look_around(before: Token | None, one: Token, after: Token | None) -> None:
    """A month after "in" or before a day is no name."""
    if one.forms[0] in _MONTHS and (
        (before is not None and before.forms[0] in _OF_TIME)
        or (after is not None and after.forms[0].isdigit())
    ):
        one.never = True


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words that may be one name; `comma` between them means the family name first."""

    first: Token
    second: Token
    comma: bool
    after: Token | None
    before: Token | None


def pairs(tokens: Sequence[Token], text: str) -> Iterator[Pair]:
    """Words that stand together, with initials, particles and one other name between them at most."""
    for place, first in enumerate(tokens):
        if first.owns or first.never:
            continue
        others, comma = 0, False
        for other in range(place + 1, min(place + 6, len(tokens))):
            second = tokens[other]
            gap = text[tokens[other - 1].end : second.start]
            if not _is_gap(gap, tokens[other - 1]):
                break
            comma = comma or "," in gap
            after = tokens[other + 1] if other + 1 < len(tokens) else None
            if not second.never:
                yield Pair(first, second, comma, after, tokens[place - 1] if place else None)
            others += not second.single and second.forms[0] not in PARTICLES
            if second.owns or others > 1 or not second.passes:
                break


def _is_gap(gap: str, before: Token) -> bool:
    """Whether what stands between two words lets them be one name."""
    if not _GAP.fullmatch(gap) or len(gap) > 4:
        return False
    return not (gap.startswith(".") and len(gap) > 1 and not before.single)


@dataclass(frozen=True, slots=True)
class How:
    """Whether two words may be a name as they stand, which of them may be a letter off, and whether also turned round."""

    near_first: bool = False
    near_second: bool = False
    turned: bool = False


class Case:
    """What capitals say in a text: nothing where everything has one."""

    def __init__(self, reading: Reading, tokens: Sequence[Token]) -> None:
        self._shouts = reading.shouts()
        self._text = reading.text
        self._plain = [one for one in tokens if one.plain and not one.opens and len(one.forms[0]) > 1]

    def how(self, pair: Pair) -> How | None:
        """How the two words may be a name; None if they cannot."""
        first, second = pair.first, pair.second
        if first.plain and second.plain:
            return How() if self._both_plain(pair) else None
        if pair.comma and first.capital != second.capital:
            return None
        if not (first.plain or second.plain):
            return How(near_first=True, near_second=True, turned=True)
        word, name = (first, second) if first.plain else (second, first)
        if word.capital and not self._shouts:
            return How(not first.plain, not second.plain, turned=pair.comma or not first.plain)
        # Whoever writes everything small, or large, writes ordinary names so as well.
        alike = self._shouts or (word.small and name.small)
        return How() if alike and not word.function and not pair.comma else None

    def _both_plain(self, pair: Pair) -> bool:
        """Two ordinary words are a name only if their capitals say so."""
        first, second = pair.first, pair.second
        if not (first.capital and second.capital) or pair.comma or not self.speaks(first, second):
            return False
        if pair.before is not None and pair.before.forms[0] in _DETERMINERS and not first.opens:
            return False
        return not (first.opens and first.forms[0] in _MODALS and self._asks(pair))

    def _asks(self, pair: Pair) -> bool:
        """ "Will Grace be there?": the verb that follows is not one of what people did."""
        after = pair.after
        return after is not None and after.small and not _is_past(after.forms[0])

    def speaks(self, *but: Token) -> bool:
        """Whether a capital says something, as in no heading; `but` are the words asked about."""
        if any(one.tagged for one in but):
            return True
        others = [one for one in self._plain if one not in but]
        headed = len(others) >= _MANY and 2 * sum(one.capital for one in others) > len(others)
        return not self._shouts and not headed


def _is_past(low: str) -> bool:
    return low.endswith("ed") or low in {
        "is", "was", "has", "had", "got", "came", "says", "said", "who", "left", "went", "beat", "rang", "won", "made",
        "took", "told", "ran", "felt", "gave", "loves", "looks", "and", "our", "from", "just", "here",
    }  # fmt: skip
