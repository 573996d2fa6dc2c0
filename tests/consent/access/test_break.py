"""What a user reads when something breaks underneath: the database away, the keys gone, a mistake of ours."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client

from consent.keys.ring import KeyMissing
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PEOPLE = "/p/riverbend/people/"


@pytest.fixture
def client() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Cast().finn)
    assert client.get(PEOPLE).status_code == 200
    return client


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception, str], None]:
    """Make the database refuse every statement that holds a word."""
    execute = CursorWrapper.execute

    def refuse(error: Exception, word: str = "") -> None:
        def refused(cursor: CursorWrapper, sql: Any, params: Any = None) -> Any:
            if word in str(sql):
                raise error
            return execute(cursor, sql, params)

        monkeypatch.setattr(CursorWrapper, "execute", refused)

    return refuse


class TestADatabaseThatIsAway:
    @pytest.mark.parametrize(
        "error",
        [OperationalError("connection refused on 10.0.0.7"), InterfaceError("connection already closed")],
    )
    @pytest.mark.parametrize("path", [PEOPLE, "/account/login/", "/tablet/", "/wall/riverbend/"])
    def test_is_said_on_every_page(self, client, refuse, error, path):
        client.cookies["postern_tablet" if path == "/tablet/" else "other"] = "a token"
        refuse(error)
        answer = client.get(path)
        assert answer.status_code == 503
        said = "That could not be kept just now" if path == "/tablet/" else "The database cannot be reached"
        assert said in answer.content.decode()
        assert "10.0.0.7" not in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]

    def test_is_said_when_only_the_session_could_not_be_kept(self, client, refuse, time_machine):
        session = client.session
        session["seen_at"] = "2026-11-23T14:55:00+00:00"
        session.save()
        time_machine.move_to("2026-11-23T15:00:00+00:00")
        refuse(OperationalError("database is locked"), 'UPDATE "django_session"')
        answer = client.get(PEOPLE)
        assert answer.status_code == 503
        assert "The database cannot be reached" in answer.content.decode()


class TestAnythingElse:
    def test_sealed_with_keys_that_are_gone_is_said(self, client, monkeypatch):
        _break(monkeypatch, KeyMissing("The key ring has no key 'k1'"))
        answer = client.get(PEOPLE)
        assert answer.status_code == 503
        assert "key file is missing or was replaced" in answer.content.decode()

    def test_is_our_mistake_and_shows_nothing_of_the_inside(self, client, monkeypatch):
        _break(monkeypatch, ZeroDivisionError("Maria Vega"))
        answer = client.get(PEOPLE)
        assert answer.status_code == 500
        assert "Something broke on our side" in answer.content.decode()
        assert "Maria" not in answer.content.decode()

    def test_a_request_that_makes_no_sense_is_not_understood(self, client):
        answer = client.post(PEOPLE + "add/", {f"field{n}": "" for n in range(1001)})
        assert answer.status_code == 400
        assert "did not understand" in answer.content.decode()


def _break(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr("consent.records.views.showing.people_found", broken)
