"""Who may sign for whom: recorded, verified by a paper that somebody saw, ended, or excluded (R7, R26, R29)."""

from datetime import datetime

from consent.access.models import User
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import Person, Representation
from ..rules import FieldRefused
from .keeping import add_person, locked


class NotRepresentable(ValueError):
    """These two people cannot stand in this relation."""


class EvidenceMissing(FieldRefused):
    """Authority is verified by something seen, and what was seen is written down."""


def add_representation(
    *,
    person: Person,
    representative: Person,
    authority: str,
    description: str,
    evidence_seen: str = "",
    by: Actor,
    at: datetime,
) -> Representation:
    """Record who may sign for `person` and by what right; with `evidence_seen` it is verified at once by `by`.

    Raises `NotRepresentable` for the same person or another practice, `FieldRefused` without a description
    (45 CFR 164.508(c)(1)(vi)).
    """
    if person.pk == representative.pk or person.practice_id != representative.practice_id:
        raise NotRepresentable(
            "Choose somebody else: nobody signs for themselves as their own representative."
        )
    if authority not in Representation.Authority.values:
        raise FieldRefused("authority", "Right to sign: choose what it rests on.")
    description = _written("description", "Explain the right to sign", description, 300)
    with recording(by=by, at=at):
        verified = bool(evidence_seen.strip())
        row = _kept(person, representative, authority, description, verified=verified, at=at)
        if verified:
            verify_representation(representation=row, evidence_seen=evidence_seen, by=by, at=at)
    return Representation.objects.get(pk=row.pk)


def record_found_representation(
    *, person: Person, representative: Person, authority: str, description: str, by: Actor, at: datetime
) -> Representation:
    """Record what an older form says, or leaves out, about the right of whoever signed it; nobody has verified it."""
    with recording(by=by, at=at):
        return _kept(person, representative, authority, description.strip(), verified=False, at=at)


def _kept(
    person: Person, representative: Person, authority: str, description: str, *, verified: bool, at: datetime
) -> Representation:
    """Keep the row and tell the ledger; `verified` is what the caller records about it next."""
    person = locked(person)
    row = Representation.objects.create(
        practice_id=person.practice_id,
        person=person,
        representative=representative,
        authority=authority,
        description=description,
        created_at=at,
    )
    record(
        "representation.added",
        row,
        person=person.pk,
        representative=representative.pk,
        authority=authority,
        verified=verified,
    )
    return row


def add_new_representative(
    *,
    person: Person,
    given: str,
    family: str,
    authority: str,
    description: str,
    evidence_seen: str = "",
    by: Actor,
    at: datetime,
) -> Representation:
    """Record somebody who was not here before, together with the right to sign for `person`."""
    with recording(by=by, at=at):
        representative = add_person(
            practice=person.practice, given=given, family=family, relations=["representative"], by=by, at=at
        )
        return add_representation(
            person=person,
            representative=representative,
            authority=authority,
            description=description,
            evidence_seen=evidence_seen,
            by=by,
            at=at,
        )


def verify_representation(
    *, representation: Representation, evidence_seen: str, by: Actor, at: datetime
) -> Representation:
    """Note which paper proved the authority; the acting user vouches for having seen it (45 CFR 164.514(h); R22)."""
    seen = _written("evidence_seen", "Paper we looked at", evidence_seen, 200, EvidenceMissing)
    if by.kind != "user":
        raise EvidenceMissing("evidence_seen", "A member of staff looks at the paper and verifies it.")
    with recording(by=by, at=at):
        row = _held(representation)
        row.evidence_seen = seen
        row.verified_by = User.objects.get(pk=by.id)
        row.verified_at = at
        row.save(update_fields=["evidence_seen", "verified_by", "verified_at"])
        record("representation.verified", row, person=row.person_id, representative=row.representative_id)
    return row


def end_representation(*, representation: Representation, by: Actor, at: datetime) -> Representation:
    """The authority is over from `at` on; ended already, it stays as it ended."""
    with recording(by=by, at=at):
        row = _held(representation)
        if row.ended_at is None:
            row.ended_at = at
            row.save(update_fields=["ended_at"])
            record("representation.ended", row, person=row.person_id, representative=row.representative_id)
    return row


def exclude_representation(*, representation: Representation, by: Actor, at: datetime) -> Representation:
    """Treat somebody no longer as a representative, for the person's safety (45 CFR 164.502(g)(5); R29)."""
    with recording(by=by, at=at):
        row = _held(representation)
        if row.excluded_at is None:
            row.excluded_at = at
            row.save(update_fields=["excluded_at"])
            record("representation.excluded", row, person=row.person_id, representative=row.representative_id)
    return row


def _held(representation: Representation) -> Representation:
    """The row as it is now, after the represented person's row is ours."""
    locked(representation.person)
    return Representation.objects.select_for_update(no_key=True).get(pk=representation.pk)


def _written(
    field: str, label: str, text: str, length: int, refused: type[FieldRefused] = FieldRefused
) -> str:
    clean = " ".join(text.split())
    if not clean:
        raise refused(field, f"{label}: write it in, please.")
    if len(clean) > length:
        raise refused(field, f"{label}: {len(clean)} characters are too many, use at most {length}.")
    return clean
