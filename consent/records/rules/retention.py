"""How long the record of a permission is kept before it may be disposed of (45 CFR 164.530(j), 164.316(b); R60)."""

from dataclasses import dataclass
from datetime import date

from .terms import MAJORITY

YEARS_KEPT = 6
FEBRUARY, LEAP_DAY = 2, 29


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What decides how long a permission's record is kept.

    `ended_on` is the day on which it ended by its date or event, `last_removed_on` the day on which the last post that
    rested on it was taken down; `out_still` says that one is still out. `born` matters if it was signed for a minor.
    """

    signed_on: date
    ended_on: date | None
    revoked_on: date | None
    last_removed_on: date | None
    out_still: bool
    born: date | None


def retain_until(kept: Kept) -> date | None:
    """The first day on which the record may be disposed of; None while it is in force or something is still out.

    Six years after the last of: signed, ended, withdrawn, last post removed; and for someone who was a minor when it
    was signed, not before six years after they came of age. Whoever has no known birth date counts as an adult.
    """
    over = kept.ended_on is not None or kept.revoked_on is not None
    if not over or kept.out_still:
        return None
    days = (kept.signed_on, kept.ended_on, kept.revoked_on, kept.last_removed_on)
    until = years_after(max(day for day in days if day is not None), YEARS_KEPT)
    if kept.born is None or kept.signed_on >= (of_age := years_after(kept.born, MAJORITY)):
        return until
    return max(until, years_after(of_age, YEARS_KEPT))


def years_after(day: date, years: int) -> date:
    """The same day so many years later; the day after 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, FEBRUARY + 1, 1)
