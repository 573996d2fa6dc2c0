"""Every step of the composer: each makes a new draft of the one before. No Django.

A button names its step with numbers alone; what was pressed on a page opened earlier changes nothing that is not there.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from consent.wording.rules import ELEMENTS

from .drafts import Draft, DraftMention, DraftPicture, DraftVersion


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


def begun_with(draft: Draft, account: int, renditions: Iterable[int]) -> Draft:
    """A version for `account` with these pictures."""
    draft = channel_added(draft, account)
    for rendition in renditions:
        draft = picture_added(draft, account, rendition)
    return draft


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
    """With the person among those whom the words use: whoever wrote a story by their words, others by first name."""
    wrote = bool(draft.claims.story) and draft.claims.origin_author == person
    mention = DraftMention(person, ("quote",)) if wrote else DraftMention(person)

    def add(version: DraftVersion) -> DraftVersion:
        if person in {one.person for one in version.mentions}:
            return version
        return replace(version, mentions=(*version.mentions, mention))

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


def all_told(draft: Draft, account: int, person: int, elements: int) -> Draft:
    """With the person mentioned, and all that the words use of them: a bit for each number among `ELEMENTS`."""
    for number in range(len(ELEMENTS)):
        if elements >> number & 1:
            draft = element_told(draft, account, person, number)
    return draft


def unsaid(draft: Draft, account: int, stretches: Iterable[tuple[int, int]]) -> Draft:
    """With these stretches, in code points, taken out of the words, and the gap closed."""

    def cut(version: DraftVersion) -> DraftVersion:
        words = version.caption
        for start, end in sorted(stretches, reverse=True):
            words = _without(words, start, end)
        return replace(version, caption=words)

    return _changed(draft, account, cut)


def element_untold(draft: Draft, account: int, person: int, element: str) -> Draft:
    """With one thing less that the words use of the person."""

    def untell(version: DraftVersion) -> DraftVersion:
        left = tuple(
            replace(one, elements=tuple(key for key in one.elements if key != element))
            if one.person == person
            else one
            for one in version.mentions
        )
        return replace(version, mentions=left)

    return _changed(draft, account, untell)


def picture_exchanged(draft: Draft, old: int, new: int) -> Draft:
    """With another copy of a picture in its place, described as it was, on every channel."""

    def exchange(version: DraftVersion) -> DraftVersion:
        pictures = (replace(one, rendition=new) if one.rendition == old else one for one in version.pictures)
        return replace(version, pictures=tuple({one.rendition: one for one in pictures}.values()))

    return replace(draft, versions=tuple(exchange(version) for version in draft.versions))


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


def _without(words: str, start: int, end: int) -> str:
    """The words without a stretch: one space where it stood, none before a point; what now begins is written large."""
    before, after = words[:start].rstrip(" "), words[end:].lstrip(" ")
    if not before or before.endswith("\n"):
        after = after.lstrip(" ,;:")
        return before + after[:1].upper() + after[1:]
    return before + after if re.match(r"[,.;:!?)\n]|$", after) else f"{before} {after}"


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
    "tells_all": (all_told, 3),
    "do_not_pay": (unpaid, 1),
    "do_not_give": (not_given, 2),
    "name_author": (author_named, 1),
    "no_author": (author_unnamed, 0),
    "check_again": (unchanged, 0),
}
