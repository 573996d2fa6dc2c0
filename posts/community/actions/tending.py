"""What the worker does for requests: lapse them, remind their owners, ask the others once the author has licensed."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.outbox.actions import enqueue_mail
from consent.people.models import ContactPoint
from consent.signing.actions import SendRefused, own_address, send_link
from consent.signing.models import Ceremony
from consent.signing.queries import UNANSWERED
from consent.signing.renewing import ACCOUNT

from ..models import RepostRequest, RequestForm
from ..queries.proofs import stale_proofs
from ..rules import REMIND_AFTER
from .answering import is_of_author
from .ending import end, end_declined, said_no
from .steps import locked, note
from .unproved import end_proof

AT_ONCE = 100
# Whoever is just reading the second paper is not sent it.
SECOND_PAPER_AFTER = timedelta(days=1)
# A code that nobody typed: what was typed with it is forgotten.
PROOF_FORGOTTEN = timedelta(days=1)


def tend_stories(*, by: Actor, at: datetime) -> int:
    """Do what is due for open requests; how many were touched. Each in a transaction of its own."""
    with recording(by=by, at=at):
        for proof in stale_proofs(at - PROOF_FORGOTTEN)[:AT_ONCE]:
            end_proof(proof, at)
    return sum(_tended(pk, by, at) for pk in _due(at))


def _due(at: datetime) -> list[int]:
    """Requests that lapse, to be reminded of, whose author said no on a form, or where others are to be asked."""
    forms = RequestForm.objects.filter(request=OuterRef("pk"))
    licence = forms.filter(kind=RequestForm.Kind.LICENCE)
    waiting = forms.filter(ceremony__state__in=UNANSWERED)
    reachable = ContactPoint.objects.filter(
        person=OuterRef("ceremony__signer"), verified_witness__isnull=False, bounced_at=None
    ).exclude(verified_how=ACCOUNT)
    unasked = waiting.filter(Exists(reachable), ceremony__sent_at=None)
    silent = Q(sent_at__lte=at - REMIND_AFTER, reminded_at=None, seen_at=None, replied_at=None)
    lapsing = Q(sent_at__isnull=False, lapses_at__lte=at) & (Exists(waiting) | ~Exists(licence))
    asking = Exists(licence.filter(ceremony__state=Ceremony.State.SIGNED)) & Exists(unasked)
    refused = Exists(licence.filter(ceremony__state=Ceremony.State.DECLINED))
    found = RepostRequest.objects.filter(ended_at=None).filter(silent | lapsing | asking | refused)
    return list(found.order_by("lapses_at", "pk").values_list("pk", flat=True)[:AT_ONCE])


def _tended(pk: int, by: Actor, at: datetime) -> int:
    with recording(by=by, at=at):
        request = locked(RepostRequest(pk=pk))
        if request.ended_at is not None:
            return 0
        if said_no(request):
            end_declined(request, by=by, at=at)
            return 1
        if request.sent_at is not None and request.lapses_at <= at:
            if _is_whole(request):
                return 0
            end(request, RepostRequest.Ended.LAPSED, by=by, at=at)
            return 1
        return _reminded(request, by, at) + _others_asked(request, by, at)


def _is_whole(request: RepostRequest) -> bool:
    """Whether every paper is signed: then nothing lapses any more."""
    forms = RequestForm.objects.filter(request=request)
    licence = forms.filter(kind=RequestForm.Kind.LICENCE).exists()
    return licence and not forms.exclude(ceremony__state=Ceremony.State.SIGNED).exists()


def _reminded(request: RepostRequest, by: Actor, at: datetime) -> int:
    sent, silent = request.sent_at, request.seen_at is None and request.replied_at is None
    if sent is None or not silent or request.reminded_at is not None or sent + REMIND_AFTER > at:
        return 0
    request.reminded_at = at
    request.save(update_fields=["reminded_at"])
    enqueue_mail(
        practice_id=request.practice_id,
        recipient=request.owner.email,
        kind="repost_reminder",
        about=f"repost:{request.pk}",
        subject="A story that you asked for waits for an answer",
        body=(
            f"Hello {request.owner.name},\n\nnobody has opened the page of the story that you asked for on "
            f"{sent.day} {sent:%B}. It lapses on {request.lapses_at.day} {request.lapses_at:%B}.\n"
            "You find it under Stories.\n"
        ),
        at=at,
    )
    note(request, "reminded", by=by, at=at)
    record("repost.reminded", request, user=request.owner_id)
    return 1


def _others_asked(request: RepostRequest, by: Actor, at: datetime) -> int:
    """Once the author has licensed, everyone else gets a link of their own, where an address of theirs is verified.

    An author who left after the first paper is sent the second one a day later.
    """
    forms = list(
        RequestForm.objects.filter(request=request).select_related("ceremony__signer", "ceremony__practice")
    )
    licence = next((one.ceremony for one in forms if one.kind == RequestForm.Kind.LICENCE), None)
    if licence is None or licence.state != Ceremony.State.SIGNED or licence.finished_at is None:
        return 0
    waiting = [one for one in forms if one.ceremony.state in UNANSWERED and one.ceremony.sent_at is None]
    left = licence.finished_at + SECOND_PAPER_AFTER <= at
    return sum(_sent(one, request, by, at) for one in waiting if left or not is_of_author(one, request))


def _sent(form: RequestForm, request: RepostRequest, by: Actor, at: datetime) -> int:
    point = own_address(form.ceremony)
    if point is None:
        return 0
    owner = Actor("user", str(request.owner_id))
    try:
        send_link(ceremony=form.ceremony, point=point, by=owner, at=at)
    except SendRefused:
        return 0  # the page of the request says that the desk asks them
    note(request, "form_sent", by=by, at=at)
    record("repost.form_sent", request, ceremony=form.ceremony_id, kind=str(form.kind))
    return 1
