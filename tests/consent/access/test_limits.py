"""What is counted about strangers is counted by all processes together."""

import subprocess
import sys

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import timezone

from consent.access.limits import caller_of, too_often
from door.places import ROOT
from tests.cast import NOW

KNOCKS = """
import django
django.setup()
from django.test import RequestFactory
from django.utils import timezone
from consent.access.limits import too_often
request = RequestFactory().get("/verify/")
print(*[too_often(request, "a_door", times=3, seconds=600, at=timezone.now()) for _ in range(2)])
"""


@pytest.mark.django_db(transaction=True)
class TestKnocks:
    def test_at_two_processes_are_counted_together(self, process_env: dict[str, str]) -> None:
        cache.clear()
        request = RequestFactory().get("/verify/")
        assert [too_often(request, "a_door", times=3, seconds=600, at=timezone.now()) for _ in range(2)] == [
            False,
            False,
        ]
        elsewhere = subprocess.run(
            [sys.executable, "-c", KNOCKS],
            env=process_env | {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert elsewhere.stdout.split() == ["False", "True"]
        assert too_often(request, "a_door", times=3, seconds=600, at=timezone.now())

    def test_are_forgotten_after_their_time_however_many_come_meanwhile(self) -> None:
        cache.clear()
        request = RequestFactory().get("/verify/")
        with time_machine.travel(NOW, tick=False) as clock:
            answers = []
            for _ in range(12):
                answers.append(too_often(request, "a_door", times=3, seconds=60, at=timezone.now()))
                clock.shift(25)
        assert not any(answers)

    def test_that_were_refused_keep_nobody_out_any_longer(self) -> None:
        cache.clear()
        request = RequestFactory().get("/verify/")
        with time_machine.travel(NOW, tick=False) as clock:
            for _ in range(3):
                assert not too_often(request, "a_door", times=3, seconds=60, at=timezone.now())
            clock.shift(50)
            assert too_often(request, "a_door", times=3, seconds=60, at=timezone.now())
            clock.shift(10)
            assert not too_often(request, "a_door", times=3, seconds=60, at=timezone.now())

    def test_count_for_as_long_as_the_door_says(self) -> None:
        cache.clear()
        request = RequestFactory().get("/verify/")
        with time_machine.travel(NOW, tick=False) as clock:
            for _ in range(3):
                assert not too_often(request, "a_door", times=3, seconds=600, at=timezone.now())
            clock.shift(400)
            assert too_often(request, "a_door", times=3, seconds=600, at=timezone.now())


class TestACaller:
    @pytest.mark.parametrize(
        ("address", "counted"),
        [
            ("203.0.113.9", "203.0.113.9"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("2001:db8:0:7:1:2:3:4", "2001:db8:0:7::"),
            ("2001:db8:0:7:ffff::9", "2001:db8:0:7::"),
            ("2001:db8:0:8::9", "2001:db8:0:8::"),
            ("", ""),
        ],
    )
    def test_is_one_however_many_addresses_of_a_network_they_choose(self, address: str, counted: str) -> None:
        assert caller_of(RequestFactory().get("/", REMOTE_ADDR=address)) == counted

    @pytest.mark.django_db
    def test_guesses_no_more_passwords_from_another_address_of_theirs(self, cast, client: Client) -> None:
        def tried(address: str, password: str = "wrong") -> int:
            told = {"login": cast.finn.email, "password": password}
            return client.post("/account/login/", told, REMOTE_ADDR=address).status_code

        for number in range(5):
            tried(f"2001:db8:0:7::{number}")
        assert tried("2001:db8:0:7::9") == 429
        assert tried("2001:db8:0:8::9") == 200
