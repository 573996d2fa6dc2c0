"""Write to the ledger: `recording` is an action's outermost transaction, `record` adds a line to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from .models import ChainHead
from .queries import chain_of, subject_of
from .rules import Actor, canonical, entry_hash, instant, plain
from .vocabulary import EVENTS

HEAD = "SELECT seq, hash FROM consent_chainhead WHERE chain = %s"
MOVE_HEAD = "UPDATE consent_chainhead SET seq = %s, hash = %s WHERE chain = %s"
ENTRY = """INSERT INTO consent_ledgerentry
    (chain, seq, at, event, actor, subject, person, body, previous, hash)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""


class NotRecording(Exception):
    """`record` was called outside `recording`: the line would have no transaction and no actor."""


class UnknownEvent(Exception):
    """The event, or a field of it, is not in the vocabulary."""


@dataclass(eq=False)
class _Line:
    """What one entry will say. Callable, because Django forgets callbacks with the savepoint they were made in."""

    chain: str
    content: dict[str, Any]

    def __call__(self) -> None:
        """Nothing is left to do after the commit: the line is in the chain by then."""


@dataclass
class _Page:
    """What one transaction has to say, and who is speaking now."""

    by: Actor
    at: datetime
    lines: list[_Line] = field(default_factory=list)

    def standing(self) -> list[_Line]:
        """The lines whose rows stand: a savepoint that was rolled back takes its lines along."""
        registered = {entry[1] for entry in connection.run_on_commit}
        return [line for line in self.lines if line in registered]


_page: ContextVar[_Page | None] = ContextVar("page", default=None)


@contextmanager
def recording(*, by: Actor, at: datetime) -> Iterator[None]:
    """One transaction, whose events are appended as its last statement; nested, it joins the outer one.

    A nested one that fails undoes its own rows and lines, whether or not the outer one goes on.
    The append holds the chain until commit, which is why nothing may follow it.
    """
    outer = _page.get()
    with _joining(outer, by, at) if outer else _opening(by, at):
        yield


@contextmanager
def _joining(page: _Page, by: Actor, at: datetime) -> Iterator[None]:
    speaker = page.by, page.at
    page.by, page.at = by, at
    try:
        with transaction.atomic():
            yield
    finally:
        page.by, page.at = speaker


@contextmanager
def _opening(by: Actor, at: datetime) -> Iterator[None]:
    page = _Page(by, at)
    token = _page.set(page)
    try:
        with transaction.atomic(durable=True):
            yield
            lines = page.standing()
            for chain in sorted({line.chain for line in lines}):
                _append(chain, [line.content for line in lines if line.chain == chain])
    finally:
        _page.reset(token)


def record(event: str, subject: models.Model, *, person: int | None = None, **facts: Any) -> None:
    """Add a line about `subject` to the transaction's page.

    `facts` hold identifiers, keys and digests, never names. Raises `NotRecording` outside `recording`,
    `UnknownEvent` for an event or a field that the vocabulary does not list, `TypeError` for a fact that is not
    plain, and `ValueError` for a subject that was not saved.
    """
    page = _page.get()
    if page is None:
        raise NotRecording(f"{event} was recorded outside recording(by=…, at=…)")
    known = EVENTS.get(event)
    if known is None or not facts.keys() <= known.fields:
        raise UnknownEvent(f"{event} with {sorted(facts)} is not in consent/audit/vocabulary.py")
    if subject.pk is None:
        raise ValueError(f"{event} is about a {subject._meta.model_name} that was not saved yet")
    line = _Line(
        chain_of(subject),
        {
            "actor": str(page.by),
            "at": instant(page.at),
            "event": event,
            "facts": plain(facts),
            "person": person,
            "subject": subject_of(subject),
        },
    )
    page.lines.append(line)
    transaction.on_commit(line)


def _append(chain: str, lines: list[dict[str, Any]]) -> None:
    """Take the chain's head, add the lines, move the head.

    Plain SQL, because every action pays for it while it holds the chain.
    """
    seq, head = _held_head(chain)
    rows = []
    for line in lines:
        seq += 1
        body = canonical({**line, "chain": chain, "seq": seq})
        previous, head = head, entry_hash(head, body)
        at = connection.ops.adapt_datetimefield_value(datetime.fromisoformat(line["at"]))
        searchable = (line[name] for name in ("event", "actor", "subject", "person"))
        rows.append((chain, seq, at, *searchable, body, previous, head))
    with connection.cursor() as cursor:
        cursor.executemany(ENTRY, rows)
        cursor.execute(MOVE_HEAD, [seq, head, chain])


def _held_head(chain: str) -> tuple[int, str]:
    """Where the chain ends, locked; the chain is begun if need be (only then is a savepoint worth its price)."""
    lock = connection.ops.for_update_sql() if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(f"{HEAD} {lock}", [chain])
        found = cursor.fetchone()
    if found is None:
        ChainHead.objects.get_or_create(chain=chain)
        return _held_head(chain)
    return found[0], found[1]
