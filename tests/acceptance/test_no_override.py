"""Nobody overrides a HARD reason: no role, no setting, no switch, no row, no command, no variable (R46).

For every HARD code that the acceptance worlds reach, its world is built, everything is tried, and the gate is asked.
"""

import ast
import inspect
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from consent.access.actions import add_member
from consent.access.rules import ROLES
from consent.audit.ledger import recording
from consent.audit.rules import SYSTEM
from posts.clearance.actions import NotClearable, NothingToClear, decide, propose_clearing, switch_pack_rule
from posts.clearance.models import Clearing, Decision
from posts.clearance.queries import Ruling, rulings
from posts.gate.decide import is_cleared
from posts.gate.facts import ClearingFacts
from posts.gate.packs import PACKS
from posts.gate.reasons import CATALOGUE, Reason
from tests.facts import POST

from .conftest import OWN
from .test_gate_cases import built
from .worlds import World, acting

ROOT = Path(__file__).parents[2]
HARD = sorted(code for code, entry in CATALOGUE.items() if entry.weight == "HARD")
CASES = [json.loads(line) for line in OWN.read_text("utf-8").splitlines() if line]
REACHED = {
    code: case["world"]
    for case in reversed(CASES)
    for code in case["expect"]["codes"]
    if CATALOGUE[code].weight == "HARD"
}


def against(world: World, code: str) -> tuple[Ruling, list[Reason]]:
    """The gate's ruling, and its reasons of this code."""
    assert world.version is not None
    [ruling] = rulings([world.version], world.now, final=True)
    return ruling, [reason for reason in ruling.verdict.reasons if reason.code == code]


def ask_every_role(world: World, reason: Reason) -> None:
    """Somebody with each role, and somebody with all of them, proposes to clear it."""
    assert world.version is not None
    for number, roles in enumerate([*([role] for role in ROLES), list(ROLES)]):
        email = f"role{number}-{world.practice.pk}@example.org"
        member = add_member(
            practice=world.practice, email=email, name=email, roles=roles, by=SYSTEM, at=world.now
        )
        with pytest.raises((NotClearable, NothingToClear)):
            propose_clearing(
                version=world.version,
                fingerprint=reason.fingerprint,
                why="Because I say so.",
                by=acting(member.user),
                at=world.now,
            )


def write_a_clearing(world: World, ruling: Ruling, reason: Reason) -> None:
    """The row that would be written if two qualified people had cleared it."""
    Clearing.objects.create(
        practice=world.practice,
        version=ruling.version,
        digest=ruling.facts.digest,
        code=reason.code,
        fingerprint=reason.fingerprint,
        why="Written by hand.",
        proposed_by=world.users["checker"],
        proposed_at=world.now,
        confirmed_by=world.users["second"],
        confirmed_at=world.now,
    )


def turn_every_switch(world: World, code: str) -> None:
    """Every rule of a state off but the one in question, which is counsel's to turn off; every detector off."""
    for rule in PACKS:
        if rule.code != code:
            switch_pack_rule(
                practice=world.practice,
                code=rule.code,
                is_on=False,
                counsel="Nobody",
                why="To see what happens.",
                by=world.by("checker"),
                at=world.now,
            )
    if code != "DETECTOR_UNAVAILABLE":  # whether a practice uses detectors at all is its recorded setting
        world.practice.detectors = []
        world.practice.save()


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(REACHED))
def test_a_hard_reason_stands_whatever_is_tried(code: str, settings: Any) -> None:
    world = built(REACHED[code])
    ruling, reasons = against(world, code)
    assert reasons
    ask_every_role(world, reasons[0])
    for reason in reasons:
        write_a_clearing(world, ruling, reason)
    turn_every_switch(world, code)
    settings.DEBUG = True

    ruling, still = against(world, code)
    assert {one.fingerprint for one in still} >= {one.fingerprint for one in reasons}
    assert not ruling.verdict.allowed
    with recording(by=SYSTEM, at=world.now):
        decision = decide(version=ruling.version, stage="intent", by=SYSTEM, at=world.now)
    assert not decision.allowed


@pytest.mark.django_db
def test_a_decision_with_reasons_cannot_be_stored_as_a_yes() -> None:
    world = built(REACHED["NO_CONSENT"])
    with recording(by=SYSTEM, at=world.now):
        decision = decide(
            version=against(world, "NO_CONSENT")[0].version, stage="intent", by=SYSTEM, at=world.now
        )
    row = Decision.objects.get(pk=decision.pk)
    row.pk, row.allowed = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("code", HARD)
def test_no_clearing_counts_for_a_hard_reason(code: str) -> None:
    reason = Reason(code)
    clearing = ClearingFacts(reason.fingerprint, POST.digest, 2, 3, confirmer_qualified=True)
    assert not is_cleared(reason, replace(POST, clearings=(clearing,)))
    review = Reason("FACE_UNLINKED")
    clearing = replace(clearing, fingerprint=review.fingerprint)
    assert is_cleared(review, replace(POST, clearings=(clearing,)))


def test_the_gate_has_no_argument_but_the_facts() -> None:
    from posts.gate.decide import decide as gate

    assert list(inspect.signature(gate).parameters) == ["facts"]


def mentioned(folder: str) -> set[str]:
    """Every name that the modules of a folder use or import."""
    found: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name):
                found.add(node.id)
            elif isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.alias):
                found.add(node.name)
            elif isinstance(node, ast.ImportFrom):
                found.add(node.module or "")
    return found


@pytest.mark.parametrize("folder", ["posts/gate", "posts/clearance", "consent/records/rules"])
def test_no_setting_and_no_variable_reaches_the_gate(folder: str) -> None:
    assert mentioned(folder) & {"environ", "getenv", "django.conf", "DEBUG"} == set()
    assert not [name for name in mentioned(folder) if name.startswith("env_")]


@pytest.mark.parametrize("folder", ["posts/management", "consent/management"])
def test_no_command_writes_a_decision_or_clears_anything(folder: str) -> None:
    writing = {
        "Clearing",
        "Approval",
        "Attestation",
        "keep_decision",
        "decide",
        "confirm_clearing",
        "approve",
    }
    assert mentioned(folder) & writing == set()
