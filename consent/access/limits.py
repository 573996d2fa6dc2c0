"""How often a stranger may knock at a public door: counted for each address, by all processes, for a while."""

import hashlib
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest

NETWORK = 64


def caller_of(request: HttpRequest) -> str:
    """Whose tries count together: the caller's address; of IPv6 the network, as anyone has all addresses of one."""
    said = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ip_address(said)
    except ValueError:
        return said
    if not isinstance(address, IPv6Address):
        return said
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), NETWORK), strict=False).network_address)


def too_often(request: HttpRequest, door: str, *, times: int, seconds: int, at: datetime) -> bool:
    """Whether this address was let in at `door` `times` in the `seconds` before `at`; if not, this knock is counted.

    Whoever was refused is not counted: many guests behind one address would keep each other out for ever.
    """
    caller = hashlib.sha256(caller_of(request).encode()).hexdigest()
    key, now = f"knocks:{door}:{caller}", at.timestamp()
    lately = [moment for moment in cache.get(key, ()) if 0 <= now - moment < seconds]
    if len(lately) >= times:
        return True
    cache.set(key, [*lately, now], seconds)
    return False
