"""Two connections at once: what each gets when both do the same at the same instant."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connections


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """Run each step in a thread of its own, with a database connection of its own; their results in order."""
    results: list[Any] = [None] * len(steps)
    start = threading.Barrier(len(steps))

    def run(number: int, step: Callable[[], Any]) -> None:
        try:
            start.wait(5)
            results[number] = step()
        except DatabaseError as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results
