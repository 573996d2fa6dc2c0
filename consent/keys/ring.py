"""Seal and open small secrets with keys that live in a file of their own, never in the database.

The file (``POSTERN_KEYS_FILE``) is JSON: ``{"current": "k1a2b3c4d", "keys": {"k1a2b3c4d": "<32 bytes, base64>"}}``.
Rotation adds a key and moves ``current``; old ciphertexts still name the key that opens them. Processes notice a
changed file by themselves.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12
KEY_BYTES = 32


class KeyMissing(Exception):
    """The key ring lacks the key that a ciphertext names, or cannot be read at all."""


class KeyRing:
    """The keys by id, and the one that new ciphertexts use."""

    def __init__(self, current: str, keys: dict[str, bytes]) -> None:
        if current not in keys:
            raise KeyMissing(f"The key file names {current!r} as its current key but does not hold it.")
        if any(len(key) != KEY_BYTES for key in keys.values()):
            raise KeyMissing(f"The key file holds a key that has not {KEY_BYTES} bytes.")
        self.current = current
        self._keys = keys
        self._derived: dict[tuple[str, str], bytes] = {}

    def derive(self, purpose: str, key_id: str | None = None) -> bytes:
        """The 32-byte key for `purpose`, derived from the key `key_id` (default: the current one)."""
        key_id = key_id or self.current
        if key_id not in self._keys:
            raise KeyMissing(f"The key ring has no key {key_id!r}: was the key file replaced?")
        if (key_id, purpose) not in self._derived:
            kdf = HKDF(SHA256(), 32, salt=None, info=b"postern:" + purpose.encode())
            self._derived[key_id, purpose] = kdf.derive(self._keys[key_id])
        return self._derived[key_id, purpose]

    def seal(self, purpose: str, text: str) -> str:
        """Encrypt `text` so that only `purpose` opens it: ``<key id>:<base64 of nonce and ciphertext>``."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self.derive(purpose)).encrypt(nonce, text.encode(), purpose.encode())
        return f"{self.current}:{base64.b64encode(nonce + sealed).decode()}"

    def open(self, purpose: str, sealed: str) -> str:
        """The text that `seal` was given. Raises `KeyMissing` if the key is gone or the ciphertext was changed."""
        key_id, _, body = sealed.partition(":")
        cipher = AESGCM(self.derive(purpose, key_id))
        try:
            raw = base64.b64decode(body, validate=True)
            return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise KeyMissing(f"A value sealed for {purpose!r} does not open with key {key_id!r}.") from error

    def digest(self, purpose: str, text: str) -> str:
        """A keyed SHA-256 in hex, for finding a value without storing it readable.

        Always under the first key of the file: a rotation must not make stored digests unfindable.
        """
        first = next(iter(self._keys))
        return hmac.new(self.derive(purpose, first), text.encode(), hashlib.sha256).hexdigest()


def make_key_file(path: Path) -> None:
    """Write a new key file with one random key, readable by its owner only; keep one that exists."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key_id, key = _new_key()
    unfinished = _written_beside(path, {"current": key_id, "keys": {key_id: key}})
    try:
        # A link, unlike a rename, leaves the file of a process that was faster.
        os.link(unfinished, path)
    except FileExistsError:
        return
    finally:
        unfinished.unlink()


def rotate(path: Path) -> str:
    """Add a random key to the file, make it current, and return its id. Raises `KeyMissing`."""
    load_key_ring(path)
    content = json.loads(path.read_text(encoding="ascii"))
    key_id, key = _new_key()
    content["keys"][key_id] = key
    _written_beside(path, {**content, "current": key_id}).replace(path)
    return key_id


def load_key_ring(path: Path) -> KeyRing:
    """Read the key file. Raises `KeyMissing` with a plain sentence if it cannot be read."""
    try:
        content = json.loads(path.read_text(encoding="ascii"))
        keys = {name: base64.b64decode(key, validate=True) for name, key in content["keys"].items()}
        return KeyRing(content["current"], keys)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyMissing(f"The key file {path} cannot be read: {error}") from error


def key_ring() -> KeyRing:
    """The installation's key ring. Raises `KeyMissing`: a file that went missing is not made anew."""
    try:
        found = settings.KEYS_FILE.stat()
    except OSError as error:
        raise KeyMissing(f"The key file {settings.KEYS_FILE} cannot be read: {error}") from error
    return _ring_of(settings.KEYS_FILE, found.st_mtime_ns, found.st_ino)


@lru_cache(maxsize=2)
def _ring_of(path: Path, changed_at: int, inode: int) -> KeyRing:
    """The ring of a file as it was at `changed_at`: a rotation by another process is seen at the next use."""
    return load_key_ring(path)


def _new_key() -> tuple[str, str]:
    """A random key and an id that no other file uses, so that a replaced file is noticed as such."""
    return f"k{secrets.token_hex(4)}", base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _written_beside(path: Path, content: dict[str, object]) -> Path:
    """The content on the disk in a temporary file beside `path`, readable by its owner only."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".unfinished-")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)
