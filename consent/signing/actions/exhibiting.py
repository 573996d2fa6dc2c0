"""A post made ready to be shown to whoever signs for exactly this one; a picture to its author (R25, R96)."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.media.models import Asset
from consent.media.queries import rendition_of
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
    return _kept(person, post, title, pages, by=by, at=at)


def show_work(*, asset: Asset, by: Actor, at: datetime) -> Exhibit:
    """Keep a picture as its author will be shown it, to be asked for a licence; one that waits is kept once (R96).

    Raises `ExhibitRefused` for a picture that we took ourselves.
    """
    if asset.source != Asset.Source.USER or asset.author is None:
        raise ExhibitRefused("We took this picture ourselves, so it needs nobody’s licence.")
    shown = rendition_of(asset)
    picture = {
        "key": shown.storage_key,
        "sha256": shown.sha256,
        "media_type": shown.media_type,
        "alt": asset.label,
        "captions": "",
        "asset": asset.pk,
    }
    page = dict.fromkeys(PAGE, "") | {"pictures": [picture], "digest": shown.sha256}
    page["caption"] = work_of(asset)
    return _kept(asset.author, None, asset.label, [page], by=by, at=at)


def work_of(asset: Asset) -> str:
    """A picture as a licence names it: what it is called here, and where it was found."""
    return f"“{asset.label}”" + (f", {asset.source_url}" if asset.source_url else "")


def _kept(
    person: Person, post: int | None, title: str, pages: Sequence[dict[str, Any]], *, by: Actor, at: datetime
) -> Exhibit:
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
