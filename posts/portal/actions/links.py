"""New links to a person's own page: asked for by whoever lost theirs, or given at the front desk."""

from datetime import datetime, timedelta

from consent.access.models import Practice
from consent.audit.ledger import recording
from consent.audit.rules import Actor
from consent.keys.ring import key_ring
from consent.outbox.actions import enqueue_mail
from consent.people.models import ContactPoint, Person, Representation
from consent.people.rules import normal_contact
from consent.records.actions import issue_holder_link
from consent.records.models import HolderLink

from ..models import LinkRequest
from ..queries import holders_at
from ..queries.mails import link_mail
from ..rules import A_DAY, AN_HOUR, LINKS_AT_ONCE, too_many_asked
from ..texts import known_language

KEPT = timedelta(days=2)


def ask_for_link(*, practice: Practice, email: str, address: str, language: str, at: datetime) -> None:
    """Note that somebody at `address` asked for a new link; a worker looks later whether we know them at all.

    So the answer takes as long for a stranger as for a patient. One asked too often is forgotten, silently.
    Raises `FieldRefused` for what is no e-mail address.
    """
    email = normal_contact("email", email)
    contact = key_ring().digest("contact", email)
    browser = key_ring().digest("link-request", address)
    recent = LinkRequest.objects.filter(practice=practice)
    last_hour = recent.filter(asked_at__gt=at - AN_HOUR)
    if too_many_asked(
        to_one=recent.filter(contact_digest=contact, asked_at__gt=at - A_DAY).count(),
        by_one=last_hour.filter(address_digest=browser).count(),
        in_all=last_hour.count(),
    ):
        return
    LinkRequest.objects.create(
        practice=practice,
        email=email,
        contact_digest=contact,
        address_digest=browser,
        language=language,
        asked_at=at,
    )


def send_asked_links(*, by: Actor, at: datetime) -> bool:
    """Answer one request, False if none waits: a mail with new links to whoever reads a checked address."""
    with recording(by=by, at=at):
        waiting = LinkRequest.objects.select_for_update(no_key=True, skip_locked=True, of=("self",)).filter(
            done_at=None
        )
        request = waiting.select_related("practice").order_by("asked_at", "pk").first()
        if request is None:
            return False
        holders = holders_at(request.practice_id, request.contact_digest, at)[:LINKS_AT_ONCE]
        tokens = [_again(link, point, by, at) for link, point in holders]
        if holders:
            point = holders[0][1]
            language = known_language(point.person.language, request.language)
            _send(request.practice, point, language, tokens, f"linkrequest:{request.pk}", at)
        request.done_at, request.email = at, ""
        request.save(update_fields=["done_at", "email"])
        LinkRequest.objects.filter(done_at__lt=at - KEPT).delete()
    return True


def print_link(
    *, person: Person, representation: Representation | None, by: Actor, at: datetime
) -> tuple[HolderLink, str]:
    """A new link for a holder who stands at the desk; the older ones end. Returns the row and the token."""
    return issue_holder_link(person=person, representation=representation, resend=True, by=by, at=at)


def mail_link(
    *, person: Person, representation: Representation | None, point: ContactPoint, by: Actor, at: datetime
) -> HolderLink:
    """A new link for a holder, by mail to an address on file; the older ones end."""
    with recording(by=by, at=at):
        link, token = issue_holder_link(
            person=person, representation=representation, resend=True, sent_to=point, by=by, at=at
        )
        language = known_language(point.person.language)
        _send(point.practice, point, language, [token], f"holderlink:{link.pk}", at)
    return link


def _again(link: HolderLink, point: ContactPoint, by: Actor, at: datetime) -> str:
    """Another link for the same holder, which ends the older ones when it is used."""
    _, token = issue_holder_link(
        person=link.person, representation=link.representation, asked_for=True, sent_to=point, by=by, at=at
    )
    return token


def _send(
    practice: Practice, point: ContactPoint, language: str, tokens: list[str], about: str, at: datetime
) -> None:
    subject, body = link_mail(practice, language, tokens)
    enqueue_mail(
        kind="own_page_link",
        recipient=point.value,
        subject=subject,
        body=body,
        practice_id=practice.pk,
        about=about,
        at=at,
    )
