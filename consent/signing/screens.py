"""What the tablet shows at each step: the form's own words, the lines that may be marked, what was marked so far."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from consent.wording.rules import FormContent, Shown, rendered_sections

from .actions.answering import steps_of
from .models import Ceremony
from .queries import filled_now
from .rules import DISCLOSURE, Kept, Progress, Sent, in_words, lists_of, options_of, progress
from .rules.answers import MAX_DETAIL, ONE_OF

NUMBERED = re.compile(r"^\d+\.\s+")


@dataclass(frozen=True)
class Line:
    """One line that can be marked, and the words beside it where it asks for some."""

    key: str
    label: str
    marked: bool
    detail: str = ""
    words: str = ""


@dataclass(frozen=True)
class Question:
    """A section of the form as a question: its words, and its lines to mark (one of them, or any)."""

    name: str
    heading: str
    paragraphs: tuple[str, ...]
    lines: tuple[Line, ...]
    one_of: bool
    after: tuple[str, ...]


@dataclass(frozen=True)
class Screen:
    """One step at the tablet."""

    step: str
    heading: str
    progress: Progress | None
    questions: tuple[Question, ...] = ()
    sections: tuple[Shown, ...] = ()
    disclosure: tuple[str, ...] = ()
    ends: dict[str, Any] | None = None
    read: bool = False
    max_detail: int = MAX_DETAIL


def screen_of(ceremony: Ceremony, at: datetime, sent: Sent | None = None) -> Screen:
    """The screen of the ceremony's step. After a refusal `sent` holds what was typed, which stays on the screen."""
    step, form = ceremony.step, ceremony.wording.form()
    sections = rendered_sections(form, filled_now(ceremony, at))
    asked = [section for section in sections if section.asks in lists_of(step)]
    kept = _as_kept(ceremony.answers, sent, step)
    headings = [_plain(section.heading) for section in asked if section.heading]
    return Screen(
        step=step,
        heading=headings[0] if headings else form.title,
        progress=progress(steps_of(ceremony), step),
        questions=tuple(
            _question(form, ceremony.offered, section, kept) for section in asked if section.asks != "ends"
        ),
        sections=tuple(_welcome(sections) if step == "welcome" else sections),
        disclosure=tuple(in_words(form.language, key) for key in DISCLOSURE) if step == "disclosure" else (),
        ends=_ends(form, ceremony.offered, kept) if step == "ends" else None,
        read="read" in kept,
    )


def _question(form: FormContent, offered: dict[str, Any], section: Shown, kept: Kept) -> Question:
    name = section.asks or ""
    labels = {tick.key: tick.label for tick in section.ticks}
    details = kept.get("details", {})
    lines = tuple(
        Line(
            option.key,
            option.label if option.detail else labels[option.key],
            option.key in kept.get(name, ()),
            option.detail,
            details.get(option.key, ""),
        )
        for option in options_of(form, offered, name)
    )
    return Question(name, _plain(section.heading), section.paragraphs, lines, name in ONE_OF, section.after)


def _ends(form: FormContent, offered: dict[str, Any], kept: Kept) -> dict[str, Any]:
    chosen = kept.get("ends", {})
    return {
        "latest": date.fromisoformat(offered["ends_on"]),
        "choice": chosen.get("choice", ""),
        "earlier": chosen.get("on", "") if chosen.get("choice") == "earlier" else "",
        "events": options_of(form, offered, "ends"),
        "event": chosen.get("event"),
    }


def _welcome(sections: list[Shown]) -> list[Shown]:
    """What the form says before its first question."""
    before = []
    for section in sections:
        if section.asks:
            break
        before.append(section)
    return before


def _as_kept(kept: Kept, sent: Sent | None, step: str) -> Kept:
    """What to show as marked: what is kept, or what has just been sent and refused."""
    if sent is None:
        return kept
    shown = dict(kept) | {name: dict.fromkeys(sent.get(name, ()), "") for name in lists_of(step)}
    words = {
        key.removeprefix("detail_"): values[0] for key, values in sent.items() if key.startswith("detail_")
    }
    shown["details"] = kept.get("details", {}) | words
    if step == "ends":
        one = {name: (sent.get(name) or [""])[0] for name in ("ends", "earlier", "event")}
        shown["ends"] = {"choice": one["ends"], "on": one["earlier"], "event": one["event"]}
    return shown


def _plain(heading: str) -> str:
    """The heading without the number it has on paper, which would read as the number of the screen."""
    return NUMBERED.sub("", heading)
