"""What every test stands on: the chosen database, no network, guards that let only the flush pass."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests import engines, flushing, network

engines.prepare()
# A busy machine draws slowly; that says nothing about what is tested.
settings.register_profile("postern", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("postern")

pytest_plugins = ["tests.browser", "tests.stage"]
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--gate-cases FILE`: other acceptance worlds (tests/acceptance)."""
    parser.addoption("--gate-cases", action="append", default=[], metavar="FILE", help="worlds to decide")


def pytest_configure(config: pytest.Config) -> None:
    """A worker takes its own folder before anything reads the settings: nothing may make it load them earlier."""
    if not hasattr(config, "workerinput") and config.getoption("numprocesses", None):
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Journeys are known by their folder; the run on PostgreSQL repeats only what touches the database."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("journey")
    if engines.ENGINE == "postgres":
        config.hook.pytest_deselected(items=[item for item in items if not _differs_by_engine(item)])
        items[:] = [item for item in items if _differs_by_engine(item)]


def _differs_by_engine(item: pytest.Item) -> bool:
    if item.get_closest_marker("journey"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


@pytest.fixture(autouse=True, scope="session")
def _this_machine_only() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        network.refuse_others(patch)
        yield


@pytest.fixture(autouse=True, scope="session")
def _flush_passes_the_guards() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        flushing.let_flush_pass(patch)
        yield


@pytest.fixture
def process_env(transactional_db: None) -> dict[str, str]:
    """The environment in which another process (`manage.py work`) sees the database of this test."""
    from django.db import connection

    return dict(os.environ) | {"POSTERN_DATABASE": engines.url_of(connection.settings_dict)}
