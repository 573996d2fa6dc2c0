"""Put a draft into use: checked, numbered, dated, and saying what it changes for those who signed before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import Draft, DraftSave, Wording
from ..printed import print_flaws
from ..queries import master_in_effect, wordings_of
from ..rules import Flaw, flaws
from .drafting import locked, require_shown
from .keeping import new_wording


class NotReady(Exception):
    """The form has gaps, or is hard to read and nobody has taken that on; `flaws` say which."""

    def __init__(self, found: list[Flaw]) -> None:
        self.flaws = found
        super().__init__(" ".join(flaw.sentence for flaw in found))


class CannotActivate(Exception):
    """Something about the version is missing or taken; `field` says where on the page."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


@dataclass(frozen=True)
class Translation:
    """Who translated a form, which qualified person reviewed it, and when (45 CFR 92.201(c)(3); R95)."""

    translated_by: str
    reviewed_by: str
    reviewed_on: date


@dataclass(frozen=True)
class Version:
    """What is said about a version when it is put into use; `override` is why hard reading is accepted."""

    number: str
    effective_from: datetime
    change: str = ""
    translation: Translation | None = None
    override: str = ""


def activate_draft(
    *,
    draft: Draft,
    shown: int,
    version: Version,
    along: Callable[[Wording], object] = id,
    by: Actor,
    at: datetime,
) -> Wording:
    """Make the draft a wording that may be offered from its day on; `along` does what belongs to it at the same time.

    Raises `NotReady` for any gap in what 45 CFR 164.508(c) asks for, or type under 14 points on paper (R3-R11, R75);
    `CannotActivate` for a version that is taken, an unsaid change, or a translation without a reviewer or of a
    master that has changed; `DraftMoved` and `DraftOver` as saving does.
    """
    save = require_shown(draft, shown)
    found = [
        *flaws(save.form()),
        *print_flaws(save.form(), draft.practice),
    ]  # slow, so before the transaction
    hard = [flaw for flaw in found if flaw.weight == "reading"]
    if stops := [f for f in found if f.weight == "gap" or (f in hard and not version.override.strip())]:
        raise NotReady(stops)
    with recording(by=by, at=at):
        draft = locked(draft)
        save = require_shown(draft, shown)
        _require_version(draft, version, at)
        wording = _wording(draft, save, version, by=by, is_hard=bool(hard))
        draft.became = wording
        draft.save(update_fields=["became"])
        number, language = wording.version, wording.language
        record(
            "wording.activated",
            wording,
            version=number,
            language=language,
            change=wording.change,
            draft=draft.pk,
        )
        along(wording)
        if hard:
            record("wording.overridden", wording, version=number, language=language)
    return wording


def _wording(draft: Draft, save: DraftSave, version: Version, *, by: Actor, is_hard: bool) -> Wording:
    review, master = version.translation, draft.master
    begins = max(version.effective_from, master.effective_from) if master else version.effective_from
    return new_wording(
        draft.practice,
        save.data() | {"version": version.number},
        effective_from=begins,
        translation_of=master,
        translated_by=review.translated_by if review else "",
        translation_reviewed_by=review.reviewed_by if review else "",
        translation_reviewed_on=review.reviewed_on if review else None,
        change=master.change if master else version.change,
        override_reason=version.override.strip() if is_hard else "",
        override_by_id=int(by.id) if is_hard else None,
    )


def _require_version(draft: Draft, version: Version, at: datetime) -> None:
    earlier = wordings_of(draft.practice).filter(template__kind=draft.kind)
    if not version.number.strip() or earlier.filter(version=version.number, language=draft.language).exists():
        raise CannotActivate(
            "version", f"Version {version.number} of this form is there already. Choose another."
        )
    if version.effective_from < at:
        raise CannotActivate("effective_from", "A version begins today or later, never in the past.")
    if draft.master is not None:
        _require_translation(draft, draft.master, version)
    elif earlier.filter(translation_of=None).exists() and version.change not in Wording.Change.values:
        raise CannotActivate("change", "Say what it changes for those who signed an earlier version.")


def _require_translation(draft: Draft, master: Wording, version: Version) -> None:
    review = version.translation
    if review is None or not (review.translated_by.strip() and review.reviewed_by.strip()):
        raise CannotActivate("reviewed_by", "Name who translated it and which qualified person reviewed it.")
    current = master_in_effect(draft.practice, draft.kind, master.language, version.effective_from)
    if master.effective_from <= version.effective_from and current != master:
        sentence = f"The form it translates has changed: {current.edition if current else 'it is withdrawn'}."
        raise CannotActivate("version", f"{sentence} Discard this draft and translate that one.")
