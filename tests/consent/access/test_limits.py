"""What is counted about strangers is counted by all processes together."""

import subprocess
import sys

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from consent.access.limits import too_often
from door.places import ROOT

KNOCKS = """
import django
django.setup()
from django.test import RequestFactory
from consent.access.limits import too_often
request = RequestFactory().get("/verify/")
print(*[too_often(request, "a_door", times=3, seconds=600) for _ in range(2)])
"""


@pytest.mark.django_db(transaction=True)
class TestKnocks:
    def test_at_two_processes_are_counted_together(self, process_env: dict[str, str]) -> None:
        cache.clear()
        request = RequestFactory().get("/verify/")
        assert [too_often(request, "a_door", times=3, seconds=600) for _ in range(2)] == [False, False]
        elsewhere = subprocess.run(
            [sys.executable, "-c", KNOCKS],
            env=process_env | {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert elsewhere.stdout.split() == ["False", "True"]
        assert too_often(request, "a_door", times=3, seconds=600)
