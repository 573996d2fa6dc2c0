"""Keep a story as it was seen; leave it at a kind sign; note that it is gone; begin the post that would share it."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError

from consent.access.models import Location, Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor, canonical
from consent.files.store import put
from consent.media.pixels import Made, made_anew
from consent.media.queries import digest_of
from posts.content.actions import begin_post, change_post, note_origin_gone
from posts.content.models import Post
from posts.content.queries import claims_of
from posts.content.rules import UNSENDABLE

from ..models import RepostRequest, RequestEvent, Snapshot, Story
from ..queries import author_of, newest_snapshot
from ..rules import Found

SNAPSHOTS = "snapshots"
LONGEST_TEXT, LONGEST_HANDLE, TITLE_WORDS = 5_000, 120, 60


class StoryRefused(ValueError):
    """The story cannot be kept like this: `field` names what is wrong, the sentence says what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class NothingSeen(StoryRefused):
    """Neither words nor a picture: there is nothing to keep."""

    def __init__(self) -> None:
        super().__init__("text", "Type what the post says, or upload a picture of it: stories vanish.")


class AlreadyKept(Exception):
    """Somebody has kept this story already; `story` is theirs."""

    def __init__(self, story: Story) -> None:
        super().__init__(f"This story is here already: {story.found_by} kept it.")
        self.story = story


@dataclass(frozen=True)
class Seen:
    """What was seen of a story: its words, and the bytes of a picture of it."""

    text: str = ""
    picture: bytes = b""


def keep_story(
    *,
    practice: Practice,
    location: Location,
    found: Found | None,
    handle: str,
    posted_on: date,
    language: str,
    seen: Seen,
    by: Actor,
    at: datetime,
) -> Story:
    """Keep a public post as it was seen. `found` is what its address says; without one a picture of it is enough.

    It is no permission (S6), and its picture is nothing that a post can hold. Raises `AlreadyKept`, `NothingSeen`,
    `StoryRefused` naming the field, `PictureRefused`.
    """
    name = " ".join(handle.split())
    if not name or len(name) > LONGEST_HANDLE:
        raise StoryRefused("handle", f"Write the name of the account, at most {LONGEST_HANDLE} characters.")
    if found is not None and (there := Story.objects.filter(practice=practice, same=found.same).first()):
        raise AlreadyKept(there)
    picture = _checked(seen)
    story = Story(
        practice=practice,
        location=location,
        platform=found.platform if found else "",
        address=found.address if found else "",
        same=found.same if found else "",
        handle=name,
        posted_on=posted_on,
        language=language,
        found_by_id=int(by.id),
        found_at=at,
    )
    try:
        with recording(by=by, at=at):
            story.save(force_insert=True)
            snapshot = _snapshot(story, seen, picture, by, at)
            record("story.found", story, platform=story.platform, sha256=snapshot.sha256)
    except IntegrityError:
        there = Story.objects.filter(practice=practice, same=story.same).exclude(same="").first()
        if there is None:
            raise
        raise AlreadyKept(there) from None
    return story


def see_again(*, story: Story, seen: Seen, by: Actor, at: datetime) -> Snapshot:
    """Keep how the story looks now, beside how it looked before; the very same is kept once.

    Raises `NothingSeen`, `StoryRefused`, `PictureRefused`.
    """
    picture = _checked(seen)
    with recording(by=by, at=at):
        story = _locked(story)
        before = newest_snapshot(story)
        snapshot = _made(story, seen, picture, by, at)
        if before is not None and before.sha256 == snapshot.sha256:
            return before
        snapshot.save(force_insert=True)
        record("story.seen_again", story, sha256=snapshot.sha256, changed=before is not None)
        return snapshot


def leave_at_sign(*, story: Story, sign: str, by: Actor, at: datetime) -> Story:
    """Leave it at a kind sign: a like, or a neutral comment. Both are made on the network, by hand (S6)."""
    with recording(by=by, at=at):
        story = _locked(story)
        story.sign, story.sign_by_id, story.sign_at = Story.Sign(sign), int(by.id), at
        story.save(update_fields=["sign", "sign_by", "sign_at"])
        record("story.left_at_sign", story, sign=str(story.sign))
        return story


