"""Replaying finds what somebody wrote behind the triggers, and shows what new rules would change (design 5)."""

import io
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from consent.audit.ledger import recording
from consent.audit.models import LedgerEntry
from consent.audit.rules import SYSTEM
from consent.records.actions import revoke
from posts.clearance.actions import confirm_clearing, decide, keep_decision, propose_clearing, record_finding
from posts.clearance.models import Decision, Reliance
from posts.clearance.queries import rulings
from posts.gate.decide import RULES_VERSION
from tests.cast import NOW, Cast, by
from tests.consents import signed_consent
from tests.flushing import guards_aside
from tests.posts_data import given_account, given_post, given_version

pytestmark = pytest.mark.django_db


def kept(version: Any, stage: str = "submit") -> Decision:
    """The gate's answer about the version, kept as every exit keeps it."""
    with recording(by=SYSTEM, at=NOW):
        return decide(version=version, stage=stage, by=SYSTEM, at=NOW)


@pytest.fixture
def allowed(cast: Cast) -> Decision:
    """A post about Ana, who agreed."""
    signed_consent(cast, cast.ana)
    return kept(given_version(cast, mentioning=cast.ana))


@pytest.fixture
def refused(cast: Cast) -> Decision:
    """A post about Vic, who did not."""
    return kept(given_version(cast, mentioning=cast.vic))


def forge(decision: Decision, **columns: Any) -> None:
    """As somebody who first drops the triggers."""
    with guards_aside(connection):
        Decision.objects.filter(pk=decision.pk).update(**columns)


def replay(*options: str) -> str:
    """What the command prints when nothing is wrong."""
    out = io.StringIO()
    call_command("replay_decisions", *options, stdout=out)
    return out.getvalue()


def replay_fails() -> str:
    """What the command prints before it exits with an error."""
    out = io.StringIO()
    with pytest.raises(CommandError, match="somebody has written into the database") as failed:
        call_command("replay_decisions", stdout=out)
    assert failed.value.returncode == 1
    return out.getvalue()


class TestDecisionsAsTheyWereMade:
    def test_come_out_alike(self, allowed: Decision, refused: Decision) -> None:
        assert "2 decisions made again" in replay()
        assert "2 alike, 0 would be decided otherwise" in replay()

    def test_come_out_alike_with_what_two_people_cleared(self, cast: Cast) -> None:
        version = given_version(cast)
        record_finding(version=version, code="DEID_REVIEW_REQUIRED", kind="AGE", by=SYSTEM, at=NOW)
        [ruling] = rulings([version], NOW, final=False)
        [reason] = ruling.verdict.reasons
        clearing = propose_clearing(
            version=version, fingerprint=reason.fingerprint, why="Many fit.", by=by(cast.mia), at=NOW
        )
        confirm_clearing(clearing=clearing, by=by(cast.eve), at=NOW)
        decision = kept(version)
        assert decision.allowed
        assert [one["code"] for one in decision.cleared] == ["DEID_REVIEW_REQUIRED"]
        assert "1 alike" in replay()
        forge(decision, cleared=[])
        assert "what was cleared does not follow" in replay_fails()

    def test_come_out_alike_with_a_revocation_in_part(self, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana)
        revoke(consent=consent, part={"platforms": ["facebook"]}, how="desk", by=by(cast.finn), at=NOW)
        kept(given_version(cast, mentioning=cast.ana))
        assert "1 alike" in replay()

    def test_are_made_again_for_one_practice_alone(self, allowed: Decision, cast: Cast) -> None:
        assert "0 decisions made again" in replay("--practice", cast.other_practice.slug)
        assert "1 decisions made again" in replay("--practice", "riverbend")

    def test_take_as_many_queries_for_any_number(self, cast: Cast, django_assert_num_queries: Any) -> None:
        version = given_version(cast)
        for _ in range(7):
            kept(version)
        # Decisions, what they rest on, the ledger's lines of their posts; deliveries; triggers; the wall.
        with django_assert_num_queries(6):
            assert "7 alike" in replay()


