"""Coming in: password, lockout, second factor, and what the ledger hears of it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from consent.access.actions import lock_out
from consent.access.models import Membership, User
from consent.audit.models import LedgerEntry
from consent.audit.rules import SYSTEM
from tests.cast import NOW, PASSWORD

pytestmark = pytest.mark.django_db


def events(practice) -> list[str]:
    return list(LedgerEntry.objects.filter(chain=f"practice:{practice.pk}").values_list("event", flat=True))


def real(cast, name="Rita") -> User:
    user = User.objects.create_user(f"{name.lower()}@example.org", PASSWORD, name=name)
    Membership.objects.create(practice=cast.practice, user=user, roles=["front_desk"], since=NOW)
    return user


class TestSigningIn:
    def test_lets_in_with_the_password_and_tells_the_practice(self, cast, signed_in):
        client = signed_in(cast.dan)
        assert client.get("/me/").status_code == 200
        assert events(cast.practice) == ["member.signed_in"]

    def test_asks_for_the_e_mail_address_in_the_words_of_this_house(self, db):
        page = Client().get("/account/login/").content.decode()
        assert "E-mail" in page
        assert "Email" not in page

    def test_refuses_a_wrong_password_and_says_so(self, cast):
        answer = Client().post("/account/login/", {"login": cast.dan.email, "password": "wrong"})
        assert "not correct" in answer.content.decode()
        assert events(cast.practice) == []

    def test_stays_closed_to_strangers_who_would_sign_up(self, db):
        assert Client().get("/account/signup/").status_code == 404

    def test_asks_for_the_second_factor_before_anything_opens(self, cast):
        user = real(cast)
        Authenticator.objects.create(user=user, type="totp", data={"secret": "sealed"})
        client = Client()
        answer = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
        assert answer["Location"].startswith("/account/2fa/authenticate/")
        assert client.get("/me/").status_code == 302
        assert events(cast.practice) == []

    def test_sends_real_staff_without_a_second_factor_to_set_one_up(self, cast, signed_in):
        client = signed_in(real(cast))
        assert client.get("/me/")["Location"] == "/account/2fa/totp/activate/"
        assert client.get("/account/2fa/totp/activate/").status_code == 200

    def test_lets_a_demo_user_do_without(self, cast, signed_in):
        assert signed_in(cast.finn).get("/me/").status_code == 200


class TestLockingOut:
    def guess(self, cast, times: int):
        for _ in range(times):
            answer = Client().post("/account/login/", {"login": cast.dan.email, "password": "wrong"})
        return answer

    def test_closes_after_five_wrong_passwords_even_to_the_right_one(self, cast):
        assert "closed for 15 minutes" in self.guess(cast, 5).content.decode()
        answer = Client().post("/account/login/", {"login": cast.dan.email, "password": PASSWORD})
        assert answer.status_code == 429

    def test_leaves_the_colleague_at_the_next_desk_alone(self, cast, signed_in):
        self.guess(cast, 5)
        assert signed_in(cast.mia).get("/me/").status_code == 200

    def test_is_not_fooled_by_capital_letters(self, cast):
        self.guess(cast, 4)
        answer = Client().post("/account/login/", {"login": cast.dan.email.upper(), "password": "wrong"})
        assert answer.status_code == 429

    def test_tells_the_ledger_once_however_often_they_try(self, cast):
        self.guess(cast, 8)
        assert events(cast.practice) == ["member.locked_out"]

    def test_tells_it_again_when_the_next_siege_begins(self, cast):
        for hours in (0, 0.1, 1):
            lock_out(
                user=cast.dan, cool_off=timedelta(minutes=15), by=SYSTEM, at=NOW + timedelta(hours=hours)
            )
        assert events(cast.practice) == ["member.locked_out"] * 2
