"""What a signer would be shown of a post, as it is stored, and why somebody may not be shown it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consent.people.models import Person
from consent.people.queries import identity_ids
from posts.content.models import Post
from posts.content.queries import Content, contents, living_versions

STAFF = "staff"


@dataclass(frozen=True)
class Preview:
    """The pages of a post for one person, and the sentence that keeps them from being shown; "" if nothing does."""

    pages: tuple[dict[str, Any], ...]
    refusal: str


def preview_for(post: Post, person: Person) -> Preview:
    """What `person` would be shown of the post: every channel, from what is stored."""
    versions = list(living_versions(post))
    held = contents([version.pk for version in versions])
    found = [(str(version.account), held[version.pk]) for version in versions]
    pages = tuple(_page(channel, content) for channel, content in found)
    is_author = post.origin_author_id in identity_ids(person)
    return Preview(pages, _refusal([content for _, content in found], person, is_author=is_author))


def preview_for_author(post: Post, author: Person) -> Preview:
    """What the author of what the post repeats would be shown of it: nothing that tells of another patient (R33)."""
    versions = list(living_versions(post))
    held = contents([version.pk for version in versions])
    own = identity_ids(author)
    people = {who for content in held.values() for who, capacity in _people(content) if capacity != STAFF}
    hidden = bool(people - set(own)) or any(
        picture.unnamed != 0 for content in held.values() for picture in content.pictures
    )
    if hidden or not any(one.payload.caption.strip() or one.pictures for one in held.values()):
        return Preview((), "Somebody else is in this post too, or nothing of it is saved.")
    return Preview(tuple(_page(str(one.account), held[one.pk]) for one in versions), "")


def may_be_asked(post: Post) -> list[Person]:
    """Who could be asked to sign for exactly the post: everyone in it who is not there as staff, and the author of what
    it repeats."""
    held = contents([version.pk for version in living_versions(post)]).values()
    asked = {who for content in held for who, capacity in _people(content) if capacity != STAFF}
    if post.origin_author_id is not None:
        asked.add(post.origin_author_id)
    return list(Person.objects.filter(practice=post.practice_id, pk__in=asked).order_by("alias", "pk"))


def _people(content: Content) -> Iterable[tuple[int, str]]:
    return ((one.person, one.capacity) for one in content.payload.people)


def _refusal(found: list[Content], person: Person, *, is_author: bool) -> str:
    """Nobody is shown what tells of another patient; what nobody has looked at may do so (R33)."""
    if not any(content.payload.caption.strip() or content.pictures for content in found):
        return "Nothing of this post is saved yet. Write it first."
    people = [one for content in found for one in _people(content)]
    own = identity_ids(person)
    if not is_author and not any(who in own and capacity != STAFF for who, capacity in people):
        return f"{person.alias} is not in this post as it is saved. Name them in it first."
    if any(who not in own and capacity != STAFF for who, capacity in people):
        return (
            f"Somebody else is in this post too, so {person.alias} cannot be shown it. Make a post for each."
        )
    if any(picture.unnamed != 0 for content in found for picture in content.pictures):
        return "Somebody in a picture is not named yet. Say who it is, or cover them, first."
    return ""


def _page(channel: str, content: Content) -> dict[str, Any]:
    """One channel's version as the exhibit keeps it; pictures and their copies stand in the same order."""
    payload = content.payload
    return {
        "channel": channel,
        "caption": payload.caption,
        "disclosure": payload.disclosure,
        "format": payload.format,
        "digest": payload.shown,
        "pictures": [
            {
                "key": media.storage_key,
                "sha256": media.sha256,
                "media_type": media.media_type,
                "alt": media.alt_text,
                "captions": media.captions,
                "asset": picture.asset,
            }
            for media, picture in zip(payload.media, content.pictures, strict=True)
        ],
    }
