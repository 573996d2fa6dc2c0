"""People, read: who is meant by what was typed, what they are called, which records are one human being."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import F, Min, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from consent.access.models import Practice
from consent.access.queries import today_at

from .models import Connection, Merge, NameWord, Person, PersonName, Relation, Representation
from .rules import (
    RepresentationFacts,
    SignerFacts,
    SignerRule,
    folded_terms,
    folded_words,
    typed_date,
    who_must_sign,
)

TYPED_AT_MOST, CALLED_AT_MOST = 200, 3
# Every record is merged into one head at most, and a head into none: two steps reach the whole group.
MERGES = """SELECT person_id, into_id, confirmed_at IS NOT NULL FROM consent_merge WHERE undone_at IS NULL AND (
      person_id IN ({ids}) OR into_id IN ({ids})
      OR into_id IN (SELECT into_id FROM consent_merge WHERE undone_at IS NULL AND person_id IN ({ids})))"""
LAST_CHARACTER = "\U0010ffff"


def people_of(practice: Practice) -> QuerySet[Person]:
    """The practice's people with their names and relations, in two further queries."""
    names = Prefetch("names", PersonName.objects.order_by("-until", "pk"))
    return Person.objects.filter(practice=practice).prefetch_related(names, "relations")


def person_of(practice: Practice, pk: int) -> Person:
    """One person of the practice. Raises Http404 for anybody else."""
    return get_object_or_404(people_of(practice), pk=pk)


def current_name(person: Person) -> PersonName | None:
    """The name the person has now; None for a record that has only an alias."""
    return next((name for name in person.names.all() if name.until is None), None)


def shown_name(person: Person, *, identify: bool) -> str:
    """What to call the person: the full name for those who may know it, the alias for others (R54)."""
    name = current_name(person) if identify else None
    return str(name) if name else person.alias


def people_found(practice: Practice, text: str, limit: int, *, identify: bool) -> list[Person]:
    """Those whom `text` may mean: every word begins a word of their names, or it is an external id or birth date.

    Without `identify` only the alias is looked at, so that nobody learns by searching what they may not see (R54).
    No text finds the newest records. A merged record is found as the one it went into. The number of queries is
    constant.
    """
    text = text[:TYPED_AT_MOST].replace("\0", " ")
    ids = _ids_found(practice, text, limit, identify) if text.strip() else _newest(practice, limit)
    heads = {merge.person_id: merge.into_id for merge in Merge.objects.filter(person__in=ids, undone_at=None)}
    order = list(dict.fromkeys(heads.get(pk, pk) for pk in ids))
    people = people_of(practice).in_bulk(order)
    return [people[pk] for pk in order if pk in people][:limit]


def _newest(practice: Practice, limit: int) -> list[int]:
    return list(Person.objects.filter(practice=practice).order_by("-pk").values_list("pk", flat=True)[:limit])


def _ids_found(practice: Practice, text: str, limit: int, identify: bool) -> list[int]:
    by_words = _by_words(practice, text, identify)[:limit]
    if not identify:
        return list(by_words)
    numbered = Person.objects.filter(identifiers__practice=practice, identifiers__value__in=_spellings(text))
    born = Person.objects.filter(practice=practice, date_of_birth=typed_date(text)).exclude(
        date_of_birth=None
    )
    exact = [found.order_by("pk").values_list("pk", flat=True)[:limit] for found in (numbered, born)]
    return [*exact[0], *exact[1], *by_words]


def _spellings(text: str) -> set[str]:
    """An external id as typed, and in one case throughout."""
    plain = text.strip()
    return {plain, plain.upper(), plain.lower()}


def _by_words(practice: Practice, text: str, identify: bool) -> QuerySet[NameWord, int]:
    """The ids of those who have a word for each typed term, in the order of the word that matched the longest."""
    words = NameWord.objects.filter(practice=practice, **({} if identify else {"in_alias": True}))
    terms = folded_terms(text)
    if not terms:
        return words.none().values_list("person_id", flat=True)
    longest, *others = terms
    found = words.filter(begins_with("word", longest))
    for term in others:
        found = found.filter(person__in=words.filter(begins_with("word", term)).values("person"))
    grouped = found.values("person_id").annotate(word_found=Min("word")).order_by("word_found", "person_id")
    return grouped.values_list("person_id", flat=True)


