"""Dates, times and ages (identifier C): found wherever they stand; whether they tell of somebody the whole text decides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import Seen
from .lexicon import BITS
from .reading import Reading
from .recognizer import Recognizer

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_CLOCK = r"(?:\d{1,2}:\d{2}(?:\s?[ap]\.?m\b)?|\d{1,2}\s?[ap]\.?m\b|noon|midnight|mediodia|medianoche)"
DATE = re.compile(
    rf"\b{_MONTH}\.?\s{_DAY}(?:,?\s\d{{4}})?\b|\b(?:the )?{_DAY}\s(?:of |de )?{_MONTH}(?:\s(?:de |del )?\d{{4}})?\b"
    r"|(?<![\d/.$-])(?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|[12]\d|3[01])(?:[/.-](?:\d{4}|\d{2}))?(?![\d/%-]|\.\d)"
    r"|(?<![\d/.-])(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:\d{4}|\d{2})(?![\d/])|(?<!\d)(?:19|20)\d{2}-\d{2}-\d{2}(?!\d)"
    r"|\b(?:the|el|dia)\s\d{1,2}(?:st|nd|rd|th)\b|\bel dia \d{1,2}\b"
)
CLOCK = re.compile(rf"\b(?:at |a las? |around |by )?{_CLOCK}|\ba las? \d{{1,2}}\b(?: de la \w+)?")
_TENS = r"(?:ninety|noventa)"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|y uno|y dos|y tres|y cuatro|y cinco|y seis|y siete|y ocho|y nueve)"
AGE = re.compile(
    r"(?<![\d.$/-])(?:9\d|1[01]\d)(?=(?:st|nd|rd|th)?[\s-]{0,2}(?:years?|yrs?|y\.?o\.?\b|y/o|anos|anitos|abriles|primaveras|birthday|bday|cumple))"
    r"|(?<=turned )(?:9\d|1[01]\d)\b(?![%/])|(?<=turning )(?:9\d|1[01]\d)\b|(?<=turns )(?:9\d|1[01]\d)\b|(?<=aged )(?:9\d|1[01]\d)\b"
    r"|(?<=i'm )(?:9\d|1[01]\d)\b(?![%/])|(?<=is )(?:9[0-9]|10\d)(?=[!.,] |[!.]?$)|(?<=at )(?:9[0-9]|10\d)(?=, | (?:he|she)\b)"
    rf"|\b{_TENS}(?:[\s-]{_ONES})?(?=[\s-](?:years?|yr|anos|anitos|young|old|candles|velas|primaveras|birthday))|(?<=turned ){_TENS}(?:[\s-]{_ONES})?\b"
    rf"|\b(?:sus|los|cumplio|cumple|cumpliendo) {_TENS}(?:[\s-]{_ONES})?\b|\b(?:a hundred|one hundred|cien|ciento (?:uno|dos|tres|cuatro|cinco)|hundredth|centenarian|centenaria|centenario)\b(?=[\s-]?(?:and \w+ )?(?:years?|anos|birthday|candles|velas|\b))"
    rf"|(?<=[a-z], )(?:9\d|10\d|{_TENS}(?:[\s-]{_ONES})?)(?=[,.!?;])"
    rf"|(?:(?<=is )|(?<='s )|(?<=i'm )|(?<=im )|(?<=turn )|(?<=was )|(?<=be )|(?<=tengo )|(?<=tiene )|(?<=age ))(?:9\d|10\d|{_TENS}[\s-]{_ONES})(?=[,.!?;]|$| (?:and|y|next|in|today|years|now|already|this)\b)"
    rf"|(?<=happy )(?:9\d|10\d)(?:st|nd|rd|th)\b|(?<=numero )9\d\b|(?<![^.!?] )(?<![\w,$-])\b(?:9\d|10\d|{_TENS}[\s-]{_ONES})(?= and (?!above|older|over|under|up)|\. [a-z]|, [a-z]+er\b)"
    rf"|\b(?:one[\s-])?hundred[\s-]and[\s-](?:one|two|three|four|five)\b"
    rf"|(?<!in )\b{_TENS}[\s-]{_ONES}(?=[!.,] (?:and|he|she|y|con)\b|, senores| (?:and|y) (?:still|todavia))"
)
_NOT_AGE = re.compile(
    r"\s?(?:%|percent|por ciento|days|dias|minutes|minutos|seconds|segundos|degrees|grados|miles|laps|vueltas|questions|preguntas|voluntari\w+|escalones|years ago|of those|people|personas|calories|times|mg|ml|tests?|smiles)"
)
# `tomorrow at 8`, `manana 7:30`, `the 10:15 slot`, `my 2:30`.
SLOT = re.compile(
    rf"\b(?:tomorrow|manana|hoy|today)(?: (?:at|a las?))? (?:{_CLOCK}|\d{{1,2}}\b(?! (?:de|of)\b)(?![:/.%-]))|\b(?:my|the|our|her|his|your|la cita de las|cita de las) \d{{1,2}}[:.]\d{{2}}(?: (?:slot|case|appointment|tomorrow|on the \d+\w*))?\b|\b\d{{1,2}}[:.]\d{{2}} (?:slot|case)\b"
)
_SOON = re.compile(rf"(?:\s|,\s)(?:at |a las? |around |the )?(?:{_CLOCK}|\d{{1,2}}\b)")


def dates(reading: Reading) -> Iterator[Seen]:
    """Dates with a day, and days told from today."""
    for match in DATE.finditer(reading.lower):
        yield Seen(match.start(), match.end(), "DATE", "words.date")
    for phrase in reading.phrases:
        if phrase.bits & BITS["relday"]:
            yield Seen(
                reading.words[phrase.first].start, reading.words[phrase.last - 1].end, "DATE", "words.day"
            )


def weekdays(reading: Reading) -> Iterator[Seen]:
    """A weekday by itself, which the post's own date makes exact; so common that it combines with nothing."""
    for word in reading.words:
        if word.bits & BITS["weekday"] and not word.low.endswith("s"):
            yield Seen(word.start, word.end, "DATE", "words.day.weekday")


