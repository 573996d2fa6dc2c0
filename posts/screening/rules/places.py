"""Addresses, towns, ZIP codes, rooms and beds (identifiers B and R). The practice's own address is not found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import Seen
from .lexicon import BITS, ordinary
from .reading import TITLE, Reading, Word
from .recognizer import Recognizer

_KIND = (
    r"(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|court|ct|boulevard|blvd|circle|cir|terrace|place|pl|way|parkway|pkwy|highway|hwy|"
    r"loop|trail|alley|square|close|mews|row|steps|hollow|ridge|yard|rise|bend|crossing|gardens|walk|path|run|pike|crescent|grove|heights|flats|bulevar|blvr)"
)
STREET = re.compile(
    rf"\b\d{{1,5}}[a-z]?\s(?:[nsew]\.?\s|north |south |east |west |old )?(?:[a-z0-9.'-]+\s){{1,3}}{_KIND}\b\.?"
    r"(?:,?\s(?:apt|apartment|unit|suite|ste|lot|#)\.?\s?[\w-]{1,6})?"
)
CALLE = re.compile(
    r"\b(?:calle|avenida|av\.|callejon|carretera|camino|colonia|col\.|barrio|privada|pasaje)\s(?:de (?:la |los |las )?)?[\w.'-]+(?:\s[\w.'-]+){0,2}?,?\s(?:numero |no\.? |#)?\d{1,5}\b"
)
# A street by its name alone, with capitals: `photographed at home on Piñon Loop`.
NAMED = re.compile(
    r"\b(?:on|at|of|from|off|near|to|en) ((?:[A-Z][\w'-]+ ){1,2}(?:Street|Avenue|Ave|Lane|Ln|Loop|Row|Court|Ct|Terrace|Circle|Drive|Alley|Mews|Close))\b"
)
BOX = re.compile(
    r"\bp\.?\s?o\.?\s?box \d+|\b(?:lot|unit|apt|apartment|apto|depto|trailer|space) #?\d+[a-z]? (?:at|in|of|on|en) (?:the )?[\w']+(?: [\w']+){0,3}|\b(?:the )?\d{3,5} block of [\w ]{3,20}|\b(?:rural route|county road|cr|rr|route) \d+\b"
)
HOME = re.compile(
    r"\b(?:the|that|a|our friends? in the) (?:\w+ ){0,2}(?:house|farmhouse|cabin|trailer|duplex|condo|home|apartment|cottage|farm|ranch) (?:on|at|by|behind|next to|across from|with|near) (?:the )?[\w']+(?: [\w']+){0,3}"
    r"|\b(?:lives?|living|resides?|vive|viven|vivo) (?:over |out |up )?(?:on|at|in|by|near|behind|next to|across from|en|por|frente a|junto a|al lado de|atras de) (?:the |la |el |los |las )?[\w']+(?: [\w']+){0,3}"
)
ZIP = re.compile(r"(?<![\w$#.,/-])\d{5}(?:-\d{4})?(?![\w,%]|[.,]\d)")
_ZIP_CUE = re.compile(r"\b(?:zip|zip code|codigo postal|cp|c\.p\.)\s?:?\s?$|,\s?(?:[a-z]{2}|[a-z]+)\s$")
# Before the practice's own address.
_OURS = re.compile(
    r"\b(?:visit us|find us|come (?:see|find|visit|by)|join us|located|we'?re at|we are at|we moved|our (?:office|clinic|new|location|lobby|door|address|tent|booth)|office at|stop by|drop (?:by|off)|meet us|suite|opens?|opening|open|visitenos|visitanos|encuentr\w+|estamos en|nuestra|nueva sede|sede|clinica|consultorio|atendiendo|vacun\w+|ubicad\w+|pase|traiga|at)\b"
)
_FROM = frozenset({"from", "in", "of", "de", "en", "desde", "near", "to"})
ROOM = re.compile(
    r"\b(?:room|rm\.?|suite|ste\.?|bed|unit|ward|bay|chair|operatory|pod|pacu|icu|nicu|er|or|cubiculo|habitacion|cuarto|cama|sala|sillon|quirofano|pabellon|floor|piso)\s?#?\s?(?:\d{1,4}[a-z]?|[a-z]\d{1,3}|[ivx]{1,4}|[a-d])\b(?:,? (?:bed|cama|room) \w{1,3})?"
    r"|\b(?:bay|chair|bed|beds|cubicle|pod|op|resus|station|isolation|observacion|camilla|uci|hdu|ccu|picu|sicu|micu|l&d|rehab|postpartum|consultorio|pasillo|box|cubicle|isolette|gurney|trauma|triage|recovery|lane)\s(?:\d{1,3}[a-z]?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-f])\b(?! (?:percent|times|years|days|hours))"
    r"|\b(?:in|from|to|for|en|on) \d{1,2}[a-h]\b|\b(?:la|del|de la) [1-9]\d{2}\b(?![.,]\d)|\b(?:third|first|second|fourth|fifth|last) (?:bed|isolette|cot|crib|chair|room|bay)\b|\bbed by the (?:door|window)\b"
    r"|\b\d(?:st|nd|rd|th) floor\b|\b\d{1,2}\s?(?:north|south|east|west)\b"
)
_WITHIN = 60


def addresses(reading: Reading) -> Iterator[Seen]:
    """Streets with a number, boxes, and homes told by what they look like."""
    for pattern in (STREET, CALLE, BOX):
        for match in pattern.finditer(reading.lower):
            if not _OURS.search(reading.lower, max(0, match.start() - _WITHIN), match.start()):
                yield Seen(match.start(), match.end(), "ADDRESS", "words.address")
    for match in NAMED.finditer(reading.text):
        if not _OURS.search(reading.lower, max(0, match.start() - _WITHIN), match.start()):
            yield Seen(match.start(1), match.end(1), "ADDRESS", "words.home")
    for match in HOME.finditer(reading.lower):
        yield Seen(match.start(), match.end(), "ADDRESS", "words.home")


def towns(reading: Reading) -> Iterator[Seen]:
    """ZIP codes; a name after `from` or `in`, or with a word that ends the names of places."""
    yield from _zips(reading)
    words = reading.words
    for place in range(1, len(words)):
        if (
            words[place - 1].low not in _FROM
            or reading.gap(place - 1) != " "
            or not _may_be_town(words[place])
        ):
            continue
        last = place + 1
        while (
            last < len(words)
            and last - place < 3
            and words[last].shape == TITLE
            and reading.gap(last - 1) in {" ", ", "}
        ):
            last += 1
        known = any(part.bits & (BITS["place"] | BITS["state"]) for part in words[place:last])
        if known or words[place].low not in ordinary():
            yield Seen(words[place].start, words[last - 1].end, "CITY_ZIP", "words.town")


def _may_be_town(word: Word) -> bool:
    other = word.isa("month", "weekday", "staff", "org", "public", "title") or word.low in {"i", "i'm"}
    return word.shape == TITLE and not other


def _zips(reading: Reading) -> Iterator[Seen]:
    for match in ZIP.finditer(reading.lower):
        before = reading.lower[max(0, match.start() - 25) : match.start()]
        told = "-" in match.group() or _ZIP_CUE.search(before)
        if told and not _OURS.search(reading.lower, max(0, match.start() - 90), match.start()):
            yield Seen(match.start(), match.end(), "CITY_ZIP", "words.zip")


def rooms(reading: Reading) -> Iterator[Seen]:
    """Rooms, beds, chairs and wards by their number."""
    for match in ROOM.finditer(reading.lower):
        if not match.group().startswith(("suite", "ste")) or not _OURS.search(
            reading.lower, max(0, match.start() - _WITHIN), match.start()
        ):
            yield Seen(match.start(), match.end(), "FACILITY_ROOM", "words.room")


RECOGNIZERS = (
    Recognizer(
        "words.address",
        1,
        ("ADDRESS",),
        "review",
        "An address that is not said to be the practice's own.",
        addresses,
    ),
    Recognizer("words.home", 1, ("ADDRESS",), "review", "It tells where somebody lives.", lambda _: ()),
    Recognizer("words.town", 1, ("CITY_ZIP",), "review", "A place smaller than a state.", towns),
    Recognizer("words.zip", 1, ("CITY_ZIP",), "review", "A ZIP code.", lambda _: ()),
    Recognizer(
        "words.room", 1, ("FACILITY_ROOM",), "review", "A room or bed: whoever lies there can be told.", rooms
    ),
)