def note_gone(*, story: Story, by: Actor, at: datetime) -> Story:
    """The original is not there any more: a likely withdrawal, so nothing that repeats it goes out (R97)."""
    with recording(by=by, at=at):
        story = _locked(story)
        if story.gone_at is not None:
            return story
        story.gone_at = at
        story.save(update_fields=["gone_at"])
        record("story.gone", story)
        # Every post that repeats it, also one that nobody asked with: a licence for the story covers that, too.
        there = Post.objects.filter(practice=story.practice_id, story=story.pk, discarded_at=None)
        for post in there.filter(origin_gone_at=None).order_by("pk"):
            note_origin_gone(post=post, gone_at=at, by=by, at=at)
        for request in RepostRequest.objects.filter(story=story):
            RequestEvent.objects.create(
                practice_id=story.practice_id, request=request, kind="gone", at=at, by_id=int(by.id)
            )
        return story


def begin_post_from(*, story: Story, purpose: str, by: Actor, at: datetime) -> Post:
    """Begin the post that would share the story: it names its origin, its author, and what was said, word for word.

    Raises `StoryRefused` until somebody said who made it, and once the original is gone or the author said no.
    """
    author, snapshot = author_of(story), newest_snapshot(story)
    if author is None or author.person is None or snapshot is None:
        raise StoryRefused(
            "author", "Say who made it first, and find or add them among the people on record."
        )
    with recording(by=by, at=at):
        story = _locked(story)
        if story.gone_at is not None or story.declined_at is not None:
            raise StoryRefused("story", "The original is gone, or its author said no. Take that as a no.")
        post = begin_post(
            practice=story.practice,
            location=story.location,
            title=f"Story of {author.person.alias}"[:TITLE_WORDS],
            purpose=purpose,
            by=by,
            at=at,
        )
        claims = replace(
            claims_of(post),
            story=story.pk,
            origin_url=story.address,
            origin_author=author.person.pk,
            quote_source=snapshot.text,
        )
        return change_post(
            post=post,
            title=post.title,
            purpose=purpose,
            location=story.location,
            claims=claims,
            by=by,
            at=at,
        )


def _checked(seen: Seen) -> Made | None:
    """The picture, made anew from its pixels; None without one."""
    if not seen.text.strip() and not seen.picture:
        raise NothingSeen
    if len(seen.text) > LONGEST_TEXT:
        raise StoryRefused("text", f"At most {LONGEST_TEXT:,} characters of the post are kept. Shorten it.")
    if UNSENDABLE.search(seen.text):
        raise StoryRefused("text", "The text holds a character that cannot be stored. Type it again.")
    return made_anew(seen.picture) if seen.picture else None


def _snapshot(story: Story, seen: Seen, picture: Made | None, by: Actor, at: datetime) -> Snapshot:
    snapshot = _made(story, seen, picture, by, at)
    snapshot.save(force_insert=True)
    return snapshot


def _made(story: Story, seen: Seen, picture: Made | None, by: Actor, at: datetime) -> Snapshot:
    """The snapshot, its picture kept, its row not yet."""
    text = seen.text.replace("\r\n", "\n").strip()
    sha256 = digest_of(picture.picture) if picture else ""
    return Snapshot(
        practice_id=story.practice_id,
        story=story,
        text=text,
        picture_key=put(SNAPSHOTS, story.practice_id, picture.picture, "jpg") if picture else "",
        picture_sha256=sha256,
        media_type="image/jpeg" if picture else "",
        likeness=picture.likeness if picture else "",
        sha256=hashlib.sha256(
            canonical({"picture": sha256, "text": text, "address": story.address, "handle": story.handle})
        ).hexdigest(),
        taken_by_id=int(by.id),
        taken_at=at,
    )


def _locked(story: Story) -> Story:
    rows = Story.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("practice", "location", "found_by").get(pk=story.pk)
