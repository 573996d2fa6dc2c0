"""System checks of the key file: `manage.py check` says what is wrong with it and what to do."""

import stat
from typing import Any

from django.conf import settings
from django.core import checks

from .ring import KeyMissing, load_key_ring


def check_key_file(**kwargs: Any) -> list[checks.CheckMessage]:
    """The key file is there, readable by us, and by nobody else."""
    path = settings.KEYS_FILE
    if not path.exists() and not _ran_before():
        return []  # the first migrate makes it
    if not path.exists():
        return [
            checks.Warning(
                f"There is no key file at {path}.",
                hint="Postern ran here before: put the file back from its backup. Nothing that was sealed opens"
                " without it.",
                id="keys.W001",
            )
        ]
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return [
            checks.Error(
                f"Others may read the key file {path}.",
                hint=f"Take their rights away: chmod 600 {path}",
                id="keys.E001",
            )
        ]
    try:
        load_key_ring(path)
    except KeyMissing as error:
        return [
            checks.Error(
                str(error),
                hint="Put the file back from its backup, or give it to the user that Postern runs as.",
                id="keys.E002",
            )
        ]
    return []


def _ran_before() -> bool:
    """Whether anything was stored, sent or withdrawn here; a bucket or a server elsewhere may hold anything."""
    local = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and not settings.S3_BUCKET
    return not local or any(
        (settings.DATA_DIR / name).exists() for name in ("files", "mail", "revocations.jsonl")
    )
