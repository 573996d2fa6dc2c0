"""Every world of the acceptance data, built as rows and decided as publishing decides (rules.md, section B)."""

from typing import Any

import pytest

from posts.clearance.queries import rulings

from .consents import add_consents
from .people import add_people
from .posts import add_assets, add_post, add_recipients, look_at_it, write
from .worlds import World, open_world

pytestmark = pytest.mark.django_db


def built(given: dict[str, Any]) -> World:
    """The world as rows."""
    world = open_world(given)
    add_people(world)
    add_post(world)
    add_recipients(world)
    add_assets(world)
    add_consents(world)
    write(world)
    world.practice.detectors = ["words", "pictures"]
    world.practice.save(update_fields=["detectors"])
    look_at_it(world)
    return world


def test_a_world_is_decided_as_expected(case: dict[str, Any]) -> None:
    world = built(case["world"])
    assert world.version is not None
    [ruling] = rulings([world.version], world.now, final=True)
    found = sorted({reason.code for reason in ruling.verdict.reasons})
    wanted = case["expect"]
    assert found == sorted(set(wanted["codes"])), (
        f"{case['id']} ({case['given']}; {case['when']}): wanted {wanted['codes'] or 'ALLOW'}, found {found}"
    )
    assert ruling.verdict.allowed == (wanted["verdict"] == "ALLOW")
