"""When a consent holds and what it covers: one pure question for gate, badges, lists and the person's own page.

Validity is computed for an instant and never stored (45 CFR 164.508(b)(2); R13, R42). Each defect has its own code.
"""

from .asking import (
    NOT_ASKED,
    Asking,
    ComingOfAge,
    Manners,
    Quiet,
    asks_from,
    coming_of_age,
    quiet_until,
    why_not_to_ask,
)
from .badge import SOON, STANDINGS, Standing, allows_anything, remaining, standing
from .coarse import coarsened
from .matrix import Allowed, Cell, Matrix, left_to_withdraw, matrix, taken_back
from .scope import (
    ANY,
    LINK_ONLY,
    STORY,
    Problem,
    RevocationFact,
    Scope,
    Use,
    as_shown,
    uncovered,
    unlicensed,
)
from .shown import kind_for, may_be_shown, out_of_protection, unprotected_from
from .terms import (
    EXECUTOR,
    REPRESENTATIVE,
    PersonFacts,
    Terms,
    end_of_day,
    ends_at,
    last_instant,
    majority,
    signed_for_a_minor,
)
from .validity import DEFECTS, ENDING_EVENTS, holds, problems
from .words import SENTENCES, sentences

__all__ = [
    "ANY",
    "DEFECTS",
    "ENDING_EVENTS",
    "EXECUTOR",
    "LINK_ONLY",
    "NOT_ASKED",
    "REPRESENTATIVE",
    "SENTENCES",
    "SOON",
    "STANDINGS",
    "STORY",
    "Allowed",
    "Asking",
    "Cell",
    "ComingOfAge",
    "Manners",
    "Matrix",
    "PersonFacts",
    "Problem",
    "Quiet",
    "RevocationFact",
    "Scope",
    "Standing",
    "Terms",
    "Use",
    "allows_anything",
    "as_shown",
    "asks_from",
    "coarsened",
    "coming_of_age",
    "end_of_day",
    "ends_at",
    "holds",
    "kind_for",
    "last_instant",
    "left_to_withdraw",
    "majority",
    "matrix",
    "may_be_shown",
    "out_of_protection",
    "problems",
    "quiet_until",
    "remaining",
    "sentences",
    "signed_for_a_minor",
    "standing",
    "taken_back",
    "uncovered",
    "unlicensed",
    "unprotected_from",
    "why_not_to_ask",
]
