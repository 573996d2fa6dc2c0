"""Record a paper form from the desk: its text, the right of whoever signed it, and the form itself, in one go (R74)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consent.access.models import Location
from consent.audit.ledger import recording
from consent.audit.rules import Actor
from consent.people.actions import add_person, record_found_representation
from consent.people.models import Person, Representation
from consent.people.rules import MAJORITY, FieldRefused, age_on
from consent.wording.actions import record_found_wording

from ..models import Consent
from .found import FoundForm, record_found_consent
from .locks import locked

DIGITS_OF_SCAN = 12  # of its SHA-256: what the version of a form is called that nobody numbered


@dataclass(frozen=True, kw_only=True)
class NewSigner:
    """Somebody not recorded yet who signed for the person, by the right that the paper names, or leaves out."""

    given: str
    family: str
    authority: str
    description: str


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A form on paper as somebody keyed it in. `form` holds the further fields of `FoundForm`, by name."""

    person: Person
    kind: str
    title: str
    language: str
    signer: Representation | NewSigner | None
    location: Location
    signed_at: datetime
    scan: bytes
    form: Mapping[str, Any]


def record_paper(*, paper: Paper, by: Actor, at: datetime) -> Consent:
    """Record the paper as it is; it counts only once another has compared it (`check_found_consent`).

    Raises `FieldRefused` for a scan recorded before and for a new signer without a name, and `NoFacts` for a location
    of which nothing is recorded.
    """
    with recording(by=by, at=at):
        locked(paper.person.pk)
        scanned = hashlib.sha256(paper.scan).hexdigest()
        _require_first(paper, scanned)
        wording = record_found_wording(
            practice=paper.person.practice,
            kind=_template(paper),
            version=f"paper {scanned[:DIGITS_OF_SCAN]}",
            language=paper.language,
            title=paper.title,
            text="On paper; see the scan.",
            anchors=paper.form["statements"],
            effective_from=paper.signed_at,
            by=by,
            at=at,
        )
        right = _right(paper, by, at)
        found = FoundForm(
            kind=paper.kind,
            wording=wording,
            person=paper.person,
            signer=right.representative if right else paper.person,
            representation=right,
            location=paper.location,
            signed_at=paper.signed_at,
            paper=paper.scan,
            **paper.form,
        )
        return record_found_consent(form=found, by=by, at=at)


def _require_first(paper: Paper, scanned: str) -> None:
    """A second submit is no second permission; one recorded in error may be keyed in again."""
    same = Consent.objects.filter(
        person=paper.person, kind=paper.kind, found=True, signature__text_sha256=scanned, invalidations=None
    )
    if same.exists():
        raise FieldRefused("scan", "This scan is on the record already. Open the record to compare it.")


def _template(paper: Paper) -> str:
    """Which kind of form it is."""
    if paper.kind == Consent.Kind.RELEASE:
        return "staff_release"
    if paper.kind == Consent.Kind.LICENCE:
        return "author_licence"
    born = paper.person.date_of_birth
    under_age = born is not None and age_on(born, paper.signed_at.date()) < MAJORITY
    return "authorization_minor" if under_age else "authorization_adult"


def _right(paper: Paper, by: Actor, at: datetime) -> Representation | None:
    """By what right somebody else signed; somebody new is recorded with what the paper says."""
    if not isinstance(paper.signer, NewSigner):
        return paper.signer
    new = paper.signer
    representative = add_person(
        practice=paper.person.practice,
        given=new.given,
        family=new.family,
        relations=["representative"],
        by=by,
        at=at,
    )
    return record_found_representation(
        person=paper.person,
        representative=representative,
        authority=new.authority,
        description=new.description,
        by=by,
        at=at,
    )
