"""Chooses the database before Django loads: POSTERN_TEST_ENGINE is sqlite (the default) or postgres.

The controlling process makes the folder and starts the server once; xdist's workers inherit the environment
and get a database and a folder each. Nothing is ever written to var/.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django
from django.conf import settings

from tests.postgres import ThrowAwayPostgres

ENGINES = ("sqlite", "postgres")
ENGINE = os.environ.get("POSTERN_TEST_ENGINE", "sqlite")


def prepare(*, durable: bool = False) -> None:
    """Called first of all by tests/conftest.py, so that every other test module may import models.

    With `durable` a commit waits for the disk, as it does in production: a benchmark wants that, a test does not.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _prepare_environment(durable)
    else:
        _take_a_folder_of_its_own(os.environ["PYTEST_XDIST_WORKER"])
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread of the tests
    _quicken(durable)
    django.setup()


def _prepare_environment(durable: bool) -> None:
    folder = Path(tempfile.mkdtemp(prefix="postern-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("POSTERN_") and "_TEST_" not in name]:
        del os.environ[name]
    os.environ["POSTERN_DATA"] = str(folder)
    if ENGINE == "postgres":
        server = ThrowAwayPostgres(durable=durable)
        atexit.register(server.stop)
        os.environ["POSTERN_DATABASE"] = server.url
    elif ENGINE == "sqlite":
        os.environ["POSTERN_DATABASE"] = f"sqlite://{folder / 'postern.sqlite3'}"
    else:
        raise RuntimeError(f"POSTERN_TEST_ENGINE must be sqlite or postgres, not {ENGINE!r}.")


def _take_a_folder_of_its_own(worker: str) -> None:
    """What one worker's test removes or marks in its data folder is nothing to another's."""
    folder = Path(os.environ["POSTERN_DATA"]) / worker
    folder.mkdir(exist_ok=True)
    os.environ["POSTERN_DATA"] = str(folder)


def _quicken(durable: bool) -> None:
    """Cheap passwords, no waiting for the disk; SQLite in a file, as in production, so that threads compete."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    database = settings.DATABASES["default"]
    if ENGINE == "sqlite":
        database.setdefault("TEST", {})["NAME"] = f"{os.environ['POSTERN_DATA']}/test.sqlite3"
        if not durable:
            database["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"


def url_of(database: dict[str, object]) -> str:
    """The value of POSTERN_DATABASE that lets another process see the database of the running test."""
    if ENGINE == "sqlite":
        return f"sqlite://{database['NAME']}"
    return os.environ["POSTERN_DATABASE"].replace("@/postern?", f"@/{database['NAME']}?")
