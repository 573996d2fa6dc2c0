"""Credit in a post that repeats somebody's: a handle or the address of a profile names its author (R34, R36, R96).

It identifies like a name, and more surely: who is called so on a network is one person. So here it counts whatever the
text around it is about, and whether or not the practice uses the word screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from .contact import URL
from .reading import read

_HANDLE = re.compile(r"(?<![\w@./])@[a-z0-9_][a-z0-9_.-]{1,60}(?:@[a-z0-9-]+(?:\.[a-z0-9-]+)+)?")
_NETWORKS = re.compile(
    r"(?:^|//|\.|^www\.)(?:instagram|instagr|facebook|fb|tiktok|youtube|youtu|twitter|x|threads|linkedin|lnkd|bsky|mastodon"
    r"|pinterest|reddit|snapchat|tumblr|vimeo|substack|medium|linktr)\.[a-z]{2,6}(?:/|$)"
)
_NO_NAME = frozenset(
    [
        "p",
        "reel",
        "reels",
        "post",
        "posts",
        "status",
        "watch",
        "video",
        "videos",
        "groups",
        "group",
        "stories",
        "story",
        "permalink",
        "photo",
        "photos",
        "share",
        "user",
        "users",
        "profile",
        "u",
        "c",
        "channel",
        "en",
        "es",
        "www",
    ]
)
_SHORTEST = 3


def credit_in(text: str, origin_url: str = "") -> Iterator[tuple[int, int]]:
    """Where a text names an author by a handle, the address of a profile, or the original at `origin_url`.

    Returns stretches in code points, the end not in it, in reading order; none lies within another.

    Source: R34, R36; table A-18, HANDLE.
    """
    reading = read(text, "caption")
    found = sorted(
        {*_handles(reading.lower), *_addresses(reading.lower, origin_url), *_named(reading.lower, origin_url)}
    )
    reached = 0
    for start, end in sorted(found, key=lambda one: (one[0], -one[1])):
        if end > reached:
            yield reading.folded.original(start, end)
            reached = end


def _handles(lower: str) -> Iterator[tuple[int, int]]:
    for match in _HANDLE.finditer(lower):
        yield match.start(), match.start() + len(match.group().rstrip(".-"))


def _addresses(lower: str, origin_url: str) -> Iterator[tuple[int, int]]:
    """Addresses on a network, or at the place where the original is."""
    host = _host(origin_url)
    for match in URL.finditer(lower):
        found = match.group().rstrip(".,;:!?)")
        if _NETWORKS.search(found) or (host and _host(found) == host):
            yield match.start(), match.start() + len(found)


def _named(lower: str, origin_url: str) -> Iterator[tuple[int, int]]:
    """The name in the address of the original, without the sign before it."""
    parts = [part.strip("@") for part in urlsplit(origin_url.casefold()).path.split("/")]
    for name in parts:
        if len(name) >= _SHORTEST and name not in _NO_NAME and re.search(r"[a-z]", name):
            for match in re.finditer(rf"(?<![\w./-]){re.escape(name)}(?![\w-])", lower):
                yield match.span()


def _host(address: str) -> str:
    whole = address.casefold()
    return urlsplit(whole if "//" in whole else f"//{whole}").netloc.removeprefix("www.")
