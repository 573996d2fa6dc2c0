"""Time stamps after RFC 3161: from the practice's own time-stamper, or from an authority over HTTP.

pyHanko's time-stamper for one machine knows RSA only; ours signs with P-256 and tells the time it is given.
"""

import logging
import urllib.error
import urllib.request
from datetime import datetime

from asn1crypto import algos, cms, core, keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .certificates import Identity

SECONDS = 10
MAX_REPLY_BYTES = 256 * 1024
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
log = logging.getLogger(__name__)


class LocalTimeStamper(DummyTimeStamper):
    """The practice's own time-stamper: it vouches that the seal was made by `at` on this machine's clock."""

    def __init__(self, identity: Identity, at: datetime) -> None:
        if not isinstance(identity.key, ec.EllipticCurvePrivateKey):
            raise TypeError("The local time-stamper's key is of an elliptic curve.")
        self._key = identity.key
        plain = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        super().__init__(
            asn1_certificate(identity),
            keys.PrivateKeyInfo.load(plain),
            certs_to_embed=SimpleCertificateStore.from_certs(
                [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in identity.chain]
            ),
            fixed_dt=at,
        )

    def _sign_tst_info(
        self, tst_info_data: bytes, md_algorithm: str, dt: datetime
    ) -> tuple[bytes, cms.CMSAttributes]:
        digest = hashes.Hash(hashes.SHA256())
        digest.update(tst_info_data)
        attributes = cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "tst_info"),
                simple_cms_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(dt)})),
                simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(self.tsa_cert)),
                simple_cms_attribute("message_digest", digest.finalize()),
            ]
        )
        return self._key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())), attributes

    def _build_signed_data(
        self, tst_info_data: bytes, md_algorithm: str, signature: bytes, signed_attrs: cms.CMSAttributes
    ) -> dict[str, object]:
        signed = super()._build_signed_data(tst_info_data, md_algorithm, signature, signed_attrs)
        signed["signer_infos"][0]["signature_algorithm"] = algos.SignedDigestAlgorithm(
            {"algorithm": "sha256_ecdsa"}
        )
        return signed


class RemoteTimeStamper(TimeStamper):
    """An authority reached over HTTP. Raises `TimestampRequestError` or `OSError` when it does not answer properly."""

    url: str

    @classmethod
    def at(cls, url: str) -> "RemoteTimeStamper":
        """The authority at an address."""
        stamper = cls()
        stamper.url = url
        return stamper

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """One request, one answer, within a time and a size."""
        request = urllib.request.Request(self.url, req.dump(), {"Content-Type": QUERY})
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            kind = response.headers.get_content_type()
            body = response.read(MAX_REPLY_BYTES + 1)
        if kind != REPLY or len(body) > MAX_REPLY_BYTES:
            raise TimestampRequestError(
                f"The time-stamping authority answered with {kind}, not a time stamp."
            )
        try:
            reply = tsp.TimeStampResp.load(body, strict=True)
            log.debug("The time-stamping authority says: %s", reply.native)  # asn1crypto parses when asked
        except (ValueError, TypeError) as error:
            raise TimestampRequestError("The time-stamping authority's answer cannot be read.") from error
        return reply


def asn1_certificate(identity: Identity) -> asn1_x509.Certificate:
    """The certificate as pyHanko reads it."""
    return asn1_x509.Certificate.load(identity.certificate.public_bytes(Encoding.DER))
