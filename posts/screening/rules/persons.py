"""Names, initials, relatives, and what only one person fits (identifiers A and R)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import Seen
from .lexicon import BITS, given_names, ordinary
from .people import names_in
from .reading import TITLE, Named, Reading
from .recognizer import Recognizer

# `PATEL, J`, as on labels and boards.
LISTED = re.compile(r"(?<![\w.])[A-Z][A-Z'-]{2,}, [A-Z](?![\w'])")
INITIALS = re.compile(
    r"(?<![\w.@/])(?:[A-Z]\.\s?){1,3}[A-Z]\.?(?![\w@])|(?<![\w.@/&-])[A-Z]\.(?=[,\s])(?! [A-Z][a-z])"
)
PAIR = re.compile(
    r"(?:\b(?:pt|patient|initials|paciente|iniciales|client|resident|congrats to|meet|for|signed|love|xo)[ :]+)([A-Z]{2,3})(?![\w])|(?<![\w.])([A-Z]{2})(?='s\b)"
)
# Written small: `thank u b.k.`
SMALL = re.compile(
    r"(?<![\w.@/])(?!a\.m|p\.m|e\.g|i\.e|m\.d|d\.o|r\.n|u\.s|b\.c|q\.d|p\.r|p\.s|o\.r|e\.r)[a-z]\.\s?[a-z]\.(?:[a-z]\.)?(?![\w@])"
)
_NOT_INITIALS = frozenset(
    [
        "U.S.",
        "U.S.A.",
        "E.R.",
        "O.R.",
        "I.V.",
        "P.T.",
        "O.T.",
        "M.D.",
        "D.O.",
        "R.N.",
        "D.D.S.",
        "D.M.D.",
        "A.M.",
        "P.M.",
        "D.C.",
        "P.S.",
        "P.O.",
        "B.C.",
        "A.D.",
        "J.D.",
        "F.D.A.",
        "C.D.C.",
        "P.A.",
        "N.P.",
        "EE.UU.",
        "L.A.",
        "N.Y.",
        "T.V.",
        "V.A.",
        "I.D.",
        "G.I.",
        "E.N.T.",
        "Q.A.",
        "Q",
        "&",
        "A",
    ]
)
_NOT_PAIRS = frozenset(
    [
        "ER",
        "OR",
        "PT",
        "OT",
        "IV",
        "MD",
        "RN",
        "OB",
        "TV",
        "US",
        "LA",
        "NY",
        "CT",
        "MRI",
        "BP",
        "HR",
        "UV",
        "ED",
        "PE",
        "AP",
        "ID",
        "NP",
        "PA",
        "DO",
        "DDS",
        "RSV",
        "FDA",
        "CDC",
        "AAP",
        "ADA",
        "HPV",
    ]
)
HASHTAG = re.compile(r"#(\w{3,60})")
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_TEAM = re.compile(
    r"^(?:team|go|get well|happy birthday|pray(?:ers)? for|fly high|rip|justice for|stay strong|todos con|fuerza)",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?:the|our|that|her|his|a|one of our|one of the|my|nuestr[oa]|el|la|un|una|del|al) (?:[\w'-]+ ){0,4}?$"
)
UNIQUE = re.compile(
    r"\b(?:the|our|only|town's|county's|school's|city's|team's) (?:only|youngest|oldest|first(?:-ever| ever)?|tallest|smallest|biggest|last) [\w' -]{3,40}"
    r"|\b(?:state|national|world|county|olympic|district|league|regional) (?:[\w-]+ ){0,2}(?:champ|champion|champions|record|record-holder|finalist|medalist)\b"
    r"|\b(?:who|whose|that|that's|he|she) (?:was|were|is|made|got|has been|appeared|won|survived|saved|went)(?: all over| in| on|) (?:the )?(?:news|headlines|front page|paper|tv|channel \d+|viral)\b[\w ]{0,20}"
    r"|\b(?:sole|only|lone) survivor[\w' ]{0,30}|\bjersey (?:number )?\d+|\b(?:number|no\.?|#)\s?\d{1,2} (?:on|for|of) the\b[\w ]{0,20}|\bbib (?:number )?#?\d+"
    r"|\b(?:el|la) (?:unic[oa]|mas joven|mas viej[oa]|primer[oa]?) [\w' ]{3,40}|\bque salio en (?:las noticias|el noticiero|la tele|el periodico)\b|\b(?:campeon|campeona) (?:estatal|nacional|regional)\b[\w ]{0,15}"
)


def names(reading: Reading) -> Iterator[Seen]:
    """Names of people who are not said to be staff, public or a place."""
    for named in reading_names(reading):
        if named.owner == "someone":
            start, end = named.span(reading.words)
            yield Seen(start, end, "NAME", f"words.name.{named.cue or 'bare'}")
    for match in LISTED.finditer(reading.text):
        yield Seen(match.start(), match.end(), "NAME", "words.name.listed")
    yield from _in_hashtags(reading)


def reading_names(reading: Reading) -> list[Named]:
    """The names, found once for a text."""
    if reading.named is None:
        reading.named = names_in(reading)
    return reading.named


def _in_hashtags(reading: Reading) -> Iterator[Seen]:
    """`#TeamDelilah`, `#GraciesGrin`."""
    for match in HASHTAG.finditer(reading.text):
        parts = _PARTS.findall(match.group(1))
        for part in parts:
            low = part.lower()
            for one in (low, low[:-1] if low.endswith("s") else low):
                if (
                    len(parts) > 1
                    and len(one) > 2
                    and one in given_names()
                    and one not in ordinary()
                    and low not in ordinary()
                ):
                    yield Seen(match.start(), match.end(), "NAME", "words.name.hashtag")
                    break


def initials(reading: Reading) -> Iterator[Seen]:
    """`J.M.`, `R. S.`, `pt DW` (R36)."""
    for match in INITIALS.finditer(reading.text):
        if match.group().strip() not in _NOT_INITIALS and match.group().strip() + "." not in _NOT_INITIALS:
            yield Seen(match.start(), match.end(), "INITIALS", "words.initials")
    for match in SMALL.finditer(reading.text):
        yield Seen(match.start(), match.end(), "INITIALS", "words.initials")
    for match in PAIR.finditer(reading.text):
        group = 1 if match.group(1) else 2
        if match.group(group) not in _NOT_PAIRS:
            yield Seen(match.start(group), match.end(group), "INITIALS", "words.initials")


def relatives(reading: Reading) -> Iterator[Seen]:
    """Somebody's mother, son or neighbour: her husband Walt, the daughter of our nurse, my nephew."""
    words = reading.words
    owners = {
        "my",
        "his",
        "her",
        "their",
        "your",
        "our",
        "mi",
        "mis",
        "su",
        "sus",
        "tu",
        "nuestra",
        "nuestro",
    }
    for phrase in reading.phrases:
        if not phrase.bits & BITS["relative"] or phrase.first == 0:
            continue
        before = words[phrase.first - 1]
        follows = words[phrase.last] if phrase.last < len(words) else None
        if before.low in owners or before.low.endswith("'s"):
            end = phrase.last
            while (
                end < len(words)
                and end - phrase.last < 2
                and words[end].shape == TITLE
                and reading.gap(end - 1) in {" ", ", "}
            ):
                end += 1
            owner = (
                "named"
                if end > phrase.last
                else "of-someone"
                if before.low.endswith("'s")
                else "of-" + _person(before.low)
            )
            yield Seen(before.start, words[end - 1].end, "RELATIVE", f"words.relative.{owner}")
        elif follows is not None and follows.low in {"of", "de", "del"}:
            yield Seen(words[phrase.first].start, follows.end, "RELATIVE", "words.relative.of")


