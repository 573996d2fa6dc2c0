"""Making this machine ready: at most once per change of a lock file, one set-up at a time."""

import shutil

from door import frontend, python_packages
from door.debian import RUN_NEEDS, TEST_NEEDS, provide
from door.places import NODE_MODULES, PRIVATE, ROOT, VENV
from door.speech import say
from door.stamps import alone

CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis")


def make_ready(*, dev: bool, browser: bool = False) -> None:
    """Everything that running (or developing) needs; a second call finds nothing to do."""
    needs = TEST_NEEDS if browser else RUN_NEEDS
    if _is_ready(dev) and all(need.present() for need in needs):
        return
    with alone():
        provide(needs)
        for part in (python_packages, frontend):
            if not part.is_ready(dev):
                part.install(dev)


def _is_ready(dev: bool) -> bool:
    return python_packages.is_ready(dev) and frontend.is_ready(dev)


def clean(*, data: bool) -> None:
    """Remove what can be made again; the practice's data only when asked for by name."""
    for folder in (VENV, PRIVATE, NODE_MODULES, *(ROOT / name for name in CACHES)):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in list(ROOT.rglob("__pycache__")):
        shutil.rmtree(folder, ignore_errors=True)
    if data:
        shutil.rmtree(ROOT / "var", ignore_errors=True)
    say("Removed the set-up and the data." if data else "Removed the set-up. Your data in var/ is untouched.")
