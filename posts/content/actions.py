"""Write posts: begin, change, one version per channel account, discard. Each change voids what was approved (R43)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from consent.access.models import Location, Practice, Recipient
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.media.models import Rendition
from consent.people.models import Person
from consent.wording.rules import ELEMENTS, FORMATS, PURPOSES
from posts.channels.models import ChannelAccount

from .models import Mention, Post, Version, VersionMedia
from .queries import claims_of, payload_of, whole_version
from .rules import (
    Claims,
    ContentRefused,
    checked_alt,
    checked_caption,
    checked_captions,
    checked_claims,
    checked_disclosure,
    checked_title,
)


class PostDiscarded(Exception):
    """A discarded post is only kept, no longer written."""


class PostChanged(Exception):
    """Somebody else, or another tab, has saved the post since this page was opened."""


class NotOfThisPractice(Exception):
    """A channel, picture, person or location of another practice."""


@dataclass(frozen=True)
class Shown:
    """A picture of a version, in its place, with its description."""

    rendition: Rendition
    alt_text: str = ""
    captions: str = ""


@dataclass(frozen=True)
class Mentioned:
    """A person whose information the words use, and which elements of it."""

    person: Person
    elements: tuple[str, ...]
    capacity: str = "patient"


def begin_post(
    *,
    practice: Practice,
    location: Location,
    title: str,
    purpose: str,
    kind: str = Post.Kind.POST,
    by: Actor,
    at: datetime,
) -> Post:
    """Begin a post for one declared purpose (R5). Raises `ContentRefused` for a title or purpose that cannot be."""
    title, purpose = checked_title(title), _known(purpose, PURPOSES, "purpose")
    if location.practice_id != practice.pk:
        raise NotOfThisPractice("This location belongs to another practice.")
    with recording(by=by, at=at):
        post = Post.objects.create(
            practice=practice,
            location=location,
            kind=Post.Kind(kind),
            title=title,
            purpose=purpose,
            author_id=int(by.id),
            created_at=at,
            changed_at=at,
        )
        record("post.created", post, purpose=purpose)
        return post


def change_post(
    *,
    post: Post,
    title: str,
    purpose: str,
    location: Location,
    claims: Claims | None = None,
    seen: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Post:
    """Change what holds for all versions; without `claims` what was declared stays as it is, and what a story's post
    repeats always. `seen` is the `changed_at` that the writer's page was opened with.

    Raises `PostChanged` if it was saved elsewhere since, `PostDiscarded`, `ContentRefused`.
    """
    title, purpose = checked_title(title), _known(purpose, PURPOSES, "purpose")
    if location.practice_id != post.practice_id:
        raise NotOfThisPractice("This location belongs to another practice.")
    with recording(by=by, at=at):
        post = _locked(post)
        declared = _declared_fields(post, claims.still_of(claims_of(post))) if claims is not None else {}
        if seen is not None and post.changed_at != seen:
            raise PostChanged(
                "Someone saved this post while you were writing. What you typed is still here: "
                "open the post in another tab, compare, and save again to put yours in its place."
            )
        post.title, post.purpose, post.location = title, purpose, location
        for name, value in declared.items():
            setattr(post, name, value)
        _touched(post, at, *declared)
        record("post.changed", post)
        return post


def write_version(
    *,
    post: Post,
    account: ChannelAccount,
    caption: str,
    format: str = "post",
    paid: bool = False,
    third_party_pays: bool = False,
    disclosure: str = "",
    media: Sequence[Shown] = (),
    mentions: Sequence[Mentioned] = (),
    recipients: Sequence[Recipient] = (),
    by: Actor,
    at: datetime,
) -> Version:
    """The post as one channel account would receive it, to the byte; written anew each time.

    A version that was dropped comes back. Raises `ContentRefused` naming the field, `PostDiscarded`,
    `NotOfThisPractice`.
    """
    fields = {
        "caption": checked_caption(caption, account.handle),
        "format": _known(format, FORMATS, "format"),
        "paid": paid,
        "third_party_pays": third_party_pays,
        "disclosure": checked_disclosure(disclosure),
    }
    _checked_parts(post, account, media, mentions, recipients)
    with recording(by=by, at=at):
        post = _locked(post)
        version, _ = Version.objects.update_or_create(
            post=post,
            account=account,
            defaults=fields | {"practice_id": post.practice_id, "dropped_at": None},
        )
        _write_media(version, media)
        _write_mentions(version, mentions)
        version.recipients.set(recipients)
        _touched(post, at)
        digest = payload_of(whole_version(version.pk)).digest
        record("post.changed", post, digest=digest, versions=[version.pk])
        return version


def drop_version(*, version: Version, by: Actor, at: datetime) -> Version:
    """Leave a channel out. The version is kept with its decisions, and comes back when it is written again."""
    with recording(by=by, at=at):
        post = _locked(version.post)
        version = Version.objects.select_for_update(no_key=True).get(pk=version.pk)
        if version.dropped_at is None:
            version.dropped_at = at
            version.save(update_fields=["dropped_at"])
            _touched(post, at)
            record("post.changed", post, versions=[version.pk])
        return version


def discard_post(*, post: Post, by: Actor, at: datetime) -> Post:
    """Put a post away for good; nothing of it goes out any more. Raises `PostDiscarded` the second time."""
    with recording(by=by, at=at):
        post = _locked(post)
        post.discarded_at = at
        post.save(update_fields=["discarded_at"])
        record("post.discarded", post)
        return post


def _locked(post: Post) -> Post:
    """The post, taken for update, still in use."""
    post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    if post.discarded_at is not None:
        raise PostDiscarded("This post was discarded. Begin a new one.")
    return post


def note_origin_gone(*, post: Post, gone_at: datetime, by: Actor, at: datetime) -> Post:
    """The public original is gone since `gone_at`: a likely withdrawal, so nothing of it goes out (R97)."""
    with recording(by=by, at=at):
        post = _locked(post)
        post.origin_gone_at = gone_at
        _touched(post, at, "origin_gone_at")
        record("post.origin_gone", post)
        return post


def _declared_fields(post: Post, claims: Claims) -> dict[str, object]:
    """The declarations as columns of the post. Raises `ContentRefused` and `NotOfThisPractice`."""
    fields = asdict(checked_claims(claims))
    author = fields.pop("origin_author")
    if author and not Person.objects.filter(practice=post.practice_id, pk=author).exists():
        raise NotOfThisPractice("The author of the original is not known in this practice.")
    return fields | {"origin_author_id": author}


def _touched(post: Post, at: datetime, *fields: str) -> None:
    """The instant of the latest change: what a page opened before then no longer knows."""
    post.changed_at = at
    names = [name.removesuffix("_id") for name in fields]
    post.save(update_fields=["title", "purpose", "location", "changed_at", *names])


def _known(key: str, keys: dict[str, str], field: str) -> str:
    """A key of a closed list."""
    if key not in keys:
        raise ContentRefused(field, f"Choose the {field} from the list.")
    return key


def _checked_parts(
    post: Post,
    account: ChannelAccount,
    media: Sequence[Shown],
    mentions: Sequence[Mentioned],
    recipients: Sequence[Recipient],
) -> None:
    """Everything is of the post's practice, every description short enough, every mention says of what."""
    owners = {account.practice_id, *(one.rendition.practice_id for one in media)}
    owners |= {one.person.practice_id for one in mentions} | {one.practice_id for one in recipients}
    if owners != {post.practice_id}:
        raise NotOfThisPractice("A channel, picture or person of this version belongs to another practice.")
    for number, shown in enumerate(media, 1):
        checked_alt(shown.alt_text, number)
        checked_captions(shown.captions, number)
    for one in mentions:
        if not one.elements or not set(one.elements) <= ELEMENTS.keys():
            raise ContentRefused("mentions", f"Tick what the words for {account} use of {one.person.alias}.")


def _write_media(version: Version, media: Sequence[Shown]) -> None:
    """The version's pictures, numbered from 1."""
    version.media.all().delete()
    VersionMedia.objects.bulk_create(
        VersionMedia(
            version=version,
            rendition=one.rendition,
            position=number,
            alt_text=one.alt_text.strip(),
            captions=one.captions.strip(),
        )
        for number, one in enumerate(media, 1)
    )


def _write_mentions(version: Version, mentions: Sequence[Mentioned]) -> None:
    """Whom the words use."""
    version.mentions.all().delete()
    Mention.objects.bulk_create(
        Mention(version=version, person=one.person, elements=sorted(set(one.elements)), capacity=one.capacity)
        for one in mentions
    )
