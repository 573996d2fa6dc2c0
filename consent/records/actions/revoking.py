"""Take permission back, in whole or in part; and take it back again after a backup was restored."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial

from django.db import transaction

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.models import Person, Representation

from ..journal import append_to_journal, journal_lines
from ..models import Consent, Revocation
from ..queries import dossiers
from .locks import locked

PARTS = ("elements", "platforms", "assets")


class NothingToRevoke(Exception):
    """There is no permission left that this would take back."""


def revoke(
    *,
    consent: Consent,
    part: Mapping[str, Collection[str]] | None = None,
    how: str,
    asked_by: int | None = None,
    by: Actor,
    at: datetime,
) -> Revocation:
    """Take back a consent, wholly or in `part` (lists of keys under elements, platforms, assets).

    `asked_by` is the representation in whose name it was asked at the desk, if it was not the person's own word.

    Counts from receipt, which is `at`; never waits for a network (R17, R1 of the protocol). What was
    taken back before raises `NothingToRevoke`.
    """
    chosen = {name: sorted(set(keys)) for name, keys in (part or {}).items() if keys}
    if set(chosen) - set(PARTS):
        raise ValueError(f"A part names {', '.join(PARTS)} only.")
    with recording(by=by, at=at):
        locked(consent.person_id)
        if _is_taken_back(consent, chosen):
            raise NothingToRevoke("This permission was already withdrawn.")
        revocation = _keep_revocation(consent, chosen, how, at, by, asked_by)
        transaction.on_commit(partial(append_to_journal, revocation))
    return revocation


def _is_taken_back(consent: Consent, part: Mapping[str, Collection[str]]) -> bool:
    """Whether everything that the part names was taken back before: two taps are one withdrawal."""
    earlier = [revocation.part for revocation in consent.revocations.all()]
    gone = {name: {key for one in earlier for key in one.get(name, ())} for name in PARTS}
    named = [(name, key) for name, keys in part.items() for key in keys]
    return bool(named) and all(key in gone.get(name, ()) for name, key in named)


def _keep_revocation(
    consent: Consent,
    part: Mapping[str, Collection[str]],
    how: str,
    received_at: datetime,
    by: Actor,
    asked_by: int | None,
) -> Revocation:
    """The row and its line, once a consent. Raises `NothingToRevoke`."""
    locked(consent.person_id)
    if consent.revocations.filter(part={}).exists():
        raise NothingToRevoke("This permission was already withdrawn.")
    revocation = Revocation.objects.create(
        practice_id=consent.practice_id,
        person_id=consent.person_id,
        consent=consent,
        part=part,
        how=how,
        asked_by_id=asked_by,
        received_at=received_at,
        received_by=str(by),
    )
    facts = {"revocation": revocation.id, "part": part, "how": how}
    if asked_by is not None:
        facts["asked_by"] = asked_by
    record("consent.revoked", consent, person=consent.person_id, **facts)
    return revocation


def revoke_all(
    *,
    person: Person,
    part: Mapping[str, Collection[str]] | None = None,
    how: str,
    asked_by: int | None = None,
    by: Actor,
    at: datetime,
) -> list[Revocation]:
    """Take back every permission of a person, wholly or in `part`, in one transaction.

    Raises `NothingToRevoke` when nothing that could still be relied on is left.
    """
    with recording(by=by, at=at):
        locked(person.id)
        dossier = dossiers([person.id])[person.id]
        living = [
            terms.consent_id
            for terms in dossier.terms
            if not any(not revocation.part for revocation in terms.revocations)
        ]
        revocations = [
            revoke(consent=consent, part=part, how=how, asked_by=asked_by, by=by, at=at)
            for consent in Consent.objects.filter(id__in=living).order_by("id")
            if not _is_taken_back(consent, part or {})
        ]
        if not revocations:
            raise NothingToRevoke("Nothing is allowed any more, so there is nothing to withdraw.")
        return revocations


def replay_journal(*, by: Actor, at: datetime) -> int:
    """Take back again what the journal knows and the restored database has forgotten; how many that were (R59).

    Each counts from its first receipt. A consent that the backup does not hold allows nothing and is passed over.
    Raises `JournalDamaged`.
    """
    replayed = 0
    with recording(by=by, at=at):
        for line in journal_lines():
            consent = Consent.objects.filter(pk=line["consent"], person=line["person"]).first()
            if consent is None or _is_known(consent, line["received_at"]):
                continue
            asked_by = _still_known(consent, line.get("asked_by"))
            _keep_revocation(consent, line["part"], line["how"], line["received_at"], by, asked_by)
            replayed += 1
    return replayed


def _still_known(consent: Consent, asked_by: int | None) -> int | None:
    """In whose name it was asked, unless the backup is older than that right: a withdrawal waits for no name."""
    if asked_by is None:
        return None
    rights = Representation.objects.filter(practice=consent.practice_id, pk=asked_by)
    return asked_by if rights.exists() else None


def _is_known(consent: Consent, received_at: datetime) -> bool:
    """Whether this revocation, or one of everything, is in the database."""
    known = consent.revocations.filter(received_at=received_at) | consent.revocations.filter(part={})
    return known.exists()
