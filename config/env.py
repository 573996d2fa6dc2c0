"""Typed readers of the environment: a setting that makes no sense stops the start, naming itself."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def env_text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that `NAME_FILE` names (for secrets mounted as files)."""
    file = os.environ.get(f"{name}_FILE")
    if file is None:
        return os.environ.get(name, default)
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names {file}, which cannot be read: {error}") from error


def env_bool(name: str, default: bool) -> bool:
    """A yes or a no; anything else is refused."""
    value = os.environ.get(name, "").lower()
    if value in TRUE or value in FALSE:
        return value in TRUE
    if value:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}")
    return default


def env_int(name: str, default: int) -> int:
    """A whole number; anything else is refused."""
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}") from error


def env_list(name: str, default: str = "") -> list[str]:
    """A comma-separated list without blanks."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def secret_file(path: Path) -> str:
    """The secret kept in `path`; made on the first start, readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    secret = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret)
    return secret


def database(url: str) -> dict[str, Any]:
    """Django's settings for `sqlite:///path` or `postgresql://user:pass@host:port/name?host=/socket/dir`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path,
            "OPTIONS": {
                # Deferred transactions failed 58 % of the time under four writers; immediate ones never.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ImproperlyConfigured("POSTERN_DATABASE must begin with sqlite:// or postgresql://")


def smtp(url: str) -> Mapping[str, Any]:
    """Django's mail settings for `smtp://user:pass@host:port` (STARTTLS) or `smtps://…`; empty keeps the folder."""
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+plain"}:
        raise ImproperlyConfigured("POSTERN_SMTP_URL must begin with smtp://, smtps:// or smtp+plain://")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def time_authority(url: str, certificates: str) -> tuple[str, str]:
    """The address of a time-stamping authority and the PEM file of its roots: both, or neither."""
    if not url and not certificates:
        return "", ""
    if not url.startswith(("http://", "https://")):
        raise ImproperlyConfigured("POSTERN_TSA_URL must begin with http:// or https://")
    if not certificates or not Path(certificates).is_file():
        raise ImproperlyConfigured(
            "POSTERN_TSA_CERTIFICATES must name the PEM file with the root certificates of the time-stamping authority"
        )
    return url, certificates


def file_room(name: str, folder: Path, bucket: str) -> dict[str, Any]:
    """Django's settings for one kind of stored file: a folder, or a prefix in the practice's private bucket."""
    if not bucket:
        return {"BACKEND": "consent.files.local.LocalFiles", "OPTIONS": {"location": folder / name}}
    endpoint = env_text("POSTERN_S3_ENDPOINT")
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "location": name,
            "endpoint_url": endpoint or None,
            "region_name": env_text("POSTERN_S3_REGION") or None,
            "access_key": env_text("POSTERN_S3_ACCESS_KEY") or None,
            "secret_key": env_text("POSTERN_S3_SECRET_KEY") or None,
            "default_acl": "private",
            "querystring_auth": True,
            "querystring_expire": 60,
            # A name is the digest of the bytes: writing it twice writes the same.
            "file_overwrite": True,
            "signature_version": "s3v4",
            "addressing_style": "path" if endpoint else "virtual",
        },
    }


def bucket_origin(bucket: str) -> list[str]:
    """The origin from which browsers get pictures of the bucket, for the content security policy."""
    if not bucket:
        return []
    region = env_text("POSTERN_S3_REGION")
    endpoint = urlsplit(env_text("POSTERN_S3_ENDPOINT"))
    if endpoint.netloc:
        return [f"{endpoint.scheme}://{endpoint.netloc}"]
    return [f"https://{bucket}.s3.{region}.amazonaws.com" if region else f"https://{bucket}.s3.amazonaws.com"]
