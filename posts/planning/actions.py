"""Save what the composer holds; put a post away. A post that waits for review is taken back first."""

from dataclasses import replace
from datetime import datetime

from consent.access.models import Location
from consent.audit.ledger import recording
from consent.audit.rules import Actor
from consent.people.models import Person
from consent.signing.actions import ExhibitRefused, make_exhibit
from consent.signing.models import Exhibit
from posts.clearance.actions import answer_suggestion, keep_changed_previews
from posts.clearance.models import Review, Suggestion
from posts.content.actions import (
    Mentioned,
    PostChanged,
    Shown,
    change_post,
    discard_post,
    drop_version,
    write_version,
)
from posts.content.models import Post, Version
from posts.content.rules import ContentRefused
from posts.publishing.models import Delivery

from .queries import Desk, VersionOnDesk, draft_of, preview_for
from .queries.posts import UNDER_WAY
from .rules import DraftVersion

# What nobody knows may yet be sent again.
MAY_GO_OUT = UNDER_WAY | {"unknown"}


class WaitsForReview(Exception):
    """A reviewer is looking at the post: changing it under their eyes would be unfair and void what they decide."""


class StillScheduled(Exception):
    """Something of the post is in the queue or on its way."""


def save_post(*, post: Post, desk: Desk, by: Actor, at: datetime) -> Post:
    """Store the desk as it is; what did not change is not written again, so that its approval stands.

    What the gate would answer is kept for each version of which it answers otherwise than before.

    Raises `WaitsForReview`, `PostChanged` for a tab that was opened before somebody else saved, `ContentRefused`
    naming the field, `StillScheduled` for a channel left out, `PostDiscarded`. Then nothing is stored.
    """
    with recording(by=by, at=at):
        post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
        if Review.objects.filter(post=post, outcome=Review.Outcome.WAITING).exists():
            raise WaitsForReview("This post is waiting for review. Take it back first, then change it.")
        before = draft_of(post)
        if before.words == desk.draft.words:
            keep_changed_previews(post=post, by=by, at=at)
            return post
        change_post(
            post=post,
            title=desk.draft.title,
            purpose=desk.draft.purpose,
            location=_location(post, desk.draft.location),
            claims=desk.draft.claims,
            seen=_seen(desk.draft.seen),
            by=by,
            at=at,
        )
        for version in desk.versions:
            _write(post, version, before.version(version.account.pk), by, at)
        kept = {version.account.pk for version in desk.versions}
        for dropped in Version.objects.filter(post=post, dropped_at=None).exclude(account__in=kept):
            if Delivery.objects.filter(version=dropped, state__in=MAY_GO_OUT).exists():
                raise StillScheduled(
                    f"{dropped.account}: this is scheduled or on its way. Cancel it under “Going out” first."
                )
            drop_version(version=dropped, by=by, at=at)
        keep_changed_previews(post=post, by=by, at=at)
        return Post.objects.get(pk=post.pk)


def take_suggestion(*, suggestion: Suggestion, desk: Desk, by: Actor, at: datetime) -> Post:
    """Store the desk, which holds the suggested words, and note that they were taken; an approval ends with it.

    Raises what `save_post` raises, and `AlreadyAnsweredSuggestion`.
    """
    with recording(by=by, at=at):
        answer_suggestion(suggestion=suggestion, accepted=True, by=by, at=at)
        return save_post(post=suggestion.version.post, desk=desk, by=by, at=at)


def ask_to_sign(*, post: Post, person: Person, by: Actor, at: datetime) -> Exhibit:
    """Make the post, as it is stored, ready for `person` to sign for exactly this one: whoever is in it, or made what
    it repeats and agrees to it so (R84).

    Raises `ExhibitRefused` if nothing is stored, if they are neither, or if it would show them somebody else.
    """
    with recording(by=by, at=at):
        post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
        found = preview_for(post, person)
        if found.refusal:
            raise ExhibitRefused(found.refusal)
        return make_exhibit(person=person, post=post.pk, title=post.title, pages=found.pages, by=by, at=at)


def put_away(*, post: Post, by: Actor, at: datetime) -> Post:
    """Discard a post of which nothing is on its way. Raises `StillScheduled`, `WaitsForReview`, `PostDiscarded`."""
    with recording(by=by, at=at):
        post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
        if Delivery.objects.filter(version__post=post, state__in=MAY_GO_OUT).exists():
            raise StillScheduled("This is scheduled. Cancel it under “Going out” first.")
        if Review.objects.filter(post=post, outcome=Review.Outcome.WAITING).exists():
            raise WaitsForReview("This post is waiting for review. Take it back first.")
        return discard_post(post=post, by=by, at=at)


def _write(post: Post, version: VersionOnDesk, before: DraftVersion | None, by: Actor, at: datetime) -> None:
    """One version, if it is not already stored as typed."""
    typed = version.typed
    resolved = replace(
        typed,
        pictures=tuple(
            one for one in typed.pictures if one.rendition in {p.rendition.pk for p in version.pictures}
        ),
        mentions=tuple(
            one for one in typed.mentions if one.person in {m.person.pk for m in version.mentions}
        ),
        recipients=tuple(one.pk for one in version.given_to),
    )
    if before == resolved:
        return
    write_version(
        post=post,
        account=version.account,
        caption=typed.caption,
        format=typed.format,
        paid=typed.paid,
        third_party_pays=typed.third_party_pays,
        disclosure=typed.disclosure,
        media=[Shown(picture.rendition, picture.alt_text, picture.captions) for picture in version.pictures],
        mentions=[Mentioned(one.person, one.elements, one.capacity) for one in version.mentions],
        recipients=version.given_to,
        by=by,
        at=at,
    )


def _location(post: Post, number: int) -> Location:
    """The location chosen, one of the practice's."""
    location = Location.objects.filter(practice=post.practice_id, pk=number).first()
    if location is None:
        raise ContentRefused("location", "Choose one of the practice's locations.")
    return location


def _seen(text: str) -> datetime:
    """What the page was opened with; a page that does not say so is stale."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise PostChanged(
            "This page is out of date. Copy what you typed, and open the post again."
        ) from error
