"""A post made ready to be shown to whoever signs for exactly this one (design 8; R25)."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.models import Person

from ..models import Exhibit
from ..queries import open_exhibits

PAGE = frozenset({"channel", "caption", "disclosure", "format", "pictures", "digest"})
PICTURE = frozenset({"key", "sha256", "media_type", "alt", "captions", "asset"})


class ExhibitRefused(Exception):
    """This cannot be shown to the signer; the sentence says why."""


def make_exhibit(
    *, person: Person, post: int, title: str, pages: Sequence[dict[str, Any]], by: Actor, at: datetime
) -> Exhibit:
    """Keep a post as `person` will be shown it; the very same one that waits for an answer is kept once.

    Each page is what one channel would show: `channel`, `caption`, `disclosure`, `format`, its `digest`, and
    `pictures`, each with `key`, `sha256`, `media_type`, `alt`, `captions` and the `asset` it is a copy of.
    Raises `ExhibitRefused` if there is nothing to show, or a page lacks what belongs to it.
    """
    if not pages:
        raise ExhibitRefused("Nothing of this post is saved yet. Write it first.")
    if any(set(page) != PAGE or any(set(one) != PICTURE for one in page["pictures"]) for page in pages):
        raise ExhibitRefused("This post cannot be shown whole, so it cannot be signed. Save it again first.")
    contents = json.dumps(list(pages), sort_keys=True)
    digests = list(dict.fromkeys(page["digest"] for page in pages))
    with recording(by=by, at=at):
        person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        for known in open_exhibits(person.practice_id, person).filter(post=post):
            if (known.title, known.contents) == (title, contents):
                return known
        exhibit = Exhibit.objects.create(
            practice_id=person.practice_id,
            person=person,
            post=post,
            title=title,
            digests=digests,
            contents=contents,
            made_by_id=int(by.id),
            made_at=at,
        )
        record("exhibit.made", exhibit, person=person.pk, post=post, digests=digests)
    return exhibit
