"""A post on the desk: what was typed so far, as plain values, and every step that changes it. No Django.

The composer keeps its state in the page. Each step makes a new draft of it; nothing is stored until it is saved.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from consent.wording.rules import ELEMENTS
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


def channel_added(draft: Draft, account: int) -> Draft:
    """A version for `account`, with what the open tab, or else the first version, holds already."""
    if draft.version(account):
        return replace(draft, tab=account)
    first = draft.version(draft.tab) or next(iter(draft.versions), None)
    new = replace(first, account=account, format="post", paid=False) if first else DraftVersion(account)
    return replace(draft, versions=(*draft.versions, new), tab=account)


def channel_dropped(draft: Draft, account: int) -> Draft:
    """Without the version for `account`."""
    left = tuple(version for version in draft.versions if version.account != account)
    return replace(draft, versions=left, tab=left[0].account if left else 0)


def copied(draft: Draft, account: int, source: int) -> Draft:
    """The words, pictures and people of another channel's version."""
    taken = draft.version(source)
    if taken is None:
        return draft
    return _changed(
        draft,
        account,
        lambda version: replace(
            version, caption=taken.caption, pictures=taken.pictures, mentions=taken.mentions
        ),
    )


def words_taken(draft: Draft, account: int, caption: str) -> Draft:
    """With other words for a channel, whatever it held."""
    return _changed(channel_added(draft, account), account, lambda version: replace(version, caption=caption))


def picture_added(draft: Draft, account: int, rendition: int) -> Draft:
    """With the picture at the end, described as in another version if it is there."""
    known = {picture.rendition: picture for version in draft.versions for picture in version.pictures}

    def add(version: DraftVersion) -> DraftVersion:
        if rendition in {picture.rendition for picture in version.pictures}:
            return version
        picture = known.get(rendition) or DraftPicture(rendition)
        return replace(version, pictures=(*version.pictures, picture))

    return _changed(draft, account, add)


def picture_removed(draft: Draft, account: int, rendition: int) -> Draft:
    """Without the picture."""
    return _changed(
        draft,
        account,
        lambda version: replace(
            version, pictures=tuple(p for p in version.pictures if p.rendition != rendition)
        ),
    )


def picture_first(draft: Draft, account: int, rendition: int) -> Draft:
    """With the picture in the first place."""
    return _changed(
        draft,
        account,
        lambda version: replace(
            version, pictures=tuple(sorted(version.pictures, key=lambda p: p.rendition != rendition))
        ),
    )


def mention_added(draft: Draft, account: int, person: int) -> Draft:
    """With the person among those whom the words use."""

    def add(version: DraftVersion) -> DraftVersion:
        if person in {mention.person for mention in version.mentions}:
            return version
        return replace(version, mentions=(*version.mentions, DraftMention(person)))

    return _changed(draft, account, add)


def element_told(draft: Draft, account: int, person: int, element: int) -> Draft:
    """With the person mentioned, and one more thing that the words use of them: its number among `ELEMENTS`."""
    keys = list(ELEMENTS)
    if not 0 <= element < len(keys):
        return draft
    draft = mention_added(draft, account, person)

    def tell(version: DraftVersion) -> DraftVersion:
        told = tuple(
            replace(one, elements=tuple(dict.fromkeys((*one.elements, keys[element]))))
            if one.person == person
            else one
            for one in version.mentions
        )
        return replace(version, mentions=told)

    return _changed(draft, account, tell)


def mention_removed(draft: Draft, account: int, person: int) -> Draft:
    """Without the person among those whom the words use."""
    return _changed(
        draft,
        account,
        lambda version: replace(version, mentions=tuple(m for m in version.mentions if m.person != person)),
    )


def left_out(draft: Draft, account: int, person: int, showing: Collection[int]) -> Draft:
    """Without the person: not in the words, and without the pictures (renditions) that show them."""
    draft = mention_removed(draft, account, person)
    for rendition in showing:
        draft = picture_removed(draft, account, rendition)
    return draft


def not_given(draft: Draft, account: int, recipient: int) -> Draft:
    """Without giving it to a third party."""
    return _changed(
        draft,
        account,
        lambda version: replace(version, recipients=tuple(r for r in version.recipients if r != recipient)),
    )


def author_named(draft: Draft, person: int) -> Draft:
    """With the person as the author of what the post repeats."""
    return replace(draft, claims=replace(draft.claims, origin_author=person))


def author_unnamed(draft: Draft) -> Draft:
    """Without an author of what the post repeats."""
    return replace(draft, claims=replace(draft.claims, origin_author=None))


def unpaid(draft: Draft, account: int) -> Draft:
    """Without paying the network to show it."""
    return _changed(draft, account, lambda version: replace(version, paid=False))


def unchanged(draft: Draft) -> Draft:
    """The same; only the gate is asked again."""
    return draft


def _changed(draft: Draft, account: int, change: Callable[[DraftVersion], DraftVersion]) -> Draft:
    """The draft with one version changed and open."""
    versions = tuple(change(v) if v.account == account else v for v in draft.versions)
    return replace(draft, versions=versions, tab=account)


Step = Callable[..., Draft]
# The steps that a button of the composer may name, with their numbers: `step:account` or `step:account:number`.
STEPS: Mapping[str, tuple[Step, int]] = {
    "add_channel": (channel_added, 1),
    "drop_channel": (channel_dropped, 1),
    "copy": (copied, 2),
    "add_picture": (picture_added, 2),
    "remove_picture": (picture_removed, 2),
    "first_picture": (picture_first, 2),
    "mention": (mention_added, 2),
    "unmention": (mention_removed, 2),
    "tells": (element_told, 3),
    "do_not_pay": (unpaid, 1),
    "do_not_give": (not_given, 2),
    "name_author": (author_named, 1),
    "no_author": (author_unnamed, 0),
    "check_again": (unchanged, 0),
}


def local_text(moment: datetime, zone: str) -> str:
    """An instant as a browser's date-and-time field wants it, in `zone`."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}"
