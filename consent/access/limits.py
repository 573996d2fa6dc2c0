"""How often a stranger may knock at a public door: counted for each address, by all processes, for a while."""

import hashlib
from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest


def too_often(request: HttpRequest, door: str, *, times: int, seconds: int, at: datetime) -> bool:
    """Whether this address was let in at `door` `times` in the `seconds` before `at`; if not, this knock is counted.

    Whoever was refused is not counted: many guests behind one address would keep each other out for ever.
    """
    caller = hashlib.sha256(str(request.META.get("REMOTE_ADDR", "")).encode()).hexdigest()
    key, now = f"knocks:{door}:{caller}", at.timestamp()
    lately = [moment for moment in cache.get(key, ()) if 0 <= now - moment < seconds]
    if len(lately) >= times:
        return True
    cache.set(key, [*lately, now], seconds)
    return False
