"""Files in local folders: a file appears whole and on the disk, or not at all."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class LocalFiles(FileSystemStorage):
    """Django's file storage, but a crash never leaves half a file under the name of the whole one."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: names are digests, so a second file of that name has the same bytes."""
        return name

    def _save(self, name: str, content: Any) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".unfinished-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).replace(target)
        except BaseException:
            Path(unfinished).unlink()
            raise
        _sync_folder(target.parent)
        return name


def _sync_folder(folder: Path) -> None:
    """Without this the new name may be lost with the power, while the database remembers it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
