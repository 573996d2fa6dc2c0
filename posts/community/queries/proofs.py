"""How an author shows that an account is theirs, read: what they typed, which form their address opens."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from consent.access.models import Practice
from consent.keys.ring import key_ring
from consent.people.models import ContactPoint, Person, Relation
from consent.people.queries import identity_ids
from consent.signing.models import Ceremony
from consent.signing.queries import UNANSWERED

from ..models import AccountProof, Part, RepostRequest, RequestForm
from ..rules import lookalike_letters
from .stories import author_of


@dataclass(frozen=True)
class Said:
    """What the author typed: an address, and once the code reached it, their name and birth date."""

    address: str = ""
    given: str = ""
    family: str = ""
    born: date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether they said who they are."""
        return bool(self.address and self.given and self.born)

    def to_json(self) -> str:
        """As it is sealed with the proof."""
        born = self.born.isoformat() if self.born else ""
        return json.dumps([self.address, self.given, self.family, born])


@dataclass(frozen=True)
class ProofRow:
    """A proof that waits for members: the words to look for, the account they belong to, what keeps it from counting.

    `odd` are letters of the account's name that look like others; `name` is what the author typed, for a licence.
    """

    proof: AccountProof
    phrase: str
    handle: str
    odd: str
    name: str
    refusal: str


def said_in(proof: AccountProof) -> Said:
    """What was typed for this proof; nothing once it was forgotten."""
    if not proof.said:
        return Said()
    address, given, family, born = json.loads(proof.said)
    return Said(address, given, family, date.fromisoformat(born) if born else None)


def proof_row(request: RepostRequest) -> ProofRow | None:
    """The proof of the request that members have to look at, or looked at; None if there is none."""
    found = AccountProof.objects.filter(request=request, reached_at__isnull=False, ended_at=None)
    proof = found.select_related("noted_by", "confirmed_by").first()
    if proof is None or not said_in(proof).is_whole:
        return None
    refusal, said = why_no_proof(request), said_in(proof)
    name = "" if refusal else f"{said.given} {said.family}".strip()
    handle = request.story.handle
    return ProofRow(proof, proof.phrase, handle, lookalike_letters(handle), name, refusal)


def why_no_proof(request: RepostRequest) -> str:
    """Why an account alone is not enough for this author; "" if it is.

    A patient needs an address that was verified with them: it is about their health, too (G79). So does whoever is on
    record as one, whatever was said of them for the story: their own page tells of more. For a minor a parent signs.
    """
    author = author_of(request.story)
    licence = licence_of(request)
    if author is None or author.person is None:
        return "Say who made it first."
    if author.relation == Part.Relation.PATIENT or is_patient(author.person):
        return (
            "Their account is not enough here: they sign another paper, too. The front desk verifies an address "
            "with them, or they sign at the counter."
        )
    if author.age == Part.Age.MINOR or (licence is not None and licence.ceremony.representation_id):
        return "The author is under 18: a parent or guardian gives the licence."
    return ""


def is_patient(person: Person) -> bool:
    """Whether somebody is on record as a patient, today or once, under whichever of their records."""
    rows = Relation.objects.filter(person__in=identity_ids(person), kind=Relation.Kind.PATIENT)
    return rows.exists()


def proof_of(practice: Practice, pk: int) -> AccountProof:
    """One proof of the practice whose code was typed. Raises Http404 for anything else."""
    found = AccountProof.objects.filter(practice=practice, reached_at__isnull=False)
    return get_object_or_404(found.select_related("request__story", "request__practice"), pk=pk)


def forms_of_author(request: RepostRequest) -> list[RequestForm]:
    """What the author signs: the licence first, then an authorization about themselves or their child."""
    forms = list(
        RequestForm.objects.filter(request=request)
        .select_related(
            "person",
            "ceremony__signer",
            "ceremony__person",
            "ceremony__practice",
            "ceremony__wording__template",
            "ceremony__contact_point",
            "ceremony__exhibit",
            "ceremony__representation",
        )
        .order_by("pk")
    )
    licence = next((one for one in forms if one.kind == RequestForm.Kind.LICENCE), None)
    if licence is None:
        return []
    own = identity_ids(licence.ceremony.signer)
    return sorted(
        (one for one in forms if one.ceremony.signer_id in own), key=lambda one: one.pk != licence.pk
    )


def licence_of(request: RepostRequest) -> RequestForm | None:
    """The author's licence, if it was made ready."""
    forms = RequestForm.objects.filter(request=request, kind=RequestForm.Kind.LICENCE)
    return forms.select_related("ceremony__signer", "ceremony__representation").first()


def needs_name(request: RepostRequest) -> bool:
    """Whether whoever typed a code that opens nothing may still show that the account is theirs."""
    licence = licence_of(request)
    return licence is None or licence.ceremony.state in UNANSWERED


def is_licensed(request: RepostRequest) -> bool:
    """Whether the author's licence was signed, whatever became of it since."""
    licence = licence_of(request)
    return licence is not None and licence.ceremony.state == Ceremony.State.SIGNED


def address_digest(address: str) -> str:
    """What finds an address again, here and among those on record."""
    return key_ring().digest("contact", address)


def addresses_called(people: set[int], address: str) -> QuerySet[ContactPoint]:
    """The e-mail addresses of these people that are this one."""
    digest = address_digest(address)
    return ContactPoint.objects.filter(person__in=people, kind=ContactPoint.Kind.EMAIL, digest=digest)


def stale_proofs(before: datetime) -> QuerySet[AccountProof]:
    """Those whose code was never typed: whoever asked for it is gone."""
    return AccountProof.objects.filter(reached_at=None, ended_at=None, asked_at__lt=before).order_by("pk")
