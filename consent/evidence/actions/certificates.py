"""The certificates that a practice seals with: made when first needed, replaced, or the owner's own."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.db.models import QuerySet
from pyhanko.sign.timestamps import TimeStamper

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..certificates import (
    CertificateRefused,
    Identity,
    certificates_in,
    make_authority,
    make_seal,
    make_time_stamper,
    opened,
    opened_pkcs12,
    pem_of,
    revocation_list,
)
from ..models import SealCertificate
from ..stamping import LocalTimeStamper, RemoteTimeStamper

Role = SealCertificate.Role


@dataclass(frozen=True)
class SealingKeys:
    """What a practice seals with now: the seal's row and identity, its time-stamper, its own authority."""

    row: SealCertificate
    identity: Identity
    authority: Identity
    local_time: Identity

    def stamper(self, at: datetime) -> TimeStamper:
        """The configured authority, or the local time-stamper telling `at`."""
        if settings.TSA_URL:
            return RemoteTimeStamper.at(settings.TSA_URL)
        return LocalTimeStamper(self.local_time, at)

    def revocations(self, at: datetime) -> list[bytes]:
        """The revocation lists that a lasting seal embeds."""
        return [revocation_list(self.authority, at=at)]


def sealing_keys(*, practice: Practice, by: Actor, at: datetime) -> SealingKeys:
    """The keys that the practice seals with, made if there are none. Raises `CertificateRefused`, `KeyMissing`."""
    rows = _current(practice)
    if not {Role.SEAL, Role.TIME, Role.AUTHORITY} <= rows.keys():
        rows = _made(practice, by=by, at=at)
    if settings.TSA_URL:
        _trust_time_authority(practice, by=by, at=at)
    return SealingKeys(
        rows[Role.SEAL],
        _identity(rows[Role.SEAL]),
        _identity(rows[Role.AUTHORITY]),
        _identity(rows[Role.TIME]),
    )


def rotate_certificate(*, practice: Practice, by: Actor, at: datetime) -> SealCertificate:
    """A new seal and time-stamper from the practice's own authority; the keys of the old ones are forgotten.

    The old certificates stay, so what they sealed stays valid.
    """
    with recording(by=by, at=at):
        Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
        rows = _current(practice)
        for role in (Role.SEAL, Role.TIME):
            if role in rows:
                _retire(rows[role], at)
        return _complete(practice, at)[Role.SEAL]


def bring_certificate(
    *, practice: Practice, data: bytes, password: str, by: Actor, at: datetime
) -> SealCertificate:
    """Seal with the owner's own certificate from now on (PKCS#12). Raises `CertificateRefused`."""
    identity = opened_pkcs12(data, password, at=at)
    with recording(by=by, at=at):
        Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
        if SealCertificate.objects.filter(practice=practice, fingerprint=identity.fingerprint).exists():
            raise CertificateRefused("This certificate is in use already, or was; its seals stay valid.")
        current = _current(practice)
        if Role.SEAL in current:
            _retire(current[Role.SEAL], at)
        row = _kept(practice, Role.SEAL, identity, at, brought=True)
        _complete(practice, at)
        return row


def certificates_of(practice: Practice) -> QuerySet[SealCertificate]:
    """Every certificate that ever sealed for the practice, newest last."""
    return SealCertificate.objects.filter(practice=practice).order_by("pk")


def _current(practice: Practice) -> dict[str, SealCertificate]:
    """The one in use of each role."""
    rows = SealCertificate.objects.filter(practice=practice, retired_at=None).order_by("pk")
    return {row.role: row for row in rows}


def _made(practice: Practice, *, by: Actor, at: datetime) -> dict[str, SealCertificate]:
    """Make what is missing. Two workers at once make it between them."""
    with recording(by=by, at=at):
        Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
        return _complete(practice, at)


def _complete(practice: Practice, at: datetime) -> dict[str, SealCertificate]:
    rows = _current(practice)
    if Role.AUTHORITY not in rows:
        rows[Role.AUTHORITY] = _kept(practice, Role.AUTHORITY, make_authority(practice.name, at=at), at)
    authority = _identity(rows[Role.AUTHORITY])
    for role, make in ((Role.SEAL, make_seal), (Role.TIME, make_time_stamper)):
        if role not in rows:
            rows[role] = _kept(practice, role, make(authority, practice.name, at=at), at)
    return rows


def _kept(
    practice: Practice, role: str, identity: Identity, at: datetime, *, brought: bool = False
) -> SealCertificate:
    row = SealCertificate.objects.create(
        practice=practice,
        role=Role(role),
        fingerprint=identity.fingerprint,
        pem=identity.pem,
        key=identity.key_pem,
        brought=brought,
        made_at=at,
    )
    record("seal_certificate.added", row, role=role, fingerprint=row.fingerprint, brought=brought)
    return row


def _retire(row: SealCertificate, at: datetime) -> None:
    row.retired_at, row.key = at, ""
    row.save(update_fields=["retired_at", "key"])
    record("seal_certificate.retired", row, role=row.role, fingerprint=row.fingerprint)


def _trust_time_authority(practice: Practice, *, by: Actor, at: datetime) -> None:
    """Keep the configured authority's roots beside the seals whose time they vouch for."""
    for root in certificates_in(Path(settings.TSA_CERTIFICATES).read_text("ascii")):
        fingerprint = root.fingerprint(hashes.SHA256()).hex()
        if SealCertificate.objects.filter(practice=practice, fingerprint=fingerprint).exists():
            continue
        with recording(by=by, at=at):
            row, is_new = SealCertificate.objects.get_or_create(
                practice=practice,
                fingerprint=fingerprint,
                defaults={"role": Role.TIME_AUTHORITY, "pem": pem_of([root]), "brought": True, "made_at": at},
            )
            if is_new:
                record("seal_certificate.added", row, role=row.role, fingerprint=fingerprint, brought=True)


def _identity(row: SealCertificate) -> Identity:
    return _opened(row.fingerprint, row.pem, row.key)


@lru_cache(maxsize=64)
def _opened(fingerprint: str, pem: str, key: str) -> Identity:
    """Loading a key takes longer than signing with it."""
    return opened(pem, key)
