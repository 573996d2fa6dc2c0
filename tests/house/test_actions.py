"""Actions say who acts and when; nobody else writes, and nobody but the outermost reads the clock."""

import ast
import tomllib

from door.places import ROOT

from .sources import APPS, calls, functions, none, on_floor, python_files, short

LINT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
CLOCKS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "django.db.models.functions.Now",
    "django.utils.timezone.now",
    "django.utils.timezone.localdate",
    "time.time",
}
READERS = {
    "**/views.py",
    "**/views/*.py",
    "**/middleware.py",
    "**/adapters.py",
    "**/templatetags/*.py",
    "**/management/commands/*.py",
    "config/*.py",
    "tests/**",
    "tests/acceptance/worldmaker.py",
    "tests/bench/*.py",
    "tests/soak/__main__.py",
}


def keyword_only(function):
    return {argument.arg for argument in function.args.kwonlyargs}


def recorders(path):
    """The functions that open a recording."""
    return [function for function in functions(path) if any(calls(function, "recording"))]


class TestActions:
    def test_take_who_and_when_by_name(self):
        """A worker is an actor as well: its actions take `worker`."""
        none(
            [
                f"{short(path)}: {action.name}"
                for path in python_files(*APPS)
                if on_floor(path, "actions")
                for action in recorders(path)
                if not action.name.startswith("_")
                and not ("at" in keyword_only(action) and keyword_only(action) & {"by", "worker"})
            ]
        )

    def test_are_the_only_ones_that_write(self):
        """Rules, queries, models and forms record nothing."""
        none(
            [
                f"{short(path)}: {function.name}"
                for path in python_files(*APPS)
                if any(on_floor(path, floor) for floor in ("rules", "queries", "models", "forms"))
                for function in [*recorders(path), *(f for f in functions(path) if any(calls(f, "record")))]
            ]
        )

    def test_hand_on_the_instant_that_they_were_given(self):
        """`recording(by=…, at=…)` names both, so that no line can be nobody's."""
        none(
            [
                f"{short(path)}:{call.lineno}"
                for path in python_files(*APPS)
                for function in functions(path)
                for call in calls(function, "recording")
                if {keyword.arg for keyword in call.keywords} != {"by", "at"}
            ]
        )


class TestClock:
    def test_is_banned_by_the_linter(self):
        assert LINT["flake8-tidy-imports"]["banned-api"].keys() >= CLOCKS

    def test_is_read_by_the_outermost_only(self):
        exempt = {place for place, codes in LINT["per-file-ignores"].items() if "TID251" in codes}
        assert exempt <= READERS

    def test_is_no_default_of_a_column(self):
        """`auto_now` and `default=timezone.now` read the clock where no test can hold it."""
        none(
            [
                f"{short(path)}:{node.value.lineno}: {node.arg}"
                for path in python_files(*APPS)
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.keyword) and (node.arg in {"auto_now", "auto_now_add"})
            ]
        )
