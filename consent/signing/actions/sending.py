"""Staff send the form to the signer's own phone or computer: a link by mail, or a code on the counter's screen.

A link goes only to an address that was verified with the person at the counter (see docs/decisions/signing-routes.md).
"""

import secrets
from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings

from consent.access.models import Membership
from consent.access.queries import today_at
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.models import ContactPoint
from consent.people.queries import is_own
from consent.records.queries import manners_of, refusals_of, to_ask
from consent.records.rules import NOT_ASKED, quiet_until

from ..models import Ceremony, SignerLink
from ..printing import printing_refusal
from ..queries import UNANSWERED, check_stands, filled_now, link_digest, signer_address
from ..renewing import is_verified
from ..rules import NotNow, Words, require_move
from ..rules.codes import LINK_GOOD_FOR, SCREEN_CODE_GOOD_FOR, reminder_due
from .kinds import CONSENT_KINDS
from .messengers import Message, messenger_for
from .preparing import OWN_FORM, UNCHECKED, HandOverRefused, end_links, locked, note, require_not_own

TOKEN_BYTES = 32


class SendRefused(Exception):
    """The form cannot be sent like this; the sentence says what to do first."""


def send_link(*, ceremony: Ceremony, point: ContactPoint, by: Actor, at: datetime) -> Ceremony:
    """Send the signer a link, good for two weeks. Sent again, the older links end and what was marked is forgotten.

    Raises `SendRefused` for a form about oneself, an address that is not the signer's or was not verified, or a name
    that cannot be printed, `NotConnected` where nothing carries messages, `NotNow` if the form is answered.
    """
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        _require_unanswered(ceremony)
        if is_own(by.id, ceremony.person, ceremony.signer):
            raise SendRefused(OWN_FORM)
        _require_own_address(ceremony, point)
        if refusal := printing_refusal(ceremony, filled_now(ceremony, at)):
            raise SendRefused(refusal)
        _require_second_look(ceremony, int(by.id))
        again = ceremony.sent_at is not None
        end_links(ceremony, at)
        _begin_anew(ceremony)
        ceremony.route, ceremony.contact_point = Ceremony.Route.LINK, point
        ceremony.sent_at, ceremony.expires_at, ceremony.reminders = at, at + LINK_GOOD_FOR, 0
        ceremony.save()
        _mail_link(ceremony, point, "signing_link", "mail_subject", at)
        note(ceremony, "sent", by=by, at=at, contact=point.pk, again=again)
        record("ceremony.sent", ceremony, person=ceremony.person_id, contact=point.pk, again=again)
    return ceremony


def link_in_hand(*, ceremony: Ceremony, until: datetime, by: Actor, at: datetime) -> str:
    """A link for a signer who is at a page of ours already, good until `until`.

    The code still goes to their own address. Nothing of what was marked is forgotten, and earlier links stay good:
    whoever opens the page again only goes on.
    Raises `SendRefused` where no address of the signer was verified, `NotNow` if the form is answered.
    """
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        _require_unanswered(ceremony)
        point = own_address(ceremony)
        if point is None:
            raise SendRefused("No address of the signer was verified.")
        _require_own_address(ceremony, point)
        _require_second_look(ceremony, ceremony.prepared_by_id)
        if refusal := printing_refusal(ceremony, filled_now(ceremony, at)):
            raise SendRefused(refusal)
        if ceremony.route != Ceremony.Route.LINK:
            end_links(ceremony, at)
            _begin_anew(ceremony)
        ceremony.route, ceremony.contact_point = Ceremony.Route.LINK, point
        ceremony.sent_at, ceremony.expires_at = (
            ceremony.sent_at or at,
            max(until, ceremony.expires_at or until),
        )
        ceremony.save()
        note(ceremony, "sent", by=by, at=at, contact=point.pk, in_hand=True)
        record("ceremony.sent", ceremony, person=ceremony.person_id, contact=point.pk, again=False)
        return new_link(ceremony, at, ceremony.expires_at)


