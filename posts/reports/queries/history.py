"""The ledger read as a timeline: newest first, in pieces, every name resolved once. A constant number of queries."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from consent.access.models import Location, Membership, User
from consent.audit.models import LedgerEntry
from consent.audit.rules import practice_chain
from consent.media.models import Asset
from consent.people.models import Person
from consent.people.queries import identity_ids, people_found, people_of, shown_name
from posts.channels.models import ChannelAccount
from posts.content.models import Post, VersionMedia
from posts.publishing.models import Delivery, Takedown

from ..rules import RESERVED, events_of, facts_told, sentence_of

PAGE = 50
MATCHES = 50
_POSTERN = {"system": "Postern", "worker": "Postern"}


@dataclass(frozen=True)
class Told:
    """One entry of the ledger in words."""

    seq: int
    at: datetime
    actor: str
    sentence: str
    about: str
    person: str
    person_id: int | None
    facts: list[tuple[str, str]]
    hash: str


@dataclass(frozen=True)
class Timeline:
    """A piece of the timeline, and where the next, older one begins."""

    entries: list[Told]
    older: int | None


@dataclass(frozen=True)
class Filters:
    """What is looked for; what is left out is not asked about."""

    person: str = ""
    post: str = ""
    group: str = ""
    since: datetime | None = None
    until: datetime | None = None


def timeline(member: Membership, filters: Filters, before: int | None) -> Timeline:
    """The practice's history behind position `before`, as `member` may read it."""
    rows = _entries(member)
    if filters.group:
        rows = rows.filter(event__in=events_of(filters.group))
    if filters.since:
        rows = rows.filter(at__gte=filters.since)
    if filters.until:
        rows = rows.filter(at__lt=filters.until)
    if filters.person:
        rows = rows.filter(person__in=_people_meant(member, filters.person))
    if filters.post:
        posts = Post.objects.filter(practice=member.practice, title__icontains=filters.post)
        rows = rows.filter(subject__in=_subjects(posts.values_list("pk", flat=True)[:MATCHES]))
    return _piece(member, rows, before)


def timeline_of_person(member: Membership, person: Person, before: int | None) -> Timeline:
    """Everything that happened about a person, records merged with theirs included."""
    return _piece(member, _entries(member).filter(person__in=identity_ids(person)), before)


def timeline_of_post(member: Membership, post: Post, before: int | None) -> Timeline:
    """Every step of a post: its words, reviews, decisions, pictures, deliveries and takedowns."""
    return _piece(member, _entries(member).filter(subject__in=_subjects([post.pk])), before)


def _entries(member: Membership) -> QuerySet[LedgerEntry]:
    """The practice's entries, without those that the member may not read."""
    reserved = [event for event, ability in RESERVED.items() if not member.can(ability)]
    return LedgerEntry.objects.filter(chain=practice_chain(member.practice_id)).exclude(event__in=reserved)


def _people_meant(member: Membership, text: str) -> list[int]:
    """Whom the text may mean, as far as the member may look for people at all (R54)."""
    if not member.can("person.find"):
        return []
    found = people_found(member.practice, text, MATCHES, identify=member.can("person.identify"))
    return [person.pk for person in found]


def _subjects(post_ids: Iterable[int]) -> set[str]:
    """What an entry about one of these posts may be about."""
    posts = list(post_ids)
    deliveries = list(Delivery.objects.filter(version__post__in=posts).values_list("pk", flat=True))
    takedowns = Takedown.objects.filter(delivery__in=deliveries).values_list("pk", flat=True)
    media = VersionMedia.objects.filter(version__post__in=posts)
    return {
        *(f"post:{pk}" for pk in posts),
        *(f"delivery:{pk}" for pk in deliveries),
        *(f"takedown:{pk}" for pk in takedowns),
        *(f"asset:{pk}" for pk in media.values_list("rendition__asset", flat=True)),
    }


