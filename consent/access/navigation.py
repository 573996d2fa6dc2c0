"""The rooms that a member may enter, in the order of the day's work."""

from dataclasses import dataclass

from django.urls import reverse

from .models import Membership

ROOMS = (
    ("Home", "reports:home", "home.view"),
    ("People", "records:people", "person.find"),
    ("Requests", "signing:requests", "consent.prepare"),
    ("Events", "cards:gatherings", "event.view"),
    ("Pictures", "planning:library", "media.view"),
    ("Stories", "community:stories", "story.view"),
    ("Posts", "planning:posts", "post.view"),
    ("Review", "clearance:queue", "review.view"),
    ("Going out", "publishing:deliveries", "delivery.view"),
    ("History", "reports:history", "ledger.view"),
    ("Practice", "access:practice", "practice.view"),
    ("Team", "access:members", "practice.view"),
)


@dataclass(frozen=True)
class Item:
    """A link of the header, and whether it leads to where we are."""

    label: str
    url: str
    here: bool


def rooms_for(member: Membership, path: str) -> list[Item]:
    """The links for `member` on the page at `path`; the longest address that `path` lies under is *here*."""
    slug = member.practice.slug
    places = [(label, reverse(name, args=[slug])) for label, name, ability in ROOMS if member.can(ability)]
    start = f"/p/{slug}/"  # every page lies under it, so Home is *here* only when it is the page itself
    under = [url for _, url in places if path == url or (path.startswith(url) and url != start)]
    nearest = max(under, key=len, default="")
    return [Item(label, url, url == nearest) for label, url in places]
