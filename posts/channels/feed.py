"""The wall as an Atom feed (RFC 4287) with tombstones (RFC 6721), so that readers forget what we took down."""

from datetime import datetime
from xml.etree import ElementTree

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from consent.access.models import Practice

from .models import WallEntry
from .queries import WallView

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
TITLE_LENGTH = 60


def atom(practice: Practice, view: WallView, at: datetime) -> bytes:
    """The feed's bytes."""
    ElementTree.register_namespace("", ATOM)
    ElementTree.register_namespace("at", TOMBSTONES)
    address = settings.ADDRESS + reverse("channels:wall", args=[practice.slug])
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", address)
    _add(feed, "title", practice.name)
    _add(feed, "updated", _updated(view, at).isoformat())
    _add(feed, "link", href=address)
    _add(feed, "link", rel="self", href=settings.ADDRESS + reverse("channels:feed", args=[practice.slug]))
    _add(_add(feed, "author"), "name", practice.name)
    for stone in view.gone:
        attributes = {"ref": _id(stone.key), "when": stone.when.isoformat()}
        ElementTree.SubElement(feed, f"{{{TOMBSTONES}}}deleted-entry", attributes)
    for entry in view.entries:
        _entry(feed, practice, entry, address)
    return (
        b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode").encode()
    )


def _entry(feed: ElementTree.Element, practice: Practice, entry: WallEntry, address: str) -> None:
    """One entry with its words and pictures."""
    element = _add(feed, "entry")
    shown = (entry.shown_at or entry.changed_at).isoformat()
    _add(element, "id", _id(entry.key))
    _add(element, "title", _title(entry.caption) or practice.name)
    _add(element, "link", href=f"{address}#{entry.key}")
    _add(element, "published", shown)
    _add(element, "updated", shown)
    content = render_to_string(
        "wall/feed_entry.html", {"entry": entry, "practice": practice, "address": settings.ADDRESS}
    )
    _add(element, "content", content, type="html")


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text or None
    return element


def _id(key: str) -> str:
    return f"urn:postern:wall:{key}"


def _title(caption: str) -> str:
    """The first words of the first line."""
    line = caption.strip().partition("\n")[0]
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"


def _updated(view: WallView, at: datetime) -> datetime:
    """When anything on the wall last changed."""
    changes = [entry.changed_at for entry in view.entries] + [stone.when for stone in view.gone]
    return max(changes, default=at)
