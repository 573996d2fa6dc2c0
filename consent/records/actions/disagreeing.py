"""Two who may sign for a person do not agree: a no for everything, until compliance settles it (design 8; R26)."""

from dataclasses import dataclass
from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.models import Person, Representation
from consent.people.queries import representations_of
from consent.people.rules import FieldRefused

from ..models import Consent, Disagreement, Hold, Revocation
from ..queries import dossiers, last_word_is_no, unsettled_of
from ..rules import REPRESENTATIVE, Terms, problems
from .ending import lift_hold
from .locks import locked
from .revoking import revoke


@dataclass(frozen=True)
class Settlement:
    """How a disagreement ends: stop or go on, who decided that, what we saw of it, and why."""

    outcome: str
    decided_by: str
    evidence_seen: str
    why: str


class SettledAlready(Exception):
    """Somebody has settled it; what they decided stays."""


def record_disagreement(
    *, person: Person, objector: Representation, how: str, by: Actor, at: datetime
) -> Disagreement:
    """One who may sign says no: everything of the person is held at once. Said again by the same one, it stands."""
    with recording(by=by, at=at):
        locked(person.pk)
        standing = unsettled_of(person).filter(objector__representative=objector.representative_id).first()
        if standing is not None:
            return standing
        hold = Hold.objects.create(
            practice_id=person.practice_id,
            person=person,
            note=Hold.DISAGREEMENT,
            placed_at=at,
            placed_by_id=int(by.id) if by.kind == "user" else None,
        )
        row = Disagreement.objects.create(
            practice_id=person.practice_id,
            person=person,
            objector=objector,
            hold=hold,
            how=Disagreement.How(how),
            recorded_at=at,
            recorded_by=str(by),
        )
        record("disagreement.recorded", person, person=person.pk, disagreement=row.pk, how=how)
    return row


def note_refusal(*, objector: Representation, by: Actor, at: datetime) -> Disagreement | None:
    """A representative said “No thanks” on the form: a disagreement if what another one signed still stands."""
    person = objector.person
    with recording(by=by, at=at):
        locked(person.pk)
        standing = [terms.consent_id for terms in _represented(person, at)]
        others = Consent.objects.filter(pk__in=standing).exclude(signer=objector.representative_id)
        if not others.exists():
            return None
        return record_disagreement(
            person=person, objector=objector, how=Disagreement.How.DECLINED, by=by, at=at
        )


def note_earlier_withdrawals(*, consent: Consent, by: Actor, at: datetime) -> list[Disagreement]:
    """A representative allows what another one, who may still sign, took back before: they disagree."""
    if consent.representation is None or consent.kind != Consent.Kind.AUTHORIZATION:
        return []
    with recording(by=by, at=at):
        others = representations_of(consent.person, exclusions=False).filter(
            ended_at=None, verified_at__isnull=False
        )
        return [
            record_disagreement(
                person=consent.person, objector=one, how=Disagreement.How.WITHDREW, by=by, at=at
            )
            for one in others.exclude(representative=consent.representation.representative_id)
            if last_word_is_no(one) is not None
        ]


def settle_disagreement(
    *, disagreement: Disagreement, settlement: Settlement, by: Actor, at: datetime
) -> Disagreement:
    """Settle it for stopping, which takes back all that representatives signed, or for going on.

    Raises `SettledAlready`, and `FieldRefused` unless it is said who decided, what was seen of it, and why.
    """
    said = {
        name: _written(name, getattr(settlement, name)) for name in ("decided_by", "evidence_seen", "why")
    }
    outcome = Disagreement.Outcome(settlement.outcome)
    with recording(by=by, at=at):
        locked(disagreement.person_id)
        row = Disagreement.objects.select_for_update(no_key=True).get(pk=disagreement.pk)
        if row.settled_at is not None:
            raise SettledAlready("A colleague has settled this already.")
        if outcome == Disagreement.Outcome.STOP:
            _take_back(row.person, by, at)
        row.outcome, row.settled_at, row.settled_by_id = outcome, at, int(by.id)
        for name, words in said.items():
            setattr(row, name, words)
        row.save(update_fields=["outcome", "settled_at", "settled_by", *said])
        facts = {"disagreement": row.pk, "outcome": outcome}
        record("disagreement.settled", row.person, person=row.person_id, **facts)
        lift_hold(hold=row.hold, by=by, at=at)
    return row


def _take_back(person: Person, by: Actor, at: datetime) -> None:
    """Everything that representatives signed and nobody has taken back."""
    standing = [terms.consent_id for terms in _represented(person, at)]
    for consent in Consent.objects.filter(pk__in=standing).order_by("pk"):
        revoke(consent=consent, how=Revocation.How.SETTLED, by=by, at=at)


def _represented(person: Person, at: datetime) -> list[Terms]:
    """What representatives signed for the person and what stands, but for being held."""
    dossier = dossiers([person.pk])[person.pk]
    return [
        terms
        for terms in dossier.terms
        if terms.signer_role == REPRESENTATIVE
        and all(one.code == "CONSENT_SUSPENDED" for one in problems(terms, dossier.person, at))
    ]


def _written(field: str, text: str) -> str:
    if not text.strip():
        raise FieldRefused(field, "Write it down, in a few words.")
    return text.strip()
