"""Two implementations of the rules agree: the oracle on the given worlds, the gate and the oracle on random ones."""

import json
import os

import pytest

from posts.clearance.queries import rulings

from .conftest import OWN
from .oracle import codes_of
from .test_gate_cases import built
from .worldmaker import random_case

RANDOM_WORLDS = int(os.environ.get("POSTERN_TEST_WORLDS", "40"))
GIVEN = [json.loads(line) for line in OWN.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("given", GIVEN, ids=[case["id"] for case in GIVEN])
def test_the_oracle_knows_the_given_worlds(given):
    assert sorted(codes_of(given["world"])) == sorted(given["expect"]["codes"])


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(RANDOM_WORLDS))
def test_gate_and_oracle_agree_on_a_random_world(number):
    case = random_case(number)
    world = built(case["world"])
    assert world.version is not None
    [ruling] = rulings([world.version], world.now, final=True)
    found = sorted({reason.code for reason in ruling.verdict.reasons})
    assert found == case["expect"]["codes"], json.dumps(case["world"])
