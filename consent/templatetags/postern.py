"""Standing, dates and the header's links: the few things that every room's pages say the same way."""

from datetime import date, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from consent.access.models import Practice
from consent.access.navigation import Item, rooms_for
from consent.wording.rules import ELEMENTS

register = template.Library()


class Standing(Protocol):
    """What a badge needs: a key of `SHAPES` and the words beside the shape."""

    key: str
    label: str


# Shape, word and colour together, so that none is needed alone (WCAG 1.4.1). Drawn in a 16 by 16 box.
SHAPES = {
    "on_file": '<circle class="filled" cx="8" cy="8" r="6"/>',
    "soon": '<circle cx="8" cy="8" r="6"/><path class="filled" d="M8 2a6 6 0 0 0 0 12z"/>',
    "expired": '<rect class="filled" x="3" y="3" width="10" height="10"/>',
    "withdrawn": '<rect class="filled" x="3" y="3" width="10" height="10"/>',
    "hold": '<path class="filled" d="M4 3h2v10H4zM10 3h2v10h-2z"/>',
    "conflict": '<path class="filled" d="m8 2 6 6-6 6-6-6z"/>',
    "incomplete": '<path d="m8 2 6 6-6 6-6-6z"/>',
    "none": '<circle cx="8" cy="8" r="6"/>',
}


@register.simple_tag(takes_context=True)
def standing_badge(context: Context, standing: Standing) -> SafeString:
    """The badge of a standing, the same on every page; "Ends 3 Dec" where an end is near and its day may be known.

    Raises KeyError for a standing that has no shape.
    """
    shape, words, end = SafeString(SHAPES[standing.key]), standing.label, getattr(standing, "at", None)
    if getattr(standing, "is_birthday", False) and not (context.get("abilities") or {}).get(
        "person_identify"
    ):
        end = None
    if standing.key == "soon" and end and (practice := context.get("practice")):
        # A date means the end of that day, so the end is the first instant of the day after.
        words = format_html("Ends {}", day(end - timedelta(microseconds=1), practice))
    return format_html(
        '<span class="badge-standing standing-{}"><svg viewBox="0 0 16 16" aria-hidden="true">{}</svg>{}</span>',
        standing.key,
        shape,
        words,
    )


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[Item]:
    """The header's links for the member whose page this is; none outside a practice."""
    member = context.get("member")
    return rooms_for(member, context["request"].path) if member else []


@register.filter
def when(at: datetime | None, practice: Practice) -> str:
    """An instant as people say it, in the practice's zone: "today at 3:30 pm", "3 Dec at 9:00 am".

    It follows a verb ("sent …"), so write no "on" before it. The exact time shows on hover.
    """
    if at is None:
        return ""
    here = at.astimezone(ZoneInfo(practice.time_zone))
    today = timezone.now().astimezone(here.tzinfo).date()
    said = f"{_near(here.date(), today)} at {_clock(here)}"
    exact = f"{here:%A} {here.day} {here:%B %Y}, {here:%H:%M:%S} {here.tzname()}"
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), exact, said)


@register.filter
def day(moment: date | None, practice: Practice) -> str:
    """A day as people say it: "3 Dec", with its year unless it is this one. An instant is read in the zone."""
    if moment is None:
        return ""
    zone = ZoneInfo(practice.time_zone)
    if isinstance(moment, datetime):
        moment = moment.astimezone(zone).date()
    today = timezone.now().astimezone(zone).date()
    exact = f"{moment:%A} {moment.day} {moment:%B %Y}"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact, _said(moment, today)
    )


def _near(moment: date, today: date) -> str:
    words = {today: "today", today - timedelta(days=1): "yesterday", today + timedelta(days=1): "tomorrow"}
    return words.get(moment) or _said(moment, today)


def _said(moment: date, today: date) -> str:
    year = "" if moment.year == today.year else f" {moment.year}"
    return f"{moment.day} {moment:%b}{year}"


def _clock(here: datetime) -> str:
    return f"{here.hour % 12 or 12}:{here:%M} {'am' if here.hour < 12 else 'pm'}"


@register.filter
def clock(at: datetime, practice: Practice) -> str:
    """The time of an instant in the practice's zone: "3:30 pm"."""
    return _clock(at.astimezone(ZoneInfo(practice.time_zone)))


@register.filter
def joined(values: list[Any], last: str = "and") -> str:
    """Values as a sentence lists them: "a, b and c"."""
    words = [str(value) for value in values]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


@register.filter
def element_words(keys: list[str]) -> list[str]:
    """Keys of elements as people say them: "first name", "face"."""
    return [ELEMENTS.get(key, key) for key in keys]


@register.filter
def among(person: int, people: list[Any]) -> Any:
    """The one with this person among people shown with their badges; None if they are not there."""
    return next((one for one in people if one.person.pk == person), None)
