"""Consents read as the rules want them. A constant number of queries, whatever the number of people or consents."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from consent.evidence.models import CopyGiven
from consent.evidence.queries import complete_signatures
from consent.people.models import Merge, Person

from .models import Consent, EndingEvent, Hold, Invalidation, Revocation
from .rules import PersonFacts, RevocationFact, Scope, Standing, Terms, remaining, standing


@dataclass(frozen=True)
class ConsentView:
    """A consent for a page: the row, its terms, its standing, and what it still covers."""

    consent: Consent
    terms: Terms
    standing: Standing
    covers: Scope


@dataclass(frozen=True)
class Dossier:
    """What the rules need to know of one person: the facts and every consent, of merged halves too."""

    person: PersonFacts
    terms: tuple[Terms, ...]

    @classmethod
    def unknown(cls, person_id: int) -> "Dossier":
        """Someone of whom nothing is known: nothing is allowed."""
        return cls(PersonFacts(person_id), ())


def dossiers(person_ids: Collection[int]) -> dict[int, Dossier]:
    """The dossier of each person. A hold, death or revocation of a merged half binds the whole (design 4)."""
    halves = identities(person_ids)
    everyone = {half for group in halves.values() for half in group}
    rows = {person.id: person for person in Person.objects.filter(id__in=everyone)}
    held = _holds_of(everyone)
    terms = _terms_of(everyone)
    found = {}
    for person_id, group in halves.items():
        if person_id not in rows:
            continue
        facts = _person_facts(rows[person_id], [rows[half] for half in group if half in rows], held)
        found[person_id] = Dossier(facts, tuple(t for half in sorted(group) for t in terms.get(half, ())))
    return found


def identities(person_ids: Collection[int]) -> dict[int, set[int]]:
    """Each person with the records merged with theirs. One query."""
    groups = {person_id: {person_id} for person_id in person_ids}
    # The ids are needed on both sides: either half may be the one that is mentioned.
    merges = Merge.objects.filter(undone_at=None).filter(Q(person__in=person_ids) | Q(into__in=person_ids))
    for merge in merges:
        for half in (merge.person_id, merge.into_id):
            if half in groups:
                groups[half] |= {merge.person_id, merge.into_id}
    return groups


def standings(people: Iterable[Person], at: datetime) -> dict[int, Standing]:
    """The badge of each person at `at`."""
    found = dossiers([person.id for person in people])
    return {number: standing(dossier.terms, dossier.person, at) for number, dossier in found.items()}


def consents_of(person: Person, at: datetime) -> list[ConsentView]:
    """Every consent of a person, newest first, with its standing at `at`."""
    dossier = dossiers([person.id])[person.id]
    rows = Consent.objects.select_related(
        "wording", "signature__signed_document", "signer", "representation"
    ).in_bulk([terms.consent_id for terms in dossier.terms])
    views = [
        ConsentView(
            rows[terms.consent_id],
            terms,
            standing([terms], dossier.person, at),
            remaining(terms, dossier.person, at),
        )
        for terms in dossier.terms
    ]
    return sorted(views, key=lambda view: view.consent.signed_at, reverse=True)


def consents_standing(consent_ids: Collection[int], at: datetime) -> set[int]:
    """Those of the consents that still hold as a whole at `at`."""
    people = Consent.objects.filter(id__in=consent_ids).values_list("person_id", flat=True)
    standing_ids = set()
    for dossier in dossiers(set(people)).values():
        for terms in dossier.terms:
            if terms.consent_id in consent_ids and remaining(terms, dossier.person, at).elements:
                standing_ids.add(terms.consent_id)
    return standing_ids


def standing_hold(person: Person) -> Hold | None:
    """The hold that stops everything of this person, if there is one."""
    return Hold.objects.filter(person=person, lifted_at=None).order_by("placed_at").first()


def _holds_of(person_ids: Collection[int]) -> dict[int, datetime]:
    """Since when each held person is on hold."""
    rows = Hold.objects.filter(person__in=person_ids, lifted_at=None).order_by("-placed_at")
    return {hold.person_id: hold.placed_at for hold in rows}


def _person_facts(person: Person, halves: list[Person], held: dict[int, datetime]) -> PersonFacts:
    """A person's facts with those of merged halves, the stricter one each time."""
    deaths = [half.deceased_on for half in halves if half.deceased_on]
    holds = [held[half.id] for half in halves if half.id in held]
    return PersonFacts(
        id=person.id,
        born=person.date_of_birth,
        deceased_on=min(deaths, default=None),
        emancipated=person.emancipated,
        own_consent_service=any(half.own_consent_service for half in halves),
        held_since=min(holds, default=None),
    )


