"""Whether a sealed file is *valid*, which takes four answers (design 8).

pyHanko alone still says "valid" after bytes were appended, the title was edited, or a bit outside the signature was
turned. So: the SHA-256 is the recorded one, *and* pyHanko's verdict, *and* the last signature covers the whole file,
*and* there is exactly the one expected seal, with the time stamps that its level says.
"""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)

from .rules import B_T
from .sealing import reader_of, run, trusting

log = logging.getLogger(__name__)
logging.getLogger("pyhanko").setLevel(logging.ERROR)  # its warnings repeat what the verdict says

Condition = Literal["digest", "signature", "coverage", "expected"]
SENTENCES: dict[Condition, str] = {
    "digest": "The file is not the one that was recorded: its SHA-256 differs.",
    "signature": "The seal does not hold, or does not come from the practice.",
    "coverage": "The seal does not cover the whole file.",
    "expected": "The file does not bear exactly the one seal that was recorded.",
}


@dataclass(frozen=True)
class Expected:
    """What was recorded of a sealed document.

    `level` is the one at which it was sealed: B-T bears a time stamp of its own, B-B does not.
    `stamps` is the number of archive time stamps, `sealed_at` when the seal was made, `stamped_at` the last stamp.
    """

    sha256: str
    certificate: str
    level: str
    roots: Sequence[bytes]
    sealed_at: datetime
    stamped_at: datetime
    stamps: int = 0


def broken_conditions(data: bytes, expected: Expected) -> tuple[Condition, ...]:
    """Which of the four conditions the file does not meet; none means valid. A broken file raises nothing."""
    broken: list[Condition] = []
    if hashlib.sha256(data).hexdigest() != expected.sha256:
        broken.append("digest")
    try:
        seals, stamps = _signatures(data)
        if not _is_expected(seals, stamps, expected):
            broken.append("expected")
        if not _covers_everything([*seals, *stamps], data):
            broken.append("coverage")
        if not seals or not all(_verdicts(seals, stamps, expected)):
            broken.append("signature")
    except Exception:
        # Whatever makes the reader stumble: it is not valid.
        log.exception("A sealed file cannot be read")
        broken.append("signature")
    return tuple(broken)


def _signatures(data: bytes) -> tuple[list[EmbeddedPdfSignature], list[EmbeddedPdfSignature]]:
    reader = reader_of(data)
    return list(reader.embedded_regular_signatures), list(reader.embedded_timestamp_signatures)


def _is_expected(
    seals: list[EmbeddedPdfSignature], stamps: list[EmbeddedPdfSignature], expected: Expected
) -> bool:
    """One seal, by the certificate that the record names, time-stamped unless recorded without."""
    if len(seals) != 1 or len(stamps) != expected.stamps:
        return False
    stamped = any(True for _ in extract_tst_data_iter(seals[0].signer_info, signed=False))
    return seals[0].signer_cert.sha256.hex() == expected.certificate and stamped == (expected.level == B_T)


def _covers_everything(signatures: list[EmbeddedPdfSignature], data: bytes) -> bool:
    """The last one signs every byte but its own contents; each earlier one the whole revision that it closed."""
    levels = [one.evaluate_signature_coverage() for one in signatures]
    last = max(signatures, key=lambda one: one.signed_revision, default=None)
    if last is None or any(level < SignatureCoverageLevel.ENTIRE_REVISION for level in levels):
        return False
    start, length, resumes, rest = (int(number) for number in last.byte_range)
    gap = data[length:resumes]
    return (
        last.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE
        and start == 0
        and resumes + rest == len(data)
        and gap[:1] + gap[-1:] == b"<>"
    )


def _verdicts(
    seals: list[EmbeddedPdfSignature], stamps: list[EmbeddedPdfSignature], expected: Expected
) -> Iterator[bool]:
    allowed = {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES}
    for one in seals:
        context = trusting(expected.roots, expected.sealed_at)
        status = run(partial(async_validate_pdf_signature, one, context, context))
        yield status.bottom_line and status.modification_level in allowed
    for one in stamps:
        context = trusting(expected.roots, expected.stamped_at)
        stamp = run(partial(async_validate_pdf_timestamp, one, context))
        yield stamp.intact and stamp.valid and stamp.trusted and stamp.modification_level in allowed
