"""Ceremonies, read: what waits, who can witness, what the tablet in somebody's hands is for."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from consent.access.models import Membership, Practice, User
from consent.access.queries import facts_at
from consent.audit.models import LedgerEntry
from consent.audit.rules import practice_chain
from consent.evidence.models import Signature
from consent.keys.ring import key_ring
from consent.people.models import Person
from consent.people.queries import identities, shown_name
from consent.wording.rules import FilledForm, rendered_text

from .models import Ceremony, Exhibit, OneTimeCode, PinTry, SignerLink
from .rules import HANDED_OVER_FOR, WITNESS_HOLDS_FOR, Lock, answers_of, in_words, lock_of
from .rules.codes import CODE_GOOD_FOR, REMIND_AFTER
from .rules.spelling import spelled_out
from .rules.unmade import FAILED, TOLD_AFTER

WAITS_FOR = timedelta(hours=24)
COPY_AFTER = timedelta(minutes=10)
ANSWERED = (Ceremony.State.SIGNED, Ceremony.State.DECLINED)
UNANSWERED = (Ceremony.State.PREPARED, Ceremony.State.OPEN)
RELATED = (
    "practice",
    "person",
    "signer",
    "representation",
    "wording__template",
    "location",
    "prepared_by",
    "checked_by",
    "witness",
    "contact_point",
)
# Where somebody signs elsewhere than at the counter, the way to the copy can go to their own address.
MAILED = (Ceremony.Route.LINK, Ceremony.Route.EVENT)
WITNESSED, OPENINGS = "witnessed", ("handed_over", "opened_on_own_device")
LISTS = ("elements", "platforms", "formats", "purposes", "paid", "only_this_post", "edits", "ties", "ends")


def check_stands(ceremony: Ceremony, at: datetime) -> bool:
    """Whether a second member checked who signs, less than half an hour ago, and nobody opened the form since.

    A check counts for one opening: whoever prepared the form cannot open it again once the patient is gone.
    """
    if ceremony.witnessed_at is None or at - ceremony.witnessed_at > WITNESS_HOLDS_FOR:
        return False
    acts = ceremony.events.filter(kind__in=(WITNESSED, *OPENINGS)).order_by("-pk")
    return acts.values_list("kind", flat=True).first() == WITNESSED


def ceremonies_of(practice: Practice) -> QuerySet[Ceremony]:
    """The practice's ceremonies with all that a page says of them."""
    return Ceremony.objects.filter(practice=practice).select_related(*RELATED)


def ceremony_of(practice: Practice, pk: int) -> Ceremony:
    """One ceremony of the practice. Raises Http404 for anything else."""
    return get_object_or_404(ceremonies_of(practice), pk=pk)


def ceremonies_waiting(practice: Practice, at: datetime) -> QuerySet[Ceremony]:
    """Those of the last day that have no answer yet, oldest first: for the front desk's home."""
    recent = ceremonies_of(practice).filter(state__in=UNANSWERED, prepared_at__gt=at - WAITS_FOR)
    # What was sent waits for its signer, not for the desk; guests of an event wait on its own page.
    recent = recent.filter(sent_at=None).exclude(route=Ceremony.Route.EVENT)
    return recent.order_by("prepared_at")


def open_exhibits(practice: Practice | int, person: Person | None = None) -> QuerySet[Exhibit]:
    """What was made ready to be shown and has no answer yet, oldest first; of one post or picture only the latest."""
    found = Exhibit.objects.filter(practice=practice).exclude(ceremonies__state__in=ANSWERED)
    later = Exhibit.objects.filter(person=OuterRef("person"), post=OuterRef("post"), pk__gt=OuterRef("pk"))
    if person is not None:
        found = found.filter(person=person)
    return found.filter(~Exists(later)).select_related("person", "made_by").order_by("pk")


def exhibits_to_prepare(practice: Practice, person: Person | None = None) -> QuerySet[Exhibit]:
    """Those of the open exhibits for which no form is on its way."""
    return open_exhibits(practice, person).exclude(ceremonies__state__in=UNANSWERED)


