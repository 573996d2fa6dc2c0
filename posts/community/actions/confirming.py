"""Two members see the words that an author sent from their account; then the licence goes to the address they gave.

It is good for a licence alone: no form about health opens with it (G79).
"""

from datetime import date, datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.actions import add_contact_point, change_person, rename_person, verify_contact_point
from consent.people.models import ContactPoint, Person
from consent.people.queries import current_name, is_own
from consent.people.rules import FieldRefused
from consent.signing.actions import NotConnected, PrepareRefused, SendRefused, send_link
from consent.signing.renewing import ACCOUNT, is_verified
from consent.signing.rules import NotNow

from ..models import AccountProof, RepostRequest, RequestForm
from ..queries import author_of
from ..queries.proofs import Said, licence_of, said_in, why_no_proof
from ..rules import Terms, lookalike_letters, same_handle
from .papers import prepare_licence
from .steps import AskRefused, locked, note, require_running


def note_proof(*, proof: AccountProof, handle: str, by: Actor, at: datetime) -> AccountProof:
    """A member has seen the words in a message from `handle`, the account as they read it there.

    Raises `AskRefused` for another account, or one whose letters only look like it, for an author whose account is not
    enough, or once the request has ended.
    """
    with recording(by=by, at=at):
        proof, request = _held(proof, at)
        _require_account(request, handle)
        if proof.noted_at is None:
            proof.noted_by_id, proof.noted_at = int(by.id), at
            proof.save(update_fields=["noted_by", "noted_at"])
            note(request, "proof_noted", by=by, at=at)
            record("repost.proof_noted", request, proof=proof.pk)
        return proof


def confirm_proof(*, proof: AccountProof, by: Actor, at: datetime) -> RequestForm:
    """Another member has seen them too: the licence is made ready, and sent to the address that the author gave.

    Raises `AskRefused` with a sentence that says what is missing; nothing is kept then.
    """
    try:
        with recording(by=by, at=at):
            proof, request = _held(proof, at)
            said, person = said_in(proof), _author(request)
            if proof.confirmed_at is not None:
                raise AskRefused("This was confirmed before. The licence is on its way.")
            _require_another(proof, person, by)
            _named(person, said, by=by, at=at)
            point = _verified(proof, person, said, by=by, at=at)
            proof.contact_point, proof.confirmed_by_id, proof.confirmed_at = point, int(by.id), at
            proof.save(update_fields=["contact_point", "confirmed_by", "confirmed_at"])
            form = licence_of(request) or prepare_licence(
                request=request, author=person, terms=_terms(request), by=by, at=at
            )
            send_link(ceremony=form.ceremony, point=point, by=by, at=at)
            note(request, "proof_confirmed", by=by, at=at)
            record("repost.proof_confirmed", request, proof=proof.pk)
            return form
    except (PrepareRefused, SendRefused, NotConnected, NotNow, FieldRefused) as error:
        raise AskRefused(str(error)) from error


def _held(proof: AccountProof, at: datetime) -> tuple[AccountProof, RepostRequest]:
    """The proof and its request as they are now. Raises `AskRefused` if it is over, or no account is enough."""
    request = locked(proof.request)
    require_running(request, at)
    rows = AccountProof.objects.select_for_update(no_key=True, of=("self",)).select_related("noted_by")
    proof = rows.get(pk=proof.pk)
    if proof.ended_at is not None or proof.reached_at is None or not said_in(proof).is_whole:
        raise AskRefused("This is over: the author has begun anew, or has not said yet who they are.")
    if refusal := why_no_proof(request):
        raise AskRefused(refusal)
    return proof, request


def _require_account(request: RepostRequest, handle: str) -> None:
    theirs = request.story.handle
    if odd := lookalike_letters(handle):
        raise AskRefused(
            f"The account that you read has letters that look like others: {odd}. It is not {theirs}."
        )
    if not same_handle(handle, theirs):
        raise AskRefused(f"The story is by {theirs}. Words from another account show nothing.")


def _require_another(proof: AccountProof, person: Person, by: Actor) -> None:
    if proof.noted_by_id is None:
        raise AskRefused("First somebody says that they saw the words, then another confirms it.")
    if str(proof.noted_by_id) == by.id:
        raise AskRefused(f"{proof.noted_by} saw the words. Another member looks too, and confirms it.")
    if is_own(by.id, person) or is_own(proof.noted_by_id, person):
        raise AskRefused("Nobody confirms their own account.")


def _author(request: RepostRequest) -> Person:
    author = author_of(request.story)
    if author is None or author.person is None:
        raise AskRefused("Say who made it first.")
    return author.person


def _named(person: Person, said: Said, *, by: Actor, at: datetime) -> None:
    """The author's record has their name and birth date from now on; what was on record already is not changed."""
    born: date | None = person.date_of_birth
    if born is not None and born != said.born:
        raise AskRefused("The birth date that they gave is not the one on record. The front desk asks them.")
    if born is None:
        change_person(person=person, changes={"date_of_birth": said.born}, by=by, at=at)
        person.date_of_birth = said.born
        name = current_name(person)
        if name is None or (name.given, name.family) != (said.given, said.family):
            rename_person(person=person, given=said.given, family=said.family, by=by, at=at)
            person.refresh_from_db()


def _verified(proof: AccountProof, person: Person, said: Said, *, by: Actor, at: datetime) -> ContactPoint:
    """The address on the author's record, standing on their account; one verified with them stays so."""
    point = add_contact_point(person=person, kind=ContactPoint.Kind.EMAIL, value=said.address, by=by, at=at)
    if is_verified(point):
        return point
    assert proof.noted_by is not None
    return verify_contact_point(point=point, witness=proof.noted_by, how=ACCOUNT, by=by, at=at)


def _terms(request: RepostRequest) -> Terms:
    """What was asked for, as it is kept with the request."""
    asked = request.asked
    return Terms(
        platforms=tuple(asked["platforms"]),
        formats=tuple(asked["formats"]),
        edits=tuple(asked["edits"]),
        paid=bool(asked["paid"]),
        ends_on=request.ends_on,
        privacy_notice="",
    )
