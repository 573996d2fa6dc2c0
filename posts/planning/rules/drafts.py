"""A post on the desk: what was typed so far, as plain values. No Django.

The composer keeps its state in the page. Each step makes a new draft of it (`steps`); nothing is stored until it is
saved.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from posts.content.rules import NOTHING_CLAIMED, Claims

# How many characters each network takes, where it says so; ours is longer (posts.content.rules).
NETWORK_LIMITS = {
    "instagram": 2_200,
    "facebook": 63_206,
    "facebook_private_group": 63_206,
    "tiktok": 2_200,
    "youtube": 5_000,
    "x": 280,
    "linkedin": 3_000,
    "bluesky": 300,
    "mastodon": 500,
    "threads": 500,
    "google": 1_500,
}


@dataclass(frozen=True)
class DraftPicture:
    """A picture by the number of its rendition, its description, and a video's captions."""

    rendition: int
    alt_text: str = ""
    captions: str = ""


@dataclass(frozen=True)
class DraftMention:
    """A person whom the words use, and what of them."""

    person: int
    elements: tuple[str, ...] = ("first_name",)
    capacity: str = "patient"


@dataclass(frozen=True)
class DraftVersion:
    """The post for one channel account."""

    account: int
    caption: str = ""
    format: str = "post"
    paid: bool = False
    third_party_pays: bool = False
    disclosure: str = ""
    pictures: tuple[DraftPicture, ...] = ()
    mentions: tuple[DraftMention, ...] = ()
    recipients: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was put into it yet."""
        return not (self.caption.strip() or self.pictures or self.mentions)


@dataclass(frozen=True)
class Draft:
    """Everything on the desk. `tab` is the account whose version is looked at; `seen` what the page was opened with."""

    title: str
    purpose: str
    location: int
    claims: Claims = NOTHING_CLAIMED
    versions: tuple[DraftVersion, ...] = ()
    tab: int = 0
    seen: str = ""

    def version(self, account: int) -> DraftVersion | None:
        """The version for an account."""
        return next((version for version in self.versions if version.account == account), None)

    @property
    def words(self) -> tuple[object, ...]:
        """What would be stored: two drafts that differ only in the open tab are the same."""
        return self.title, self.purpose, self.location, self.claims, frozenset(self.versions)


def local_text(moment: datetime, zone: str) -> str:
    """An instant as a browser's date-and-time field wants it, in `zone`."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}"
