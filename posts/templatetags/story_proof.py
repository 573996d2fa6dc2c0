"""What a request's page shows of an author who is showing that an account is theirs."""

from django import template

from posts.community.models import RepostRequest
from posts.community.queries.proofs import ProofRow, proof_row

register = template.Library()


@register.simple_tag
def account_proof(asked: RepostRequest) -> ProofRow | None:
    """The proof that members have to look at, if there is one."""
    return proof_row(asked)
