"""The roster of a practice with many people: what a caption's question costs, and how large the table is.

Names are drawn from the lists of the word screen, the frequent ones as often as a nation has them (Zipf's law); the
captions are those of the open corpus, half of them with the name of somebody on record put in, as it is or mistyped.
"""

from __future__ import annotations

import csv
import io
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice

from django.db import connection, transaction

from consent.keys.ring import key_ring
from consent.people.models import Person, PersonName, Roster, RosterKey
from consent.people.rosters import PURPOSE
from consent.people.rules import OnRecord, hashed
from posts.screening.queries import on_roster
from posts.screening.rules.asking import questions_of
from posts.screening.rules.corpus import OPEN, rows_of
from posts.screening.rules.lexicon import lines
from posts.screening.rules.roster import RosterState
from tests.bench.rows import loading, repeat
from tests.cast import NOW, Cast

GIVEN, FAMILY, SEED = 5_000, 30_000, 7
AT_ONCE = 20_000
Names = list[tuple[str, str]]


def bench_roster(cast: Cast, people: int, rounds: int) -> Iterator[str]:
    """The lines of the report. A caption is timed from its words to the findings, the reading of it included."""
    draw = random.Random(SEED)
    begin = time.perf_counter()
    names, first = _fill(cast, people, draw)
    yield f"roster: {people} people entered in {time.perf_counter() - begin:.0f} s; {_size()}"
    captions = _captions(names, max(rounds, 20), draw)
    state = {cast.practice.pk: RosterState(key_ring().current, "", has_people=True)}
    for caption, _ in captions[:10]:
        on_roster({cast.practice.pk: [caption]}, state)
    times, own, bare, inside, found, there = [], [], [], [], 0, 0
    for caption, person in captions:
        questions_of.cache_clear()
        asked: list[str] = []
        begin, used = time.perf_counter(), time.process_time()
        with connection.execute_wrapper(
            lambda run, sql, *rest, asked=asked: asked.append(sql) or run(sql, *rest)
        ):
            known = on_roster({cast.practice.pk: [caption]}, state)[cast.practice.pk][caption]
        times.append((time.perf_counter() - begin) * 1000)
        own.append((time.process_time() - used) * 1000)
        bare.append(_bare())
        inside += [_inside(sql) for sql in asked if connection.vendor == "postgresql"]
        if person is not None:
            there += 1
            found += any(first + person in match.people for match in known)
    yield f"roster: {len(times)} captions among {people} people, {_spread(times)}   aim 5 ms"
    yield f"roster: a bare SELECT 1 beside each, {_spread(bare)}"
    if inside:
        yield f"roster: in the server, planned and executed, {_spread(inside)}"
    yield f"roster: of these this process computed {_spread(own)}; of {there} names put in {found} known"


def _bare() -> float:
    """What going to the database and back takes on this machine now, in milliseconds."""
    begin = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return (time.perf_counter() - begin) * 1000


def _inside(sql: str) -> float:
    """What the query takes in the server itself, in milliseconds."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}")
        [plan] = cursor.fetchone()[0]
    return float(plan["Planning Time"] + plan["Execution Time"])


def _spread(times: list[float]) -> str:
    late = sorted(times)[int(0.95 * len(times))]
    return f"median {statistics.median(times):.2f} ms   p95 {late:.2f} ms   worst {max(times):.2f} ms"


def _fill(cast: Cast, people: int, draw: random.Random) -> tuple[Names, int]:
    """So many patients with their names and hashes; answers the names, and the id of the first."""
    given, family = list(lines("given_names.txt")), list(lines("family_names.txt"))
    draw.shuffle(given)
    draw.shuffle(family)
    given, family = given[:GIVEN], family[:FAMILY]
    firsts = draw.choices(given, cum_weights=_zipf(len(given)), k=people)
    lasts = draw.choices(family, cum_weights=_zipf(len(family)), k=people)
    names = [(first.capitalize(), last.capitalize()) for first, last in zip(firsts, lasts, strict=True)]
    practice, key_id = cast.practice.pk, key_ring().current
    with loading(Person, PersonName):
        base = repeat(Person(practice=cast.practice, created_at=NOW), people, alias="'P' || CAST(id AS text)")
        _load("consent_personname", ("practice_id", "person_id", "given", "family"),
              ((practice, base + number, *name) for number, name in enumerate(names, 1)))  # fmt: skip
        _load("consent_rosterkey", ("key", "person_id", "practice_id"), _hashes(practice, base, names))
        Roster.objects.update_or_create(practice=cast.practice, defaults={"key_id": key_id})
    return names, base + 1


def _zipf(count: int) -> list[float]:
    """Weights by rank: of a thousand people about a hundred share the ten most frequent of 30,000 names."""
    return list(accumulate(1 / (rank + 10) for rank in range(count)))


def _hashes(practice: int, base: int, names: Names) -> Iterator[tuple[int, int, int]]:
    key = key_ring().derive(PURPOSE)
    for number, name in enumerate(names, 1):
        for piece in OnRecord((name,)).pieces():
            yield hashed(key, practice, piece), base + number, practice


def _load(table: str, columns: Sequence[str], rows: Iterator[tuple[int | str, ...]]) -> None:
    """The rows by the engine's quickest way."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            while batch := list(islice(rows, AT_ONCE)):
                text = io.StringIO()
                csv.writer(text).writerows(batch)
                with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv)") as copy:
                    copy.write(text.getvalue())
        return
    marks = ", ".join(["%s"] * len(columns))
    with transaction.atomic(), connection.cursor() as cursor:
        while batch := list(islice(rows, AT_ONCE)):
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", batch)


def _size() -> str:
    """Rows and megabytes of the table with its indexes."""
    rows = RosterKey.objects.count()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('consent_rosterkey')")
            size = cursor.fetchone()[0]
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
            size = cursor.fetchone()[0]
            cursor.execute("SELECT SUM(pgsize) FROM dbstat WHERE name LIKE '%%rosterkey%%'")
            size = cursor.fetchone()[0] or size
    return f"{rows} rows, {size / 1e6:.0f} MB with their indexes"


def _captions(names: Names, count: int, draw: random.Random) -> list[tuple[str, int | None]]:
    """Captions, each second with somebody on record in it, half of these with a letter left out."""
    texts = [row.text for row in rows_of(OPEN) if row.kind == "caption"]
    found: list[tuple[str, int | None]] = []
    for number, text in enumerate(draw.choices(texts, k=count)):
        if number % 2:
            found.append((text, None))
            continue
        person = draw.randrange(len(names))
        first, last = names[person]
        if number % 4 and len(last) > 5:
            at = draw.randrange(1, len(last))
            last = last[:at] + last[at + 1 :]
        found.append((f"{text} Thank you, {first} {last}, for coming by.", person))
    return found
