"""Ask for a story: what for, in which words, on which papers. By hand: the member sends the words from the account."""

import re
import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError

from consent.access.doors import living_membership
from consent.access.models import User
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.media.queries import digest_of
from consent.people.models import Person
from consent.wording.rules import PLATFORMS
from posts.channels.models import ChannelAccount
from posts.content.models import Post
from posts.content.queries import living_versions
from posts.content.rules import UNSENDABLE
from posts.screening.rules.screening import screen

from ..models import RepostRequest, Story
from ..queries import author_of, newest_snapshot, parts_of, questions_open, token_digest
from ..rules import LANGUAGES, Asked, Terms, private_text, public_text
from .ending import end, end_declined, said_no
from .papers import prepare_papers
from .steps import AskRefused, locked, note, require_running

TOKEN_BYTES = 32
LONGEST_WORDS = 2_000
# The link is the author's alone: the words are kept without it.
LINK, LINK_WORDS = re.compile(r"https?://\S+/story/[\w-]{20,}/?"), "(their own link)"


def begin_request(*, story: Story, post: Post, terms: Terms, by: Actor, at: datetime) -> RepostRequest:
    """Begin to ask for a story: the papers are made ready, the author's licence and each patient's authorization apart.

    Raises `AskRefused` when somebody in it is not known, its author said no or is asked already, the original is gone,
    or the post would show something else; `PrepareRefused` when a paper cannot be made.
    """
    try:
        with recording(by=by, at=at):
            rows = Story.objects.select_for_update(no_key=True, of=("self",))
            story = rows.select_related("practice", "location").get(pk=story.pk)
            _require_open(story, post)
            request = RepostRequest.objects.create(
                practice_id=story.practice_id,
                story=story,
                post=post,
                owner_id=int(by.id),
                asked=terms.to_json(),
                ends_on=terms.ends_on,
                language=_reader(story).language,
                begun_at=at,
                lapses_at=at + terms.lapses_after,
            )
            note(request, "begun", by=by, at=at)
            record("repost.begun", request, story=story.pk, post=post.pk, lapses_at=request.lapses_at)
            prepare_papers(request=request, parts=parts_of(story), terms=terms, by=by, at=at)
    except IntegrityError as error:
        raise AskRefused("A colleague is asking for this story already.") from error
    return request


def link_for_author(*, request: RepostRequest, by: Actor, at: datetime) -> str:
    """A new link to the author's page; the one before opens nothing more. Its token is kept nowhere.

    Raises `AskRefused` once the request has ended.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with recording(by=by, at=at):
        request = locked(request)
        require_running(request, at)
        request.token_digest = token_digest(token)
        request.save(update_fields=["token_digest"])
        note(request, "linked", by=by, at=at)
        record("repost.linked", request)
    return token


def say_sent(*, request: RepostRequest, words: str, by: Actor, at: datetime) -> RepostRequest:
    """Keep that the message went out by hand, and in which words, without the link. Said once.

    The words pass the reply screen: they confirm nothing about the author (R50). Raises `AskRefused`.
    """
    words = LINK.sub(LINK_WORDS, words.replace("\r\n", "\n").strip())
    if not words or len(words) > LONGEST_WORDS or UNSENDABLE.search(words):
        raise AskRefused(f"Paste the words as you sent them, at most {LONGEST_WORDS:,} characters.")
    with recording(by=by, at=at):
        request = locked(request)
        require_running(request, at)
        if request.sent_at is not None:
            return request
        if not request.token_digest:
            raise AskRefused("Make the link for the author first: without it they cannot answer.")
        if refusal := refusal_of_words(request, words):
            raise AskRefused(refusal)
        request.as_sent, request.sent_sha256 = words, digest_of(words.encode())
        request.sent_at, request.sent_by_id = at, int(by.id)
        request.lapses_at += at - request.begun_at
        request.save(update_fields=["as_sent", "sent_sha256", "sent_at", "sent_by", "lapses_at"])
        note(request, "sent", by=by, at=at, words=words)
        record("repost.sent", request, way=str(request.way), sha256=request.sent_sha256)
    return request


def standard_words(request: RepostRequest, link: str) -> str:
    """The message to the author as we propose it, with `link` where their own link belongs."""
    names = dict(
        ChannelAccount.objects.filter(practice=request.practice_id).values_list("platform", "handle")
    )
    places = tuple(names.get(key, PLATFORMS.get(key, key)) for key in request.asked["platforms"])
    zone = ZoneInfo(request.practice.time_zone)
    asked = Asked(
        asker=request.owner.name,
        practice=request.practice.name,
        posted_on=request.story.posted_on,
        places=places,
        until=request.lapses_at.astimezone(zone).date(),
        link=link,
    )
    return private_text(request.language, asked)


def refusal_of_words(request: RepostRequest, words: str) -> str:
    """Why words to an author may not be sent: they tell that somebody is a patient; "" if they do not (R50).

    Our own proposal, nearly word for word, was read before; everything else is asked of the screen.
    """
    proposed = [standard_words(request, LINK_WORDS), *(public_text(language) for language in LANGUAGES)]
    snapshot = newest_snapshot(request.story)
    outcome = screen(words, "reply", snapshot.text if snapshot else "", proposed)
    if outcome.verdict == "no-phi":
        return ""
    return (
        "These words may tell that the author is a patient here. Speak of the post alone: "
        "“We would love to share your post.”"
    )


def call_off(*, request: RepostRequest, by: Actor, at: datetime) -> RepostRequest:
    """Ask no more: the link opens nothing, and no paper waits for an answer. A no that was said already stays a no."""
    with recording(by=by, at=at):
        request = locked(request)
        require_running(request, at)
        if said_no(request):
            return end_declined(request, by=by, at=at)
        return end(request, RepostRequest.Ended.CALLED_OFF, by=by, at=at)


def give_to(*, request: RepostRequest, owner: User, by: Actor, at: datetime) -> RepostRequest:
    """Another member looks after it from now on. Raises `AskRefused` for somebody who may not ask."""
    member = living_membership(owner, request.practice.slug)
    if member is None or not member.can("repost.ask"):
        raise AskRefused(f"{owner} may not ask for stories here.")
    with recording(by=by, at=at):
        request = locked(request)
        if request.owner_id != owner.pk:
            request.owner = owner
            request.save(update_fields=["owner"])
            note(request, "owned", by=by, at=at)
            record("repost.owned", request, user=owner.pk)
        return request


def _require_open(story: Story, post: Post) -> None:
    if story.declined_at is not None:
        raise AskRefused("The author said no thanks. Nobody asks again for this story.")
    if story.gone_at is not None:
        raise AskRefused("The original is gone. Take that as a no.")
    if questions := questions_open(story):
        raise AskRefused(" ".join(questions))
    if post.story != story.pk or post.practice_id != story.practice_id or post.discarded_at is not None:
        raise AskRefused(
            "Begin the post from this story first: what would be shown belongs to what is asked."
        )
    if not living_versions(post).exists():
        raise AskRefused("Choose in the post where it would go, and save it. Then ask.")
    if RepostRequest.objects.filter(story=story, ended_at=None).exists():
        raise AskRefused("A colleague is asking for this story already.")


def _reader(story: Story) -> Person:
    author = author_of(story)
    assert author is not None
    assert author.person is not None
    return author.person
