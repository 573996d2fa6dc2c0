"""An upload that is looked at and kept nowhere, not even in a temporary file."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest

MAX_BYTES = 20 * 1024 * 1024
FORM_BYTES = 16 * 1024  # what the form around the file may add


class OnlyInMemory(MemoryFileUploadHandler):
    """Keeps a file in memory whatever its size; the caller has looked at the size of the request first."""

    def handle_raw_input(
        self,
        input_data: Any,
        meta: Any,
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        self.activated = content_length <= MAX_BYTES + FORM_BYTES


def fits(request: HttpRequest) -> bool:
    """Whether the request is small enough to be read; asked before anything reads it."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isascii() and length.isdecimal() and int(length) <= MAX_BYTES + FORM_BYTES