def _consents(person_ids: Collection[int]) -> QuerySet[Consent]:
    """The consents of these people with all that the rules ask about each."""
    copies = CopyGiven.objects.filter(signature=OuterRef("signature"))
    return (
        Consent.objects.filter(person__in=person_ids)
        .select_related("wording", "representation", "signature", "signer")
        .prefetch_related(
            Prefetch("revocations", Revocation.objects.order_by("received_at")),
            Prefetch("invalidations", Invalidation.objects.order_by("at")),
        )
        .annotate(copy_given=Exists(copies))
        .order_by("id")
    )


def _terms_of(person_ids: Collection[int]) -> dict[int, list[Terms]]:
    """The terms of every consent, by person."""
    consents = list(_consents(person_ids))
    complete = complete_signatures([consent.signature_id for consent in consents if consent.signature_id])
    events = {
        (event.person_id, event.kind): event.occurred_at
        for event in EndingEvent.objects.filter(person__in=person_ids).order_by("-occurred_at")
    }
    found: dict[int, list[Terms]] = defaultdict(list)
    for consent in consents:
        occurred = events.get((consent.person_id, consent.ends_event))
        found[consent.person_id].append(_terms(consent, consent.signature_id in complete, occurred))
    return found


def _terms(consent: Consent, complete: bool, occurred: datetime | None) -> Terms:
    """One consent as the rules see it."""
    invalidation = next(iter(consent.invalidations.all()), None)
    authority = consent.representation
    return Terms(
        consent_id=consent.id,
        kind=consent.kind,
        person_id=consent.person_id,
        signer_role=consent.signer_role,
        signed_at=consent.signed_at,
        effective_from=consent.effective_from,
        zone=consent.zone,
        scope=Scope.from_json(consent.scope),
        discloser=consent.discloser,
        authority=authority.authority if authority else "",
        authority_described=bool(authority and authority.description.strip()),
        authority_verified=bool(authority and authority.verified_at),
        authority_ended_at=authority.ended_at if authority else None,
        representative_excluded=bool(authority and authority.excluded_at),
        ends_on=consent.ends_on,
        ends_event=consent.ends_event,
        event_occurred_at=occurred,
        wording_effective_from=consent.wording.effective_from,
        anchors=frozenset(consent.statements),
        defects=frozenset(consent.defects),
        evidence_complete=complete,
        copy_given=getattr(consent, "copy_given", False),
        language_understood=_understood(consent),
        invalidated=invalidation.reason if invalidation else "",
        invalidated_at=invalidation.at if invalidation else None,
        revocations=tuple(_revocation(row) for row in consent.revocations.all()),
    )


def _understood(consent: Consent) -> bool:
    """The form was in the signer's language, or an interpreter is recorded (45 CFR 92.201; R94)."""
    if consent.signer is None:
        return False
    interpreter = consent.signature.interpreter if consent.signature else ""
    return consent.signer.language == consent.language or bool(interpreter)


def _revocation(row: Revocation) -> RevocationFact:
    """A revocation as the rules see it."""
    return RevocationFact(
        row.received_at, {name: frozenset(str(key) for key in keys) for name, keys in row.part.items()}
    )
