"""The sixteen points of the evidence packet, for machines (A-ES; R71); `certificate` says them to people.

What exists when the document is made is said; what comes after it (copy, time stamp, later events) is named with the
place where it will stand. The machine's record is canonical JSON, so the same signature gives the same bytes.
"""

from dataclasses import asdict, dataclass
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256

from consent.audit.models import LedgerEntry
from consent.audit.rules import canonical, instant, plain
from consent.evidence.actions.certificates import SealingKeys
from consent.evidence.models import Signature
from consent.wording.rules import EDITS, ELEMENTS, FORMATS, PLATFORMS, PURPOSES, TIES, rendered_text

from .models import Ceremony
from .queries import called, filled_when_fixed

FORMAT = "postern signature record 1"
LISTS = {
    "elements": ELEMENTS,
    "platforms": PLATFORMS,
    "formats": FORMATS,
    "purposes": PURPOSES,
    "edits": EDITS,
    "ties": TIES,
}
COPY_LATER = (
    "Given after this file was sealed; how, when and of which bytes is in the ledger and on the record."
)
LATER = (
    "Withdrawal, renewal and exports are in the ledger. Whether it still stands: ask at the address below."
)
FILE_DIGEST = "In the ledger, since no file can hold its own."


@dataclass(frozen=True)
class SealFacts:
    """What the seal will rest on, known before it is made."""

    certificate: str
    certificate_sha256: str
    authority: str
    authority_sha256: str
    time_stamp: str
    time_authority: str = ""

    @classmethod
    def of(cls, keys: SealingKeys, time_authority: str) -> "SealFacts":
        """Of the keys that the practice seals with now."""
        certificate = keys.identity.certificate
        root = (keys.identity.chain or (certificate,))[-1]
        return cls(
            certificate.subject.rfc4514_string(),
            keys.identity.fingerprint,
            root.subject.rfc4514_string(),
            root.fingerprint(SHA256()).hex(),
            f"by {time_authority}, where it answered"
            if time_authority
            else "by the practice's own time-stamper",
            time_authority,
        )


def record_of(ceremony: Ceremony, signature: Signature, entry: LedgerEntry, seal: SealFacts) -> bytes:
    """The packet for machines, with the exact text that was signed, as canonical JSON."""
    points = {
        **_recorded_form(ceremony, signature),
        **_recorded_signer(ceremony, signature),
        **_recorded_circumstances(signature),
        "13_copy": COPY_LATER,
        "14_seal": {name: said for name, said in asdict(seal).items() if name != "time_authority"},
        "15_ledger": {
            "chain": entry.chain,
            "hash": entry.hash,
            "position": entry.seq,
            "previous": entry.previous,
        },
        "16_later": LATER,
    }
    text = rendered_text(ceremony.wording.form(), filled_when_fixed(ceremony))
    return canonical(
        {"format": FORMAT, "points": plain(points), "signed_at": instant(signature.signed_at), "text": text}
    )


def _recorded_form(ceremony: Ceremony, signature: Signature) -> dict[str, Any]:
    """Points 1-3."""
    wording, answers = ceremony.wording, signature.answers
    return {
        "1_form": {
            "consent": signature.consent.pk,
            "language": signature.language,
            "signature": signature.pk,
            "template": wording.template_id,
            "template_kind": wording.template.kind,
            "title": wording.template.title,
            "translation_of": wording.translation_of_id,
            "version": wording.version,
            "wording": wording.pk,
        },
        "2_digests": {"text_sha256": signature.text_sha256, "file_sha256": FILE_DIGEST} | _shown(ceremony),
        "3_ticked": {
            name: answers[name]
            for name in (*LISTS, "paid", "only_this_post", "ends", "assent")
            if name in answers
        },
    }


def _shown(ceremony: Ceremony) -> dict[str, Any]:
    """The digests of the post that the signer was shown, if it was for one."""
    return {"shown_sha256": ceremony.exhibit.digests} if ceremony.exhibit else {}


def _recorded_signer(ceremony: Ceremony, signature: Signature) -> dict[str, Any]:
    """Points 4-6."""
    authority = ceremony.representation
    return {
        "4_signer": {
            "authority": authority.description if authority else "",
            "evidence_seen": authority.evidence_seen if authority else "",
            "name": signature.mark.typed_name or called(ceremony.signer),
            "role": signature.role,
        },
        "5_identity": {
            "checked_by": signature.identity_checked_by_id,
            "method": signature.identity_method,
            "witness": signature.witness_id,
            "witnessed_at": signature.witnessed_at,
        },
        "6_factor": signature.factor,
    }


def _recorded_circumstances(signature: Signature) -> dict[str, Any]:
    """Points 7-12."""
    return {
        "7_electronic_records": {
            "accepted_at": signature.disclosure_accepted_at,
            "version": signature.disclosure_version,
        },
        "8_events": signature.events,
        "9_device": signature.device,
        "10_mark": {"intent": signature.intent, "method": signature.method},
        "11_capacity_and_language": {
            "attested_by": signature.capacity_attested_by_id,
            "interpreter": signature.interpreter,
            "signer_language": signature.signer_language,
        },
        "12_privacy_notice": signature.privacy_notice,
    }
