"""Each remedy mends what it is offered for: the reason is gone once its change reaches the facts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from consent.records.rules import RevocationFact, Scope
from consent.wording.rules import ELEMENTS, FORMATS, PLATFORMS, PURPOSES
from posts.gate.decide import decide
from posts.gate.facts import ApprovalFacts, PostFacts
from posts.gate.reasons import CATALOGUE
from tests.facts import ANA, AT, CONSENT, PICTURE, POST, SCOPE
from tests.posts.gate.test_properties import FOUND, at


def with_consent(**change: Any) -> PostFacts:
    return replace(POST, people=(replace(ANA, consents=(replace(CONSENT, **change),)),))


def asked_again(facts: PostFacts) -> PostFacts:
    """A new signature for exactly this use."""
    used = Scope(
        elements=frozenset(ELEMENTS),
        platforms=frozenset(PLATFORMS),
        formats=frozenset(FORMATS),
        purposes=frozenset(PURPOSES),
        paid=True,
        assets=frozenset({"*"}),
        posts=frozenset({facts.post}),
    )
    anchors = CONSENT.anchors | {"remuneration", "sale"}
    fresh = replace(CONSENT, consent_id=99, signed_at=AT - timedelta(days=1), scope=used, anchors=anchors)
    return replace(facts, people=tuple(replace(one, consents=(*one.consents, fresh)) for one in facts.people))


def left_out(facts: PostFacts) -> PostFacts:
    return replace(facts, people=(), pictures=())


def pictures(**change: Any) -> Callable[[PostFacts], PostFacts]:
    return lambda facts: replace(facts, pictures=tuple(replace(one, **change) for one in facts.pictures))


def post(**change: Any) -> Callable[[PostFacts], PostFacts]:
    return lambda facts: replace(facts, **change)


def claims(**change: Any) -> Callable[[PostFacts], PostFacts]:
    return lambda facts: replace(facts, claims=replace(facts.claims, **change))


# The change that each remedy is, as it reaches the facts.
MENDED: dict[str, Callable[[PostFacts], PostFacts]] = {
    "ask": asked_again,
    "ask_again": asked_again,
    "ask_representative": asked_again,
    "finish": asked_again,
    "leave_out": left_out,
    "change_format": post(format="post"),
    "change_purpose": post(purpose="testimonial"),
    "do_not_pay": post(paid=False),
    "wait": lambda facts: at(facts, AT + timedelta(days=30)),
    "say_who": pictures(unnamed=0),
    "look_over": pictures(looked_over=True),
    "say_capture": pictures(taken_by="workforce"),
    "write_alt_text": pictures(alt_text=True),
    "write_captions": pictures(captions=True),
    "change_picture": lambda facts: replace(
        facts,
        pictures=(PICTURE,),
        people=tuple(replace(one, assets=frozenset({"7"})) for one in facts.people),
    ),
    "write_disclosure": claims(disclosed=True),
    "change_words": post(findings=(), sensitive_category=""),
    "record_removal": post(premature_upload_at=None),
    "screen_again": lambda facts: pictures(detected=True)(
        replace(facts, screening=replace(facts.screening, ran=True))
    ),
    "attest": post(attested_digest=POST.digest),
    "submit": post(approval=POST.approval),
    "ask_another": post(approval=ApprovalFacts("d1", 3, AT, qualified=True)),
    "record_place": post(places=POST.places),
}
BROKEN = {
    "nobody asked": replace(POST, people=(replace(ANA, consents=()),)),
    "withdrawn": with_consent(revocations=(RevocationFact(AT),)),
    "expired": with_consent(ends_on=date(2026, 11, 1)),
    "not yet": with_consent(effective_from=AT + timedelta(days=8)),
    "no copy": with_consent(copy_given_at=None),
    "compound": with_consent(defects=frozenset({"compound"})),
    "false": with_consent(invalidated="false_information", invalidated_at=AT),
    "another element": replace(POST, people=(replace(ANA, in_words=frozenset({"age"})),)),
    "another format": replace(
        POST,
        format="reel",
        people=(
            replace(ANA, consents=(replace(CONSENT, scope=replace(SCOPE, formats=frozenset({"post"}))),)),
        ),
    ),
    "another purpose": replace(POST, purpose="education"),
    "paid": replace(POST, paid=True),
    "another picture": replace(POST, people=(replace(ANA, assets=frozenset({"8"})),)),
    "a sale": replace(POST, sale=True),
    "nobody said who": replace(POST, pictures=(replace(PICTURE, unnamed=None),)),
    "a stranger's camera": replace(POST, pictures=(replace(PICTURE, taken_by="third_party"),)),
    "no description": replace(POST, pictures=(replace(PICTURE, alt_text=False),)),
    "no captions": replace(POST, pictures=(replace(PICTURE, kind="video"),)),
    "metadata": replace(POST, pictures=(replace(PICTURE, metadata_stripped=False),)),
    "a tie": replace(POST, claims=replace(POST.claims, connections=frozenset({"cash"}))),
    "a finding": FOUND,
    "a sensitive subject": replace(POST, sensitive_category="hiv"),
    "in the network's drafts": replace(POST, premature_upload_at=AT),
    "unscreened": replace(POST, screening=replace(POST.screening, required=True)),
    "a picture that no detector looked at": replace(
        POST,
        screening=replace(POST.screening, pictures=True),
        pictures=(replace(PICTURE, detected=False),),
    ),
    "a picture that nobody looked over": replace(POST, pictures=(replace(PICTURE, looked_over=False),)),
    "unattested": replace(POST, attested_digest=""),
    "unapproved": replace(POST, approval=None),
    "changed since": replace(POST, approval=ApprovalFacts("d0", 2, AT, qualified=True)),
    "untrained": replace(POST, approval=ApprovalFacts("d1", 2, AT)),
    "nowhere": replace(POST, places=()),
}


class TestTheRemedy:
    @pytest.mark.parametrize("why", BROKEN)
    def test_that_a_reason_names_removes_it(self, why: str) -> None:
        facts = BROKEN[why]
        reasons = decide(facts).reasons
        assert reasons
        for reason in reasons:
            mended = decide(MENDED[reason.entry.remedy](facts))
            assert reason.code not in {left.code for left in mended.reasons}

    def test_is_tried_for_every_kind_of_change(self) -> None:
        """The remedies that this file does not try are those of licences, recipients, channels and states."""
        elsewhere = {
            "ask_licence",
            "drop_channel",
            "drop_recipient",
            "record_agreement",
            "notarize",
            "complete_claims",
        }
        assert {entry.remedy for entry in CATALOGUE.values()} - set(MENDED) == elsewhere
