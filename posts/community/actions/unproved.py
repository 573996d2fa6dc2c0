"""A proof that came to nothing is over, and what was typed for it is forgotten."""

from datetime import datetime

from ..models import AccountProof, RepostRequest


def end_proof(proof: AccountProof, at: datetime, *, wholly: bool = False) -> None:
    """End a proof in the caller's transaction; nothing of what was typed is kept.

    What is left counts how often an address was used, unless it is forgotten `wholly`.
    """
    left = {"address_digest": ""} if wholly else {}
    living = AccountProof.objects.filter(pk=proof.pk, ended_at=None)
    living.update(ended_at=at, said="", contact_point=None, **left)


def end_proofs(request: RepostRequest, at: datetime) -> None:
    """No proof of the request is open any more, but for one that two members have confirmed."""
    for proof in AccountProof.objects.filter(request=request, ended_at=None, confirmed_at=None):
        end_proof(proof, at)
