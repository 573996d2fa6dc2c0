"""What the rooms' pages need here: the cast, and a browser that has really signed in."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from consent.access.models import User
from tests.cast import PASSWORD
from tests.stage import cast

__all__ = ["cast", "signed_in"]


@pytest.fixture(autouse=True)
def _nothing_remembered(request: pytest.FixtureRequest) -> None:
    """allauth remembers spent codes and failed attempts in the cache, which lies in the database."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """`signed_in(cast.dan)` is a client that typed e-mail and password."""

    def come_in(user: User) -> Client:
        client = Client()
        client.post("/account/login/", {"login": user.email, "password": PASSWORD})
        return client

    return come_in
