"""What was said beside what stands in the words: left out, added, the same. No Django (16 CFR 255.1(b); R84)."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

Kind = Literal["same", "left_out", "added"]
# How many pairs of words are compared one by one; beyond that a stretch without landmarks counts as exchanged whole.
MOST_PAIRS = 400_000
_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"\A[\W_]*[^\W_]+[\W_]*|[^\W_]+[\W_]*|[\W_]+")


@dataclass(frozen=True)
class QuotePiece:
    """A run of words: the same in both, left out of what was said, or added to it."""

    kind: Kind
    text: str


def quote_diff(source: str, caption: str) -> list[QuotePiece]:
    """What became of `source` in `caption`, word by word; case, marks and spaces make no difference.

    The pieces that are not *added* hold all that was said; those not *left out* all that stands in the words. Nothing
    is left out where the quote is whole. The time is bounded whatever the texts are: 20,000 characters each take a
    fraction of a second.

    Source: R84.
    """
    said, told = _TOKEN.findall(source), _TOKEN.findall(caption)
    old, new = [_key(token) for token in said], [_key(token) for token in told]
    found: list[tuple[Kind, str]] = []
    left = right = 0
    for one, other in [*_pairs(old, new), (len(old), len(new))]:
        found += [("left_out", token) for token in said[left:one]]
        found += [("added", token) for token in told[right:other]]
        found += [("same", token) for token in told[other : other + 1]]
        left, right = one + 1, other + 1
    return [
        QuotePiece(kind, "".join(token for _, token in run))
        for kind, run in groupby(found, lambda one: one[0])
    ]


def _key(token: str) -> str:
    """The word of a token as it is compared; "" for marks without any word."""
    word = _WORD.search(token)
    return word[0].casefold() if word else ""


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the same words in both, rising in both."""
    whole = _whole_in(old, new)
    if whole is not None:
        return [(place, whole + place) for place in range(len(old))]
    marks = [(-1, -1), *_landmarks(old, new), (len(old), len(new))]
    left, found = MOST_PAIRS, list[tuple[int, int]]()
    for (a, b), (c, d) in pairwise(marks):
        if a >= 0:
            found.append((a, b))
        gap = list(_between(old[a + 1 : c], new[b + 1 : d], left))
        left -= (c - a - 1) * (d - b - 1)
        found += [(a + 1 + one, b + 1 + other) for one, other in gap]
    return found


def _whole_in(old: Sequence[str], new: Sequence[str]) -> int | None:
    """Where all of `old` stands in `new` in one piece."""
    if not old:
        return None
    text, wanted = f" {' '.join(new)} ", f" {' '.join(old)} "
    place = text.find(wanted)
    return text[:place].count(" ") if place >= 0 else None


def _landmarks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Words that stand once in each text, as many of them as keep their order (the longest rising run)."""
    here, there = Counter(old), Counter(new)
    places = {word: place for place, word in enumerate(new) if word and there[word] == 1}
    pairs = [(place, places[word]) for place, word in enumerate(old) if here[word] == 1 and word in places]
    ends: list[int] = []
    rows: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before.append(rows[at - 1] if at else -1)
        ends[at : at + 1] = [place]
        rows[at : at + 1] = [number]
    chain, last = list[tuple[int, int]](), rows[-1] if rows else -1
    while last >= 0:
        chain.append(pairs[last])
        last = before[last]
    return chain[::-1]


def _between(old: Sequence[str], new: Sequence[str], left: int) -> Iterator[tuple[int, int]]:
    """The longest common run of words of a stretch; none of one that would take longer than is `left`."""
    if not old or not new or len(old) * len(new) > left:
        return
    longest = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        row, below = longest[i], longest[i + 1]
        for j in range(len(new) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if old[i] == new[j] else max(below[j], row[j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            yield i, j
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
