"""New Jersey: several boards ask for a notarized statement before a testimonial, and a legend if it was paid for."""

from datetime import date

from consent.records.rules import Terms

from ..entry import Entry
from ..facts import AppearanceFacts, PostFacts
from .rule import PackRule

# Boards whose rule was read: marriage and family therapy and counseling (13:34-9.7), psychology (13:42-9.8),
# orthotics and prosthetics (13:44H-8.7), physical therapy (13:39A-8.7).
BOARDS = frozenset(
    {"mft", "counselor", "mental_health", "psychologist", "orthotist_prosthetist", "physical_therapist"}
)
# Boards that may ask the same (13:35-6.10, 13:30-6.2): not read, so off until counsel has.
BOARDS_NOT_READ = frozenset({"physician", "physician_assistant", "dentist"})


def _is_not_notarized(terms: Terms, appearance: AppearanceFacts, facts: PostFacts) -> bool:
    """A testimonial rests on a signed statement that a notary has witnessed by the day it is used."""
    notarized = terms.notarized_on is not None and terms.notarized_on <= facts.at.date()
    return facts.purpose == "testimonial" and not notarized


def _hides_compensation(facts: PostFacts) -> bool:
    """A testimonial somebody was compensated for says so."""
    return facts.purpose == "testimonial" and facts.claims.compensated and not facts.claims.disclosed


def _notary(code: str, title: str, professions: frozenset[str], *, on: bool) -> PackRule:
    return PackRule(
        code=code,
        title=title,
        state="NJ",
        entry=Entry(
            "HARD",
            "{who}’s permission was not signed before a notary, as New Jersey asks for a testimonial.",
            "New Jersey asks for a notary",
            "notarize",
            "N.J.A.C. 13:34-9.7(b), 13:42-9.8, 13:44H-8.7, 13:39A-8.7; R79",
        ),
        checked_on=date(2026, 11, 21),
        professions=professions,
        of_consent=_is_not_notarized,
        on=on,
    )


NEW_JERSEY = (
    _notary("STATE_NJ_NOTARY", "A testimonial rests on a notarized statement", BOARDS, on=True),
    _notary(
        "STATE_NJ_NOTARY_MEDICAL",
        "A testimonial rests on a notarized statement (medicine and dentistry, not read at the source)",
        BOARDS_NOT_READ,
        on=False,
    ),
    PackRule(
        code="STATE_NJ_COMPENSATION",
        title="A testimonial that was compensated says so",
        state="NJ",
        entry=Entry(
            "HARD",
            "Someone got something for this testimonial. In New Jersey the post must say: “Compensation has been "
            "provided for this testimonial.”",
            "New Jersey fixes the words",
            "write_disclosure",
            "N.J.A.C. 13:34-9.7(f); R79",
        ),
        checked_on=date(2026, 11, 21),
        professions=BOARDS,
        of_post=_hides_compensation,
    ),
)
