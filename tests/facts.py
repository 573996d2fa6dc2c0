"""Facts that the pure rules are handed in tests: a complete consent, a person, a post that may go out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from consent.records.rules import REPRESENTATIVE, PersonFacts, Scope, Terms
from consent.wording.rules import REQUIRED_ELEMENTS, REQUIRED_STATEMENTS
from posts.gate.facts import (
    AppearanceFacts,
    ApprovalFacts,
    ChannelFacts,
    ClaimFacts,
    PictureFacts,
    PlaceFacts,
    PostFacts,
    ScreeningFacts,
)

AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SIGNED = datetime(2026, 6, 1, 14, 0, tzinfo=UTC)


def someone(number: int, **known: Any) -> PersonFacts:
    """A living person of whom only this is known."""
    return replace(PersonFacts.unknown(number), **known)


ADULT = someone(1, born=date(1984, 3, 2))
EMPTY = Terms(
    consent_id=1,
    kind="authorization",
    person_id=1,
    signer_role="self",
    signed_at=SIGNED,
    effective_from=SIGNED,
    zone="America/New_York",
    authority_ended_at=None,
    representative_excluded=False,
    ends_on=None,
    ends_event="",
    event_occurred_at=None,
    defects=frozenset(),
    uses=frozenset(),
    invalidated="",
    invalidated_at=None,
    held_since=None,
    withdrawn_elsewhere_at=None,
    revocations=(),
)
GOOD = replace(
    EMPTY,
    scope=Scope(frozenset({"face"}), frozenset({"website"}), frozenset({"post"}), frozenset({"education"})),
    discloser="Riverbend LLC",
    ends_on=date(2027, 5, 31),
    wording_effective_from=datetime(2026, 1, 5, tzinfo=UTC),
    anchors=frozenset(REQUIRED_ELEMENTS + REQUIRED_STATEMENTS),
    evidence_complete=True,
    capacity_attested=True,
    copy_given_at=SIGNED + timedelta(minutes=5),
    language_understood=True,
    translation_current=True,
)
BY_MOTHER: dict[str, Any] = {
    "signer_role": REPRESENTATIVE,
    "authority": "parent",
    "authority_described": True,
    "authority_verified": True,
}
SCOPE = Scope(
    elements=frozenset({"first_name", "face", "condition"}),
    platforms=frozenset({"instagram", "facebook"}),
    formats=frozenset({"post", "reel"}),
    purposes=frozenset({"testimonial"}),
    assets=frozenset({"7"}),
    posts=frozenset({"*"}),
)
CONSENT = replace(GOOD, scope=SCOPE)
ANA = AppearanceFacts(
    person=ADULT,
    in_words=frozenset({"first_name", "condition"}),
    in_pictures=frozenset({"face"}),
    assets=frozenset({"7"}),
    consents=(CONSENT,),
)
PICTURE = PictureFacts(
    "7",
    "ab" * 32,
    1,
    kind="image",
    metadata_stripped=True,
    alt_text=True,
    unnamed=0,
    taken_by="workforce",
    author=None,
    detected=True,
    looked_over=True,
)
OHIO = PlaceFacts(state="OH", profession="physician", hospital=False, part2=False, small=False)
CLAIMS = ClaimFacts(quote="none", connections=frozenset(), compensated=False, atypical_result=False)
POST = PostFacts(
    at=AT,
    final=True,
    post="1",
    version=1,
    kind="post",
    digest="d1",
    channel=ChannelFacts(
        1, "instagram", "public", GOOD.discloser, open=True, can_take_down=True, takes_video=True
    ),
    places=(OHIO,),
    switches={},
    format="post",
    purpose="testimonial",
    paid=False,
    third_party_pays=False,
    sale=False,
    sensitive_category="",
    premature_upload_at=None,
    people=(ANA,),
    pictures=(PICTURE,),
    origin=None,
    recipients=(),
    claims=CLAIMS,
    findings=(),
    screening=ScreeningFacts(required=False),
    author=1,
    approval=ApprovalFacts("d1", by=2, at=AT - timedelta(days=1), qualified=True),
    attested_digest="d1",
)