def own_address(ceremony: Ceremony) -> ContactPoint | None:
    """The signer's own address that a code can go to, the one verified last; None if there is none."""
    points = verified_points(ContactPoint.objects.filter(person=ceremony.signer_id).order_by("verified_at"))
    fitting = [point for point in points if point.kind == ContactPoint.Kind.EMAIL]
    return fitting[-1] if fitting else None


def remind(*, ceremony: Ceremony, by: Actor, at: datetime) -> bool:
    """Call a request to mind with a new link beside the first one.

    False if it was answered, on this form or another, it is not time, or nobody is to be asked now: that reminder is
    left out then.
    """
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        point, sent_at, end = ceremony.contact_point, ceremony.sent_at, ceremony.expires_at
        if ceremony.state not in UNANSWERED or ceremony.route != Ceremony.Route.LINK:
            return False
        if point is None or sent_at is None or end is None or end <= at:
            return False
        if not reminder_due(sent_at, ceremony.reminders, at):
            return False
        ceremony.reminders += 1
        ceremony.save(update_fields=["reminders"])
        if _rests(ceremony, sent_at, at):
            return False
        _mail_link(ceremony, point, "signing_reminder", "mail_again_subject", at)
        note(ceremony, "reminded", by=by, at=at, number=ceremony.reminders)
        record("ceremony.reminded", ceremony, person=ceremony.person_id, contact=point.pk)
    return True


def _rests(ceremony: Ceremony, sent_at: datetime, at: datetime) -> bool:
    """Whether this is no time to remind: they answered otherwise, have died, asked us to stop, or a visit is near."""
    person = ceremony.person
    facts = to_ask([person], at)[person.pk]
    kind = CONSENT_KINDS.get(ceremony.wording.template.kind)
    signed = any(one.kind == kind and one.signed_at >= sent_at for one in facts.dossier.terms)
    refused = refusals_of(person).filter(said_at__gte=sent_at).exists()
    asking, manners = facts.asking, manners_of(person.practice)
    today = today_at(person.practice, at)
    quiet = any(quiet_until(one, manners, today) for one in asking.quiet)
    return signed or refused or quiet or asking.deceased or asking.standing in NOT_ASKED


def show_code(*, ceremony: Ceremony, by: Actor, at: datetime) -> str:
    """The token for the counter's screen: one phone may open the form with it, within ten minutes.

    Shown again, the older one opens nothing more; a phone that has the form keeps it until another one opens it.
    Raises `HandOverRefused` unless the preparer does it, an identity check stands and the names can be printed,
    `NotNow` if the form is answered.
    """
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        _require_unanswered(ceremony)
        if str(ceremony.prepared_by_id) != by.id:
            raise HandOverRefused(
                f"{ceremony.prepared_by} prepared this and shows the code, or you start anew."
            )
        require_not_own(ceremony, by.id)
        if not check_stands(ceremony, at):
            raise HandOverRefused(UNCHECKED)
        if refusal := printing_refusal(ceremony, filled_now(ceremony, at)):
            raise HandOverRefused(refusal)
        if ceremony.route != Ceremony.Route.PHONE:
            end_links(ceremony, at)
            _begin_anew(ceremony)
        SignerLink.objects.filter(ceremony=ceremony, expires_at__gt=at).update(expires_at=at)
        ceremony.route, ceremony.contact_point = Ceremony.Route.PHONE, None
        ceremony.sent_at = ceremony.expires_at = None
        ceremony.save()
        token = new_link(ceremony, at, at + SCREEN_CODE_GOOD_FOR)
        note(ceremony, "code_shown", by=by, at=at)
        record("ceremony.code_shown", ceremony, person=ceremony.person_id)
    return token


def _require_unanswered(ceremony: Ceremony) -> None:
    if ceremony.state not in UNANSWERED:
        raise NotNow(f"This form is already {ceremony.state}. Start a new one.")
    if ceremony.route == Ceremony.Route.EVENT:
        raise NotNow("This is a guest's card at an event. They answer it on their own phone.")
    if ceremony.state == Ceremony.State.OPEN and ceremony.route == Ceremony.Route.TABLET:
        raise NotNow("The tablet is out with this form. Take it back first.")