def witnesses(practice: Practice, preparer: User, *about: Person) -> list[User]:
    """The colleagues who may witness what `preparer` prepared: nobody their own form, which is `about` these people."""
    members = Membership.objects.select_related("user").filter(
        practice=practice, ended_at=None, user__is_active=True
    )
    everyone = set().union(*identities([one.pk for one in about]).values())
    own = Person.objects.filter(pk__in=everyone, user__isnull=False).values("user")
    others = members.exclude(user=preparer).exclude(user__in=own).order_by("user__name", "user_id")
    return [member.user for member in others if member.can("consent.witness")]


def pin_lock(user: User, at: datetime) -> Lock | None:
    """Whether the user's PIN may not be tried now. A right one begins anew, and so does signing in (R55)."""
    tries = PinTry.objects.filter(user=user).order_by("pk")
    last_right = tries.filter(was_right=True).last()
    wrong = tries.filter(was_right=False, pk__gt=last_right.pk if last_right else 0)
    if user.last_login is not None:
        wrong = wrong.filter(at__gt=user.last_login)
    return lock_of(list(wrong.values_list("at", flat=True)), at)


def token_digest(token: str) -> str:
    """The only thing kept of the tablet's cookie."""
    return key_ring().digest("tablet", token)


def ceremony_at_tablet(token: str, at: datetime) -> Ceremony | None:
    """The ceremony that this cookie was handed out for, unless the tablet is back or long overdue."""
    handed_over = Ceremony.objects.select_related(*RELATED, "signature").filter(
        token_digest=token_digest(token),
        route=Ceremony.Route.TABLET,
        returned_at=None,
        handed_over_at__gt=at - HANDED_OVER_FOR,
    )
    return handed_over.first() if token else None


def waits_to_be_seen(ceremony: Ceremony, at: datetime) -> bool:
    """Whether a guest of an event is ready to sign, and two members have yet to see them in person (R71)."""
    ready = ceremony.state == Ceremony.State.OPEN and ceremony.step == "sign"
    return ceremony.route == Ceremony.Route.EVENT and ready and not check_stands(ceremony, at)


def link_digest(token: str) -> str:
    """The only thing kept of a link's token."""
    return key_ring().digest("signer-link", token)


def signer_address(token: str) -> str:
    """The whole address that brings the signer to the form."""
    return settings.ADDRESS + reverse("signing:enter", args=[token])


def link_of_token(token: str) -> SignerLink | None:
    """The link of this token, with its ceremony, unless a newer one ended it. Whether it still opens is not asked."""
    found = SignerLink.objects.filter(token_digest=link_digest(token), ended_at=None)
    related = (f"ceremony__{name}" for name in (*RELATED, "signature"))
    return found.select_related(*related).first()


def code_is_out(ceremony: Ceremony, at: datetime) -> bool:
    """Whether a code was sent for this form that may still be tried, or that was tried too often just now."""
    return OneTimeCode.objects.filter(
        ceremony=ceremony, ended_at=None, sent_at__gt=at - CODE_GOOD_FOR
    ).exists()


def requests_to_remind(at: datetime) -> QuerySet[Ceremony]:
    """Requests by link that have no answer, and may be due for a reminder: first or second."""
    due = Q()
    for number, wait in enumerate(REMIND_AFTER):
        due |= Q(reminders=number, sent_at__lte=at - wait)
    waiting = Ceremony.objects.filter(due, route=Ceremony.Route.LINK, state__in=UNANSWERED, expires_at__gt=at)
    return waiting.exclude(contact_point=None).order_by("sent_at")


def copies_to_mail(at: datetime) -> QuerySet[Ceremony]:
    """Forms signed by link or at an event whose document is there, and whose signer left without a copy."""
    left = Ceremony.objects.filter(
        state=Ceremony.State.SIGNED,
        route__in=MAILED,
        returned_at=None,
        last_seen_at__lt=at - COPY_AFTER,
        signature__signed_document__isnull=False,
        signature__copies=None,
    )
    return left.exclude(contact_point=None).select_related("signature").order_by("last_seen_at")


