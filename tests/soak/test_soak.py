"""A short soak in every run of the tests; `./postern soak STEPS=1000000` is the long one."""

import pytest

from .machine import live


@pytest.mark.django_db
def test_nothing_shows_that_somebody_does_not_allow():
    live(lives=5, steps=20, seed=1)
