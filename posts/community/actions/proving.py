"""Who answers on the author's page: a code to an address comes first, whoever it is.

The page does the same for everybody who has the link, until six digits were typed that only the address's owner knows:
whether we know that address, and from where, is told to nobody else (R50, R54). If it is one that was verified with the
author, their form opens. Otherwise they show that the account is theirs, which is good for a licence and for nothing
else (R96, G79).
"""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from consent.access.queries import today_at
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.evidence.glyphs import undrawable
from consent.evidence.render import named_characters
from consent.outbox.actions import enqueue_mail
from consent.people.models import ContactPoint
from consent.people.rules import (
    MAJORITY,
    FieldRefused,
    age_on,
    checked_birth,
    checked_name,
    normal_contact,
    typed_date,
)
from consent.signing.actions import (
    Opened,
    SendRefused,
    can_open,
    open_in_hand,
    own_address,
    send_code_to,
    send_link,
)
from consent.signing.actions.answering import signer_of
from consent.signing.actions.coding import code_for_stranger, refusal_of_try
from consent.signing.models import Ceremony, OneTimeCode
from consent.signing.rules import Words
from consent.signing.rules.codes import require_sendable

from ..models import AccountProof, RepostRequest, RequestForm
from ..queries.proofs import (
    Said,
    address_digest,
    addresses_called,
    forms_of_author,
    licence_of,
    needs_name,
    said_in,
)
from ..rules.author_words import AuthorSaid
from ..rules.phrases import phrase_of
from .answering import AnswerRefused, require_answerable
from .steps import locked, note
from .unproved import end_proof

A_DAY = timedelta(days=1)
ADDRESSES_A_DAY = 12
NAME_AT_MOST = 80


class StillAMinor(Exception):
    """Whoever answers is under 18: a parent gives the licence. Nothing of what was typed is kept (R26)."""


class NothingToSign(Exception):
    """The code was right, and its address opens nothing here."""


def ask_code(
    *,
    request: RepostRequest,
    address: str,
    language: str,
    before: AccountProof | None = None,
    by: Actor,
    at: datetime,
) -> AccountProof:
    """Send six digits to the address that was typed, whoever's it is; `before` is what this browser asked earlier.

    Raises `AuthorSaid` for what is no address or was asked too often, `CodeRefused` if enough codes went there,
    `AnswerRefused` if there is nothing to answer.
    """
    try:
        address = normal_contact("email", address)
    except FieldRefused as error:
        raise AuthorSaid("write_email", "email") from error
    with recording(by=by, at=at):
        request = locked(request)
        require_answerable(request, at)
        lately = list(AccountProof.objects.filter(request=request, asked_at__gt=at - A_DAY))
        if len(lately) >= ADDRESSES_A_DAY:
            raise AuthorSaid("busy")
        _require_not_just_now(lately, address, at)
        if before is not None and before.request_id == request.pk and before.noted_at is None:
            end_proof(before, at)
        form, point = _known(request, address, at)
        proof = AccountProof.objects.create(
            practice_id=request.practice_id,
            request=request,
            contact_point=point,
            code=None,
            said=Said(address).to_json(),
            address_digest=address_digest(address),
            phrase=phrase_of(language, secrets.choice),
            asked_at=at,
        )
        if form is not None and point is not None:
            send_code_to(ceremony=form.ceremony, point=point, by=by, at=at)
        else:
            _send_to_stranger(request, proof, address, language, at)
        note(request, "proof_asked", by=by, at=at)
        record("repost.proof_asked", request, proof=proof.pk)
        _ask_representative(request, at)
        return proof


def try_code(*, proof: AccountProof, typed: str, by: Actor, at: datetime) -> Opened | None:
    """The six digits. If the address was verified with the author, their next form opens here; otherwise None.

    Raises `CodeRefused` for a wrong, old or worn-out code, `NothingToSign` if nothing waits for this address,
    `AnswerRefused` if there is nothing to answer.
    """
    with recording(by=by, at=at):
        proof = _open(proof, at)
        form = _form_for(proof.request, proof.contact_point, at) if proof.contact_point else None
    if form is not None and proof.contact_point is not None:
        return _opened(proof, form, proof.contact_point, typed, at)
    with recording(by=by, at=at):
        request = locked(proof.request)
        refusal = refusal_of_try(_codes_of(proof), typed, at)
        wanted = refusal is None and needs_name(request)
        if wanted:
            _take_the_place(request, proof, at)
            AccountProof.objects.filter(pk=proof.pk).update(reached_at=at)
        elif refusal is None:
            end_proof(proof, at)
    if refusal is not None:
        raise refusal
    if not wanted:
        raise NothingToSign
    return None


def say_who(
    *, proof: AccountProof, given: str, family: str, born: str, by: Actor, at: datetime
) -> AccountProof:
    """Who the author says they are, for the licence. Raises `AuthorSaid` for what cannot be kept or printed,
    `StillAMinor`, `AnswerRefused`.
    """
    first, last = _name(given, "given"), _name(family, "family")
    if lacking := undrawable(first + last):
        raise AuthorSaid("cannot_print", "given", characters=named_characters(lacking))
    with recording(by=by, at=at):
        proof = _open(proof, at)
        day = _birth(born, today_at(proof.request.practice, at))
        if proof.reached_at is None or proof.noted_at is not None:
            raise AnswerRefused("closed")
        is_minor = age_on(day, today_at(proof.request.practice, at)) < MAJORITY
        if is_minor:
            end_proof(proof, at, wholly=True)
        else:
            proof.said = Said(said_in(proof).address, first, last, day).to_json()
            proof.save(update_fields=["said"])
    if is_minor:
        raise StillAMinor
    return proof


