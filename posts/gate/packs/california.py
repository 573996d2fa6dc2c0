"""California: the form of an authorization (Civ. Code 56.11) and before-and-after pictures (B&P Code 651)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from consent.records.rules import Terms, end_of_day

from ..entry import Entry
from ..facts import AppearanceFacts, PostFacts
from .rule import PackRule

LARGE_PRINT = 14  # points


def _is_not_the_states_form(terms: Terms, appearance: AppearanceFacts, facts: PostFacts) -> bool:
    """In at least 14-point type, clearly separate, with a signature that serves no other purpose."""
    return not (terms.print_points and terms.print_points >= LARGE_PRINT and terms.stands_alone)


def _lasts_too_long(terms: Terms, appearance: AppearanceFacts, facts: PostFacts) -> bool:
    """One year or less, unless the signer asked for longer. An end that is an event counts until a year has passed."""
    if terms.longer_on_request:
        return False
    if terms.ends_on is not None:
        return terms.ends_on > _last_day(terms)
    return facts.at >= _year_is_over(terms)


def _last_day(terms: Terms) -> date:
    return _a_year_after(terms.signed_at.astimezone(ZoneInfo(terms.zone)).date())


def _year_is_over(terms: Terms) -> datetime:
    return end_of_day(_last_day(terms), terms.zone)


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)


def _compares_without_saying_so(facts: PostFacts) -> bool:
    """Before-and-after pictures name the procedures, say that results differ, and are not retouched."""
    compares = facts.purpose == "before_after" or any("before_after" in one.elements for one in facts.people)
    claims = facts.claims
    return compares and not (claims.procedures_named and claims.results_notice and claims.unretouched)


CALIFORNIA = (
    PackRule(
        code="STATE_CA_FORM",
        title="An authorization is a separate form in 14-point type",
        state="CA",
        entry=Entry(
            "HARD",
            "{who}’s form is not a separate one in 14-point type, as California asks.",
            "California asks for a form of its own",
            "ask_again",
            "Cal. Civ. Code 56.11(a), (b); R75",
        ),
        checked_on=date(2026, 11, 21),
        of_consent=_is_not_the_states_form,
    ),
    PackRule(
        code="STATE_CA_MAX_1Y",
        title="An authorization ends within a year unless the signer asked for longer",
        state="CA",
        entry=Entry(
            "HARD",
            "{who}’s permission runs longer than the one year that California allows.",
            "a year, unless they asked for longer",
            "ask_again",
            "Cal. Civ. Code 56.11(h) as amended by AB 1697; R75",
        ),
        checked_on=date(2026, 11, 21),
        of_consent=_lasts_too_long,
        lapses=_year_is_over,
    ),
    PackRule(
        code="STATE_CA_BEFORE_AFTER",
        title="Before-and-after pictures name the procedures and say that results may differ",
        state="CA",
        entry=Entry(
            "HARD",
            "Before-and-after pictures in California name the procedures, say that results may differ, and are "
            "not retouched. Nobody has said so here.",
            "readers must not be misled",
            "complete_claims",
            "Cal. B&P Code 651(b)(3)(B)-(C); R76",
        ),
        checked_on=date(2026, 11, 21),
        of_post=_compares_without_saying_so,
    ),
)
