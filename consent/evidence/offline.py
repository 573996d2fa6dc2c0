#!/usr/bin/env python3
"""Verify a sealed PDF without Postern and offline: Python 3.11, `cryptography` and `asn1crypto`.

    python3 offline.py form.pdf --authority authority.pem [--ledger ledger.jsonl]

`authority.pem` is the root of the practice's seals (and of its time-stamping authority, if it uses one), which you were
given by another way: `manage.py seal_certificate <practice> --export authority.pem` writes it. With an exported ledger
(`manage.py export_ledger`) it also looks for the SHA-256 of the file among what was recorded there.

It shares no code with Postern or pyHanko. It takes the seal to be what a court would ask of it: the last signature
signs every byte of the file except its own contents, each earlier one an unbroken beginning of it; every signature is
cryptographically sound and comes, through its certificates, from that root; there is one seal, and besides it only
time stamps.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
RECORDED = ("document.stored", "document.sealed", "document.renewed")


class NotValid(Exception):
    """The file is not what it claims to be; the sentence says why."""


@dataclass(frozen=True)
class Signed:
    """One signature of the file: where its bytes end, the bytes, and its CMS."""

    end: int
    content: bytes
    cms: bytes


def verify(pdf: bytes, roots: Sequence[x509.Certificate]) -> list[str]:
    """What the file shows, one sentence for each signature. Raises `NotValid`."""
    said, seals = [], 0
    signatures = signatures_in(pdf)
    if not signatures or signatures[-1].end != len(pdf):
        raise NotValid("No signature covers the whole file.")
    for one in signatures:
        token = cms.ContentInfo.load(one.cms)["content"]
        if token["encap_content_info"]["content_type"].native == "tst_info":
            said.append(f"Time stamp of {stamped(token, one.content, roots)}.")
            continue
        seals += 1
        moment, signer = sealed(token, one.content, roots)
        said.append(f"Sealed by {signer.subject.rfc4514_string()}, {moment}.")
        said.append(f"  SHA-256 of that certificate: {signer.fingerprint(hashes.SHA256()).hex()}")
    if seals != 1:
        raise NotValid(f"There are {seals} seals in the file; there must be one.")
    return said


def signatures_in(pdf: bytes) -> list[Signed]:
    """The signatures in the order in which they were added. Raises `NotValid` for one that leaves bytes out."""
    found = []
    for match in RANGE.finditer(pdf):
        start, length, resumes, rest = (int(number) for number in match.groups())
        end, hole = resumes + rest, pdf[length:resumes]
        if (
            start != 0
            or not length < resumes <= end <= len(pdf)
            or not re.fullmatch(rb"<[0-9A-Fa-f]+>", hole)
        ):
            raise NotValid("A signature leaves out more than itself.")
        found.append(Signed(end, pdf[:length] + pdf[resumes:end], bytes.fromhex(hole[1:-1].decode())))
    ends = [one.end for one in found]
    if ends != sorted(set(ends)):
        raise NotValid("The signatures do not follow one another.")
    return found


def sealed(token: Any, content: bytes, roots: Sequence[x509.Certificate]) -> tuple[str, x509.Certificate]:
    """When and by whom `content` was sealed. Raises `NotValid`."""
    (info,) = token["signer_infos"]
    attributes = checked_attributes(info, hashlib.sha256(content).digest(), "data")
    moment, when = None, "without a time stamp of its own"
    if info["unsigned_attrs"].native:
        for attribute in info["unsigned_attrs"]:
            if attribute["type"].native == "signature_time_stamp_token":
                stamp = attribute["values"][0]["content"]
                moment = stamped(stamp, info["signature"].native, roots)
                when = f"time stamped {moment}"
    return when, signer_of(token, info, attributes, roots, moment)


def stamped(token: Any, content: bytes, roots: Sequence[x509.Certificate]) -> datetime:
    """When `content` was time-stamped. Raises `NotValid`."""
    body = token["encap_content_info"]["content"].parsed.dump()
    stamp = tsp.TSTInfo.load(body)
    imprint = stamp["message_imprint"]
    digest = hashlib.new(imprint["hash_algorithm"]["algorithm"].native, content).digest()
    if imprint["hashed_message"].native != digest:
        raise NotValid("A time stamp is of something else.")
    (info,) = token["signer_infos"]
    algorithm = info["digest_algorithm"]["algorithm"].native
    attributes = checked_attributes(info, hashlib.new(algorithm, body).digest(), "tst_info")
    moment: datetime = stamp["gen_time"].native
    signer = signer_of(token, info, attributes, roots, moment)
    purposes = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    if list(purposes) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise NotValid("A time stamp comes from a certificate that is not for time stamps.")
    return moment


def checked_attributes(info: Any, digest: bytes, content_type: str) -> bytes:
    """The signed attributes, in the encoding that was signed, once they name this digest. Raises `NotValid`."""
    attributes = {one["type"].native: one["values"].native for one in info["signed_attrs"]}
    if attributes.get("message_digest") != [digest] or attributes.get("content_type") != [content_type]:
        raise NotValid("The file was changed: a signature is of other bytes.")
    encoded: bytes = info["signed_attrs"].untag().dump()
    return encoded


def signer_of(
    token: Any, info: Any, attributes: bytes, roots: Sequence[x509.Certificate], at: datetime | None
) -> x509.Certificate:
    """Who signed the attributes, if their certificate comes from a root. Raises `NotValid`."""
    held = [x509.load_der_x509_certificate(one.chosen.dump()) for one in token["certificates"]]
    wanted = info["sid"].chosen["serial_number"].native
    signer = next((one for one in held if one.serial_number == wanted), None)
    if signer is None:
        raise NotValid("A signature does not bring its certificate.")
    algorithm = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}[
        info["digest_algorithm"]["algorithm"].native
    ]
    public, signature = signer.public_key(), info["signature"].native
    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, attributes, ec.ECDSA(algorithm))
        elif isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, attributes, padding.PKCS1v15(), algorithm)
        else:
            raise NotValid("A signature is of a kind that this program does not know.")
    except InvalidSignature as error:
        raise NotValid("A signature is not sound.") from error
    require_root(signer, held, roots, at)
    return signer


def require_root(
    certificate: x509.Certificate,
    held: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    at: datetime | None,
) -> None:
    """Walk from the certificate to one of the roots. Raises `NotValid` if there is no way."""
    for _ in range(8):
        if at and not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
            raise NotValid("A certificate was not valid when it was used.")
        if certificate in roots:
            return
        above = [
            one for one in (*roots, *held) if one.subject == certificate.issuer and vouches(one, certificate)
        ]
        if not above:
            break
        certificate = above[0]
    raise NotValid("A signature does not come from the root that you gave.")


def vouches(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Whether the issuer may issue certificates and issued this one."""
    try:
        certificate.verify_directly_issued_by(issuer)
        return issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False


