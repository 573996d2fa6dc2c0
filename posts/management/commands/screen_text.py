"""`manage.py screen_text --jsonl FILE [--practice NAME]`: put texts through the word screen; one JSON answer a line."""

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from consent.access.models import Practice
from posts.clearance.queries.seen import ours_of
from posts.screening.queries import on_roster, roster_state
from posts.screening.rules.findings import KINDS, Outcome
from posts.screening.rules.ours import is_ours
from posts.screening.rules.roster import Match, with_roster
from posts.screening.rules.screening import screen

Screen = Callable[[str, Any, str], Outcome]
_NEEDED = ("text", "kind")


class Unfit(Exception):
    """A line that cannot be screened: what is wrong with which field."""


class Command(BaseCommand):
    """Needs no network, and without a practice no database: then there is no roster and no allow-list."""

    help = (
        "Screen the rows {id, text, kind, parent?} of a file of JSON lines (- for the standard input) and write"
        " {id, verdict, findings, ms} for each. A line that is not such a row gets an error in its place, and the"
        " command ends with 1. With a practice its roster is asked, and what is its own is no finding."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--jsonl", required=True, metavar="FILE", help="the rows, or - for the standard input"
        )

        parser.add_argument(
            "--practice", metavar="NAME", help="the short name of a practice, as in /p/<name>/"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        unfit = 0
        asked = screen if options["practice"] is None else screen_of(options["practice"])
        for answer in answers(_lines(options["jsonl"]), asked):
            unfit += "error" in answer
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            if "error" in answer:
                self.stderr.write(answer["error"])
        if unfit:
            raise CommandError(f"{unfit} {'line was' if unfit == 1 else 'lines were'} not screened.")


def screen_of(slug: str) -> Screen:
    """The word screen as this practice uses it: with its roster, and without what is its own.

    Raises `CommandError` for no such practice, and when asked while its roster was never built.
    """
    practice = Practice.objects.filter(slug=slug).first()
    if practice is None:
        raise CommandError(f"There is no practice {slug}.")
    ours, roster = ours_of([practice.pk]).get(practice.pk, frozenset()), roster_state(practice)

    def known(text: str) -> list[Match]:
        if roster is None:
            return []
        found = on_roster({practice.pk: [text]}, {practice.pk: roster}).get(practice.pk)
        if found is None:
            raise CommandError(f"The roster of {slug} cannot be asked. Run: manage.py rebuild_roster {slug}")
        return found[text]

    def asked(text: str, kind: Any, parent: str = "") -> Outcome:
        outcome = screen(text, kind, parent)
        return with_roster(outcome, known(text), lambda one: is_ours(text, one.start, one.end, ours))

    return asked


def answers(lines: Iterable[bytes], asked: Screen = screen) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not empty."""
    asked("", "caption", "")  # the word lists are read before the first text is timed
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = _row(line)
        except Unfit as error:
            yield {"line": number, "error": f"Line {number}: {error}"}
            continue
        begin = time.perf_counter()
        outcome = asked(row["text"], row["kind"], row.get("parent") or "")
        taken = (time.perf_counter() - begin) * 1000
        yield _answer(row.get("id"), outcome, taken)


def _lines(name: str) -> Iterator[bytes]:
    if name == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            yield from file
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}") from error


def _row(line: bytes) -> dict[str, Any]:
    """The row of a line.

    Raises `Unfit` with the field that is missing or wrong.
    """
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Unfit(f"it is not JSON in UTF-8 ({error}).") from error
    except RecursionError as error:
        raise Unfit("it is nested too deeply.") from error
    if not isinstance(row, dict):
        raise Unfit("it is not an object with the fields id, text and kind.")
    for field in _NEEDED:
        if not isinstance(row.get(field), str):
            raise Unfit(f"the field {field} is missing or is not text.")
    if row["kind"] not in KINDS:
        raise Unfit(f"the field kind is {row['kind']!r}; it may be {', '.join(KINDS)}.")
    if not isinstance(row.get("parent"), str | None):
        raise Unfit("the field parent is not text.")
    return row


def _answer(id_: object, outcome: Outcome, taken: float) -> dict[str, Any]:
    findings = [
        {
            "start": one.start,
            "end": one.end,
            "type": one.type,
            "severity": one.severity,
            "recognizer": one.recognizer,
            "reason": one.reason,
        }
        for one in outcome.findings
    ]
    return {"id": id_, "verdict": outcome.verdict, "findings": findings, "ms": round(taken, 3)}