class TestForgeries:
    def test_of_a_yes_are_found(self, refused: Decision) -> None:
        forge(refused, allowed=True, reasons=[])
        printed = replay_fails()
        assert f"Decision {refused.pk} of" in printed
        assert "the verdict does not follow" in printed
        assert "now also NO_CONSENT" in printed
        assert "the ledger does not say the same" in printed

    def test_of_a_reason_are_found(self, refused: Decision) -> None:
        forge(refused, reasons=[{**refused.reasons[0], "code": "CHANNEL_CLOSED"}])
        assert "(now also NO_CONSENT) (no longer CHANNEL_CLOSED)" in replay_fails()

    def test_of_whom_a_reason_is_about_are_found(self, refused: Decision, cast: Cast) -> None:
        forge(refused, reasons=[{**refused.reasons[0], "person": cast.ana.pk}])
        assert "the reasons do not follow" in replay_fails()

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("digest", "0" * 64, "it is for other content than its facts"),
            ("at", "2026-01-01T00:00:00+00:00", "it was made at another time than its facts"),
            ("version", 999_999, "it is about another version than its facts"),
            ("people", [], "it rests on other consents"),
            ("nonsense", 1, "its facts cannot be read"),
        ],
    )
    def test_of_facts_are_found(self, allowed: Decision, field: str, value: Any, said: str) -> None:
        forge(allowed, facts={**allowed.facts, field: value})
        assert said in replay_fails()

    def test_of_the_channel_are_found(self, allowed: Decision, cast: Cast) -> None:
        forge(allowed, account=given_account(cast, "facebook", "by_hand"))
        assert "it is for another channel than its facts" in replay_fails()

    @pytest.mark.parametrize("change", ["removed", "known", "consent"])
    def test_of_what_it_rests_on_are_found(self, allowed: Decision, cast: Cast, change: str) -> None:
        other = signed_consent(cast, cast.ana)
        with guards_aside(connection):
            rows = Reliance.objects.filter(decision=allowed)
            {
                "removed": rows.delete,
                "known": lambda: rows.update(revocations_known=1),
                "consent": lambda: rows.update(consent=other),
            }[change]()
        assert "it rests on other consents" in replay_fails()

    def test_of_a_whole_decision_are_found_by_its_missing_line(self, allowed: Decision) -> None:
        row = Decision.objects.get(pk=allowed.pk)
        row.pk = None
        row.save()
        with guards_aside(connection):
            for relied in Reliance.objects.filter(decision=allowed):
                relied.pk, relied.decision = None, row
                relied.save()
        assert f"Decision {row.pk}" in (printed := replay_fails())
        assert "the ledger does not say the same" in printed

    def test_do_not_hide_behind_the_rules_of_another_time(self, refused: Decision) -> None:
        forge(refused, allowed=True, reasons=[], rules_version="2019-01-01.1")
        assert "the ledger does not say the same" in replay_fails()

    def test_of_the_ledger_line_are_found(self, refused: Decision) -> None:
        with guards_aside(connection):
            LedgerEntry.objects.filter(event="gate.decided").delete()
        assert "the ledger does not say the same" in replay_fails()


class TestOtherRules:
    @pytest.fixture
    def of_other_rules(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Decision:
        """What rules that asked for no consent once answered: kept with its line, as they would have kept it."""
        monkeypatch.setattr("posts.clearance.actions.deciding.RULES_VERSION", "2019-01-01.1")
        [ruling] = rulings([given_version(cast, mentioning=cast.vic)], NOW, final=False)
        lenient = replace(ruling, verdict=replace(ruling.verdict, reasons=()))
        return keep_decision(ruling=lenient, stage="submit", by=SYSTEM, at=NOW)

    def test_are_shown_in_a_table_and_do_not_fail(self, of_other_rules: Decision, allowed: Decision) -> None:
        printed = replay()
        [row] = [line for line in printed.splitlines() if line.startswith("2019-01-01.1")]
        assert row.split() == ["2019-01-01.1", "1", "NO_CONSENT", "–"]
        assert "1 alike, 1 would be decided otherwise than by the rules of their time, 0 do not" in printed

    def test_that_kept_other_facts_are_counted(self, of_other_rules: Decision) -> None:
        forge(of_other_rules, facts={"at": NOW.isoformat()})
        assert "facts cannot be read" in replay()

    def test_that_answered_alike_are_alike(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("posts.clearance.actions.deciding.RULES_VERSION", "2019-01-01.1")
        kept(given_version(cast, given_post(cast)))
        assert RULES_VERSION != "2019-01-01.1"
        assert "1 alike" in replay()
