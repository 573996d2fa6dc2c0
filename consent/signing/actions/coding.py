"""One-time codes: made, sent, tried. Only a keyed digest is kept; five tries, ten minutes, a newer ends the older."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from consent.keys.ring import key_ring
from consent.people.models import ContactPoint

from ..models import Ceremony, OneTimeCode
from ..rules.codes import DIGITS, CodeRefused, refusal_of_code, require_sendable, wrong_code

PURPOSE = "one-time-code"


def new_code(point: ContactPoint, ceremony: Ceremony | None, at: datetime) -> str:
    """A new code for this contact point, in the caller's transaction. Raises `CodeRefused` if enough were sent."""
    # One at a time: ten requests at once would all find that none was sent yet.
    ContactPoint.objects.select_for_update(no_key=True).get(pk=point.pk)
    mine = OneTimeCode.objects.filter(contact_point=point)
    lately = mine.filter(sent_at__gt=at - timedelta(hours=1)).values_list("sent_at", flat=True)
    require_sendable(list(lately), at)
    mine.filter(ceremony=ceremony, ended_at=None).update(ended_at=at)
    _, code = _kept(point.practice_id, at, contact_point=point, ceremony=ceremony)
    return code


def code_for_stranger(practice_id: int, at: datetime) -> tuple[OneTimeCode, str]:
    """A code for an address that is on nobody's record, in the caller's transaction: the caller counts how many."""
    return _kept(practice_id, at)


def _kept(practice_id: int, at: datetime, **about: Any) -> tuple[OneTimeCode, str]:
    code, salt = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}", secrets.token_hex(16)
    row = OneTimeCode.objects.create(
        practice_id=practice_id, salt=salt, digest=_digest(salt, code), sent_at=at, **about
    )
    return row, code


def refusal_after_trying(
    point: ContactPoint, ceremony: Ceremony | None, typed: str, at: datetime
) -> CodeRefused | None:
    """Try `typed` against the code last sent, in the caller's transaction; None if it is right, which ends it.

    The try is kept, so the caller commits before it raises what is returned.
    """
    living = OneTimeCode.objects.filter(contact_point=point, ceremony=ceremony, ended_at=None)
    return refusal_of_try(living, typed, at)


def refusal_of_try(living: QuerySet[OneTimeCode], typed: str, at: datetime) -> CodeRefused | None:
    """Try `typed` against the newest of these codes; as for `refusal_after_trying`."""
    row = living.select_for_update(no_key=True).order_by("-pk").first()
    refusal = refusal_of_code(row.sent_at if row else None, row.tries if row else 0, at)
    if row is None or refusal is not None:
        return refusal
    digits = "".join(c for c in typed if c.isascii() and c.isdigit())
    if not secrets.compare_digest(_digest(row.salt, digits), row.digest):
        row.tries += 1
        row.save(update_fields=["tries"])
        return wrong_code(row.tries)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    return None


def _digest(salt: str, code: str) -> str:
    return key_ring().digest(PURPOSE, f"{salt}:{code}")
