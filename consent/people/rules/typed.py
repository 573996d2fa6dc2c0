"""Dates, e-mail addresses and telephone numbers as people type them. No Django."""

import re
from datetime import date

from .names import FieldRefused

OLDEST_YEARS = 130
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATE_SHAPES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})[/.](?P<day>\d{1,2})[/.](?P<year>\d{4})"),
    re.compile(r"(?P<name>[a-z]{3,9})\.? +(?P<day>\d{1,2})(?:st|nd|rd|th)?,? +(?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)? +(?P<name>[a-z]{3,9})\.?,? +(?P<year>\d{4})"),
)
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


def typed_date(text: str) -> date | None:
    """The day meant by 3/2/1984 (month first), 1984-03-02, Mar 2 1984 or 2 March 1984; None if it is none."""
    plain = " ".join(text.lower().split())
    for shape in _DATE_SHAPES:
        if match := shape.fullmatch(plain):
            return _day(match.groupdict())
    return None


def _day(parts: dict[str, str | None]) -> date | None:
    name = parts.get("name")
    month = _MONTHS.index(name[:3]) + 1 if name and name[:3] in _MONTHS else int(parts.get("month") or 0)
    try:
        return date(int(parts["year"] or 0), month, int(parts["day"] or 0))
    except ValueError:
        return None


def checked_birth(born: date | None, today: date, field: str = "born") -> date | None:
    """A birth date that can be one. Raises `FieldRefused` for a day to come or more than 130 years back."""
    if born is None:
        return None
    if born > today:
        raise FieldRefused(field, f"Birth date: {said(born)} has not come yet. Look at the year.")
    if today.year - born.year > OLDEST_YEARS:
        raise FieldRefused(field, f"Birth date: nobody born on {said(born)} is alive. Look at the year.")
    return born


def said(day: date) -> str:
    """A day as people say it, with its year: "3 Dec 2026"."""
    return f"{day.day} {day:%b} {day.year}"


def normal_contact(kind: str, value: str) -> str:
    """An e-mail address or telephone number in one form, so that the same one has one digest.

    Raises `FieldRefused` for what cannot be one. A telephone number without a country code is American.
    """
    if kind == "email":
        address = value.strip().casefold()
        if len(address) > 254 or not _EMAIL.fullmatch(address):
            raise FieldRefused("email", "E-mail: this is no complete address. It looks like ana@example.org.")
        return address
    digits = "".join(c for c in value if c.isdecimal() and c.isascii())
    if not value.strip().startswith("+"):
        digits = digits if len(digits) == 11 and digits.startswith("1") else f"1{digits}"
        if len(digits) != 11:
            raise FieldRefused("phone", "Telephone: write ten digits, or + and the country code.")
    if not 8 <= len(digits) <= 15 or re.search(r"[^\d\s()+./-]", value):
        raise FieldRefused("phone", "Telephone: write ten digits, or + and the country code.")
    return f"+{digits}"
