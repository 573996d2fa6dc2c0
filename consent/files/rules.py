"""Names of stored files: which kinds there are, and the key that content and practice give a file. No Django."""

import hashlib
import re

# A kind that is not listed is neither kept nor served; only inert kinds are shown inside the browser.
MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "heic": "image/heic",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}
SHOWN_INSIDE = frozenset({"jpg", "png", "webp", "mp4", "pdf"})
KEY = re.compile(r"practice/(\d+)/([0-9a-f]{2})/((\2)[0-9a-f]{62})\.([a-z0-9]{2,4})")


class UnknownKind(ValueError):
    """The file's kind is not one that Postern keeps."""


class NotAKey(ValueError):
    """The text is not a key that `key_of` made: nothing is looked up under it."""


def key_of(practice_id: int, data: bytes, suffix: str) -> str:
    """The key of `data` for a practice: ``practice/<id>/<ab>/<sha256>.<suffix>``.

    Raises `UnknownKind` for a suffix outside `MEDIA_TYPES`.
    """
    suffix = suffix.lower().lstrip(".")
    suffix = "jpg" if suffix == "jpeg" else suffix
    if suffix not in MEDIA_TYPES:
        raise UnknownKind(
            f"Files ending in .{suffix} are not kept here: use {', '.join(sorted(MEDIA_TYPES))}."
        )
    digest = hashlib.sha256(data).hexdigest()
    return f"practice/{practice_id}/{digest[:2]}/{digest}.{suffix}"


def digest_in(key: str) -> str:
    """The SHA-256 that a key promises. Raises `NotAKey`."""
    return _parts(key).group(3)


def practice_in(key: str) -> int:
    """The practice whose file a key names. Raises `NotAKey`."""
    return int(_parts(key).group(1))


def suffix_in(key: str) -> str:
    """The kind of file that a key names. Raises `NotAKey`."""
    return _parts(key).group(5)


def disposition(key: str) -> str:
    """The Content-Disposition under which a file is served: shown if inert, otherwise downloaded."""
    suffix = suffix_in(key)
    return (
        f'{"inline" if suffix in SHOWN_INSIDE else "attachment"}; filename="{digest_in(key)[:12]}.{suffix}"'
    )


def _parts(key: str) -> re.Match[str]:
    found = KEY.fullmatch(key)
    if found is None or found.group(5) not in MEDIA_TYPES:
        raise NotAKey("This is not the key of a stored file.")
    return found
