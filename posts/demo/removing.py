"""Remove the demo, and everything else: only an installation that never held anything real can be emptied.

The guards refuse every DELETE, and rightly. So nothing is deleted row by row: the guards are set aside, all tables are
emptied in one transaction, and the guards are put back exactly as they were. Numbers are not used again, so that
nothing kept elsewhere (a journal, a checkpoint, a bookmark) can ever mean somebody else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.color import no_style
from django.core.management.sql import emit_post_migrate_signal, sql_flush
from django.db import connection, transaction

from consent.access.models import Practice, User
from consent.evidence.models import Document
from consent.files import store
from consent.media.models import Asset, Rendition
from posts.channels.models import WallPicture
from posts.community.models import Snapshot


class SomethingReal(Exception):
    """There is a real practice or a real member: nothing may be emptied here."""


def remove_demo() -> int:
    """Empty the installation; answers how many files were removed. Raises `SomethingReal`.

    Files follow no transaction: they are removed after their rows are gone.
    """
    with transaction.atomic():
        _refuse_something_real()
        files = _files()
        with _guards_aside():
            _empty_all_tables()
    for room, key in files:
        store.delete(room, key)
    for left in _left_beside():
        left.unlink(missing_ok=True)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    return len(files)


def _refuse_something_real() -> None:
    practice = Practice.objects.filter(is_demo=False).first()
    user = User.objects.filter(is_demo=False).first()
    if practice or user:
        raise SomethingReal(
            f"{practice or user} is real, so nothing is removed: here, records are kept for good. "
            "A demo lives in an installation of its own."
        )


def _files() -> set[tuple[str, str]]:
    """Every stored file that a row names, as room and key."""
    named = [
        ("documents", Document.objects.values_list("storage_key", flat=True)),
        ("originals", Asset.objects.values_list("storage_key", flat=True)),
        ("renditions", Rendition.objects.values_list("storage_key", flat=True)),
        ("renditions", Rendition.objects.values_list("small_key", flat=True)),
        ("renditions", Rendition.objects.values_list("poster_key", flat=True)),
        ("snapshots", Snapshot.objects.values_list("picture_key", flat=True)),
        ("wall", WallPicture.objects.values_list("storage_key", flat=True)),
    ]
    return {(room, key) for room, keys in named for key in keys if key}


def _left_beside() -> list[Path]:
    """What was written outside the database and the stores: the withdrawals' journal, and mail to a folder."""
    mail = Path(settings.EMAIL_FILE_PATH)
    return [Path(settings.DATA_DIR) / "revocations.jsonl", *(mail.glob("*.log") if mail.is_dir() else ())]


def _empty_all_tables() -> None:
    statements = sql_flush(no_style(), connection, reset_sequences=False, allow_cascade=False)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def _guards_aside() -> Iterator[None]:
    """All triggers off, then on again exactly as they were, inside the caller's transaction."""
    aside = _triggers_disabled if connection.vendor == "postgresql" else _triggers_dropped
    with aside():
        yield


@contextmanager
def _triggers_disabled() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT c.oid::regclass::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE NOT t.tgisinternal AND n.nspname = current_schema()"
        )
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@contextmanager
def _triggers_dropped() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in triggers:
            cursor.execute(sql)
