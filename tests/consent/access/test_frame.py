"""The frame of every page: its links, its headers, and the pages that say no."""

import re

import pytest
from django.test import Client

from consent.access.models import Membership
from consent.access.navigation import ROOMS
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def links(page: str) -> list[str]:
    header = page.split("</header>", maxsplit=1)[0]
    return re.findall(r'href="(/p/[^"]+)"', header)


class TestTheHeader:
    def test_links_to_the_rooms_of_the_members_job(self, cast, signed_in):
        page = signed_in(cast.olga).get("/p/riverbend/practice/").content.decode()
        assert "/p/riverbend/team/" in links(page)
        assert "/p/riverbend/people/" not in links(page)
        assert 'href="/p/riverbend/practice/" aria-current="page"' in page

    def test_stays_on_the_page_that_refuses(self, cast, signed_in):
        answer = signed_in(cast.finn).get("/p/riverbend/practice/")
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "You are signed in as Front desk." in page
        assert "/p/riverbend/people/" in links(page)
        assert "aria-current" not in page

    def test_shows_nothing_of_a_practice_to_strangers(self, cast, signed_in):
        assert cast.practice
        answer = signed_in(cast.zed).get("/p/riverbend/practice/")
        assert answer.status_code == 404
        assert "Riverbend" not in answer.content.decode()

    def test_has_a_link_for_every_looking_role(self, cast, signed_in):
        found = links(signed_in(cast.aida).get("/p/riverbend/practice/").content.decode())
        assert len(found) == len([ability for _, _, ability in ROOMS if ability != "consent.prepare"])


class TestArriving:
    def test_leads_to_the_one_practice(self, cast, signed_in):
        assert signed_in(cast.dan).get("/")["Location"] == "/p/riverbend/"

    def test_asks_where_those_who_work_in_two(self, cast, signed_in):
        Membership.objects.create(practice=cast.other_practice, user=cast.dan, roles=["auditor"], since=NOW)
        page = signed_in(cast.dan).get("/").content.decode()
        assert "Riverbend Family Practice" in page
        assert "Hilltop Dental" in page

    def test_tells_those_who_belong_nowhere_whom_to_ask(self, cast, signed_in):
        client = signed_in(cast.dan)
        Membership.objects.update(ended_at=NOW)
        assert "Ask the practice's owner" in client.get("/").content.decode()


class TestHeaders:
    @pytest.mark.parametrize("path", ["/account/login/", "/me/", "/p/riverbend/practice/", "/nowhere/"])
    def test_keep_every_page_private_and_strict(self, cast, signed_in, path):
        answer = signed_in(cast.olga).get(path)
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "*" not in policy
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy

    def test_mark_the_session_cookie_unreadable_to_scripts(self, cast):
        answer = Client().post(
            "/account/login/", {"login": cast.dan.email, "password": "a long enough password"}
        )
        cookie = answer.cookies["postern_session"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert not cookie["expires"]


class TestAStaleForm:
    def test_changes_nothing_and_says_so(self, cast, signed_in):
        client = signed_in(cast.olga)
        client.handler.enforce_csrf_checks = True
        answer = client.post(
            "/p/riverbend/team/add/", {"name": "X", "email": "x@example.org", "roles": "owner"}
        )
        assert answer.status_code == 403
        assert "Nothing was changed" in answer.content.decode()
        assert Membership.objects.filter(practice=cast.practice).count() == 1
