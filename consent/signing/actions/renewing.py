"""Ask again by link: the form prepared with the old terms and sent, in one act of whoever sends it."""

from datetime import datetime

from consent.access.queries import today_at
from consent.audit.ledger import recording
from consent.audit.rules import Actor
from consent.people.queries import people_of, signer_rule
from consent.records.models import RenewalRequest
from consent.records.queries import dossiers

from ..models import Ceremony
from ..renewing import Renewed, ways_by_link
from ..rules import NotNow
from .messengers import NotConnected
from .preparing import Offer, PrepareRefused, in_a_year, prepare
from .sending import SendRefused, send_link


def send_renewal(*, request: RenewalRequest, by: Actor, at: datetime) -> Ceremony:
    """Prepare the form of a renewal request with the old terms, and send it to whoever signs.

    Whoever sends it says that, as far as they know, the signer can decide and has time. Raises `SendRefused` with the
    reason why it has to be asked at the counter; nothing is prepared then.
    """
    consent = request.consent
    person = people_of(request.practice).select_related("practice").get(pk=request.person_id)
    terms = next(one for one in dossiers([person.pk])[person.pk].terms if one.consent_id == consent.pk)
    each = Renewed(consent, person, terms, signer_rule(person, at, identify=True))
    way = ways_by_link(request.practice, [each], at)[consent.pk]
    if way.why_not or way.wording is None or way.point is None or consent.location is None:
        raise SendRefused(way.why_not or "The old form names no location.")
    money = _money(consent.signature_id)
    offer = Offer(
        lists=way.lists,
        ends_on=in_a_year(today_at(request.practice, at)),
        privacy_notice=way.notice,
        capacity_attested=True,
        company=money["company"],
        receives=money["receives"],
    )
    try:
        with recording(by=by, at=at):
            ceremony = prepare(
                person=person,
                wording=way.wording,
                representation=way.representation,
                location=consent.location,
                offer=offer,
                by=by,
                at=at,
            )
            return send_link(ceremony=ceremony, point=way.point, by=by, at=at)
    except (PrepareRefused, NotConnected, NotNow) as refusal:
        raise SendRefused(str(refusal)) from refusal


def _money(signature_id: int | None) -> dict[str, str]:
    """Who paid and what the person got, as the old form said it."""
    old = Ceremony.objects.filter(signature=signature_id).first() if signature_id else None
    return {name: str(old.offered.get(name, "")) if old else "" for name in ("company", "receives")}
