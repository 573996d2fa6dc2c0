"""The clock of these tests stands still at `NOW`: links, cookies and consents are read against it."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.cast import NOW


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield
