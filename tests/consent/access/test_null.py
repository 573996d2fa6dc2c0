"""A NUL in an address or a search is dropped, on both engines, before any page can search with it."""

import pytest
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db


class TestANullInAnAddress:
    @pytest.mark.parametrize("page", ["pictures", "posts", "people"])
    def test_is_no_search_term(self, cast: Cast, page: str) -> None:
        client = Client()
        client.force_login(cast.dan)
        answer = client.post(f"/p/riverbend/{page}/", {"q": "\0Ana\0"}, follow=True)
        assert answer.status_code == 200
        assert "\x00" not in answer.content.decode()
        assert client.get(f"/p/riverbend/{page}/?page=%001&s=%00").status_code == 200
