"""Ask again, remember a no thanks, and note when nobody is to be asked."""

from collections.abc import Collection
from datetime import date, datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.models import Person

from ..models import Consent, QuietTime, Refusal, RenewalRequest
from ..queries import to_ask
from .locks import locked


class NotToBeAsked(Exception):
    """They cannot be asked now; the sentences say why."""


def request_renewal(*, consent: Consent, they_asked: bool = False, by: Actor, at: datetime) -> RenewalRequest:
    """Ask the person again for what `consent` allows. Raises `NotToBeAsked` while there is a reason not to."""
    with recording(by=by, at=at):
        person = locked(consent.person_id)
        why_not = to_ask([person], at, they_asked=they_asked)[person.pk].why_not
        if why_not:
            raise NotToBeAsked(" ".join(why_not))
        request = RenewalRequest.objects.create(
            practice_id=consent.practice_id,
            person=person,
            consent=consent,
            asked_by_id=int(by.id),
            asked_at=at,
            they_asked=they_asked,
        )
        facts = {"request": request.pk, "consent": consent.pk, "they_asked": they_asked}
        record("renewal.requested", person, person=person.pk, **facts)
    return request


def request_renewals(*, consents: Collection[Consent], by: Actor, at: datetime) -> list[RenewalRequest]:
    """Ask everybody who may be asked, once a person; who may not is left out. One transaction for all."""
    made = []
    with recording(by=by, at=at):
        for consent in sorted(consents, key=lambda one: (one.person_id, one.pk)):
            try:
                made.append(request_renewal(consent=consent, by=by, at=at))
            except NotToBeAsked:
                continue
    return made


def refuse_renewal(*, person: Person, said_by: Person, how: str, by: Actor, at: datetime) -> Refusal:
    """Remember a no thanks; what stands already goes on, it is no withdrawal (R16, R17)."""
    with recording(by=by, at=at):
        locked(person.pk)
        refusal = Refusal.objects.create(
            practice_id=person.practice_id,
            person=person,
            said_by=said_by,
            how=Refusal.How(how),
            said_at=at,
            recorded_by=str(by),
        )
        record("renewal.refused", person, person=person.pk, refusal=refusal.pk, how=how)
    return refusal


def keep_quiet(
    *, person: Person, visit_on: date | None = None, until: date | None = None, by: Actor, at: datetime
) -> QuietTime:
    """Note a visit around which nobody asks, or the day before which nobody does."""
    with recording(by=by, at=at):
        row = QuietTime.objects.create(
            practice_id=person.practice_id,
            person=person,
            visit_on=visit_on,
            until=until,
            recorded_by_id=int(by.id),
            recorded_at=at,
        )
        record("quiet.set", person, person=person.pk, quiet=row.pk)
    return row


def end_quiet(*, quiet: QuietTime, by: Actor, at: datetime) -> QuietTime:
    """The visit was called off, or they may be asked after all; ended already, it stays so."""
    with recording(by=by, at=at):
        row = QuietTime.objects.select_for_update(no_key=True).get(pk=quiet.pk)
        if row.ended_at is None:
            row.ended_at = at
            row.save(update_fields=["ended_at"])
            record("quiet.ended", row.person, person=row.person_id, quiet=row.pk)
    return row
