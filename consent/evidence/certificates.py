"""The X.509 certificates of a practice: a small authority of its own, the seal and the time-stamper it vouches for.

Or the owner's own certificate, from a PKCS#12 file. Nothing here knows the database or the clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

SealKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
STARTS_BEFORE = timedelta(minutes=5)
AUTHORITY_LASTS = timedelta(days=25 * 365)
LEAF_LASTS = timedelta(days=10 * 365)
LIST_LASTS = timedelta(days=90)
NAME_LIMIT = 64  # RFC 5280: the upper bound of common and organisation names
USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


class CertificateRefused(Exception):
    """The certificate or its file cannot be used to seal; the sentence says why."""


@dataclass(frozen=True)
class Identity:
    """A certificate, its private key, and the certificates between it and its root, nearest first."""

    certificate: x509.Certificate
    key: SealKey
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the certificate, in hex: how one names it over the telephone."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def pem(self) -> str:
        """The certificate, then its chain, as PEM."""
        return pem_of([self.certificate, *self.chain])

    @property
    def key_pem(self) -> str:
        """The private key as PKCS#8; the caller encrypts it."""
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()


def make_authority(organisation: str, *, at: datetime) -> Identity:
    """A root for one practice, good for its own seals and time stamps only."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(organisation, "Consent authority")
    builder = (
        _begun(name, name, key, at, AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_uses("key_cert_sign", "crl_sign"), critical=True)
    )
    return Identity(builder.sign(key, hashes.SHA256()), key)


def make_seal(authority: Identity, organisation: str, *, at: datetime) -> Identity:
    """The certificate that seals documents."""
    return _leaf(
        authority,
        _name(organisation, f"Consent seal {at:%Y-%m}"),
        _uses("digital_signature", "content_commitment"),
        x509.ExtendedKeyUsage([DOCUMENT_SIGNING]),
        at=at,
    )


def make_time_stamper(authority: Identity, organisation: str, *, at: datetime) -> Identity:
    """The certificate of the local time-stamper; by RFC 3161 it may do nothing else."""
    return _leaf(
        authority,
        _name(organisation, f"Consent time stamps {at:%Y-%m}"),
        _uses("digital_signature"),
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]),
        at=at,
    )


def revocation_list(authority: Identity, *, at: datetime) -> bytes:
    """The authority's statement that it has revoked nothing, in DER; long-term validation embeds it."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(at - STARTS_BEFORE)
        .next_update(at + LIST_LASTS)
        .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False
        )
    )
    return builder.sign(authority.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def opened_pkcs12(data: bytes, password: str, *, at: datetime) -> Identity:
    """The owner's own certificate and key, with the chain up to its root.

    Raises `CertificateRefused` if the file does not open, holds no key that can seal, is not valid at `at`, or lacks
    the certificates up to a root: without them nobody could verify what it sealed.
    """
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, password.encode() or None)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CertificateRefused(
            "The file does not open. Is it PKCS#12, and is the password right?"
        ) from error
    if certificate is None or not isinstance(key, SealKey):
        raise CertificateRefused(
            "The file must hold a certificate and its private key, elliptic curve or RSA."
        )
    if not certificate.not_valid_before_utc <= at < certificate.not_valid_after_utc:
        raise CertificateRefused("The certificate is not valid today.")
    if not _may_sign(certificate):
        raise CertificateRefused("The certificate says that it may not sign documents.")
    return Identity(certificate, key, _chain(certificate, others))


def opened(pem: str, key_pem: str) -> Identity:
    """What `Identity.pem` and `key_pem` said, read again."""
    certificate, *chain = certificates_in(pem)
    key = serialization.load_pem_private_key(key_pem.encode(), password=None)
    if not isinstance(key, SealKey):
        raise CertificateRefused("The private key is of a kind that does not seal.")
    return Identity(certificate, key, tuple(chain))


def certificates_in(pem: str) -> list[x509.Certificate]:
    """The certificates of a PEM text, in its order. Raises `CertificateRefused` if there is none."""
    try:
        return x509.load_pem_x509_certificates(pem.encode())
    except ValueError as error:
        raise CertificateRefused("There is no certificate in this text.") from error


def pem_of(certificates: Sequence[x509.Certificate]) -> str:
    """The certificates as one PEM text."""
    return "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in certificates)


def _name(organisation: str, common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:NAME_LIMIT] or "Practice"),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:NAME_LIMIT]),
        ]
    )


def _uses(*named: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{use: use in named for use in USES})


def _begun(
    subject: x509.Name, issuer: x509.Name, key: SealKey, at: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - STARTS_BEFORE)
        .not_valid_after(at + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _leaf(
    authority: Identity,
    name: x509.Name,
    uses: x509.KeyUsage,
    purposes: x509.ExtendedKeyUsage,
    *,
    at: datetime,
) -> Identity:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = (
        _begun(name, authority.certificate.subject, key, at, LEAF_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(uses, critical=True)
        # Time-stamping is critical by RFC 3161, document signing is not.
        .add_extension(purposes, critical=ExtendedKeyUsageOID.TIME_STAMPING in list(purposes))
        .add_extension(issuer, critical=False)
    )
    return Identity(builder.sign(authority.key, hashes.SHA256()), key, (authority.certificate,))


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        uses = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return uses.digital_signature or uses.content_commitment


def _chain(certificate: x509.Certificate, others: Sequence[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """From the certificate up to a root, which signs itself. Raises `CertificateRefused` where a link is missing."""
    chain: list[x509.Certificate] = []
    last = certificate
    while last.issuer != last.subject:
        above = next((one for one in others if _vouches(one, last) and one not in chain), None)
        if above is None:
            raise CertificateRefused(
                "The file lacks a certificate of the chain up to the root. Export it with the whole chain."
            )
        chain.append(above)
        last = above
    return tuple(chain)


def _vouches(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
