"""Money, quotes and results: what the post must say beside the story (16 CFR 255, 465; R84-R89)."""

from collections.abc import Iterator

from ..facts import PostFacts
from ..reasons import Reason
from .people import approved_as_shown


def claims_are_honest(facts: PostFacts) -> Iterator[Reason]:
    """Are ties to the practice disclosed, results put in proportion, and are quotes whole and somebody's?"""
    claims = facts.claims
    tied = claims.connections or claims.compensated or facts.third_party_pays
    if tied and not claims.disclosed:
        yield Reason("FTC_MATERIAL_CONNECTION", keys=tuple(sorted(claims.connections)))
    if claims.atypical_result and not claims.typical_result_stated:
        yield Reason("FTC_TYPICALITY")
    if claims.quote == "unsourced":
        yield Reason("QUOTE_SOURCE_MISSING")
    elif claims.quote not in ("none", "whole") and approved_as_shown(facts) is None:
        yield Reason("FTC_TESTIMONIAL_ALTERED")
