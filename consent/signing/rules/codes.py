"""Links and one-time codes: how long they are good, how often they may be tried and sent. No Django."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from .words import Said

DIGITS = 6
CODE_TRIES = 5
CODE_GOOD_FOR = timedelta(minutes=10)
CODE_EVERY = timedelta(minutes=1)
CODES_AN_HOUR = 5
LINK_GOOD_FOR = timedelta(days=14)
SCREEN_CODE_GOOD_FOR = timedelta(minutes=10)
REMIND_AFTER = (timedelta(days=2), timedelta(days=5))


class CodeRefused(Said):
    """The code does not open anything, or none is sent just now; the sentence says what to do."""


def require_sendable(sent: Sequence[datetime], at: datetime) -> None:
    """Raise `CodeRefused` if the codes of the last hour, sent at `sent`, are enough for now.

    A clock that was set back counts nothing that lies ahead of it.
    """
    lately = [moment for moment in sent if timedelta(0) <= at - moment < timedelta(hours=1)]
    if any(at - moment < CODE_EVERY for moment in lately):
        raise CodeRefused("code_wait")
    if len(lately) >= CODES_AN_HOUR:
        raise CodeRefused("code_enough")


def refusal_of_code(sent_at: datetime | None, tries: int, at: datetime) -> CodeRefused | None:
    """Why no code may be tried, whatever is typed; None if one may. `sent_at` None means that none was sent."""
    if sent_at is None or at - sent_at >= CODE_GOOD_FOR:
        return CodeRefused("code_over")
    if tries >= CODE_TRIES:
        return CodeRefused("code_tries_over")
    return None


def wrong_code(tries: int) -> CodeRefused:
    """What a wrong code is answered with, after `tries` of them."""
    left = CODE_TRIES - tries
    return CodeRefused("code_wrong", left=left) if left > 0 else CodeRefused("code_tries_over")


def reminder_due(sent_at: datetime, reminders: int, at: datetime) -> bool:
    """Whether a request sent at `sent_at`, with `reminders` since, is to be called to mind now."""
    return reminders < len(REMIND_AFTER) and at - sent_at >= REMIND_AFTER[reminders]
