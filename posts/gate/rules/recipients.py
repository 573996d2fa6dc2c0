"""Third parties that would receive it: under an agreement, or named in the permission (R4, R66)."""

from collections.abc import Iterator

from ..facts import PostFacts
from ..reasons import Reason


def recipients_may_have_it(facts: PostFacts) -> Iterator[Reason]:
    """Does each still work with us, and has whoever acts for us signed an agreement? (45 CFR 164.504(e); R66)"""
    for recipient in facts.recipients:
        if not recipient.works_with_us:
            yield Reason("RECIPIENT_ENDED", keys=(recipient.id,))
        elif facts.people and recipient.acts_for_us and not recipient.agreement:
            yield Reason("BAA_MISSING", keys=(recipient.id,))
