"""Seal and open small secrets with keys that live in a file of their own, never in the database.

The file (``POSTERN_KEYS_FILE``) is JSON: ``{"current": "k1", "keys": {"k1": "<32 bytes, base64>"}}``.
Rotation adds a key and moves ``current``; old ciphertexts still name the key that opens them.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12


class KeyMissing(Exception):
    """The key ring lacks the key that a ciphertext names, or cannot be read at all."""


class KeyRing:
    """The keys by id, and the one that new ciphertexts use."""

    def __init__(self, current: str, keys: dict[str, bytes]) -> None:
        if current not in keys:
            raise KeyMissing(f"The key file names {current!r} as its current key but does not hold it.")
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
        raw = base64.b64decode(body)
        try:
            return (
                AESGCM(self.derive(purpose, key_id))
                .decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode())
                .decode()
            )
        except InvalidTag as error:
            raise KeyMissing(f"A value sealed for {purpose!r} does not open with key {key_id!r}.") from error

    def digest(self, purpose: str, text: str) -> str:
        """A keyed SHA-256 in hex, for finding a value without storing it readable."""
        return hmac.new(self.derive(purpose), text.encode(), hashlib.sha256).hexdigest()


def make_key_file(path: Path) -> None:
    """Write a new key file with one random key, readable by its owner only; keep one that exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump({"current": "k1", "keys": {"k1": base64.b64encode(secrets.token_bytes(32)).decode()}}, file)


def load_key_ring(path: Path) -> KeyRing:
    """Read the key file. Raises `KeyMissing` with a plain sentence if it cannot be read."""
    try:
        content = json.loads(path.read_text(encoding="ascii"))
        keys = {name: base64.b64decode(key) for name, key in content["keys"].items()}
        return KeyRing(content["current"], keys)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KeyMissing(f"The key file {path} cannot be read: {error}") from error


@cache
def key_ring() -> KeyRing:
    """The installation's key ring; the file is made on the very first use."""
    make_key_file(settings.KEYS_FILE)
    return load_key_ring(settings.KEYS_FILE)