def clocks(reading: Reading) -> Iterator[Seen]:
    """A weekday with an hour: the shape of an appointment."""
    for word in reading.words:
        if word.bits & BITS["weekday"] and (match := _SOON.match(reading.lower, word.end)):
            yield Seen(word.start, match.end(), "APPOINTMENT", "words.appointment")
    for match in SLOT.finditer(reading.lower):
        yield Seen(match.start(), match.end(), "APPOINTMENT", "words.appointment.slot")
    for match in CLOCK.finditer(reading.lower):
        yield Seen(match.start(), match.end(), "DATE", "words.time")


def ages(reading: Reading) -> Iterator[Seen]:
    """Ages of ninety and more, in figures and words (164.514(b)(2)(i)(C))."""
    for match in AGE.finditer(reading.lower):
        if not _NOT_AGE.match(reading.lower, match.end()):
            yield Seen(match.start(), match.end(), "AGE_OVER_89", "words.age")


RECOGNIZERS = (
    Recognizer(
        "words.date",
        1,
        ("DATE",),
        "review",
        "A date: it identifies as soon as it belongs to someone's care.",
        dates,
    ),
    Recognizer(
        "words.day",
        2,
        ("DATE",),
        "review",
        "A day told from today: the post's own date makes it exact.",
        weekdays,
    ),
    Recognizer(
        "words.appointment",
        1,
        ("APPOINTMENT", "DATE"),
        "review",
        "A day and an hour, as of an appointment.",
        clocks,
    ),
    Recognizer(
        "words.time", 1, ("DATE",), "review", "An hour that may belong to someone's care.", lambda _: ()
    ),
    Recognizer("words.age", 1, ("AGE_OVER_89",), "block", "An age of ninety or more.", ages),
)
