"""Pages for tests: a signed-in client, a page's words, and what the composer's page would send."""

import html
from dataclasses import asdict
from typing import Any

from django.test import Client
from django.urls import reverse

from consent.access.models import User
from posts.content.models import Post
from posts.planning.queries import draft_of


def as_(user: User) -> Client:
    """A browser in which `user` is signed in."""
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def at(name: str, *args: object) -> str:
    """The address of a page of Riverbend."""
    return reverse(name, args=["riverbend", *args])


def words(response: Any) -> str:
    """The page without its line breaks and entities."""
    return " ".join(html.unescape(response.content.decode()).split())


def typed(post: Post, **instead: Any) -> dict[str, Any]:
    """What the composer's page of `post` sends, with some fields typed over."""
    draft = draft_of(post)
    sent: dict[str, Any] = {
        "title": draft.title,
        "purpose": draft.purpose,
        "location": str(draft.location),
        "seen": draft.seen,
        "channel": [str(version.account) for version in draft.versions],
    }
    claims = asdict(draft.claims)
    sent |= {name: "on" if value is True else str(value) for name, value in claims.items() if value}
    for version in draft.versions:
        key = version.account
        sent |= {
            f"caption-{key}": version.caption,
            f"format-{key}": version.format,
            f"disclosure-{key}": version.disclosure,
            f"picture-{key}": [str(picture.rendition) for picture in version.pictures],
            f"recipient-{key}": [str(number) for number in version.recipients],
            f"mention-{key}": [str(mention.person) for mention in version.mentions],
        }
        sent |= {f"paid-{key}": "on"} if version.paid else {}
        sent |= {f"third-{key}": "on"} if version.third_party_pays else {}
        sent |= {f"alt-{key}-{picture.rendition}": picture.alt_text for picture in version.pictures}
        sent |= {f"captions-{key}-{picture.rendition}": picture.captions for picture in version.pictures}
        for mention in version.mentions:
            sent[f"elements-{key}-{mention.person}"] = list(mention.elements)
            sent[f"capacity-{key}-{mention.person}"] = mention.capacity
    return sent | instead
