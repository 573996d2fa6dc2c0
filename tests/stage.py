"""The cast as a fixture."""

import pytest

from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The named people of `tests/cast.py`, made as a test calls them."""
    return Cast()