def _piece(member: Membership, rows: QuerySet[LedgerEntry], before: int | None) -> Timeline:
    """The next `PAGE` entries, newest first: the position itself is the key to go on from."""
    if before is not None:
        rows = rows.filter(seq__lt=before)
    found = list(rows.order_by("-seq")[: PAGE + 1])
    shown = found[:PAGE]
    names = _Names.of(member, shown)
    older = shown[-1].seq if len(found) > PAGE else None
    return Timeline([names.told(entry) for entry in shown], older)


@dataclass(frozen=True)
class _Names:
    """What to call everyone and everything in a piece of the timeline."""

    people: dict[int, str]
    users: dict[int, str]
    things: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, member: Membership, entries: Collection[LedgerEntry]) -> "_Names":
        """Read the names of all actors, people and subjects at once."""
        actors = [entry.actor.partition(":")[::2] for entry in entries]
        subjects = [entry.subject.partition(":")[::2] for entry in entries]
        people = {int(number) for kind, number in actors if kind == "person"}
        people |= {entry.person for entry in entries if entry.person}
        users = {int(number) for kind, number in actors if kind == "user"}
        wanted = {kind: [int(n) for k, n in subjects if k == kind] for kind, _ in subjects}
        return cls(
            people=_called(member, people),
            users=dict(User.objects.filter(pk__in=users).values_list("pk", "name")),
            things={f"{kind}:{pk}": name for kind, ids in wanted.items() for pk, name in _things(kind, ids)},
        )

    def told(self, entry: LedgerEntry) -> Told:
        """The entry in words; its body is what was hashed, so it is what is told."""
        facts: dict[str, Any] = json.loads(bytes(entry.body)).get("facts", {})
        return Told(
            seq=entry.seq,
            at=entry.at,
            actor=self._actor(entry.actor),
            sentence=sentence_of(entry.event, facts),
            about=self.things.get(entry.subject, ""),
            person=self.people.get(entry.person, "a person") if entry.person else "",
            person_id=entry.person,
            facts=facts_told(facts),
            hash=entry.hash,
        )

    def _actor(self, actor: str) -> str:
        kind, _, number = actor.partition(":")
        if kind == "user":
            return self.users.get(int(number), "a former member")
        if kind == "person":
            return self.people.get(int(number), "a person")
        return _POSTERN.get(kind, kind)


def _called(member: Membership, people: Collection[int]) -> dict[int, str]:
    """Full names, aliases, or nothing, by what the member may know (R54)."""
    if not member.can("person.view"):
        return {}
    identify = member.can("person.identify")
    found = people_of(member.practice).in_bulk(list(people))
    return {pk: shown_name(person, identify=identify) for pk, person in found.items()}


def _things(kind: str, ids: Collection[int]) -> Iterable[tuple[int, str]]:
    """The names of subjects of one kind; kinds without names of their own give none."""
    if kind == "delivery":
        rows = Delivery.objects.filter(pk__in=ids).select_related("version__post", "account")
        return [(row.pk, _delivery(row)) for row in rows]
    if kind == "takedown":
        tasks = Takedown.objects.filter(pk__in=ids).select_related(
            "delivery__version__post", "delivery__account"
        )
        return [(task.pk, _delivery(task.delivery)) for task in tasks]
    if kind == "membership":
        return Membership.objects.filter(pk__in=ids).values_list("pk", "user__name")
    if kind not in _NAMED:
        return []
    model, name = _NAMED[kind]
    return list(model.objects.filter(pk__in=ids).values_list("pk", name))


_NAMED: dict[str, tuple[Any, str]] = {
    "post": (Post, "title"),
    "asset": (Asset, "label"),
    "channelaccount": (ChannelAccount, "handle"),
    "location": (Location, "name"),
}


def _delivery(row: Delivery) -> str:
    title = row.version.post.title if row.version else "a post from before"
    return f"{title}, {row.account.get_platform_display()}"