def people_called(practice: Practice, names: Collection[str], *, identify: bool) -> dict[str, list[Person]]:
    """Up to three people for each name who have all its words among theirs, whole; a query a name, and one for all.

    Without `identify` only the words of the alias count (R54).
    """
    words = NameWord.objects.filter(practice=practice, **({} if identify else {"in_alias": True}))
    found = {name: _ids_called(words, folded_terms(name)) for name in names}
    people = Person.objects.in_bulk({one for ones in found.values() for one in ones}) if found else {}
    return {name: [people[one] for one in ones] for name, ones in found.items() if ones}


def _ids_called(words: QuerySet[NameWord], terms: list[str]) -> list[int]:
    """Up to three people who have every one of the words."""
    if not terms:
        return []
    rows = words.filter(word=terms[0])
    for term in terms[1:]:
        rows = rows.filter(person__in=words.filter(word=term).values("person"))
    return list(rows.order_by("person_id").values_list("person_id", flat=True)[:CALLED_AT_MOST])


def is_called(practice: Practice, name: str, at: datetime) -> bool:
    """Whether somebody on record who is no member of staff has exactly these words among their names."""
    words = NameWord.objects.filter(practice=practice)
    people = Person.objects.filter(practice=practice)
    for term in folded_terms(name):
        people = people.filter(pk__in=words.filter(word=term).values("person"))
    staff = Relation.objects.filter(
        Q(until=None) | Q(until__gt=at.date()), practice=practice, kind=Relation.Kind.STAFF
    )
    return bool(folded_terms(name)) and people.exclude(pk__in=staff.values("person")).exists()


def begins_with(column: str, beginning: str) -> Q:
    """The column begins with `beginning`, in the form that each engine's index can answer.

    SQLite's LIKE ignores case and so its index; a range does not. PostgreSQL has an index made for LIKE.
    """
    if connection.vendor == "sqlite":
        return Q((f"{column}__gte", beginning), (f"{column}__lt", beginning + LAST_CHARACTER))
    return Q((f"{column}__startswith", beginning))


@dataclass(frozen=True)
class Identity:
    """Every record of one human being, and those of them whose permissions count for the person asked about.

    Records that one member joined alone bind each other; only a second member makes them permit for each other.
    """

    records: frozenset[int]
    permitting: frozenset[int]


def identities_confirmed(person_ids: Collection[int]) -> dict[int, Identity]:
    """Each person with every record merged with theirs, however it is entered. One query.

    Plain SQL, because the gate asks it for every decision and the ORM would take longer than the database.
    """
    marks = ", ".join("%s" for _ in person_ids) or "NULL"
    with connection.cursor() as cursor:
        cursor.execute(MERGES.format(ids=marks), [*person_ids] * MERGES.count("{ids}"))
        rows = cursor.fetchall()
    head_of = {half: head for half, head, _ in rows}
    groups: dict[int, set[int]] = {}
    confirmed: dict[int, set[int]] = {}
    for half, head, is_confirmed in rows:
        groups.setdefault(head, {head}).add(half)
        confirmed.setdefault(head, {head}).update({half} if is_confirmed else ())
    found = {}
    for pk in person_ids:
        head = head_of.get(pk, pk)
        together = confirmed.get(head, {pk})
        permitting = together if pk in together else {pk}
        found[pk] = Identity(frozenset(groups.get(head, {pk})), frozenset(permitting))
    return found


def identities(person_ids: Collection[int]) -> dict[int, set[int]]:
    """Each person with every record merged with theirs, confirmed or not. One query."""
    return {pk: set(one.records) for pk, one in identities_confirmed(person_ids).items()}


def identity_ids(person: Person) -> set[int]:
    """The person's record and the records merged with it."""
    return identities([person.pk])[person.pk]


