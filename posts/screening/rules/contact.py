"""Telephone and fax numbers, addresses of mail, pages and networks, names on social media (identifiers D, E, F, N, O, R).

The practice's own are in every second post, so those that the words around them call its own are not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import Seen
from .reading import Reading
from .recognizer import Recognizer

_TOP = r"(?:com|net|org|edu|gov|io|co|us|me|info|biz|example|test|invalid|mx|es|health|clinic|dental)"
EMAIL = re.compile(
    rf"[a-z0-9_][a-z0-9_.+-]{{0,63}}(?:@|\s?[\[(]\s?(?:at|arroba)\s?[\])]\s?|\s(?:at|arroba)\s)[a-z0-9-]{{1,63}}"
    rf"(?:(?:\.|\s?[\[(]\s?(?:dot|punto)\s?[\])]\s?|\s(?:dot|punto)\s)[a-z0-9-]{{1,63}}){{0,3}}"
    rf"(?:\.|\s?[\[(]\s?(?:dot|punto)\s?[\])]\s?|\s(?:dot|punto)\s){_TOP}\b"
)
URL = re.compile(
    rf"(?:https?://|www\.)[^\s<>\"']{{3,300}}|(?<![@\w.-])[a-z0-9-]{{2,63}}(?:\.[a-z0-9-]{{2,63}}){{0,3}}\.{_TOP}(?:/[^\s<>\"']{{0,300}})?(?![\w@])"
)
HANDLE = re.compile(r"(?<![\w@./])@[a-z0-9_][a-z0-9_.]{1,40}")
IP4 = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)")
IP6 = re.compile(
    r"(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,6}(?![\w:])|(?<![\w:])[0-9a-f]{1,4}::[0-9a-f]{1,4}(?![\w:])"
)
PHONE = re.compile(
    r"(?<![\w$#./-])(?:\+?\d{1,2}[\s.-]{0,2})?(?:\(\s?\d{3}\s?\)[\s.-]{0,2}|\d{3}[\s.-]{1,2})?\d{3}[\s.-]{1,2}\d{4}(?![\w-]*\d)"
    r"|(?<![\w$#./-])\+?1?\d{10}(?!\d)|(?<![\w$])\d(?:\s\d){6,10}(?![\w])"
    r"|(?<![\w$.])\d(?:[.-]\d){6,10}(?![\w])|(?<![\w$])\d{3}\s-\s\d{2}\s-?\s?\d{2}(?!\d)"
)
_SPOKEN = re.compile(r"[\s,.-]{1,3}")
_OWN_MAIL = re.compile(
    r"^(?:hello|hola|hi|info|contact|contacto|office|oficina|frontdesk|front|desk|citas|cita|appointments|booking|book|jobs|job|"
    r"careers|empleo|empleos|trabajo|hr|people|talent|privacy|privacidad|billing|team|equipo|events|eventos|press|media|help|"
    r"ayuda|support|care|smile|smiles|ask|welcome|feedback|clinic|clinica|volunteer|volunteers|reception|records|manager|"
    r"patientrelations|relations|marketing|outreach|community|comunidad|sponsors|donate)"
)
# What the practice says before its own number, page or name.
_OURS = re.compile(
    r"\b(?:call|calls|text|dial|ring|fax|phone|tel|line|number|office|desk|clinic|us|ask for|reach us|at|book|visit|online|hours|apply|"
    r"cv|resume|resumes|register|rsvp|tickets|sign up|details|info|questions|follow|tag|page|site|website|llame\w*|llama\w*|llamen\w*|"
    r"telefono|tel|linea|oficina|recepcion|escriba\w*|escribe\w*|escriban\w*|mande|manda|envie|envia|agende|agenda|reserve|reserva|"
    r"siga\w*|sigue\w*|siguenos|visite\w*|marque|marca|whatsapp|preguntas|informes|correo|at|al|en)\b"
)
# What says that it is somebody's.
_THEIRS = re.compile(
    r"\b(?:my|mine|me|i'm|im|his|her|hers|their|he|she|patient's|mom's|dad's|number we have|on file|mi|mis|soy|su celular|"
    r"su telefono|su numero|wife|husband|mother|daughter|son|cell|celular|reach him|reach her)\b|\bfrom[ :]+$"
)
_CLINIC = re.compile(
    r"clini|dent|ortho|smile|health|care|medic|hospital|pharm|rehab|derm|skin|pediatric|peds|wellness|eye|vision|doctor|dr[._]|bakery|"
    r"cafe|brew|official|foundation|library|school|radio|news|onco|therap|glow|sonris|salud|farmacia|physio|spine|kids|birth|women"
)
# A version of a program is written like a network address.
_VERSION = re.compile(r"\b(?:version|release|update|build|firmware|v)\s?(?:to )?(?:version )?$")
_OCTET, _COLONS = 255, 4
_WITHIN = 45


def emails(reading: Reading) -> Iterator[Seen]:
    """Mail addresses, also with `at` and `dot` spelled out."""
    for match in EMAIL.finditer(reading.lower):
        found, theirs = match.group(), _theirs(reading, match.start())
        if "@" not in found and not re.search(r"[\[(]|\s(?:dot|punto)\s", found):
            continue
        private = re.search(r"gmail|yahoo|hotmail|outlook|icloud|aol|proton|mail\.", found)
        own = not private and (_OWN_MAIL.match(found) or _CLINIC.search(found))
        if not own or theirs:
            yield Seen(match.start(), match.end(), "EMAIL", "words.email", sure=bool(private) or theirs)


def pages(reading: Reading) -> Iterator[Seen]:
    """Web addresses, but for the practice's own, which lead to no person."""
    for match in URL.finditer(reading.lower):
        end = match.end() - len(match.group()) + len(match.group().rstrip(".,;:!?)"))
        found = reading.lower[match.start() : end]
        personal = re.search(
            r"/(?:u|p|f|user|users|profile|patients?|people|pages?/\d|share|img|photo|rx|results?)/|tok|[?&=]|\d{4}|fund|caring|portal\\.[^/]+/.|facebook|instagram|blog|vids|vlog|//(?:give|wish|registry)\.|^(?:give|wish|apoyo)[.-]|/(?:w|team|walk|pray|meet|for|help|go)[-/]|fights?|journey|diar(?:y|io)|tiktok|youtube|chart|scan|upload|mychart",
            found,
        )
        if personal or _theirs(reading, match.start()):
            yield Seen(
                match.start(),
                end,
                "URL",
                "words.url",
                sure=bool(personal) and not _ours(reading, match.start()),
            )


