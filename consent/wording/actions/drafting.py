"""Write a new version: begin it, save it, go back to an earlier save, discard it."""

from datetime import datetime
from typing import Any

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import TEXT, Draft, DraftSave, Wording
from ..queries import drafts_of
from ..rules import complaints
from .keeping import sample_forms

Content = dict[str, Any]


class DraftRefused(Exception):
    """The text cannot be saved; `sentences` say why."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


class DraftMoved(Exception):
    """Somebody saved meanwhile, so that the page showed an older text. Nothing was written."""


class DraftOver(Exception):
    """The draft was put into use or discarded; the sentence says so."""


class CannotBegin(Exception):
    """There is nothing to begin from, or a draft of the same form is open already; the sentence says which."""


def begin_draft(
    *,
    practice: Practice,
    kind: str,
    language: str,
    start: Wording | None = None,
    master: Wording | None = None,
    by: Actor,
    at: datetime,
) -> Draft:
    """Begin a version of a form: from the text of `start`, or else from the sample; a translation names its `master`.

    Raises `CannotBegin` when a draft of this form in this language is open, or there is nothing to begin from.
    """
    with recording(by=by, at=at):
        Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)  # one beginning at a time
        if drafts_of(practice).filter(kind=kind, language=language).exists():
            raise CannotBegin("A draft of this form in this language is open. Go on with it, or discard it.")
        _require_master(kind, language, master)
        content = _beginning(kind, language, start, master)
        draft = Draft.objects.create(
            practice=practice,
            kind=kind,
            language=language,
            master=master,
            begun_from=start,
            from_sample=start is None and bool(_sample(kind, language)),
            begun_by_id=int(by.id),
            begun_at=at,
        )
        DraftSave.objects.create(draft=draft, number=1, content=content, saved_by_id=int(by.id), saved_at=at)
        record("wording.drafted", draft, kind=kind, language=language)
    return draft


def save_draft(*, draft: Draft, content: Content, shown: int, by: Actor, at: datetime) -> DraftSave:
    """Save the whole text. `shown` is the save that the page had shown; the same text saved again changes nothing.

    Raises `DraftMoved` if somebody saved since, `DraftOver` if the draft has ended, and `DraftRefused` for a text
    with an unknown field or key.
    """
    text = {name: content[name] for name in TEXT}
    if said := complaints(text | {"kind": draft.kind, "language": draft.language, "version": "draft"}):
        raise DraftRefused(said)
    with recording(by=by, at=at):
        last = require_shown(locked(draft), shown)
        if last.content == text:
            return last
        save = _next(last, text, by, at)
        record("wording.saved", draft, number=save.number)
    return save


def restore_draft(*, draft: Draft, number: int, shown: int, by: Actor, at: datetime) -> DraftSave:
    """Go back to an earlier save: its text becomes the newest. Raises as `save_draft`, and DraftSave.DoesNotExist."""
    with recording(by=by, at=at):
        last = require_shown(locked(draft), shown)
        earlier = DraftSave.objects.get(draft=draft, number=number)
        if earlier.content == last.content:
            return last
        save = _next(last, earlier.content, by, at)
        record("wording.restored", draft, number=number)
    return save


def discard_draft(*, draft: Draft, shown: int, by: Actor, at: datetime) -> Draft:
    """End a draft without a wording; what was saved is kept. Raises `DraftMoved` and `DraftOver`."""
    with recording(by=by, at=at):
        draft = locked(draft)
        require_shown(draft, shown)
        draft.discarded_at = at
        draft.save(update_fields=["discarded_at"])
        record("wording.discarded", draft)
    return draft


def locked(draft: Draft) -> Draft:
    """The draft's row as it is now, taken for update."""
    return (
        Draft.objects.select_for_update(no_key=True, of=("self",))
        .select_related("practice", "master")
        .get(pk=draft.pk)
    )


def require_shown(draft: Draft, shown: int) -> DraftSave:
    """The newest save, if it is the one that the page showed and the draft is open."""
    if not draft.is_open:
        raise DraftOver("This draft has ended meanwhile: it was put into use or discarded.")
    last = DraftSave.objects.select_related("saved_by", "draft").filter(draft=draft).latest("number")
    if last.number != shown:
        raise DraftMoved(f"{last.saved_by} saved this draft meanwhile. Nothing of yours was written over it.")
    return last


def _next(last: DraftSave, content: Content, by: Actor, at: datetime) -> DraftSave:
    return DraftSave.objects.create(
        draft=last.draft, number=last.number + 1, content=content, saved_by_id=int(by.id), saved_at=at
    )


def _require_master(kind: str, language: str, master: Wording | None) -> None:
    if master is None:
        return
    if master.translation_of_id is not None or master.template.kind != kind or master.language == language:
        raise CannotBegin("A translation is of a master, into another language.")


def _beginning(kind: str, language: str, start: Wording | None, master: Wording | None) -> Content:
    """The text to begin from: a wording's, a sample's, or the master's, to be translated line by line."""
    if start is not None:
        return {name: getattr(start, name) for name in TEXT}
    if sample := _sample(kind, language):
        return {name: sample[name] for name in TEXT}
    if master is not None:
        return {name: getattr(master, name) for name in TEXT}
    raise CannotBegin("There is no sample of this form in this language. Begin with another one.")


def _sample(kind: str, language: str) -> Content | None:
    return next((one for one in sample_forms() if (one["kind"], one["language"]) == (kind, language)), None)