def is_own(user_id: int | str | None, *people: Person) -> bool:
    """Whether one of the people, under whichever record, is this member of staff."""
    if user_id is None:
        return False
    everyone = set().union(*identities([one.pk for one in people]).values())
    return Person.objects.filter(pk__in=everyone, user=int(user_id)).exists()


def records_of_members(practice: Practice) -> dict[int, Person]:
    """The own record of each member, by the id of the user."""
    rows = Person.objects.filter(practice=practice, user__isnull=False)
    return {row.user_id: row for row in rows if row.user_id is not None}


def likely_duplicates(practice: Practice, name: str, born: date | None) -> list[Person]:
    """People with the same name, accents and case aside, and the same birth date."""
    if born is None:
        return []
    words = folded_words(name)
    candidates = people_of(practice).filter(date_of_birth=born)
    return [p for p in candidates if any(folded_words(str(known)) == words for known in p.names.all())]


def representations_of(person: Person, *, exclusions: bool) -> QuerySet[Representation]:
    """Who may or might sign for the person; the excluded only for those with the ability to see them (R29)."""
    rows = _representations(identity_ids(person)).filter(practice=person.practice_id)
    return rows if exclusions else rows.filter(excluded_at=None)


def _representations(person_ids: Collection[int]) -> QuerySet[Representation]:
    names = Prefetch("representative__names", PersonName.objects.order_by("-until", "pk"))
    rows = Representation.objects.filter(person__in=person_ids)
    return rows.select_related("representative", "verified_by").prefetch_related(names).order_by("pk")


def merges_of(person: Person) -> QuerySet[Merge]:
    """The standing merges of which the person's record is a half or the main record."""
    rows = Merge.objects.filter(
        Q(person=person) | Q(into=person), practice=person.practice_id, undone_at=None
    )
    names = PersonName.objects.order_by("-until", "pk")
    halves = [Prefetch(f"{half}__names", names) for half in ("person", "into")]
    return (
        rows.select_related("person", "into", "merged_by", "confirmed_by")
        .prefetch_related(*halves)
        .order_by("pk")
    )


def connections_of(person: Person) -> QuerySet[Connection]:
    """What ties the person to the practice beyond care, merged halves too, the standing ones first (R87, R88)."""
    rows = Connection.objects.filter(practice=person.practice_id, person__in=identity_ids(person))
    return rows.select_related("recorded_by").order_by(F("ended_at").asc(nulls_first=True), "pk")


def signer_rule(person: Person, at: datetime, *, identify: bool) -> SignerRule:
    """Who must sign for the person at `at`, in the practice's zone; what is known of a merged half counts too.

    The sentences name people only if `identify`.
    """
    return signer_rules([person], at, identify=identify)[person.pk]


def signer_rules(people: Collection[Person], at: datetime, *, identify: bool) -> dict[int, SignerRule]:
    """Who must sign for each of these people, as `signer_rule` says it; a constant number of queries."""
    groups = identities([person.pk for person in people])
    everyone = set().union(*groups.values())
    halves = Person.objects.in_bulk(list(everyone))
    signers: dict[int, list[Representation]] = defaultdict(list)
    for row in _representations(everyone):
        signers[row.person_id].append(row)
    found = {}
    for person in people:
        group = sorted(groups[person.pk])
        deaths = [day for half in group if (day := halves[half].deceased_on)]
        facts = SignerFacts(
            called=shown_name(person, identify=identify),
            born=person.date_of_birth,
            emancipated=person.emancipated,
            own_consent_service=any(halves[half].own_consent_service for half in group),
            deceased_on=min(deaths, default=None),
            representations=tuple(_facts((row for half in group for row in signers[half]), identify)),
        )
        found[person.pk] = who_must_sign(facts, today_at(person.practice, at), at)
    return found


def _facts(rows: Iterable[Representation], identify: bool) -> Iterable[RepresentationFacts]:
    for row in rows:
        yield RepresentationFacts(
            id=row.pk,
            representative=shown_name(row.representative, identify=identify),
            authority=row.authority,
            description=row.description,
            verified_at=row.verified_at,
            ended_at=row.ended_at,
            excluded_at=row.excluded_at,
        )
