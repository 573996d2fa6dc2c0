"""Add a form version, install the samples, freeze a version when it is first offered, stop offering one."""

import tomllib
from collections.abc import Collection, Iterator
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import TEXT, Template, Wording
from ..rules import KINDS, Anchor, form_from, missing_anchors

SAMPLES = Path(__file__).parent.parent / "samples"
VERSION_LENGTH = 20


class IncompleteWording(ValueError):
    """The text lacks something that the law asks for; `missing` says what."""

    def __init__(self, missing: list[Anchor]) -> None:
        self.missing = missing
        said = "; ".join(f"{anchor.words} ({anchor.citation})" for anchor in missing)
        super().__init__(f"This form cannot be used. It does not say: {said}.")


class NotATranslation(Exception):
    """The wording is a master, so there is nothing to review."""


class AlreadyOffered(Exception):
    """The wording is frozen; the sentence says so."""


def add_wording(
    *,
    practice: Practice,
    data: dict[str, Any],
    effective_from: datetime,
    translation_of: Wording | None = None,
    reviewed_by: str = "",
    is_sample: bool = False,
    by: Actor,
    at: datetime,
) -> Wording:
    """Add one version of a form from its data (see ``samples/``), in effect from `effective_from` on.

    Raises `IncompleteWording` when the text lacks a required element or statement (45 CFR 164.508(c); R3-R10) and
    `FormRefused` when it speaks in keys that nobody knows.
    """
    content = form_from(data)
    if missing := missing_anchors(content.anchors, content.kind):
        raise IncompleteWording(missing)
    with recording(by=by, at=at):
        wording = new_wording(
            practice,
            data,
            effective_from=effective_from,
            translation_of=translation_of,
            translation_reviewed_by=reviewed_by,
            is_sample=is_sample,
        )
        record("wording.added", wording, version=wording.version, language=wording.language)
    return wording


def new_wording(practice: Practice, data: dict[str, Any], **columns: Any) -> Wording:
    """Within an action: the row of a wording with the text of `data`, and its template where it is the first."""
    content = form_from(data)
    template, _ = Template.objects.get_or_create(
        practice=practice, kind=content.kind, defaults={"title": KINDS[content.kind]}
    )
    return Wording.objects.create(
        practice=practice,
        template=template,
        version=content.version,
        language=content.language,
        anchors=content.anchors,
        **{name: data[name] for name in TEXT},
        **columns,
    )


def record_found_wording(
    *,
    practice: Practice,
    kind: str,
    version: str,
    language: str,
    title: str,
    text: str,
    anchors: Collection[str],
    effective_from: datetime,
    translation_of: Wording | None = None,
    by: Actor,
    at: datetime,
) -> Wording:
    """Record the text of a form that somebody else printed, with what it says: never offered, only referred to.

    The same text recorded before for this kind and language is that row; another text of the same `version` is kept
    beside it under a version of its own, since what somebody signed on never changes.
    """
    said = {
        "title": title,
        "sections": [{"key": "found", "heading": title, "paragraphs": [text]}],
        "anchors": sorted(anchors),
        "intent": title,
        "effective_from": effective_from,
        "translation_of": translation_of,
        "is_foreign": True,
    }
    with recording(by=by, at=at):
        template, _ = Template.objects.get_or_create(
            practice=practice, kind=kind, defaults={"title": KINDS[kind]}
        )
        Template.objects.select_for_update(no_key=True).get(pk=template.pk)
        rows = Wording.objects.select_related("translation_of").filter(template=template, language=language)
        taken = {row.version: row for row in rows}
        for name in _versions(version):
            there = taken.get(name)
            if there is None:
                break
            if all(getattr(there, key) == value for key, value in said.items()):
                return there
        wording = Wording.objects.create(
            practice=practice, template=template, version=name, language=language, frozen_at=at, **said
        )
        record("wording.added", wording, version=name, language=language)
    return wording


def _versions(version: str) -> Iterator[str]:
    """The version, then the same with a number behind it, none longer than a version may be."""
    yield version
    for number in count(2):
        suffix = f" {number}"
        yield version[: VERSION_LENGTH - len(suffix)] + suffix


def install_sample_wordings(*, practice: Practice, by: Actor, at: datetime) -> list[Wording]:
    """Add the sample forms that the practice does not have yet, in English and their Spanish translations.

    A translation is not offered until somebody qualified has reviewed it: `review_translation`.
    """
    with recording(by=by, at=at):
        rows = Wording.objects.filter(practice=practice, is_foreign=False)
        has = {(row.template.kind, row.version, row.language): row for row in rows.select_related("template")}
        added = []
        for data in sample_forms():
            key = (data["kind"], data["version"], data["language"])
            if key not in has:
                master = has[data["kind"], data["translation_of"], "en"] if "translation_of" in data else None
                has[key] = add_wording(
                    practice=practice,
                    data=data,
                    effective_from=at,
                    translation_of=master,
                    is_sample=True,
                    by=by,
                    at=at,
                )
                added.append(has[key])
    return added


def sample_forms() -> list[dict[str, Any]]:
    """The forms that come with Postern, as data; a translation comes after what it translates."""
    forms = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*.toml"))]
    return sorted(forms, key=lambda data: "translation_of" in data)


def freeze(*, wording: Wording, by: Actor, at: datetime) -> Wording:
    """Freeze a wording because it is offered for the first time; offered again, nothing changes (R43)."""
    with recording(by=by, at=at):
        wording = Wording.objects.select_for_update(no_key=True).select_related("template").get(pk=wording.pk)
        if wording.frozen_at is None:
            wording.frozen_at = at
            wording.save(update_fields=["frozen_at"])
            record("wording.frozen", wording)
    return wording


def review_translation(
    *, wording: Wording, translated_by: str, reviewed_by: str, reviewed_on: date, by: Actor, at: datetime
) -> Wording:
    """Record who translated a form and which qualified person reviewed it, and when (45 CFR 92.201(c)(3); R95).

    Raises `NotATranslation` for a master, and `AlreadyOffered` once the form was handed to somebody.
    """
    with recording(by=by, at=at):
        wording = Wording.objects.select_for_update(no_key=True).get(pk=wording.pk)
        if wording.translation_of_id is None:
            raise NotATranslation("This form is not a translation.")
        if wording.frozen_at is not None:
            raise AlreadyOffered("This form was offered already; what was recorded about it stays as it is.")
        wording.translated_by = translated_by.strip()
        wording.translation_reviewed_by = reviewed_by.strip()
        wording.translation_reviewed_on = reviewed_on
        wording.save(update_fields=["translated_by", "translation_reviewed_by", "translation_reviewed_on"])
        record("wording.reviewed", wording, version=wording.version, language=wording.language)
    return wording


def withdraw_wording(*, wording: Wording, by: Actor, at: datetime) -> Wording:
    """Stop offering a version from now on; what was signed on it stays as it is. A second time changes nothing."""
    with recording(by=by, at=at):
        wording = Wording.objects.select_for_update(no_key=True).get(pk=wording.pk)
        if wording.withdrawn_at is None:
            wording.withdrawn_at = at
            wording.save(update_fields=["withdrawn_at"])
            record("wording.withdrawn", wording, version=wording.version, language=wording.language)
    return wording
