"""An event's pure questions: when its code works, what a card looks like, what proves the phone in front. No Django."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .words import CardSaid, CardWords

ADULT_YEARS = 18
# Around the event's day: the code works from the day before until the day after is over.
AROUND = 1
FORGOTTEN_AFTER = timedelta(days=3)
SIGHT_TRIES = 5
SIGHT_DIGITS = 4
CARDS_A_MINUTE = 60
CARDS_IN_ALL = 5_000
ANSWERED_WITHIN = timedelta(minutes=5)
COLOURS = ("green", "blue", "orange", "purple", "red", "grey")


def opens_at(day: date, zone: str) -> datetime:
    """The instant from which the event's code opens a form."""
    return datetime.combine(day - timedelta(days=AROUND), datetime.min.time(), ZoneInfo(zone))


def closes_at(day: date, zone: str) -> datetime:
    """The instant from which nothing of the event can be signed any more."""
    return datetime.combine(day + timedelta(days=AROUND + 1), datetime.min.time(), ZoneInfo(zone))


def colour_of(number: int) -> str:
    """The colour of a card, always beside its number: neighbours differ."""
    return COLOURS[(number - 1) % len(COLOURS)]


def sight_digits(digest: str) -> str:
    """The digits on the guest's phone, from a keyed digest (hex): who types them has seen that phone."""
    return f"{int(digest[:12], 16) % 10**SIGHT_DIGITS:0{SIGHT_DIGITS}d}"


def is_adult(born: date, today: date) -> bool:
    """Whether somebody born then is 18 today."""
    return (today.year - born.year) - ((today.month, today.day) < (born.month, born.day)) >= ADULT_YEARS


__all__ = [
    "ANSWERED_WITHIN",
    "CARDS_A_MINUTE",
    "CARDS_IN_ALL",
    "COLOURS",
    "FORGOTTEN_AFTER",
    "SIGHT_TRIES",
    "CardSaid",
    "CardWords",
    "closes_at",
    "colour_of",
    "is_adult",
    "opens_at",
    "sight_digits",
]
