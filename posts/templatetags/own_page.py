"""The own page's sentences, in the language that its context names as `lang`."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from consent.access.models import Practice
from posts.portal.texts import LANGUAGES, day_said, listed, text, when_said, words

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, key: str, **values: Any) -> str:
    """The sentence `key`. A value named `day`, `date` (with its year) or `when` is said as one, a list as a list.

    `plain_date` is a date without its element, for an attribute.
    """
    language = context["lang"]
    sentence = text(language, key, values.get("count"))
    if not values:
        return sentence
    practice = context.get("practice")
    return format_html(
        sentence, **{name: _said(language, practice, name, value) for name, value in values.items()}
    )


@register.simple_tag(takes_context=True)
def date_said(context: Context, moment: date) -> Any:
    """A day with its year."""
    return _said(context["lang"], context.get("practice"), "date", moment)


@register.simple_tag(takes_context=True)
def word(context: Context, kind: str, key: str) -> str:
    """What a key of a kind is called; the key itself if it is no longer in the list."""
    return next(iter(words(context["lang"], kind, [key])), key)


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """The languages that can be chosen, each in its own name."""
    return list(LANGUAGES.items())


@register.simple_tag(takes_context=True)
def list_said(context: Context, values: list[Any], last: str = "and") -> str:
    """Values as a sentence lists them in the page's language."""
    return listed(context["lang"], values, last)


def _said(language: str, practice: Practice | None, name: str, value: Any) -> Any:
    """One value of a sentence as people say it."""
    if isinstance(value, list):
        return listed(language, value, "or" if name == "why" else "and")
    if not isinstance(value, date) or practice is None:
        return value
    return _time(language, ZoneInfo(practice.time_zone), name, value)


def _time(language: str, zone: ZoneInfo, name: str, value: date) -> SafeString:
    """A day or an instant in the practice's zone; the exact one is in the element's attribute."""
    today = timezone.now().astimezone(zone).date()
    here = value.astimezone(zone) if isinstance(value, datetime) else value
    if name == "when" and isinstance(here, datetime):
        said = when_said(language, here, today)
    else:
        day = here.date() if isinstance(here, datetime) else here
        said = day_said(language, day, today if name == "day" else None)
    if name == "plain_date":
        return SafeString(said)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), said)
