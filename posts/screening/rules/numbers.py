"""Numbers given to a person: social security, record, account, plan, licence, device, plate (identifiers G to M)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import Seen
from .reading import Reading
from .recognizer import Recognizer

_CODE = (
    r"(?:[a-z]{1,4}-){0,2}[a-z0-9]*\d[a-z0-9]*(?:(?:[ -]|-[a-z]{1,3}-)[a-z0-9]*\d[a-z0-9]*){0,4}(?:-[a-z]\b)?"
)
_NO = r"(?:\s?(?:number|numero|num|no|nr|id)\b\.?)?(?:\s?(?:is|es|was|:|#|=|ending in|ending|last four|last 4|termina en|terminado en|ultimos cuatro)\s?){0,3}\s?"
SSN = re.compile(r"(?<![\d-])\d{3}[- .]\d{2}[- .]\d{4}(?![\d-])")
SSN_CUE = re.compile(
    rf"\b(?:ssn|social security|social|seguro social|nss)\b{_NO}(?:last four |last 4 |ending )?(?:xxx-?xx-?)?({_CODE})"
)
MRN = re.compile(
    rf"\b(?:mrn|mr|path report|report|cycle id|barcode|wristband|protocolo|exp|expte|pulsera|chart|record|patient id|pt id|patient|case|accession|specimen|lab|folder|file|encounter|visit id|"
    rf"expediente|historia(?: clinica)?|registro|paciente|folio)\b{_NO}#?\s?({_CODE})"
)
ACCOUNT = re.compile(
    rf"\b(?:member|membership|policy|claim|account|acct|acc|rx|prescription|plan|group|medicaid|medicare|auth(?:orization)?|invoice|"
    rf"bill|statement|card|license|licence|driver'?s license|dl|serial|sn|s/n|implant|pacemaker|pump|confirmation|referral|order|"
    rf"ticket|case|poliza|cuenta|afiliado|socio|reclamo|receta|factura|serie|tarjeta|licencia|autorizacion)\b{_NO}#?\s?({_CODE})"
)
PLATE = re.compile(
    r"\b(?:plate|plates|license plate|placa|placas|patente|vin|vanity plate)\b[^\w]{0,3}(?:is |es |reads |says )?\"?([a-z0-9][a-z0-9-]{3,17})\b"
)
# The last four, and numbers struck out but for them (R36).
ENDING = re.compile(
    r"\b(?:last (?:four|4)(?: of (?:my|his|her|their|your) (?:social|ssn))?|ends? in|ending in|terminad[oa] en|termina en|ultimos cuatro)\b[\s:,]{0,2}(?:is |are |es |son )?(\d{4})\b"
    r"|(?<![\w.])((?:x{2,3}|\*{2,3}|\.{2,3}|#{2,3})[ -](?:x{2}|\*{2}|\.{2}|#{2})[ -]\d{4})\b"
)
CARD = re.compile(r"(?<!\d)\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{2,4}(?!\d)")
HASH = re.compile(r"(?<!\w)#\s?([a-z]{0,3}-?\d[\w-]{3,})")
SHAPED = re.compile(
    r"(?<![\w/.@-])(?=[a-z0-9-]*\d[a-z0-9-]*\d)(?=[a-z0-9-]*[a-z])[a-z0-9]{1,12}(?:-[a-z0-9]{1,12}){0,4}(?![\w/@-])"
)
LONG = re.compile(r"(?<![\w$.,/#:-])\d{4,}(?:-\d{2,}){0,3}(?![\w%:/]|[.,]\d)")
_MEANT = re.compile(
    r"\s?(?:mg|ml|mcg|iu|steps|people|patients|followers|smiles|calories|percent|dollars|hours|minutes|years|pounds|lbs|miles|km|personas|pasos|sonrisas|litros|pesos)\b"
)
_STREET = re.compile(
    r"\s(?:[nsew]\.?\s)?[\w.'-]+(?:\s[\w.'-]+){0,2}\s(?:st|street|ave|avenue|rd|road|dr|drive|lane|ln|ct|court|blvd|loop|way|pkwy|hwy|place|pl|trail|circle|square|plaza)\b"
)
_LENGTH = 4


def social_security(reading: Reading) -> Iterator[Seen]:
    """Whole, or the last four after a word that says so (R36)."""
    for match in SSN.finditer(reading.lower):
        yield Seen(match.start(), match.end(), "SSN", "words.ssn", sure=True)
    for match in ENDING.finditer(reading.lower):
        group = 1 if match.group(1) else 2
        yield Seen(match.start(group), match.end(group), "SSN", "words.ssn", sure=True)
    for match in SSN_CUE.finditer(reading.lower):
        if _figures(match.group(1)) >= _LENGTH:
            yield Seen(match.start(1), match.end(1), "SSN", "words.ssn", sure=True)


def records(reading: Reading) -> Iterator[Seen]:
    """A number after `MRN`, `chart`, `case`."""
    for match in MRN.finditer(reading.lower):
        if (
            _figures(match.group(1)) >= _LENGTH
            and not _MEANT.match(reading.lower, match.end())
            and not _is_year(match.group(1))
        ):
            yield Seen(match.start(1), match.end(1), "MRN", "words.mrn", sure=True)


def accounts(reading: Reading) -> Iterator[Seen]:
    """Plan, account, claim, prescription, licence, device and card numbers."""
    for match in ACCOUNT.finditer(reading.lower):
        if (
            _figures(match.group(1)) >= _LENGTH
            and not _MEANT.match(reading.lower, match.end())
            and not _is_year(match.group(1))
        ):
            real = _figures(match.group(1)) > _LENGTH and set(match.group(1)) - set("0- ")
            yield Seen(match.start(1), match.end(1), "ACCOUNT", "words.account", sure=bool(real))
    for match in CARD.finditer(reading.lower):
        yield Seen(match.start(), match.end(), "ACCOUNT", "words.account", sure=True)


def vehicles(reading: Reading) -> Iterator[Seen]:
    """Number plates and vehicle numbers (identifier L)."""
    for match in PLATE.finditer(reading.lower):
        if _figures(match.group(1)):
            yield Seen(match.start(1), match.end(1), "UNIQUE_DETAIL", "words.plate")


def unexplained(reading: Reading) -> Iterator[Seen]:
    """A number that nothing explains: after a number sign, mixed with letters, or four figures and more."""
    for match in HASH.finditer(reading.lower):
        yield Seen(match.start(), match.end(), "MRN", "words.number")
    for pattern in (SHAPED, LONG):
        for match in pattern.finditer(reading.lower):
            found = match.group()
            if (
                _figures(found) >= _LENGTH
                and not _is_year(found)
                and not _explained(reading, match.start(), match.end())
            ):
                yield Seen(match.start(), match.end(), "ACCOUNT", "words.number")


def _explained(reading: Reading, start: int, end: int) -> bool:
    """Whether it counts something, or is a house number."""
    return bool(_MEANT.match(reading.lower, end) or _STREET.match(reading.lower, end))


def _figures(code: str) -> int:
    return sum(one.isdigit() for one in code)


def _is_year(code: str) -> bool:
    return len(code) == 4 and code.isdigit() and "1700" <= code <= "2099"


RECOGNIZERS = (
    Recognizer(
        "words.ssn", 1, ("SSN",), "block", "A social security number, or a part of one.", social_security
    ),
    Recognizer("words.mrn", 1, ("MRN",), "block", "A record or case number.", records),
    Recognizer(
        "words.account",
        1,
        ("ACCOUNT",),
        "block",
        "A plan, account, claim, licence or device number.",
        accounts,
    ),
    Recognizer("words.plate", 1, ("UNIQUE_DETAIL",), "block", "A vehicle's number.", vehicles),
    Recognizer(
        "words.number", 1, ("ACCOUNT", "MRN"), "review", "A number that nothing explains.", unexplained
    ),
)
