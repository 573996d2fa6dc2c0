"""Requests that were sent to their signers and wait: where each stands, and what became of its message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from consent.access.models import Practice
from consent.outbox.models import OutgoingMail
from consent.people.models import ContactPoint, Person

from .actions.answering import steps_of
from .models import Ceremony, SignerLink
from .queries import UNANSWERED, called, ceremonies_of
from .rules import is_idle, progress

SHOWN_AT_MOST = 200
EXPIRED_FOR = timedelta(days=60)
SHOULD_HAVE_LEFT = timedelta(minutes=5)
STATES = {
    "bounced": "Came back",
    "expired": "Expired",
    "opened": "Opened",
    "reminded": "Reminded",
    "waiting": "Waiting",
}
BADGES = {
    "bounced": "conflict",
    "expired": "expired",
    "opened": "soon",
    "reminded": "none",
    "waiting": "none",
}


@dataclass(frozen=True)
class Request:
    """One request by link: whom it asks, where it stands, and a sentence if its message is in trouble."""

    ceremony: Ceremony
    name: str
    state: str
    trouble: str = ""

    @property
    def label(self) -> str:
        """The state as the page says it."""
        return STATES[self.state]

    @property
    def key(self) -> str:
        """The shape and colour of the state, as for a standing."""
        return BADGES[self.state]


def requests_out(practice: Practice, at: datetime, person: Person | None = None) -> list[Request]:
    """The practice's requests that have no answer, those that came back first; of one person if named."""
    rows = ceremonies_of(practice).filter(
        route=Ceremony.Route.LINK, state__in=UNANSWERED, sent_at__gt=at - EXPIRED_FOR
    )
    if person is not None:
        rows = rows.filter(person=person)
    found = list(rows.prefetch_related("person__names").order_by("sent_at")[:SHOWN_AT_MOST])
    mail = _mail_of(practice, found)
    told = [_request(one, mail.get(f"ceremony:{one.pk}"), at) for one in found]
    return sorted(told, key=lambda one: list(STATES).index(one.state))


def request_of(ceremony: Ceremony, at: datetime) -> Request:
    """Where one request stands."""
    return _request(ceremony, _mail_of(ceremony.practice, [ceremony]).get(f"ceremony:{ceremony.pk}"), at)


def addresses_of(person: Person) -> QuerySet[ContactPoint]:
    """How the signer can be reached, the oldest first."""
    return person.contact_points.select_related("practice", "person", "verified_by").order_by("pk")


def progress_words(ceremony: Ceremony, at: datetime) -> str:
    """How far the signer is on their own device, for the counter: the step, and nothing of what was marked."""
    if ceremony.state == Ceremony.State.PREPARED:
        fresh = SignerLink.objects.filter(ceremony=ceremony, ended_at=None, expires_at__gt=at).exists()
        return "Waiting for the phone." if fresh else "The code is too old. Show it again."
    if ceremony.state == Ceremony.State.OPEN:
        if is_idle(ceremony.route, ceremony.last_seen_at, at):
            return "Nobody has touched the phone for a while. To go on there, show the code again."
        return _step_words(ceremony)
    if ceremony.state == Ceremony.State.ABANDONED:
        paper = ceremony.events.filter(kind="paper_chosen").exists()
        return "They would rather have it on paper." if paper else "Cancelled."
    return "Signed." if ceremony.state == Ceremony.State.SIGNED else "No thanks."


def _step_words(ceremony: Ceremony) -> str:
    words = {"welcome": "Opened, and reading.", "review": "Reading it once more.", "sign": "Signing."}
    place = progress(steps_of(ceremony), ceremony.step)
    number = f", {place.number} of {place.of}" if place else ""
    return words.get(ceremony.step, f"Answering{number}.")


def _mail_of(practice: Practice, found: Sequence[Ceremony]) -> dict[str, OutgoingMail]:
    """The message of each request that did not arrive: come back, stuck, or waiting to be tried again."""
    states = [OutgoingMail.State.BOUNCED, OutgoingMail.State.STUCK, OutgoingMail.State.QUEUED]
    rows = OutgoingMail.objects.filter(practice_id=practice.pk, state__in=states).defer("recipient", "body")
    sent = {f"ceremony:{one.pk}": one.sent_at for one in found}
    about = rows.filter(about__in=list(sent), kind__in=["signing_link", "signing_reminder"]).order_by("pk")
    # What was sent before it was sent anew does not matter any more.
    return {row.about: row for row in about if row.created_at >= (sent[row.about] or row.created_at)}


def _request(ceremony: Ceremony, mail: OutgoingMail | None, at: datetime) -> Request:
    state, trouble = "waiting", ""
    point = ceremony.contact_point
    if point is None or point.bounced_at is not None or (mail and mail.state != OutgoingMail.State.QUEUED):
        reason = f" The mail server said: {mail.last_error}" if mail and mail.last_error else ""
        state, trouble = "bounced", f"The message could not be delivered.{reason} Ask for another address."
    elif ceremony.expires_at is not None and ceremony.expires_at <= at:
        state = "expired"
    elif ceremony.state == Ceremony.State.OPEN:
        state = "opened"
    elif ceremony.reminders:
        state = "reminded"
    if mail and state != "bounced" and (mail.attempts or at - mail.created_at > SHOULD_HAVE_LEFT):
        trouble = "The message has not left yet. It is tried again by itself."
    return Request(ceremony, called(ceremony.person), state, trouble)
