"""Seal the bytes of a PDF: an invisible PAdES signature, with a time stamp where one can be had (R73).

Level B-T with a time stamp, B-B where the configured authority did not answer; `last` makes either B-LTA by appending:
what keeps it verifiable (certificates, revocation list) and a time stamp over everything.
"""

import asyncio
import io
import logging
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession, PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore, collect_validation_info
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .certificates import Identity
from .rules import B_B, B_LTA, B_T
from .stamping import asn1_certificate

FIELD, LASTING_FIELD = "PracticeSeal", "LastingTimeStamp"
REASON = "Sealed as signed: this file has not changed since."
MD = "sha256"
# Hexadecimal digits kept free for the signature. Asking an authority for a sample each time would double the requests.
ROOM = 32 * 1024
INVISIBLE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=False)
log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True)
class Sealed:
    """A sealed file: its bytes and the level that was really reached."""

    data: bytes
    level: str


class CannotLast(Exception):
    """The seal cannot be made to last now: the authority does not answer, or what it rests on is not known."""


def seal_pdf(
    data: bytes, identity: Identity, stamper: TimeStamper | None, *, at: datetime, field: str = FIELD
) -> Sealed:
    """The PDF with one invisible signature of `identity`, at `at` by our clock and time-stamped by `stamper`.

    Without a time stamp, when the authority does not answer: the seal then is B-B, and says no more than that.
    """
    if stamper is not None:
        try:
            return Sealed(_signed(data, identity, stamper, at, field), B_T)
        except OSError as error:
            log.warning("No time stamp for a seal, so it is B-B for now: %s", error)
    return Sealed(_signed(data, identity, None, at, field), B_B)


def last(
    data: bytes, stamper: TimeStamper, *, roots: Sequence[bytes], revocations: Sequence[bytes], at: datetime
) -> Sealed:
    """The sealed PDF with validation data and an archive time stamp appended (B-LTA); its own bytes stay as they are.

    `roots` are the certificates (DER) that the seal and the stamps rest on, `revocations` their lists. Raises
    `CannotLast`.
    """
    context = trusting(roots, at, revocations)
    output = io.BytesIO()

    async def append() -> None:
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        seal = next(iter(writer.prev.embedded_regular_signatures))
        paths = await collect_validation_info(seal, context)
        DocumentSecurityStore.supply_dss_in_writer(writer, None, paths=paths, validation_context=context)
        number = len(writer.prev.embedded_timestamp_signatures)
        await PdfTimeStamper(
            stamper, field_name=f"{LASTING_FIELD}{number + 1}", invis_settings=INVISIBLE
        ).async_timestamp_pdf(writer, MD, bytes_reserved=ROOM, output=output)

    try:
        run(append)
    except Exception as error:
        raise CannotLast(f"{type(error).__name__}: {error}") from error
    return Sealed(output.getvalue(), B_LTA)


def trusting(roots: Sequence[bytes], at: datetime, revocations: Sequence[bytes] = ()) -> ValidationContext:
    """What verification may rest on: these certificates and lists, at that instant, and nothing from a network."""
    return ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(root) for root in roots],
        moment=at,
        crls=list(revocations),
        allow_fetching=False,
        # The practice's own authority publishes no list; what one there is must not say "revoked".
        revocation_mode="soft-fail",
        retroactive_revinfo=True,
    )


def run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run pyHanko's coroutine to its end, also where this thread already runs a loop (Playwright's does)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work())
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(lambda: asyncio.run(work())).result()


def _signed(data: bytes, identity: Identity, stamper: TimeStamper | None, at: datetime, field: str) -> bytes:
    output = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    signer = _AtGivenTime(
        PdfSignatureMetadata(
            field_name=field, md_algorithm=MD, subfilter=SigSeedSubFilter.PADES, reason=REASON
        ),
        signer=_signer(identity),
        timestamper=stamper,
        new_field_spec=SigFieldSpec(
            field, invis_sig_settings=INVISIBLE, readable_field_name="Seal of the practice"
        ),
    )
    signer.at = at
    run(lambda: signer.async_sign_pdf(writer, bytes_reserved=ROOM, output=output))
    return output.getvalue()


class _AtGivenTime(PdfSigner):
    """pyHanko reads the machine's clock; the time of the seal is the one that the action was given."""

    at: datetime

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


class _LoadedKey(SimpleSigner):
    """pyHanko loads its key anew for every signature, which takes longer than signing; this one is loaded."""

    loaded: ec.EllipticCurvePrivateKey | Any

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if isinstance(self.loaded, ec.EllipticCurvePrivateKey):
            return self.loaded.sign(data, ec.ECDSA(hashes.SHA256()))
        signature: bytes = self.loaded.sign(data, PKCS1v15(), hashes.SHA256())
        return signature


def _signer(identity: Identity) -> SimpleSigner:
    store = SimpleCertificateStore()
    store.register_multiple(
        asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in identity.chain
    )
    plain = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = _LoadedKey(asn1_certificate(identity), keys.PrivateKeyInfo.load(plain), store)
    signer.loaded = identity.key
    return signer


def reader_of(data: bytes) -> PdfFileReader:
    """The PDF as pyHanko reads it, forgiving nothing."""
    return PdfFileReader(io.BytesIO(data), strict=True)
