"""How often a stranger may knock at a public door: counted for each address, by all processes, for a while."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest


def too_often(request: HttpRequest, door: str, *, times: int, seconds: int) -> bool:
    """Whether this address has knocked at `door` more than `times` within `seconds`; the knock is counted."""
    caller = hashlib.sha256(str(request.META.get("REMOTE_ADDR", "")).encode()).hexdigest()
    key = f"knocks:{door}:{caller}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > times
    except ValueError:  # it ran out between the two
        return False
