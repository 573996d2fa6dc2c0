"""Two members see a guest in person: the digits on the guest's phone, how they know who it is, the second's PIN."""

import secrets
from datetime import datetime

from consent.access.models import User
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.signing.actions import see_guest

from ..models import Card
from ..queries import digits_of
from ..rules import SIGHT_TRIES


class DigitsRefused(Exception):
    """These are not the digits on the guest's phone, or there were too many tries; the sentence says what to do."""


def see_card(
    *, card: Card, digits: str, witness: User, pin: str, identity_method: str, by: Actor, at: datetime
) -> Card:
    """Confirm that the person with this card was seen; from then on their phone takes the signature.

    The digits show that the phone was there: nobody at a desk confirms a card without it. Raises `DigitsRefused`, and
    what `see_guest` raises.
    """
    refusal = _refusal(card, digits, by=by, at=at)
    if refusal is not None:
        raise refusal
    see_guest(ceremony=card.ceremony, witness=witness, pin=pin, identity_method=identity_method, by=by, at=at)
    return card


def _refusal(card: Card, digits: str, *, by: Actor, at: datetime) -> DigitsRefused | None:
    """Why the digits are not taken, which is kept as a try; None if they are right."""
    with recording(by=by, at=at):
        row = Card.objects.select_for_update(no_key=True, of=("self",)).select_related("ceremony")
        card = row.get(pk=card.pk)
        if card.tries >= SIGHT_TRIES:
            return DigitsRefused(
                "Too many wrong digits for this card. Ask the guest to scan the poster again and begin a new one."
            )
        typed = "".join(c for c in digits if c.isascii() and c.isdigit())
        if secrets.compare_digest(typed, digits_of(card)):
            return None
        card.tries += 1
        card.save(update_fields=["tries"])
        record("card.digits_refused", card, person=card.ceremony.person_id, number=card.number)
    return DigitsRefused("These are not the digits on the guest’s phone. Look at it once more.")