def _person(owner: str) -> str:
    return {
        "my": "me",
        "mi": "me",
        "mis": "me",
        "your": "you",
        "tu": "you",
        "our": "us",
        "nuestra": "us",
        "nuestro": "us",
    }.get(owner, "them")


# Somebody told by what only one did or does: `the man who fell off the water tower`.
TOLD = re.compile(
    r"\b(?:the|that|our|el|la|nuestr[oa]) (?:[\w-]+ ){0,2}?(?:guy|man|woman|lady|girl|boy|fella|fellow|gentleman|kid|gal|dude|rider|bride|groom|couple|twins|substitute|captain|stranger|senor|senora|muchach[oa]|chic[oa]|nin[oa]|joven|tipo) "
    r"(?:from|who(?: is|'s)?|that|off|known as|behind|with the|on the|que|del?|de la|con el|con la) [\w' -]{4,60}"
    r"|\b(?:reigning|formerly my|former) [\w' -]{4,40}|\b(?:plays?|played|coache?s|announces?|drives?|runs?|rings?|sings?|teaches|paints?) (?:the |goalie |[\w-]+ )?(?:for|at|in|on|the|around) [\w' -]{4,40}"
)


def unique(reading: Reading) -> Iterator[Seen]:
    """Roles, events and traits that single one person out: the mayor, the bus driver, the only survivor."""
    words = reading.words
    for phrase in reading.phrases:
        if phrase.bits & BITS["role"] and phrase.first:
            before = words[phrase.first - 1].low
            back = words[phrase.first - 2].low if phrase.first > 1 else ""
            if {before, back} & {
                "the",
                "our",
                "a",
                "that",
                "local",
                "town",
                "el",
                "la",
                "un",
                "una",
                "nuestro",
                "nuestra",
                "favorite",
                "retired",
                "del",
                "al",
            } or before.endswith("'s"):
                yield Seen(
                    words[phrase.first].start, words[phrase.last - 1].end, "UNIQUE_DETAIL", "words.role"
                )
    for match in TOLD.finditer(reading.lower):
        yield Seen(match.start(), match.end(), "UNIQUE_DETAIL", "words.unique.told")
    for match in UNIQUE.finditer(reading.lower):
        yield Seen(match.start(), match.end(), "UNIQUE_DETAIL", "words.unique")


RECOGNIZERS = (
    Recognizer("words.name", 1, ("NAME",), "block", "A name that is not said to be the staff's.", names),
    Recognizer("words.initials", 1, ("INITIALS",), "block", "Initials are part of a name.", initials),
    Recognizer(
        "words.relative",
        1,
        ("RELATIVE",),
        "review",
        "A relative identifies as much as the patient.",
        relatives,
    ),
    Recognizer(
        "words.role",
        1,
        ("UNIQUE_DETAIL",),
        "review",
        "A job or role that may fit one person only.",
        lambda _: (),
    ),
    Recognizer(
        "words.unique", 1, ("UNIQUE_DETAIL",), "review", "A detail that may fit one person only.", unique
    ),
)
