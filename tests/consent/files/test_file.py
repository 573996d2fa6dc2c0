"""The door of a stored file: an address that is signed and soon expires."""

import pytest
import time_machine
from django.test import Client

from consent.files.store import delete, put, signed_address

pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG not really a picture"


@pytest.fixture
def key() -> str:
    return put("renditions", 1, PICTURE, "png")


class TestOpening:
    def test_it_needs_no_sign_in(self, client: Client, key):
        response = client.get(signed_address("renditions", key, 60))
        assert response.content == PICTURE
        assert response["Content-Type"] == "image/png"

    def test_it_is_kept_by_no_cache_and_read_as_nothing_else(self, client: Client, key):
        response = client.get(signed_address("renditions", key, 60))
        assert response["Cache-Control"] == "no-store, private"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"].startswith('inline; filename="')

    def test_it_downloads_what_is_not_shown_inside(self, client: Client):
        key = put("documents", 1, b"{}", "json")
        response = client.get(signed_address("documents", key, 60))
        assert response["Content-Disposition"].startswith("attachment")

    def test_it_ends_after_its_seconds(self, client: Client, key):
        with time_machine.travel(0, tick=False) as clock:
            address = signed_address("renditions", key, 60)
            clock.shift(59)
            assert client.get(address).status_code == 200
            clock.shift(3)
            assert client.get(address).status_code == 403

    def test_it_refuses_a_forged_address(self, client: Client, key):
        address = signed_address("renditions", key, 60)
        assert client.get(address[:-2] + "xx").status_code == 403
        assert client.get("/file/nothing").status_code == 403

    def test_it_is_gone_with_the_file(self, client: Client, key):
        address = signed_address("renditions", key, 60)
        delete("renditions", key)
        assert client.get(address).status_code == 404

    def test_it_changes_nothing(self, client: Client, key):
        assert client.post(signed_address("renditions", key, 60)).status_code == 405
