"""A NUL in an address is dropped, on both engines, before any page can search with it."""

import pytest
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db


class TestANullInAnAddress:
    @pytest.mark.parametrize("page", ["pictures", "posts", "people"])
    def test_is_no_search_term(self, cast: Cast, page: str) -> None:
        client = Client()
        client.force_login(cast.dan)
        answer = client.get(f"/p/riverbend/{page}/?q=%00Ana%00")
        assert answer.status_code == 200
        assert "\x00" not in answer.content.decode()
