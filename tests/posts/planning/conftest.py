"""The clock of these pages stands an hour after what the cast has done."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from tests.cast import NOW


@pytest.fixture(autouse=True)
def _an_hour_later() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield
