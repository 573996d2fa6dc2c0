"""The demo, made once for all the tests of a module, as `manage.py demo` makes it."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from posts.demo.removing import remove_demo


def run(*arguments: str) -> str:
    """What `manage.py demo` prints."""
    out = io.StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """What the first run printed. Its rows are committed, and gone when the module is done."""
    with django_db_blocker.unblock():
        try:
            yield run("--anew")
        finally:
            remove_demo()
