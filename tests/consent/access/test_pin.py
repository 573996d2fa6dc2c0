"""Choosing a PIN."""

import pytest

from consent.access.actions import change_pin
from consent.access.rules import WeakPin, checked_pin
from consent.audit.models import LedgerEntry
from tests.cast import NOW, PIN, by


class TestAPin:
    @pytest.mark.parametrize("pin", ["4711", "90210", "31415926"])
    def test_is_four_to_eight_digits(self, pin):
        assert checked_pin(pin) == pin

    @pytest.mark.parametrize(
        ("pin", "why"),
        [
            ("0000", "same digit"),
            ("1234", "in a row"),
            ("98765", "in a row"),
            ("7890", "in a row"),
            ("1212", "same digits twice"),
            ("123", "4 to 8 digits"),
            ("123456789", "4 to 8 digits"),
            ("47a1", "4 to 8 digits"),
            ("٤٧١١", "4 to 8 digits"),
        ],
    )
    def test_is_refused_when_a_stranger_would_guess_it(self, pin, why):
        with pytest.raises(WeakPin, match=why):
            checked_pin(pin)


@pytest.mark.django_db
class TestChanging:
    def test_replaces_the_old_one_and_is_recorded(self, cast, signed_in):
        page = signed_in(cast.dan).post("/me/pin/", {"pin": "9075", "again": "9075"}, follow=True)
        assert "Your PIN is changed." in page.content.decode()
        cast.dan.refresh_from_db()
        assert cast.dan.check_pin("9075")
        assert not cast.dan.check_pin(PIN)
        assert LedgerEntry.objects.get(event="pin.changed").subject.startswith("membership:")

    @pytest.mark.parametrize("sent", [{"pin": "1111", "again": "1111"}, {"pin": "9075", "again": "9076"}])
    def test_keeps_the_old_one_when_the_new_one_is_weak_or_mistyped(self, cast, signed_in, sent):
        signed_in(cast.dan).post("/me/pin/", sent)
        cast.dan.refresh_from_db()
        assert cast.dan.check_pin(PIN)

    def test_asks_who_is_there_when_sign_in_is_long_ago(self, cast, client):
        client.force_login(cast.dan)  # a session without a fresh proof
        answer = client.post("/me/pin/", {"pin": "9075", "again": "9075"})
        assert answer["Location"].startswith("/account/reauthenticate/")

    def test_never_stores_the_digits(self, cast):
        change_pin(user=cast.dan, pin="9075", by=by(cast.dan), at=NOW)
        assert "9075" not in cast.dan.pin_hash
