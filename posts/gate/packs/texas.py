"""Texas: an authorization for each electronic disclosure (H&S 181.154), and 180 days in hospitals (241.152)."""

from datetime import date, datetime, timedelta

from consent.records.rules import Terms

from ..entry import Entry
from ..facts import AppearanceFacts, PostFacts
from .rule import PackRule

HOSPITAL_DAYS = 180


def _was_used_before(terms: Terms, appearance: AppearanceFacts, facts: PostFacts) -> bool:
    """Used for another electronic disclosure already, and it does not allow a named series (strict reading)."""
    return bool(terms.uses - {f"version:{facts.version}"}) and not terms.scope.series


def _has_lapsed(terms: Terms, appearance: AppearanceFacts, facts: PostFacts) -> bool:
    """A hospital's form that names no day lapses 180 days after it was signed."""
    return terms.ends_on is None and facts.at >= _lapses(terms)


def _lapses(terms: Terms) -> datetime:
    return terms.signed_at + timedelta(days=HOSPITAL_DAYS)


TEXAS = (
    PackRule(
        code="STATE_TX_SEPARATE_AUTH",
        title="Each electronic disclosure has an authorization of its own, or is one of a named series",
        state="TX",
        entry=Entry(
            "HARD",
            "{who}’s permission was used for another post already; Texas asks for one for each.",
            "Texas asks each time",
            "ask",
            "Tex. H&S Code 181.154, strict reading; R77",
        ),
        checked_on=date(2026, 11, 21),
        of_consent=_was_used_before,
    ),
    PackRule(
        code="STATE_TX_180_DAYS",
        title="In hospitals, an authorization without a last day lapses after 180 days",
        state="TX",
        entry=Entry(
            "HARD",
            "{who}’s permission names no last day, and in a Texas hospital it lapses after 180 days.",
            "Texas hospitals: 180 days",
            "ask_again",
            "Tex. H&S Code 241.152; R77",
        ),
        checked_on=date(2026, 11, 21),
        hospitals_only=True,
        of_consent=_has_lapsed,
        lapses=_lapses,
    ),
)