def _require_own_address(ceremony: Ceremony, point: ContactPoint) -> None:
    """The signer's own, verified by two members, none of the staff's, and nothing came back from it (A-ES 6; R71)."""
    if point.person_id != ceremony.signer_id or point.practice_id != ceremony.practice_id:
        raise SendRefused("This is not an address of the person who signs.")
    if not is_verified(point):
        raise SendRefused(
            "This address was not verified with the person at the counter. Verify it first, or use the tablet."
        )
    if point.bounced_at is not None:
        raise SendRefused("A message to this address came back. Ask for another one.")
    if _mailbox(point.value) in _staff_mailboxes(ceremony):
        raise SendRefused("This is the address of a member of staff. The signer needs one of their own.")


def _require_second_look(ceremony: Ceremony, sender: int) -> None:
    """By link no witness sees who signs for whom: whoever looked at the paper alone does not ask and send as well."""
    authority = ceremony.representation
    if authority is not None and {ceremony.prepared_by_id, sender} == {authority.verified_by_id}:
        raise SendRefused(
            f"{authority.verified_by} looked at the paper that gives the right to sign. By link a colleague has to "
            "look too, and send it; or use the tablet."
        )


def _staff_mailboxes(ceremony: Ceremony) -> set[str]:
    """Where other members of staff read mail: their addresses, and the practice's."""
    members = Membership.objects.filter(practice_id=ceremony.practice_id, ended_at=None)
    members = members.exclude(user=ceremony.signer.user_id) if ceremony.signer.user_id else members
    emails = [*members.values_list("user__email", flat=True), ceremony.practice.privacy_email]
    return {_mailbox(email) for email in (*emails, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])}


def _mailbox(email: str) -> str:
    """The address without what follows a plus, which most mail servers put into the same box."""
    box, _, domain = email.casefold().rpartition("@")
    return f"{box.partition('+')[0]}@{domain}"


def _begin_anew(ceremony: Ceremony) -> None:
    """Nobody holds the form, and nothing of what was marked is left. The caller saves."""
    if ceremony.state == Ceremony.State.OPEN:
        require_move(ceremony.state, "prepared")
        ceremony.state = Ceremony.State.PREPARED
    ceremony.step, ceremony.token_digest = "welcome", ""
    ceremony.answers, ceremony.filled, ceremony.text_sha256 = {}, "", ""
    ceremony.handed_over_at = ceremony.last_seen_at = ceremony.returned_at = None


def new_link(ceremony: Ceremony, at: datetime, until: datetime) -> str:
    """A further address that brings the signer to the form; its token. In the caller's transaction."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    SignerLink.objects.create(
        practice_id=ceremony.practice_id,
        ceremony=ceremony,
        token_digest=link_digest(token),
        issued_at=at,
        expires_at=until,
    )
    return token


def _mail_link(ceremony: Ceremony, point: ContactPoint, kind: str, subject: str, at: datetime) -> None:
    """Name the practice and who asks; say nothing of care, and not even the signer's name."""
    assert ceremony.expires_at is not None
    practice = ceremony.practice
    words = Words(
        ceremony.wording.language,
        practice=practice.name,
        phone=practice.phone,
        asker=ceremony.prepared_by.name,
        address=signer_address(new_link(ceremony, at, ceremony.expires_at)),
        day=ceremony.expires_at.astimezone(ZoneInfo(practice.time_zone)).date(),
    )
    message = Message(kind, f"ceremony:{ceremony.pk}", words[subject], words["mail_body"])
    messenger_for(point).send(point=point, message=message, at=at)


def verified_points(points: Iterable[ContactPoint]) -> list[ContactPoint]:
    """Those of `points` that a link may go to."""
    return [point for point in points if is_verified(point) and point.bounced_at is None]
