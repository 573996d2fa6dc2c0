"""Findings for these pages."""

from collections.abc import Callable
from typing import Any

import pytest

from consent.access.models import LocationFacts
from consent.workforce.models import Policy
from posts.clearance.actions import record_finding
from posts.clearance.models import Finding
from posts.content.models import Version
from tests.cast import NOW, Cast, by

Found = Callable[..., Finding]


@pytest.fixture
def found(cast: Cast) -> Found:
    """`found(version)`: Eve has seen a name in its words."""

    def record(version: Version, **fields: Any) -> Finding:
        seen = {"code": "PHI_DETECTED_UNLINKED", "kind": "NAME", "note": "Grace?"} | fields
        return record_finding(version=version, **seen, by=by(cast.eve), at=NOW)

    return record


@pytest.fixture
def small_place(cast: Cast) -> None:
    """So few people live at Main Street that a detail identifies sooner (R35)."""
    LocationFacts.objects.filter(location=cast.location).update(small_town=True)


@pytest.fixture
def new_policy(cast: Cast) -> None:
    """A new policy came into force, which nobody has signed yet (R62)."""
    Policy.objects.create(
        practice=cast.practice, version="2", text="Ask twice.", effective_from=NOW, recorded_at=NOW
    )
