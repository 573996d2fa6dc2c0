"""Removing the demo empties the installation; one that holds anything real is left alone."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pytest_django import Settings

from consent.access.models import Practice, User
from consent.audit.ledger import record, recording
from consent.audit.models import LedgerEntry
from consent.audit.rules import SYSTEM
from posts.demo.practice import open_demo_practice
from posts.demo.world import World
from tests.cast import make_practice

from .conftest import run
from .test_demo import open_real_practice

pytestmark = pytest.mark.django_db(transaction=True)
MARK = Path(settings.DATA_DIR) / "demo-removed"


@pytest.fixture(autouse=True)
def _unmarked():
    yield
    MARK.unlink(missing_ok=True)


def open_demo() -> None:
    now = timezone.now()
    world = World(now=now, at=now)
    open_demo_practice(world)


def rows() -> dict[str, int]:
    """What is left, apart from what Django keeps for itself."""
    models = [model for app in ("consent", "posts") for model in apps.get_app_config(app).get_models()]
    return {model.__name__: number for model in models if (number := model._default_manager.count())}


class TestRemoving:
    def test_leaves_no_row_and_lets_a_real_practice_in(self) -> None:
        open_demo()
        assert "is gone" in run("--remove")
        assert rows() == {}
        open_real_practice()
        assert [practice.slug for practice in Practice.objects.all()] == ["real"]

    def test_puts_the_guards_back(self) -> None:
        open_demo()
        run("--remove")
        practice = make_practice("after", "After")
        with recording(by=SYSTEM, at=timezone.now()):
            record("practice.opened", practice)
        with pytest.raises(DatabaseError), transaction.atomic():
            LedgerEntry.objects.all().delete()
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE consent_ledgerentry SET event = 'x'")

    def test_uses_no_number_again(self) -> None:
        open_demo()
        number = Practice.objects.get().pk
        run("--remove")
        assert make_practice("after", "After").pk > number

    def test_takes_the_journal_of_withdrawals_along(self) -> None:
        open_demo()
        journal = Path(settings.DATA_DIR) / "revocations.jsonl"
        journal.write_text('{"practice": 1}\n')
        run("--remove")
        assert not journal.exists()

    def test_is_refused_beside_anything_real(self) -> None:
        open_demo()
        make_practice("real", "Real Practice")
        before = rows()
        with pytest.raises(CommandError, match="Real Practice is real, so nothing is removed"):
            call_command("demo", "--remove")
        assert rows() == before

    def test_is_refused_beside_a_real_member(self) -> None:
        open_demo()
        User.objects.create_user("real@example.org", name="Rita Real")
        with pytest.raises(CommandError, match="Rita Real is real"):
            call_command("demo", "--remove")

    def test_is_meant(self) -> None:
        run("--remove")
        assert "The demo was removed." in run()
        assert rows() == {}


class TestInAnInstallationInUse:
    def test_no_demo_is_made(self) -> None:
        make_practice("real", "Real Practice")
        assert "There is a practice here already" in run()
        assert Practice.objects.count() == 1


class TestAnInterruptedStart:
    def test_is_cleared_away_by_the_next(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from posts.management.commands import demo

        def interrupted(now):
            open_demo()
            raise KeyboardInterrupt

        monkeypatch.setattr(demo, "tell", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run("--anew")
        monkeypatch.setattr(demo, "tell", lambda now: "world")
        monkeypatch.setattr(demo, "own_page_token", lambda world, name: "token")
        run("--anew")
        assert rows() == {}


class TestAnEmptyDatabaseBesideFilesOfAnEarlierOne:
    @pytest.mark.parametrize("left", ["files/documents/practice/1/ab/abc.pdf", "revocations.jsonl"])
    def test_is_not_filled_with_the_demo(self, settings: Settings, tmp_path: Path, left: str) -> None:
        settings.DATA_DIR = tmp_path
        (tmp_path / left).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / left).write_text("something")
        with pytest.raises(CommandError, match="Was the database moved"):
            run()
        assert rows() == {}
