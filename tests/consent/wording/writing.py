"""Drafts for tests, begun and put into use as Eve does it."""

from typing import Any

from consent.wording.actions import Version, activate_draft, begin_draft, save_draft
from consent.wording.models import Draft, DraftSave, Wording
from tests.cast import NOW, Cast, by


def begun(cast: Cast, kind: str = "authorization_adult", language: str = "en", **fields: Any) -> Draft:
    """Eve begins a draft, from the sample unless told otherwise."""
    return begin_draft(
        practice=cast.practice, kind=kind, language=language, by=by(cast.eve), at=NOW, **fields
    )


def last(draft: Draft) -> DraftSave:
    """The newest save."""
    return DraftSave.objects.select_related("draft").filter(draft=draft).latest("number")


def saved(cast: Cast, draft: Draft, **changes: Any) -> DraftSave:
    """Eve changes some of the text and saves it."""
    newest = last(draft)
    content = newest.content | changes
    return save_draft(draft=draft, content=content, shown=newest.number, by=by(cast.eve), at=NOW)


def without_part(draft: Draft, key: str) -> list[dict[str, Any]]:
    """The draft's parts but one."""
    return [part for part in last(draft).content["sections"] if part["key"] != key]


def activated(cast: Cast, draft: Draft, number: str = "v1", **fields: Any) -> Wording:
    """Eve puts it into use from now on."""
    version = Version(number, **{"effective_from": NOW, **fields})
    return activate_draft(draft=draft, shown=last(draft).number, version=version, by=by(cast.eve), at=NOW)
