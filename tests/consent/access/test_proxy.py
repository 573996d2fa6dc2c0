"""Behind a proxy, visitors are told apart by the address that the proxy adds; nothing else that they send counts."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from consent.access.middleware import BehindProxy

PROXY, VISITOR = "10.0.0.2", "203.0.113.9"


def caller(said: str) -> str:
    """The address that the pages see when a request says `said`."""
    seen: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(str(request.META["REMOTE_ADDR"]))
        return HttpResponse()

    BehindProxy(page)(RequestFactory().get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=said))
    return seen[0]


class TestBehindAProxy:
    @pytest.fixture(autouse=True)
    def _behind(self, settings):
        settings.BEHIND_PROXY = True

    def test_a_visitor_is_who_the_proxy_says(self):
        assert caller(VISITOR) == VISITOR
        assert caller("2001:db8::7") == "2001:db8::7"

    def test_what_the_visitor_says_of_themselves_does_not_count(self):
        assert caller(f"198.51.100.1, {VISITOR}") == VISITOR

    @pytest.mark.parametrize("said", ["", "unknown", "203.0.113.9,", "<script>", "203.0.113.999"])
    def test_what_is_no_address_changes_nothing(self, said):
        assert caller(said) == PROXY


class TestWithoutAProxy:
    def test_nobody_chooses_their_address(self, settings):
        settings.BEHIND_PROXY = False
        assert caller(VISITOR) == PROXY
