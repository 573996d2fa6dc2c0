"""Stories for tests: Rosa, a patient, told the world about her knee; Dan keeps it, says who is who, and asks."""

from datetime import date, timedelta
from typing import Any

from consent.people.models import Person
from posts.community.actions import (
    Seen,
    begin_post_from,
    begin_request,
    keep_story,
    link_for_author,
    name_everybody,
    say_part,
    say_sent,
    standard_words,
)
from posts.community.models import RepostRequest, Story
from posts.community.rules import Terms, found_at
from posts.content.actions import Mentioned
from posts.content.models import Post
from tests.cast import NOW, Cast, by
from tests.ceremonies import sample_wording
from tests.drafts import a_channel, a_version

ADDRESS = "https://www.instagram.com/rosa.runs/p/Cx1/"
WORDS = "Five weeks ago I could not climb the stairs. Today I ran in the park. Thank you, Riverbend!"
TERMS = Terms(
    platforms=("website",),
    formats=("post",),
    edits=("as_it_is",),
    paid=False,
    ends_on=date(2027, 5, 31),
    privacy_notice="2026-01",
)


def a_story(cast: Cast, address: str = ADDRESS, **fields: Any) -> Story:
    """Dan keeps a story that he found."""
    told: dict[str, Any] = {
        "practice": cast.practice,
        "location": cast.location,
        "found": found_at(address) if address else None,
        "handle": "@rosa.runs",
        "posted_on": date(2026, 11, 20),
        "language": "en",
        "seen": Seen(text=WORDS),
    }
    return keep_story(**(told | fields), by=by(cast.dan), at=NOW)


def known(cast: Cast, story: Story, author: Person, *, relation: str = "patient") -> Story:
    """Dan says who made it, and that nobody else is in it."""
    say_part(
        story=story, kind="author", relation=relation, age="adult", person=author, by=by(cast.dan), at=NOW
    )
    return name_everybody(story=story, named=True, by=by(cast.dan), at=NOW)


def a_repost(cast: Cast, story: Story, *people: Person, caption: str = WORDS) -> Post:
    """The post that would share the story on the wall, saying of these people what the story says."""
    post = begin_post_from(story=story, purpose="testimonial", by=by(cast.dan), at=NOW)
    mentions = [Mentioned(person, ("quote",)) for person in people]
    a_version(cast, post, a_channel(cast), caption=caption, mentions=mentions)
    return post


def asked(
    cast: Cast, author: Person, *, terms: Terms = TERMS, sent: bool = True
) -> tuple[RepostRequest, str]:
    """A request about a story of a patient, sent by hand; and the token of the author's link."""
    for kind in ("authorization_adult", "author_licence"):
        sample_wording(cast, kind)
    story = known(cast, a_story(cast), author)
    post = a_repost(cast, story, author)
    request = begin_request(story=story, post=post, terms=terms, by=by(cast.dan), at=NOW)
    token = link_for_author(request=request, by=by(cast.dan), at=NOW)
    if sent:
        words = standard_words(request, f"https://postern.example/story/{token}/")
        request = say_sent(request=request, words=words, by=by(cast.dan), at=NOW + timedelta(minutes=5))
    return request, token