def _known(
    request: RepostRequest, address: str, at: datetime
) -> tuple[RequestForm | None, ContactPoint | None]:
    """The form of the author that this address opens, and the address on their record; nothing if it opens none."""
    forms = forms_of_author(request)
    for point in addresses_called({form.ceremony.signer_id for form in forms}, address):
        form = _form_for(request, point, at)
        if form is not None:
            return form, point
    return None, None


def _form_for(request: RepostRequest, point: ContactPoint, at: datetime) -> RequestForm | None:
    """The first of the author's forms that waits and that this address opens; never one before their licence."""
    for form in forms_of_author(request):
        if can_open(form.ceremony, point, at):
            return form
        if form.kind == RequestForm.Kind.LICENCE and form.ceremony.state != Ceremony.State.SIGNED:
            return None
    return None


def _send_to_stranger(
    request: RepostRequest, proof: AccountProof, address: str, language: str, at: datetime
) -> None:
    """The very message that a known address gets. An older code to the address opens nothing more, as there."""
    _codes_of(proof).update(ended_at=at)
    proof.code, code = code_for_stranger(request.practice_id, at)
    proof.save(update_fields=["code"])
    words = Words(language, code=code, practice=request.practice.name)
    enqueue_mail(
        practice_id=request.practice_id,
        recipient=address,
        kind="signing_code",
        about=f"proof:{proof.pk}",
        subject=words["code_subject"],
        body=words["code_body"],
        at=at,
    )


def _codes_of(proof: AccountProof) -> QuerySet[OneTimeCode]:
    """The codes to a stranger's address, while they may be tried: whichever browser asked, as for a known one."""
    same = AccountProof.objects.filter(request=proof.request_id, address_digest=proof.address_digest)
    return OneTimeCode.objects.filter(pk__in=same.exclude(code=None).values("code"), ended_at=None)


def _require_not_just_now(lately: Iterable[AccountProof], address: str, at: datetime) -> None:
    """A stranger's address is sent as many codes as a known one. Raises `CodeRefused`."""
    require_sendable([one.asked_at for one in lately if one.address_digest == address_digest(address)], at)


def _ask_representative(request: RepostRequest, at: datetime) -> None:
    """For a minor's story a parent signs: they are asked by a link of their own, once."""
    licence = licence_of(request)
    if licence is None or licence.ceremony.representation_id is None or licence.ceremony.sent_at is not None:
        return
    point, owner = own_address(licence.ceremony), Actor("user", str(request.owner_id))
    if point is None or licence.ceremony.state != Ceremony.State.PREPARED:
        return
    try:
        send_link(ceremony=licence.ceremony, point=point, by=owner, at=at)
    except SendRefused:
        return  # the page of the request says that the desk asks them
    note(request, "form_sent", by=owner, at=at)
    record("repost.form_sent", request, ceremony=licence.ceremony_id, kind=str(licence.kind))


def _opened(proof: AccountProof, form: RequestForm, point: ContactPoint, typed: str, at: datetime) -> Opened:
    """Open the author's form; what the code said is kept by itself, so that wrong ones count."""
    who = signer_of(form.ceremony)
    opened = open_in_hand(
        ceremony=form.ceremony, point=point, typed=typed, until=proof.request.lapses_at, by=who, at=at
    )
    with recording(by=who, at=at):
        request = locked(proof.request)
        AccountProof.objects.filter(pk=proof.pk, ended_at=None).update(reached_at=at, ended_at=at, said="")
        seen = ["seen_at"] * (request.seen_at is None) + ["replied_at"] * (request.replied_at is None)
        for field in seen:
            setattr(request, field, at)
        request.save(update_fields=seen)
        note(request, "yes", by=who, at=at)
        record("repost.agreed", request)
    return opened


def _take_the_place(request: RepostRequest, proof: AccountProof, at: datetime) -> None:
    """One proof is open at a time; one that a member has seen from the account stays. Raises `AuthorSaid`."""
    others = AccountProof.objects.filter(request=request, reached_at__isnull=False, ended_at=None)
    for other in others.exclude(pk=proof.pk):
        if other.noted_at is not None:
            raise AuthorSaid("being_proved")
        end_proof(other, at)


def _open(proof: AccountProof, at: datetime) -> AccountProof:
    """The proof's row as it is now, taken for update. Raises `AnswerRefused` once it ended."""
    request = locked(proof.request)
    require_answerable(request, at)
    rows = AccountProof.objects.select_for_update(no_key=True, of=("self",)).select_related("contact_point")
    proof = rows.get(pk=proof.pk)
    if proof.ended_at is not None:
        raise AnswerRefused("closed")
    proof.request = request
    return proof


def _name(text: str, field: str) -> str:
    try:
        name = checked_name(text, field, field)
    except FieldRefused as error:
        raise AuthorSaid("write_name" if len(text) <= NAME_AT_MOST else "long_name", field) from error
    if len(name) > NAME_AT_MOST:
        raise AuthorSaid("long_name", field)
    return name


def _birth(text: str, today: date) -> date:
    day = typed_date(text)
    try:
        if day is None or checked_birth(day, today) is None:
            raise FieldRefused("born", text)
    except FieldRefused as error:
        raise AuthorSaid("write_born", "born") from error
    return day
