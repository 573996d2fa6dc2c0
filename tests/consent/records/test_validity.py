"""When a consent holds: the pure question, case by case (R3-R31, R43, R53, R71)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from consent.records.rules import (
    PersonFacts,
    RevocationFact,
    Terms,
    ends_at,
    holds,
    problems,
    remaining,
    standing,
)
from tests.facts import ADULT, AT, BY_MOTHER, EMPTY, GOOD, someone


def codes(terms: Terms, person: PersonFacts = ADULT, at: datetime = AT) -> list[str]:
    return [problem.code for problem in problems(terms, person, at)]


class TestACompleteConsent:
    def test_holds(self) -> None:
        assert codes(GOOD) == []

    def test_is_not_what_an_empty_form_is(self) -> None:
        assert set(codes(EMPTY)) >= {
            "EXPIRY_BLANK",
            "FORM_ELEMENT_MISSING",
            "FORM_STATEMENT_MISSING",
            "SIGNATURE_EVIDENCE_INCOMPLETE",
            "COPY_NOT_PROVIDED",
            "FORM_LANGUAGE_MISMATCH",
            "SIGNATURE_BEFORE_FORM_VERSION",
        }

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"ends_on": date(2026, 11, 22)}, "CONSENT_EXPIRED"),
            ({"ends_on": None}, "EXPIRY_BLANK"),
            ({"ends_on": None, "ends_event": "none"}, "EXPIRY_NONE_NOT_ALLOWED"),
            ({"ends_event": "end_of_treatment", "event_occurred_at": AT}, "CONSENT_EXPIRED"),
            ({"effective_from": AT + timedelta(days=8)}, "CONSENT_NOT_YET_EFFECTIVE"),
            ({"revocations": (RevocationFact(AT),)}, "CONSENT_REVOKED"),
            ({"invalidated": "false_information", "invalidated_at": AT}, "CONSENT_FALSE_INFO"),
            ({"anchors": GOOD.anchors - {"discloser"}}, "FORM_ELEMENT_MISSING"),
            ({"anchors": GOOD.anchors - {"no_conditioning"}}, "FORM_STATEMENT_MISSING"),
            ({"defects": frozenset({"compound"})}, "COMPOUND_AUTHORIZATION"),
            ({"defects": frozenset({"conditioned"})}, "CONDITIONED_AUTHORIZATION"),
            ({"defects": frozenset({"capacity_in_doubt"})}, "CAPACITY_NOT_ATTESTED"),
            ({"defects": frozenset({"a defect nobody knows"})}, "FORM_ELEMENT_MISSING"),
            ({"signed_at": datetime(2025, 12, 30, tzinfo=UTC)}, "SIGNATURE_BEFORE_FORM_VERSION"),
            ({"evidence_complete": False}, "SIGNATURE_EVIDENCE_INCOMPLETE"),
            ({"copy_given_at": None}, "COPY_NOT_PROVIDED"),
            ({"language_understood": False}, "FORM_LANGUAGE_MISMATCH"),
        ],
    )
    def test_fails_for_one_reason_when_one_thing_is_wrong(self, change: dict[str, Any], code: str) -> None:
        assert codes(replace(GOOD, **change)) == [code]

    def test_is_suspended_by_a_hold_at_once(self) -> None:
        assert codes(GOOD, replace(ADULT, held_since=AT)) == ["CONSENT_SUSPENDED"]

    def test_held_before_the_hold_was_placed(self) -> None:
        assert holds(GOOD, replace(ADULT, held_since=AT), AT - timedelta(seconds=1))


class TestTheEndOfTheLastDay:
    """A date means the end of that day in the zone the consent froze (R53)."""

    LAST_DAY = replace(GOOD, ends_on=date(2026, 11, 30))

    def test_is_not_over_while_it_is_still_that_day_at_the_practice(self) -> None:
        assert codes(self.LAST_DAY, at=datetime(2026, 12, 1, 3, 30, tzinfo=UTC)) == []

    def test_is_over_at_midnight_at_the_practice(self) -> None:
        assert codes(self.LAST_DAY, at=datetime(2026, 12, 1, 5, 0, tzinfo=UTC)) == ["CONSENT_EXPIRED"]

    def test_is_what_the_database_is_told(self) -> None:
        assert ends_at(self.LAST_DAY, ADULT) == datetime(2026, 12, 1, 5, 0, tzinfo=UTC)


class TestWhoSigned:
    CHILD = someone(2, born=date(2011, 5, 5))

    def test_a_verified_parent_may(self) -> None:
        assert codes(replace(GOOD, **BY_MOTHER), self.CHILD) == []

    def test_a_child_may_not(self) -> None:
        assert codes(GOOD, self.CHILD) == ["SIGNER_NOT_AUTHORIZED"]

    def test_an_emancipated_minor_may(self) -> None:
        assert codes(GOOD, replace(self.CHILD, emancipated=True)) == []

    def test_a_parent_may_not_where_the_teen_decides_alone(self) -> None:
        teen = replace(self.CHILD, own_consent_service=True)
        assert codes(replace(GOOD, **BY_MOTHER), teen) == ["MINOR_OWN_CONSENT_REQUIRED"]

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"authority": ""}, "SIGNER_AUTHORITY_MISSING"),
            ({"authority_described": False}, "SIGNER_AUTHORITY_MISSING"),
            ({"authority": "step-parent"}, "SIGNER_NOT_AUTHORIZED"),
            ({"authority_verified": False}, "SIGNER_NOT_AUTHORIZED"),
            ({"representative_excluded": True}, "SIGNER_NOT_AUTHORIZED"),
            ({"authority_ended_at": AT}, "SIGNER_NOT_AUTHORIZED"),
        ],
    )
    def test_a_representative_without_standing_authority_may_not(
        self, change: dict[str, Any], code: str
    ) -> None:
        assert codes(replace(GOOD, **{**BY_MOTHER, **change}), self.CHILD) == [code]

    def test_a_parents_permission_ends_on_the_18th_birthday(self) -> None:
        grown = someone(3, born=date(2008, 11, 1))
        assert codes(replace(GOOD, **BY_MOTHER), grown) == ["MINOR_NOW_ADULT"]
        assert ends_at(replace(GOOD, **BY_MOTHER), grown) == datetime(2026, 11, 1, 4, 0, tzinfo=UTC)

    def test_only_an_executor_speaks_for_the_dead(self) -> None:
        dead = replace(ADULT, deceased_on=date(2026, 10, 10))
        executor = {**BY_MOTHER, "authority": "executor"}
        assert codes(GOOD, dead) == ["DECEASED_REP_REQUIRED"]
        assert codes(replace(GOOD, **BY_MOTHER), dead) == ["DECEASED_REP_REQUIRED"]
        assert codes(replace(GOOD, **executor), dead) == []


class TestStanding:
    def test_of_nobody_who_signed_is_none(self) -> None:
        assert standing([], ADULT, AT).key == "none"

    def test_says_soon_within_thirty_days_of_the_end(self) -> None:
        assert standing([replace(GOOD, ends_on=date(2026, 12, 10))], ADULT, AT).key == "soon"

    def test_is_the_best_of_several(self) -> None:
        old = replace(GOOD, ends_on=date(2026, 7, 1))
        assert standing([old, GOOD], ADULT, AT).key == "on_file"
        assert standing([old], ADULT, AT).key == "expired"

    def test_is_hold_whatever_is_on_file(self) -> None:
        assert standing([GOOD], replace(ADULT, held_since=AT), AT).key == "hold"

    def test_keeps_what_a_partial_revocation_left(self) -> None:
        scope = replace(GOOD.scope, platforms=frozenset({"website", "facebook"}))
        partly = replace(
            GOOD, scope=scope, revocations=(RevocationFact(AT, {"platforms": frozenset({"facebook"})}),)
        )
        assert remaining(partly, ADULT, AT).platforms == {"website"}
        assert standing([partly], ADULT, AT).key == "on_file"
