"""Signing out those who left, and nobody else (R55)."""

import pytest

from tests.cast import NOW

pytestmark = pytest.mark.django_db
NINE, ELEVEN = 9 * 60, 11 * 60


@pytest.fixture
def dan(cast, signed_in, time_machine):
    time_machine.move_to(NOW)
    return signed_in(cast.dan)


class TestIdling:
    def test_signs_out_after_ten_minutes_and_says_why(self, dan, time_machine):
        dan.get("/me/")
        time_machine.shift(ELEVEN)
        answer = dan.get("/me/")
        assert answer["Location"] == "/account/login/?idle=1"
        assert "nothing happened for ten minutes" in dan.get("/account/login/?idle=1").content.decode()
        assert dan.get("/me/").status_code == 302

    def test_counts_from_the_last_act(self, dan, time_machine):
        for _ in range(3):
            time_machine.shift(NINE)
            assert dan.get("/me/").status_code == 200

    def test_is_not_put_off_by_what_a_page_fetches_by_itself(self, dan, time_machine):
        dan.get("/me/")
        time_machine.shift(NINE)
        assert dan.get("/me/", headers={"X-Postern-Background": "1"}).status_code == 200
        time_machine.shift(NINE)
        assert dan.get("/me/").status_code == 302

    def test_is_put_off_by_someone_who_writes_for_long(self, dan, time_machine):
        for _ in range(3):
            time_machine.shift(NINE)
            assert dan.get("/here/").status_code == 204

    def test_takes_an_open_page_along_when_htmx_asks(self, dan, time_machine):
        dan.get("/me/")
        time_machine.shift(ELEVEN)
        answer = dan.get("/me/", headers={"HX-Request": "true"})
        assert answer["HX-Redirect"] == "/account/login/?idle=1"
