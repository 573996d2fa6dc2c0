"""What a text asks the roster: names in prose, in hashtags and handles, telephone and record numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from consent.people.rules.roster import (
    before_in_family,
    before_in_given,
    behind_in_family,
    behind_in_given,
    given_and_letter,
    half,
    handle,
    handle_piece,
    letter_and_family,
    number_piece,
    phone_piece,
    record_number,
)

from .folding import Folded, fold
from .nicknames import called_too
from .reading import Reading, read
from .roster import SHORTEST_WORD, Question
from .tokens import Case, Pair, Token, is_function, is_plain, pairs, tokens_of

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_TAG = re.compile(
    r"[#@]([^\W_](?:[\w.\-]*\w)?)|(?:instagram|facebook|tiktok|twitter|threads|x)\.(?:com|net)/@?([\w.\-]*\w)"
)
_AROUND = re.compile(
    r"^(?:team|pray(?:er)?sfor|prayfor|justicefor|thankyou|go|rip)|(?:strong|warrior|fuerte|fund)$"
)
_PHONE = re.compile(
    r"(?<![\w])(?:\+?1[\s.\-]*)?\(?\d{3}\)?[\s.\-/]*\d{3}[\s.\-]*\d{4}(?!\d)|\+\d[\d\s().\-]{6,18}\d(?!\d)"
)
_NUMBER = re.compile(r"[^\W_]+(?:[-./ ]?[^\W_]*\d[^\W_]*)*")
_NAMED = re.compile(
    r"\b(?:mrn|chart|record|patient|id|number|no|nr|account|acct|file|expediente|historia|numero|#)\W{0,3}(?:number|no|nr|id|#)?\W{0,3}$"
)
Span = tuple[int, int, str]
_LONG_ENOUGH, _FIGURES_ALONE, _JOINED = 4, 6, 3


@lru_cache(maxsize=256)
def questions_of(text: str) -> tuple[Question, ...]:
    """Everything that the text asks the roster; the same words are asked about many times on their way out."""
    reading = read(text, "caption")
    tokens = tokens_of(reading, text)
    case = Case(reading, tokens)
    names = [
        one
        for pair in pairs(tokens, reading.text)
        for one in _of_pair(case, pair, _span(reading, pair.first.start, pair.second.end))
    ]
    # Figures in the place of letters are undone in prose; a handle may begin with one.
    folded = fold(text)
    return (*names, *_in_tags(folded, case), *_phones(folded), *_numbers(reading, tokens))


def _of_pair(case: Case, pair: Pair, span: Span) -> Iterator[Question]:
    """Two words that stand together, as they are and turned round; or a word and an initial."""
    first, second = pair.first, pair.second
    if first.single or second.single:
        yield from _with_letter(case, pair, span)
        return
    how = case.how(pair)
    if how is None:
        return
    for one in first.forms:
        for other in second.forms:
            if not pair.comma:
                yield _name(span, one, other, near_given=how.near_first, near_family=how.near_second)
            if how.turned:
                yield _name(
                    span, other, one, near_given=how.near_second, near_family=how.near_first, swapped=True
                )


def _name(
    span: Span,
    given: str,
    family: str,
    *,
    near_given: bool = False,
    near_family: bool = False,
    swapped: bool = False,
) -> Question:
    givens = called_too(given)
    pieces = {before_in_family(one, family[: half(len(family))]) for one in givens}
    if near_family:
        for kept in _halves(family):
            pieces |= {before_in_family(given, family[:kept]), behind_in_family(given, family[-kept:])}
    if near_given:
        for kept in _halves(given):
            pieces |= {before_in_given(given[:kept], family), behind_in_given(given[-kept:], family)}
    return Question(*span, frozenset(pieces), given, family, givens, near_given, near_family, swapped=swapped)


def _halves(word: str) -> set[int]:
    """How much of the true word is right at least, which may be a letter longer or shorter."""
    return {half(long) for long in (len(word) - 1, len(word), len(word) + 1) if long >= SHORTEST_WORD}


def _with_letter(case: Case, pair: Pair, span: Span) -> Iterator[Question]:
    """`M. Fernandez`, `Fernandez, M.`, `Maria F.`."""
    first, second = pair.first, pair.second
    if first.letter and not second.single:
        if _is_family(case, second, dotted=first.dotted) and not pair.comma and not _is_middle(pair):
            yield _letter(span, "given", first.forms[0], second.forms[0])
    elif second.letter and not first.single:
        if pair.comma:
            if _is_family(case, first, dotted=second.dotted):
                yield _letter(span, "given", second.forms[0], first.forms[0])
        elif _is_family(case, first, dotted=True) and not _goes_on(pair):
            yield _letter(span, "family", first.forms[0], second.forms[0])


def _letter(span: Span, which: str, given: str, family: str) -> Question:
    piece = letter_and_family(given, family) if which == "given" else given_and_letter(given, family)
    return Question(*span, frozenset({piece}), given, family, letter=which)


def _is_family(case: Case, word: Token, *, dotted: bool) -> bool:
    """Whether a word beside an initial may be a name."""
    if word.function and not word.capital:
        return False
    if word.plain:
        return word.capital and dotted and case.speaks(word)
    return word.capital or dotted


def _is_middle(pair: Pair) -> bool:
    """Whether a given name stands right before the letter."""
    before, first = pair.before, pair.first
    return before is not None and before.namelike and not before.plain and first.start - before.end < 3


def _goes_on(pair: Pair) -> bool:
    """Whether the letter is a middle initial: a family name follows."""
    after = pair.after
    return after is not None and after.capital and not (after.opens and after.plain)


def _in_tags(folded: Folded, case: Case) -> Iterator[Question]:
    """`#MariaFernandez`, `#mariafernandezstrong`, `@mfernandez`, and handles that are on record."""
    for match in _TAG.finditer(folded.text):
        group = 1 if match.group(1) else 2
        body, at = match.group(group), match.start(group)
        is_handle = group == 2 or match.group().startswith("@")
        span = (*folded.original(match.start(), match.end()), "HANDLE" if is_handle else "NAME")
        if is_handle and (plain := handle(body)):
            yield Question(*span, frozenset({handle_piece(plain)}))
        parts = [part for part in _PARTS.finditer(body) if part.group().isalpha()]
        if len(parts) > 1:
            tokens = [_part(part, at) for part in parts]
            for pair in pairs(tokens, folded.text):
                yield from _of_pair(case, pair, span)
        elif parts:
            yield from _split(span, parts[0].group().lower(), is_handle=is_handle)


def _part(part: re.Match[str], at: int) -> Token:
    low = part.group().lower()
    return Token(
        at + part.start(), at + part.end(), (low,), capital=True, small=False, opens=False,
        plain=is_plain(low), function=is_function(low), tagged=True,
    )  # fmt: skip


def _split(span: Span, whole: str, *, is_handle: bool) -> Iterator[Question]:
    """Letters without a break: every way to cut them in two."""
    for body in dict.fromkeys((whole, _AROUND.sub("", whole))):
        for cut in range(2, len(body) - 1):
            one, other = body[:cut], body[cut:]
            if is_handle or not (is_plain(one) and is_plain(other)):
                yield _whole(span, one, other)
                yield _whole(span, other, one)
        if is_handle and len(body) > _LONG_ENOUGH:
            yield _letter(span, "given", body[0], body[1:])
            yield _letter(span, "family", body[:-1], body[-1])


def _whole(span: Span, given: str, family: str) -> Question:
    piece = before_in_family(given, family[: half(len(family))])
    return Question(*span, frozenset({piece}), given, family, frozenset({given}))


def _phones(folded: Folded) -> Iterator[Question]:
    for match in _PHONE.finditer(folded.text):
        figures = "".join(one for one in match.group() if one.isdigit())
        if not match.group().startswith("+"):
            figures = figures if len(figures) == 11 else f"1{figures}"
        span = folded.original(match.start(), match.end())
        yield Question(*span, "PHONE", frozenset({phone_piece(f"+{figures}")}))


def _numbers(reading: Reading, tokens: Iterable[Token]) -> Iterator[Question]:
    """Record numbers, however they are divided; figures alone if there are many of them, or they are named as one."""
    tokens = list(tokens)
    for place, first in enumerate(tokens):
        for last in tokens[place : place + _JOINED]:
            written = reading.text[first.start : last.end]
            if not _NUMBER.fullmatch(written):
                break
            if not (last.never or first.never):
                continue
            number = record_number(written)
            alone = written[0].isdigit() and number.isdigit()
            if len(number) < (_FIGURES_ALONE if alone else _LONG_ENOUGH) and not _is_named(
                reading.lower[: first.start]
            ):
                continue
            if len(number) > 2:
                span = reading.folded.original(first.start, last.end)
                yield Question(*span, "MRN", frozenset({number_piece(number)}))


def _is_named(before: str) -> bool:
    """Whether what stands before says that a record number comes."""
    return bool(_NAMED.search(before[-30:]))


def _span(reading: Reading, start: int, end: int) -> Span:
    """Where a name stands in the original, and what it is: a handle after @; with the mark before it."""
    mark = reading.text[start - 1 : start] if start else ""
    if mark in {"@", "#"}:
        start -= 1
    return (*reading.folded.original(start, end), "HANDLE" if mark == "@" else "NAME")
