"""Words that are the practice's own: an address, a telephone, a provider's full name. No Django.

What is ours hides only itself: a single name is never ours, or the nurse Maria would hide the patient Maria Fernandez.
"""

from collections.abc import Collection

from consent.people.rules import folded

OWN_WORDS_LENGTH = 200


class NotOurs(ValueError):
    """These words cannot be known as the practice's own; the message says why."""


def checked_own_words(text: str) -> str:
    """The words on one line. Raises `NotOurs` when there are none, too many, or just a single name."""
    clean = " ".join(text.split())
    if not clean or not folded(clean):
        raise NotOurs("Write the words as they stand in your posts.")
    if len(clean) > OWN_WORDS_LENGTH:
        raise NotOurs(f"{len(clean)} characters are too many, use at most {OWN_WORDS_LENGTH}.")
    if len(folded(clean).split()) < 2 and clean.isalpha():
        raise NotOurs(
            "A single word would hide whoever shares it. Write the whole: a full name, the whole address."
        )
    return clean


def is_ours(text: str, start: int, end: int, ours: Collection[str]) -> bool:
    """Whether the stretch of `text` lies within words that are ours, wherever these stand in it.

    `ours` are folded (`consent.people.rules.folded`). Unequal words around the stretch make it somebody else's.
    """
    mine = folded(text[start:end])
    return bool(mine) and any(
        mine in words and _stands_in(text, start, end, words) for words in ours if mine in words
    )


def _stands_in(text: str, start: int, end: int, words: str) -> bool:
    """Whether `words` stand in the text around the stretch, compared as they are folded."""
    room = len(words) * 2 + 20
    before, after = folded(text[max(0, start - room) : start]).split(), folded(text[end : end + room]).split()
    middle = folded(text[start:end]).split()
    wanted = words.split()
    for at in range(len(wanted) - len(middle) + 1):
        if wanted[at : at + len(middle)] != middle:
            continue
        left, right = wanted[:at], wanted[at + len(middle) :]
        if _ends_with(before, left) and after[: len(right)] == right:
            return True
    return False


def _ends_with(words: list[str], ending: list[str]) -> bool:
    return not ending or words[-len(ending) :] == ending
