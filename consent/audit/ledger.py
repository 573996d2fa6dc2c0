"""Write to the ledger: `recording` is an action's outermost transaction, `record` adds a line to it."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from .models import ChainHead, LedgerEntry
from .rules import INSTALLATION, Actor, canonical, entry_hash, instant, practice_chain
from .vocabulary import EVENTS


class NotRecording(Exception):
    """`record` was called outside `recording`: the line would have no transaction and no actor."""


class UnknownEvent(Exception):
    """The event, or a field of it, is not in the vocabulary."""


@dataclass
class _Page:
    """What one transaction has to say, by chain, and who is speaking now."""

    by: Actor
    at: datetime
    lines: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))


_page: ContextVar[_Page | None] = ContextVar("page", default=None)


@contextmanager
def recording(*, by: Actor, at: datetime) -> Iterator[None]:
    """One transaction, whose events are appended as its last statement; nested, it joins the outer one.

    The append holds the chain until commit, which is why nothing may follow it.
    """
    outer = _page.get()
    if outer is not None:
        speaker = outer.by, outer.at
        outer.by, outer.at = by, at
        try:
            yield
        finally:
            outer.by, outer.at = speaker
        return
    page = _Page(by, at)
    token = _page.set(page)
    try:
        with transaction.atomic(durable=True):
            yield
            for chain in sorted(page.lines):
                _append(chain, page.lines[chain])
    finally:
        _page.reset(token)


def record(event: str, subject: models.Model, *, person: int | None = None, **facts: Any) -> None:
    """Add a line about `subject` to the transaction's page.

    `facts` hold identifiers, keys and digests, never names. Raises `NotRecording` outside `recording` and
    `UnknownEvent` for an event or a field that the vocabulary does not list.
    """
    page = _page.get()
    if page is None:
        raise NotRecording(f"{event} was recorded outside recording(by=…, at=…)")
    known = EVENTS.get(event)
    if known is None or not facts.keys() <= known.fields:
        raise UnknownEvent(f"{event} with {sorted(facts)} is not in consent/audit/vocabulary.py")
    page.lines[chain_of(subject)].append(
        {
            "actor": str(page.by),
            "at": instant(page.at),
            "event": event,
            "facts": facts,
            "person": person,
            "subject": f"{subject._meta.model_name}:{subject.pk}",
        }
    )


def chain_of(subject: models.Model) -> str:
    """The chain of the practice that `subject` belongs to, or the installation's."""
    practice = subject.pk if subject._meta.model_name == "practice" else getattr(subject, "practice_id", None)
    return INSTALLATION if practice is None else practice_chain(practice)


def _append(chain: str, lines: list[dict[str, Any]]) -> None:
    """Take the chain's head, add the lines, move the head."""
    ChainHead.objects.get_or_create(chain=chain)
    head = ChainHead.objects.select_for_update().get(chain=chain)
    entries = []
    for line in lines:
        head.seq += 1
        body = canonical({**line, "chain": chain, "seq": head.seq})
        previous, head.hash = head.hash, entry_hash(head.hash, body)
        entries.append(
            LedgerEntry(
                chain=chain,
                seq=head.seq,
                at=datetime.fromisoformat(line["at"]),
                event=line["event"],
                actor=line["actor"],
                subject=line["subject"],
                person=line["person"],
                body=body,
                previous=previous,
                hash=head.hash,
            )
        )
    LedgerEntry.objects.bulk_create(entries)
    head.save(update_fields=["seq", "hash"])
