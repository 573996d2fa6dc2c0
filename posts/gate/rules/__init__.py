"""The rules of the gate. One rule, one question; each yields its reasons as it decides.

`RULES` is the reading order, and the order in which a person would mend: first what can never go out this way, then
whose permission is missing, then what is in the pictures and the words, last what people have still to look at.
"""

from collections.abc import Callable, Iterator

from ..facts import PostFacts
from ..reasons import Reason
from .authors import authors_license
from .claims import claims_are_honest
from .findings import nothing_is_unaccounted_for
from .people import approved_as_shown, everyone_agrees, licensed_by, sufficient
from .pictures import pictures_are_ready
from .place import channel_is_open, content_is_permitted, states_allow_it
from .recipients import recipients_may_have_it
from .review import it_was_approved, someone_looked

Rule = Callable[[PostFacts], Iterator[Reason]]
RULES: tuple[Rule, ...] = (
    channel_is_open,
    content_is_permitted,
    states_allow_it,
    everyone_agrees,
    authors_license,
    recipients_may_have_it,
    pictures_are_ready,
    nothing_is_unaccounted_for,
    claims_are_honest,
    someone_looked,
    it_was_approved,
)

__all__ = ["RULES", "Rule", "approved_as_shown", "licensed_by", "sufficient"]
