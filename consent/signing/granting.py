"""What was marked on a form, as the scope that the gate asks."""

from collections.abc import Collection
from typing import Any

from consent.records.rules import ANY, STORY, Scope, as_shown

from .models import Exhibit
from .rules import Kept


def scope_of(
    offered: dict[str, Any], kept: Kept, exhibit: Exhibit | None = None, asked: Collection[str] = ()
) -> Scope:
    """What was ticked, as the scope that the gate asks. Without a named post the form covers any, with any picture.

    "Only this one" covers the post exactly as it was shown, with the pictures that were shown (R25). `asked` are the
    lists of the form.
    """
    if offered.get("work"):
        return _scope_of_licence(offered, kept, exhibit, asked)
    assets, posts = frozenset({ANY}), frozenset({ANY})
    if "one" in kept.get("only_this_post", ()):
        posts = frozenset({str(offered.get("post", ""))} - {ANY})
        if exhibit is not None:
            posts = frozenset(as_shown(str(exhibit.post), digest) for digest in exhibit.digests)
            assets = frozenset(str(picture["asset"]) for picture in exhibit.pictures)
    ticked = {
        name: frozenset(kept.get(name, ())) for name in ("elements", "platforms", "formats", "purposes")
    }
    return Scope(
        elements=ticked["elements"],
        platforms=ticked["platforms"],
        formats=ticked["formats"],
        purposes=ticked["purposes"],
        paid=bool(kept.get("paid")),
        assets=assets,
        posts=posts,
    )


def _scope_of_licence(
    offered: dict[str, Any], kept: Kept, exhibit: Exhibit | None, asked: Collection[str]
) -> Scope:
    """An author's licence names what they made: the pictures that were shown, otherwise their words alone (R96).

    It may name a story, and a post as it was shown: then it is for no other.
    """
    posts = {f"{STORY}{offered['story']}"} if offered.get("story") else set()
    if exhibit is not None and not exhibit.is_work:
        posts |= {as_shown(str(exhibit.post), digest) for digest in exhibit.digests}
    limited = {name for name in ("formats", "edits") if name in asked}
    if posts or "one" in offered.get("only_this_post", ()):
        limited.add("posts")
    return Scope(
        platforms=frozenset(kept.get("platforms", ())),
        formats=frozenset(kept.get("formats", ())),
        edits=frozenset(kept.get("edits", ())),
        paid=bool(kept.get("paid")),
        assets=frozenset(str(picture["asset"]) for picture in exhibit.pictures) if exhibit else frozenset(),
        posts=frozenset(posts),
        asked=frozenset(limited),
    )
