"""Put, read, delete and lend out stored files. A *room* is one of `settings.FILE_ROOMS`; a key comes from `put`.

Files follow no transaction: put them before the row that names them, delete them after it is gone.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from consent.keys.ring import key_ring

from .rules import MEDIA_TYPES, digest_in, disposition, key_of, suffix_in


class FileMissing(Exception):
    """The store has no file under the key."""


class FileAltered(Exception):
    """The stored bytes are not the ones whose SHA-256 the key names."""


class AddressRefused(Exception):
    """The address of a file is forged or too old."""


def put(room: str, practice_id: int, data: bytes, suffix: str) -> str:
    """Keep `data` for a practice and return its storage key; the same bytes give the same key and are kept once.

    Raises `UnknownKind` for a suffix outside `rules.MEDIA_TYPES`.
    """
    key = key_of(practice_id, data, suffix)
    storage = _storage(room)
    if not storage.exists(key):
        storage.save(key, ContentFile(data))
    return key


def read(room: str, key: str) -> bytes:
    """The bytes under `key`, checked. Raises `FileMissing`, `FileAltered`, or `NotAKey`."""
    promised = digest_in(key)
    storage = _storage(room)
    try:
        with storage.open(key) as file:
            data: bytes = file.read()
    except FileNotFoundError as error:
        raise FileMissing("The stored file is missing. Restore it from a backup.") from error
    if hashlib.sha256(data).hexdigest() != promised:
        raise FileAltered("The stored file was changed after it was kept. Restore it from a backup.")
    return data


def delete(room: str, key: str) -> None:
    """Remove the file; one that is already gone is fine, so that a disposal can be repeated. Raises `NotAKey`."""
    digest_in(key)
    _storage(room).delete(key)


def signed_address(room: str, key: str, seconds: int) -> str:
    """Where a browser gets the file during the next `seconds`, without signing in. Raises `NotAKey`.

    An address of the bucket where files lie in S3, otherwise one of our own.
    """
    if settings.S3_BUCKET:
        as_served = {
            "ResponseContentType": MEDIA_TYPES[suffix_in(key)],
            "ResponseContentDisposition": disposition(key),
            "ResponseCacheControl": "no-store, private",
        }
        bucket: Any = _storage(room)
        return str(bucket.url(key, parameters=as_served, expire=seconds))
    digest_in(key)
    return reverse("files:file", args=[_signer().sign_object([room, key, seconds])])


def opened_address(token: str) -> tuple[str, str]:
    """The room and key that a token of `signed_address` names. Raises `AddressRefused`."""
    try:
        room, key, seconds = _signer().unsign_object(token)
        _signer().unsign(token, max_age=seconds)
    except BadSignature as error:
        raise AddressRefused(
            "This address has expired. Go back to the page and open the file again."
        ) from error
    return room, key


def _signer() -> TimestampSigner:
    return TimestampSigner(
        key=key_ring().derive("file address").hex(), salt="postern.files", fallback_keys=[]
    )


def _storage(room: str) -> Storage:
    if room not in settings.FILE_ROOMS:
        raise ValueError(f"{room!r} is not one of the rooms for files: {', '.join(settings.FILE_ROOMS)}")
    return storages[room]
