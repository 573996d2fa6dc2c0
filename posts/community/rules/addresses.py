"""The address of a public post: which network, whose, and whether two are of one post. Nothing is fetched."""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlsplit

LONGEST = 500
# Hosts of the networks that we know, the longest ending first; what stands before it in a host is a subdomain.
HOSTS = {
    "instagram.com": "instagram",
    "facebook.com": "facebook",
    "fb.watch": "facebook",
    "fb.com": "facebook",
    "tiktok.com": "tiktok",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "twitter.com": "x",
    "x.com": "x",
    "linkedin.com": "linkedin",
    "bsky.app": "bluesky",
    "threads.net": "threads",
    "threads.com": "threads",
    "yelp.com": "yelp",
    "google.com": "google",
    "maps.app.goo.gl": "google",
}
# What of the query names the post itself; the rest says where somebody came from.
NAMING = {"v", "story_fbid", "fbid", "id", "hrid", "review_id", "list"}
# Ways of writing the same host, or of one post: all are one.
SAME_HOSTS = {
    "twitter.com": "x.com",
    "threads.net": "threads.com",
    "youtu.be": "youtube.com",
    "fb.com": "facebook.com",
}
LEADING = re.compile(r"^(?:www|m|mobile|mbasic|web|old|l|amp)\.")
HANDLES = {
    "instagram": re.compile(r"^/([\w.]+)/(?:p|reel|reels|stories)/|^/stories/([\w.]+)/"),
    "tiktok": re.compile(r"^/@([\w.]+)/"),
    "x": re.compile(r"^/(\w+)/status/"),
    "threads": re.compile(r"^/@([\w.]+)/"),
    "bluesky": re.compile(r"^/profile/([\w.:-]+)/post/"),
    "facebook": re.compile(r"^/([\w.]+)/(?:posts|videos|photos|reels)/"),
    "linkedin": re.compile(r"^/posts/([\w-]+?)_"),
}
FEDIVERSE = re.compile(r"^/@([\w.]+(?:@[\w.-]+)?)/\d+/?$")


class AddressRefused(ValueError):
    """This is not the address of a public post; the sentence says what to give."""


@dataclass(frozen=True)
class Found:
    """What an address says by itself: the network ("" if unknown), the handle ("" if it does not say), the address as
    it is kept, and the one under which all ways of writing it are the same."""

    platform: str
    handle: str
    address: str
    same: str


def found_at(typed: str) -> Found:
    """What the address of a public post tells.

    Raises `AddressRefused` for what is no web address, holds a password or another port, or leads into a local network:
    nothing of ours ever asks there.
    """
    address = "".join(typed.split())
    if not address:
        raise AddressRefused("Paste the address of the post, or upload a picture of it.")
    if "://" not in address and re.match(r"^[\w-]+(\.[\w-]+)+/", address):
        address = f"https://{address}"
    if len(address) > LONGEST:
        raise AddressRefused(
            f"This address is longer than {LONGEST} characters. Copy the post’s own address."
        )
    parts = _parted(address)
    host = _public_host(parts)
    platform = _platform(host, parts.path)
    return Found(platform, _handle(platform, parts.path), address, _same(host, parts))


def same_handle(one: str, other: str) -> bool:
    """Whether two handles are one: case, a leading @ and full-width letters do not count."""
    return bool(_plain(one)) and _plain(one) == _plain(other)


def lookalike_letters(handle: str) -> str:
    """The letters of a handle that look like others: of another script than most, or hidden; "" if there are none.

    A look-alike account asks us to show "its" story under the name of somebody who never wrote it.
    """
    name = unicodedata.normalize("NFKC", handle)
    latin = [letter for letter in name if letter.isalpha() and _script(letter) == "LATIN"]
    foreign = [letter for letter in name if letter.isalpha() and _script(letter) != "LATIN"]
    hidden = [letter for letter in handle if unicodedata.category(letter) in ("Cf", "Mn", "Cc")]
    odd = foreign if latin else []
    return "".join(dict.fromkeys([*odd, *hidden]))


def _parted(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise AddressRefused("This is no address. Copy it again from the post.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise AddressRefused("Give the whole address of the post, beginning with https://.")
    if parts.username or parts.password or port not in (None, 80, 443):
        raise AddressRefused("The address holds a name, a password or a port. Copy the post’s own address.")
    return parts


def _public_host(parts: SplitResult) -> str:
    """The host, in plain letters, if it can be one on the internet."""
    try:
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise AddressRefused("This is no address. Copy it again from the post.") from error
    if (
        _is_number(host)
        or "." not in host
        or host.endswith((".local", ".internal", ".localhost", ".lan", ".home.arpa"))
    ):
        raise AddressRefused("This address leads into a local network, not to a public post.")
    return host


def _is_number(host: str) -> bool:
    """Whether the host is an address of a machine, however it is written: no public post is there."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return bool(re.fullmatch(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+))*", host))
    return True


def _platform(host: str, path: str) -> str:
    plain = LEADING.sub("", host)
    for ending, platform in HOSTS.items():
        if plain == ending or plain.endswith(f".{ending}"):
            return platform
    return "mastodon" if FEDIVERSE.match(path) else ""


def _handle(platform: str, path: str) -> str:
    pattern = FEDIVERSE if platform == "mastodon" else HANDLES.get(platform)
    match = pattern.match(path) if pattern else None
    named = next((group for group in match.groups() if group), "") if match else ""
    return f"@{named}" if named else ""


def _same(host: str, parts: SplitResult) -> str:
    plain = LEADING.sub("", host)
    path = re.sub(r"/+$", "", parts.path)
    if plain == "youtu.be":
        return f"youtube.com/watch?v={path.strip('/')}"
    plain = SAME_HOSTS.get(plain, plain)
    if plain == "instagram.com":
        path = re.sub(r"^(?:/[\w.]+)?/(?:p|reel|reels)/", "/p/", path)
    if plain == "youtube.com":
        path = re.sub(r"^/(?:shorts|live)/([\w-]+)$", r"/watch?v=\1", path)
    named = sorted((key, value) for key, value in parse_qsl(parts.query) if key in NAMING)
    query = "&".join(f"{key}={value}" for key, value in named)
    return f"{plain}{path}?{query}" if query else f"{plain}{path}"


def _plain(handle: str) -> str:
    return unicodedata.normalize("NFKC", handle).strip().lstrip("@").casefold()


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]
