"""What each anchored part of a form has to say, point by point, and how a reader by rule recognises it. No Django.

A point is met by a list that the part asks, a field it holds, or words. The words are looked for without accents and
case. They find what is missing; whether what is there is well said, a person reads.
"""

from dataclasses import dataclass, field

from .keys import AUTHORIZATIONS

RELEASES = (*AUTHORIZATIONS, "staff_release")
SIGNED = (*RELEASES, "author_licence")


@dataclass(frozen=True)
class Point:
    """One thing to say: in the part with `anchor`, on the forms of `kinds`, met by any of what follows."""

    anchor: str
    words: str
    kinds: tuple[str, ...]
    citation: str
    example: dict[str, str]
    asks: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    cues: dict[str, str] = field(default_factory=dict)


def point(
    anchor: str,
    words: str,
    citation: str,
    en: tuple[str, str],
    es: tuple[str, str],
    *,
    kinds: tuple[str, ...] = AUTHORIZATIONS,
    asks: str = "",
    fields: str = "",
) -> Point:
    """`en` and `es` are each a pattern (empty: no words are enough) and an example sentence."""
    cues = {language: pattern for language, (pattern, _) in (("en", en), ("es", es)) if pattern}
    example = {"en": en[1], "es": es[1]}
    return Point(
        anchor, words, kinds, citation, example, frozenset(asks.split()), frozenset(fields.split()), cues
    )
