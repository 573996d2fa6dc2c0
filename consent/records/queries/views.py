"""Consents as pages show them: badges, lists, what still stands."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from consent.evidence.models import Document
from consent.media.models import Appearance
from consent.people.models import Person
from consent.people.queries import identity_ids

from ..models import Consent, EndingEvent, Hold, Notarization
from ..rules import Scope, Standing, Terms, holds, may_be_shown, remaining, standing
from .dossiers import dossiers
from .holding import erased_files


@dataclass(frozen=True)
class ConsentView:
    """A consent for a page: the row, its terms, its standing, what it still covers, whether its document is there."""

    consent: Consent
    terms: Terms
    standing: Standing
    covers: Scope
    has_document: bool


def standings(people: Iterable[Person], at: datetime) -> dict[int, Standing]:
    """The badge of each person at `at`."""
    found = dossiers([person.id for person in people])
    return {
        number: standing(dossier.terms, dossier.person, at, dossier.disputed_since)
        for number, dossier in found.items()
    }


def consents_of(person: Person, at: datetime) -> list[ConsentView]:
    """Every consent of a person, newest first, with its standing at `at`."""
    dossier = dossiers([person.id])[person.id]
    rows = Consent.objects.select_related(
        "wording", "signature__signed_document", "signer", "representation"
    ).in_bulk([terms.consent_id for terms in dossier.terms])
    erased = erased_files(rows.keys())
    views = [
        ConsentView(
            rows[terms.consent_id],
            terms,
            standing([terms], dossier.person, at, dossier.disputed_since),
            remaining(terms, dossier.person, at),
            hasattr(rows[terms.consent_id].signature, "signed_document") and terms.consent_id not in erased,
        )
        for terms in dossier.terms
    ]
    return sorted(views, key=lambda view: view.consent.signed_at, reverse=True)


def consents_standing(consent_ids: Collection[int], at: datetime, platform: str = "") -> set[int]:
    """Those of the consents that still hold at `at` as a whole and, if named, for `platform`."""
    people = set(Consent.objects.filter(id__in=consent_ids).values_list("person_id", flat=True))
    return {
        terms.consent_id
        for dossier in dossiers(people).values()
        for terms in dossier.terms
        if terms.consent_id in consent_ids
        and holds(terms, dossier.person, at)
        and (not platform or platform in remaining(terms, dossier.person, at).platforms)
    }


def not_allowed(looks: Iterable[Appearance], platform: str, at: datetime) -> set[int]:
    """Those of the appearances, by id, that no permission of the person covers on `platform` at `at`."""
    shown = [(look, look.person_id) for look in looks if look.person_id is not None]
    found = dossiers({person for _, person in shown})
    return {
        look.pk
        for look, person in shown
        if not may_be_shown(
            found[person].terms,
            found[person].person,
            capacity=look.capacity,
            elements=look.elements,
            platform=platform,
            at=at,
        )
    }


def standing_hold(person: Person, consent: Consent | None = None) -> Hold | None:
    """The request to stop everything of this person, or the one about `consent`, if there is one."""
    rows = Hold.objects.filter(person=person, consent=consent, lifted_at=None, note=Hold.ORAL_REQUEST)
    return rows.order_by("placed_at").first()


def binding_hold(person: Person) -> Hold | None:
    """What stops everything of this person, whichever merged record it was placed on."""
    rows = Hold.objects.filter(person__in=identity_ids(person), consent=None, lifted_at=None)
    return rows.order_by("placed_at").first()


def request_to_stop(person: Person) -> Hold | None:
    """The request to stop everything of this person, whichever merged record it was placed on."""
    rows = Hold.objects.filter(person__in=identity_ids(person), consent=None, lifted_at=None)
    return rows.filter(note=Hold.ORAL_REQUEST).order_by("placed_at").first()


def holds_by_consent(person: Person) -> dict[int, Hold]:
    """The standing holds that are about one permission of the person only, by its id."""
    rows = Hold.objects.filter(person__in=identity_ids(person), consent__isnull=False, lifted_at=None)
    return {row.consent_id: row for row in rows if row.consent_id is not None}


def notarizations_of(person: Person) -> list[Notarization]:
    """What notaries witnessed about the person's permissions, the oldest first."""
    rows = Notarization.objects.filter(consent__person__in=identity_ids(person))
    return list(rows.order_by("notarized_on", "pk"))


def events_of(person: Person) -> list[EndingEvent]:
    """What has happened on which permissions of the person end, the latest first."""
    rows = EndingEvent.objects.filter(person__in=identity_ids(person))
    return list(rows.order_by("-occurred_at", "-pk"))


def scan_of(consent: Consent) -> Document | None:
    """The scan of a form that was found."""
    if consent.signature is None:
        return None
    rows = Document.objects.filter(practice=consent.practice_id, sha256=consent.signature.text_sha256)
    return rows.first()
