"""Whether people looked at exactly this: attested, approved, and by someone who may (R34, R38, R43, R46, R61)."""

from collections.abc import Iterator

from ..facts import PostFacts
from ..reasons import Reason


def someone_looked(facts: PostFacts) -> Iterator[Reason]:
    """Did another person attest that nobody else is named, shown or described, in exactly this? (R34, R38)"""
    if facts.final and facts.attested_digest != facts.digest:
        yield Reason("ATTESTATION_MISSING")


def it_was_approved(facts: PostFacts) -> Iterator[Reason]:
    """Was exactly this approved, by someone trained, other than its author? (R43, R46, R61)"""
    if not facts.final:
        return
    approval = facts.approval
    if approval is None or approval.at > facts.at or facts.author in (None, approval.by):
        yield Reason("APPROVAL_MISSING")
        return
    if approval.digest != facts.digest:
        yield Reason("CONTENT_CHANGED_SINCE_APPROVAL")
    if not approval.qualified:
        yield Reason("APPROVER_NOT_QUALIFIED")