def recorded(sha256: str, ledger: str) -> str:
    """Where the exported ledger names the file. Raises `NotValid`."""
    with open(ledger, encoding="utf-8") as file:
        for text in file:
            line = json.loads(text)
            body = json.loads(line["body"]) if "body" in line else {}
            if body.get("event") in RECORDED and body["facts"].get("sha256") == sha256:
                return f"Recorded as entry {body['seq']} of {body['chain']}, {body['at']}."
    raise NotValid("The ledger does not know this file.")


def main() -> int:
    """0 if the file is valid, otherwise 1; what was found is said in sentences."""
    parser = argparse.ArgumentParser(description="Verify a sealed PDF offline.")
    parser.add_argument("pdf")
    parser.add_argument(
        "--authority", required=True, action="append", help="PEM file with the root; may be repeated"
    )
    parser.add_argument("--ledger", help="an exported ledger")
    given = parser.parse_args()
    roots: list[x509.Certificate] = []
    for file in given.authority:
        with open(file, "rb") as pem:
            roots += x509.load_pem_x509_certificates(pem.read())
    with open(given.pdf, "rb") as opened:
        pdf = opened.read()
    try:
        said = verify(pdf, roots)
        if given.ledger:
            said.append(recorded(hashlib.sha256(pdf).hexdigest(), given.ledger))
    except NotValid as error:
        sys.stdout.write(f"NOT VALID. {error}\n")
        return 1
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        sys.stdout.write(f"NOT VALID. The signature cannot be read ({type(error).__name__}).\n")
        return 1
    sys.stdout.write("\n".join(["VALID: one seal, over every byte.", *said, ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
