"""Setting up the authenticator app, coming in with it, and losing it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from consent.access.actions import WorksElsewhere, help_with_second_factor
from consent.access.models import Membership, User
from consent.audit.models import LedgerEntry
from tests.cast import NOW, PASSWORD, by

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita(cast) -> User:
    user = User.objects.create_user("rita@example.org", PASSWORD, name="Rita")
    Membership.objects.create(practice=cast.practice, user=user, roles=["front_desk"], since=NOW)
    return user


def six_digits(secret: str) -> str:
    _, now, _ = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, now)))


def set_up(client: Client) -> str:
    page = client.get("/account/2fa/totp/activate/").content.decode()
    secret = re.findall(r"<code>(\w+)</code>", page)[0]
    client.post("/account/2fa/totp/activate/", {"code": six_digits(secret)})
    return str(secret)


class TestSettingUp:
    def test_shows_the_code_as_a_picture_that_the_csp_allows(self, rita, signed_in):
        answer = signed_in(rita).get("/account/2fa/totp/activate/")
        assert 'src="data:image/svg+xml' in answer.content.decode()
        assert "img-src 'self' data:" in answer["Content-Security-Policy"]

    def test_opens_the_house_and_gives_recovery_codes(self, rita, signed_in):
        client = signed_in(rita)
        set_up(client)
        assert client.get("/me/").status_code == 200
        codes = client.get("/account/2fa/recovery-codes/").content.decode()
        assert len(re.findall(r"<code>\d{8}</code>", codes)) == 10

    def test_keeps_the_secret_sealed(self, rita, signed_in):
        secret = set_up(signed_in(rita))
        assert secret not in str(Authenticator.objects.get(user=rita, type="totp").data)


class TestComingBack:
    def test_needs_the_six_digits_and_records_them_as_the_factor(self, rita, signed_in):
        secret = set_up(signed_in(rita))
        cache.clear()
        client = signed_in(rita)
        assert client.get("/me/").status_code == 302
        client.post("/account/2fa/authenticate/", {"code": six_digits(secret)})
        assert client.get("/me/").status_code == 200
        last = LedgerEntry.objects.filter(event="member.signed_in").latest("seq")
        assert b'"factor":"totp"' in bytes(last.body)

    def test_accepts_a_recovery_code_once(self, rita, signed_in):
        client = signed_in(rita)
        set_up(client)
        page = client.get("/account/2fa/recovery-codes/").content.decode()
        code = re.findall(r"<code>(\d{8})</code>", page)[0]
        for expected in (200, 302):
            again = signed_in(rita)
            again.post("/account/2fa/authenticate/", {"code": code})
            assert again.get("/me/").status_code == expected


class TestLosingThePhone:
    def test_lets_the_owner_clear_the_way_to_a_new_one(self, cast, rita, signed_in):
        set_up(signed_in(rita))
        membership = Membership.objects.get(user=rita)
        signed_in(cast.olga).post(f"/p/riverbend/team/{membership.pk}/second-factor/")
        assert signed_in(rita).get("/me/")["Location"] == "/account/2fa/totp/activate/"

    def test_refuses_where_it_would_open_another_practice(self, cast, rita):
        Membership.objects.create(practice=cast.other_practice, user=rita, roles=["owner"], since=NOW)
        with pytest.raises(WorksElsewhere, match="another practice"):
            help_with_second_factor(
                membership=Membership.objects.get(user=rita, practice=cast.practice), by=by(cast.olga), at=NOW
            )