def handles(reading: Reading) -> Iterator[Seen]:
    """Names on social media."""
    for match in HANDLE.finditer(reading.lower):
        end = match.start() + len(match.group().rstrip("."))
        name = reading.lower[match.start() + 1 : end]
        own = _CLINIC.search(name)
        before = reading.lower[max(0, match.start() - _WITHIN) : match.start()]
        if not own and not re.search(
            r"\b(?:follow|tag|tag us|siguenos|siganos|sigue|us)\s*(?:at|en|us)?\s*$", before
        ):
            yield Seen(match.start(), end, "HANDLE", "words.handle")


def networks(reading: Reading) -> Iterator[Seen]:
    """IP addresses."""
    for match in IP4.finditer(reading.lower):
        own = match.group().startswith(("192.168.", "10.", "127.")) or _VERSION.search(
            reading.lower, 0, match.start()
        )
        if not own and all(int(part) <= _OCTET for part in match.group().split(".")):
            yield Seen(match.start(), match.end(), "IP", "words.ip", sure=True)
    for match in IP6.finditer(reading.lower):
        if "::" in match.group() or match.group().count(":") > _COLONS:
            yield Seen(match.start(), match.end(), "IP", "words.ip", sure=True)


def phones(reading: Reading) -> Iterator[Seen]:
    """Telephone numbers in figures and in words; the practice's own are not found."""
    for match in PHONE.finditer(reading.lower):
        yield from _phone(reading, match.start(), match.end())
    yield from _spoken_phones(reading)


def _phone(reading: Reading, start: int, end: int) -> Iterator[Seen]:
    figures = sum(one.isdigit() for one in reading.lower[start:end])
    toll_free = re.match(r"\+?1?[\s.(-]*8(?:00|33|44|55|66|77|88)\b", reading.lower[start:end])
    theirs = _theirs(reading, start)
    if figures < 7 or (toll_free and not theirs) or (_ours(reading, start) and not theirs):
        return
    yield Seen(start, end, "PHONE", "words.phone", sure=theirs)


def _spoken_phones(reading: Reading) -> Iterator[Seen]:
    """`five five five, oh one four two`: seven figures or more, most of them words."""
    words, first, figures = reading.words, 0, 0
    for place, word in enumerate([*words, None]):
        counts = 0
        if word is not None and (first == place or _SPOKEN.fullmatch(reading.gap(place - 1))):
            counts = (
                1 if word.isa("number") else len(word.low) if word.low.isdigit() and len(word.low) <= 4 else 0
            )
        if counts:
            figures += counts
            continue
        if figures >= 7 and any(words[at].isa("number") for at in range(first, place)):
            start = words[first].start
            if _theirs(reading, start) or not _ours(reading, start):
                yield Seen(start, words[place - 1].end, "PHONE", "words.phone", sure=_theirs(reading, start))
        first, figures = place + 1, 0
        if word is not None and (word.isa("number") or word.low.isdigit()):
            first, figures = place, 1 if word.isa("number") else len(word.low)


def _ours(reading: Reading, start: int) -> bool:
    return bool(_OURS.search(reading.lower, max(0, start - _WITHIN), start))


def _theirs(reading: Reading, start: int) -> bool:
    return bool(_THEIRS.search(reading.lower, max(0, start - _WITHIN), start))


RECOGNIZERS = (
    Recognizer(
        "words.email", 1, ("EMAIL",), "block", "An e-mail address that is not the practice's own.", emails
    ),
    Recognizer("words.url", 1, ("URL",), "block", "A web address that may lead to a person.", pages),
    Recognizer(
        "words.handle", 1, ("HANDLE",), "review", "A name on social media: is it a patient's?", handles
    ),
    Recognizer("words.ip", 1, ("IP",), "block", "A network address.", networks),
    Recognizer(
        "words.phone", 1, ("PHONE",), "block", "A telephone number that is not the practice's own.", phones
    ),
)
