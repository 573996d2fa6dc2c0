"""Add a form version, install the samples, freeze a version when it is first offered."""

import tomllib
from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from .models import Template, Wording
from .rules import KINDS, Anchor, form_from, missing_anchors

SAMPLES = Path(__file__).parent / "samples"
VERSION_LENGTH = 20
STORED = ("version", "language", "title", "intent", "sections", "offers", "phrases")


class IncompleteWording(ValueError):
    """The text lacks something that the law asks for; `missing` says what."""

    def __init__(self, missing: list[Anchor]) -> None:
        self.missing = missing
        said = "; ".join(f"{anchor.words} ({anchor.citation})" for anchor in missing)
        super().__init__(f"This form cannot be used. It does not say: {said}.")


def add_wording(
    *,
    practice: Practice,
    data: dict[str, Any],
    effective_from: datetime,
    translation_of: Wording | None = None,
    reviewed_by: str = "",
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
        template, _ = Template.objects.get_or_create(
            practice=practice, kind=content.kind, defaults={"title": KINDS[content.kind]}
        )
        wording = Wording.objects.create(
            practice=practice,
            template=template,
            anchors=content.anchors,
            effective_from=effective_from,
            translation_of=translation_of,
            translation_reviewed_by=reviewed_by,
            **{name: data[name] for name in STORED},
        )
        record("wording.added", wording, version=wording.version, language=wording.language)
    return wording


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
    """Add the sample forms that the practice does not have yet: permission for adults and minors, release, licence."""
    with recording(by=by, at=at):
        has = set(
            Wording.objects.filter(practice=practice).values_list("template__kind", "version", "language")
        )
        return [
            add_wording(practice=practice, data=data, effective_from=at, by=by, at=at)
            for data in sample_forms()
            if (data["kind"], data["version"], data["language"]) not in has
        ]


def sample_forms() -> list[dict[str, Any]]:
    """The forms that come with Postern, as data."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*.toml"))]


def freeze(*, wording: Wording, by: Actor, at: datetime) -> Wording:
    """Freeze a wording because it is offered for the first time; offered again, nothing changes (R43)."""
    with recording(by=by, at=at):
        wording = Wording.objects.select_for_update(no_key=True).select_related("template").get(pk=wording.pk)
        if wording.frozen_at is None:
            wording.frozen_at = at
            wording.save(update_fields=["frozen_at"])
            record("wording.frozen", wording)
    return wording
