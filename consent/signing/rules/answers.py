"""What the signer marks, screen by screen: checked, with the instant of each tick, and read back as answers. No Django.

Kept as JSON: each list maps its ticked keys to the instant of the tick, so that nothing unticked leaves a trace.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from consent.access.rules import on_one_line
from consent.wording.rules import ALONE, Answers, FormContent, Option

from .steps import lists_of
from .words import Said

REQUIRED = frozenset(
    {"elements", "platforms", "formats", "only_this_post", "purposes", "edits", "ties", "assent"}
)
ONE_OF = frozenset({"only_this_post", "assent"})
MAX_DETAIL = 120
OFFERED_END, EARLIER_END = "offered", "earlier"

Sent = Mapping[str, Sequence[str]]
Kept = dict[str, Any]


class AnswerRefused(Said):
    """The screen is not filled in so that it can be kept; the sentence says what is missing."""


def options_of(content: FormContent, offered: Mapping[str, Any], name: str) -> list[Option]:
    """The lines of one list that this ceremony offers, in the form's order."""
    keys: Collection[str] | None = offered.get(name)
    return [option for option in content.offers.get(name, ()) if keys is None or option.key in keys]


def answers_after(
    content: FormContent,
    offered: Mapping[str, Any],
    kept: Kept,
    step: str,
    sent: Sent,
    *,
    today: date,
    at: str,
) -> Kept:
    """`kept` with what was sent for `step`; a tick that stays keeps its instant. `at` is an ISO instant.

    Raises `AnswerRefused` for a line that is not offered, a list left empty, a line beside one that stands alone, or an
    end that is not allowed.
    """
    after = {name: value for name, value in kept.items() if name != "read"}  # a changed form is read again
    if step == "disclosure":
        if _one(sent, "electronic") != "yes":
            raise AnswerRefused("press_a_button")
        after["disclosure"] = kept.get("disclosure", at)
    elif step == "ends":
        after |= _ends(content, offered, sent, today=today, at=at)
    elif step == "review":
        if _one(sent, "read") != "yes":
            raise AnswerRefused("mark_read")
        after["read"] = kept.get("read", at)
    for name in lists_of(step):
        if name in content.asked and name != "ends":
            after[name] = _ticked(content, offered, name, kept.get(name, {}), sent, at)
    after["details"] = {**kept.get("details", {}), **_details(content, after, step, sent)}
    return after


def answers_of(kept: Kept) -> Answers:
    """The answers as the form's filling wants them."""
    ticked = {
        name: frozenset(kept.get(name, ()))
        for name in ("elements", "platforms", "formats", "purposes", "edits", "ties")
    }
    chosen = next(iter(kept.get("only_this_post", ())), None)
    ends = kept.get("ends", {})
    details = kept.get("details", {})
    return Answers(
        **ticked,
        details={key: words for key, words in details.items() if key in _keys(kept)},
        paid=bool(kept.get("paid")),
        only_this_post=None if chosen is None else chosen == "one",
        ends_on=date.fromisoformat(ends["on"]) if ends.get("on") else None,
        ends_event=ends.get("event", ""),
        assent=next(iter(kept.get("assent", ())), ""),
    )


def _ticked(
    content: FormContent,
    offered: Mapping[str, Any],
    name: str,
    before: Mapping[str, str],
    sent: Sent,
    at: str,
) -> dict[str, str]:
    keys = list(sent.get(name, ()))
    if set(keys) - {option.key for option in options_of(content, offered, name)}:
        raise AnswerRefused("line_unknown")
    if (not keys and name in REQUIRED) or (name in ONE_OF and len(keys) > 1):
        raise AnswerRefused(f"mark_{name}")
    if ALONE.get(name) in keys and len(keys) > 1:
        raise AnswerRefused(f"alone_{name}")
    return {key: before.get(key, at) for key in keys}


def _details(content: FormContent, after: Kept, step: str, sent: Sent) -> dict[str, str]:
    """The words beside each ticked line that asks for them ("Name it here")."""
    named = {}
    for name in lists_of(step):
        for option in content.offers.get(name, ()):
            if option.detail and option.key in after.get(name, {}):
                words = on_one_line(_one(sent, f"detail_{option.key}"))
                if not words or len(words) > MAX_DETAIL:
                    raise AnswerRefused("write_beside", label=option.label)
                named[option.key] = words
    return named


def _ends(content: FormContent, offered: Mapping[str, Any], sent: Sent, *, today: date, at: str) -> Kept:
    latest = date.fromisoformat(offered["ends_on"])
    choice = _one(sent, "ends")
    if choice == OFFERED_END:
        day = latest
    elif choice == EARLIER_END:
        day = _day(_one(sent, "earlier"))
    else:
        raise AnswerRefused("mark_end")
    if not today < day <= latest:
        raise AnswerRefused("end_between", day=latest)
    event = _one(sent, "event")
    if event and event not in {option.key for option in options_of(content, offered, "ends")}:
        raise AnswerRefused("line_unknown")
    return {"ends": {"on": day.isoformat(), "event": event, "choice": choice, "at": at}}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise AnswerRefused("choose_end") from error


def _one(sent: Sent, name: str) -> str:
    values = sent.get(name, ())
    return values[0] if len(values) == 1 else ""


def _keys(kept: Kept) -> set[str]:
    return {key for name in ("elements", "platforms", "formats", "purposes") for key in kept.get(name, ())}