def documents_unmade(practice: Practice, person: Person | None = None) -> QuerySet[Ceremony]:
    """Signed forms whose document could not be made, oldest first, unless it no longer matters.

    It does not after the consent was marked wrong or withdrawn, or a later signature of the person has its document.
    """
    later = Signature.objects.filter(
        person=OuterRef("person"),
        signed_document__isnull=False,
        signed_at__gt=OuterRef("signature__signed_at"),
    )
    told = ~Q(unmade_why=FAILED) | Q(unmade_tries__gte=TOLD_AFTER)
    found = ceremonies_of(practice).filter(
        told, ~Exists(later), unmade_since__isnull=False, signature__signed_document=None
    )
    found = found.filter(signature__consent__invalidations=None)
    found = found.exclude(signature__consent__revocations__part={})
    return (found.filter(person=person) if person else found).order_by("unmade_since", "pk")


def last_privacy_notice(practice: Practice) -> str:
    """The version of the privacy notice that was given last, to offer it again."""
    return (
        Ceremony.objects.filter(practice=practice)
        .order_by("-pk")
        .values_list("privacy_notice", flat=True)
        .first()
        or ""
    )


def called(person: Person) -> str:
    """The person's full name, for the form, the signer, and those who may identify."""
    return shown_name(person, identify=True)


def form_fields(ceremony: Ceremony, at: datetime) -> dict[str, Any]:
    """What the practice fills into the form's fields at `at`; the answers are kept apart."""
    practice, authority, offered = ceremony.practice, ceremony.representation, ceremony.offered
    contact = [practice.privacy_officer, practice.address, practice.privacy_email]
    born = ceremony.person.date_of_birth
    return {
        "clinic": facts_at(ceremony.location, at).legal_entity,
        "locations": ceremony.location.name,
        "privacy_officer": ", ".join(part for part in contact if part),
        "person_name": called(ceremony.person),
        "link": "the link on my copy",
        "signer_name": called(ceremony.signer),
        "authority": authority.authority if authority else "",
        "authority_description": authority.description if authority else "",
        "evidence_seen": authority.evidence_seen if authority else "",
        "birth_year": born.year if born else None,
        "post": _named_post(ceremony),
        "company": offered.get("company", ""),
        "receives": offered.get("receives", ""),
        "offered": {name: offered[name] for name in LISTS if name in offered},
    }


def _named_post(ceremony: Ceremony) -> str:
    """The one post or work that the form is for: by its title, and the SHA-256 of what the signer is shown."""
    exhibit, language, exactly = ceremony.exhibit, ceremony.wording.language, ""
    if exhibit is not None and not exhibit.is_work:
        seen = ", ".join(exhibit.digests)
        exactly = in_words(language, "exactly_post", title=spelled_out(exhibit.title), digests=seen)
    if work := spelled_out(str(ceremony.offered.get("work", ""))):
        if number := ceremony.offered.get("story"):
            work = in_words(language, "story_number", work=work, number=number)
        shas = [picture["sha256"] for picture in exhibit.pictures] if exhibit and exhibit.is_work else []
        made = " ".join((work, *(f"(SHA-256 {sha256})" for sha256 in shas)))
        return f"{made}; {exactly}" if exactly else made
    return exactly or str(ceremony.offered.get("post", ""))


def filled_now(ceremony: Ceremony, at: datetime) -> FilledForm:
    """The form as it stands at `at`, with the answers given so far."""
    return FilledForm(**form_fields(ceremony, at), answers=answers_of(ceremony.answers))


def filled_when_fixed(ceremony: Ceremony) -> FilledForm:
    """The form as its text was fixed at the review, before the signature."""
    return FilledForm(**json.loads(ceremony.filled), answers=answers_of(ceremony.answers))


def text_digest(ceremony: Ceremony, filled: FilledForm) -> str:
    """The SHA-256 of the exact text that is shown and signed."""
    return hashlib.sha256(rendered_text(ceremony.wording.form(), filled).encode()).hexdigest()


def fields_as_json(filled: FilledForm) -> str:
    """The form's fields as kept, without the answers."""
    fields = asdict(filled)
    del fields["answers"]
    return json.dumps(fields)


def signing_entry(consent_id: int, practice_id: int) -> LedgerEntry:
    """Where the ledger says that the consent was signed. Raises `LedgerEntry.DoesNotExist`."""
    return LedgerEntry.objects.get(
        chain=practice_chain(practice_id), event="consent.signed", subject=f"consent:{consent_id}"
    )


def own_page_address(token: str) -> str:
    """The address of the person's own page, as printed on the copy. The page itself is a higher room's."""
    return settings.ADDRESS + reverse("portal:enter", args=[token])
