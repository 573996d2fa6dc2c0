"""The certificate of completion: the sixteen points of the evidence packet, for people and for machines (A-ES; R71).

What exists when the document is made is said; what comes after it (copy, time stamp, later events) is named with the
place where it will stand. The machine's record is canonical JSON, so the same signature gives the same bytes.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.hashes import SHA256

from consent.audit.models import LedgerEntry
from consent.audit.rules import canonical, instant, plain
from consent.evidence.actions.certificates import SealingKeys
from consent.evidence.models import Signature
from consent.wording.rules import ELEMENTS, FORMATS, PLATFORMS, PURPOSES, rendered_text

from .models import Ceremony
from .queries import called, filled_when_fixed

FORMAT = "postern signature record 1"
LISTS = {"elements": ELEMENTS, "platforms": PLATFORMS, "formats": FORMATS, "purposes": PURPOSES}
COPY_LATER = (
    "Given after this file was sealed; how, when and of which bytes is in the ledger and on the record."
)
LATER = (
    "Withdrawal, renewal and exports are in the ledger. Whether it still stands: ask at the address below."
)
FILE_DIGEST = "In the ledger, since no file can hold its own."
AUTHORITY = {
    "parent": "parent with legal right to decide",
    "guardian": "court-named guardian",
    "health_care_agent": "health care agent",
    "executor": "executor or manager of the estate",
    "other": "other authority",
}


@dataclass(frozen=True)
class SealFacts:
    """What the seal will rest on, known before it is made."""

    certificate: str
    certificate_sha256: str
    authority: str
    authority_sha256: str
    time_stamp: str

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
        )


@dataclass(frozen=True)
class Point:
    """One point of the packet on the page: its number, what it is, and its lines."""

    number: int
    label: str
    lines: tuple[str, ...]


def record_of(ceremony: Ceremony, signature: Signature, entry: LedgerEntry, seal: SealFacts) -> bytes:
    """The packet for machines, with the exact text that was signed, as canonical JSON."""
    points = {
        **_recorded_form(ceremony, signature),
        **_recorded_signer(ceremony, signature),
        **_recorded_circumstances(signature),
        "13_copy": COPY_LATER,
        "14_seal": asdict(seal),
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


def points_of(ceremony: Ceremony, signature: Signature, entry: LedgerEntry, seal: SealFacts) -> list[Point]:
    """The packet in words, point by point."""
    said: list[tuple[str, list[str]]] = [
        *_said_of_the_form(ceremony, signature),
        *_said_of_the_signer(ceremony, signature),
        *_said_of_circumstances(signature),
        ("Copy", [COPY_LATER]),
        (
            "Seal",
            [
                f"{seal.certificate}, SHA-256 {seal.certificate_sha256}",
                f"Vouched for by {seal.authority}, SHA-256 {seal.authority_sha256}",
                f"Time stamped {seal.time_stamp}",
            ],
        ),
        (
            "Place in the ledger",
            [
                f"No. {entry.seq} in the ledger of {ceremony.practice}",
                f"Hash {entry.hash}",
                f"after {entry.previous}",
            ],
        ),
        ("Later", [LATER]),
    ]
    return [
        Point(number, label, tuple(line for line in lines if line))
        for number, (label, lines) in enumerate(said, 1)
    ]


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


def _said_of_the_form(ceremony: Ceremony, signature: Signature) -> list[tuple[str, list[str]]]:
    """Points 1-3."""
    wording = ceremony.wording
    form = [
        f"{wording.template.title}, version {wording.version}, language {signature.language}",
        f"Translation of No. {wording.translation_of_id}" if wording.translation_of_id else "",
        f"Consent No. {signature.consent.pk}, signature No. {signature.pk}",
    ]
    digests = [
        f"SHA-256 {signature.text_sha256}, fixed before the signature",
        f"SHA-256 of this file: {FILE_DIGEST}",
    ]
    return [("Form", form), ("Exact text", digests), ("Ticked, and when", _ticked(signature))]


def _said_of_the_signer(ceremony: Ceremony, signature: Signature) -> list[tuple[str, list[str]]]:
    """Points 4-6."""
    authority, typed = ceremony.representation, signature.mark.typed_name
    signer = [
        signed_by(ceremony),
        f"Paper seen for that authority: {authority.evidence_seen}" if authority else "",
        f"Name as typed: {typed}" if typed else "",
    ]
    identity = [f"{signature.get_identity_method_display()}; prepared by {signature.identity_checked_by}"]
    if signature.witness is not None:
        when = exactly(signature.witnessed_at, signature.consent.zone)
        identity.append(f"Second witness {signature.witness}, with an own PIN, {when}")
    return [
        ("Signer", signer),
        ("Identity", identity),
        ("Factor that the preparer does not hold", [_words(signature.factor)]),
    ]


def _said_of_circumstances(signature: Signature) -> list[tuple[str, list[str]]]:
    """Points 7-12."""
    zone, device = signature.consent.zone, signature.device
    accepted = exactly(signature.disclosure_accepted_at, zone)
    able = f"Awake, calm, with time to ask: attested by {signature.capacity_attested_by}"
    interpreter = f"Interpreter: {signature.interpreter}" if signature.interpreter else ""
    marked = f"{signature.get_method_display()}, beside the words: “{signature.intent}”"
    return [
        ("Yes to electronic records", [f"{accepted}, words of version {signature.disclosure_version}"]),
        ("Steps", [f"{_words(one['kind'])}: {_clock(one['at'])}" for one in signature.events]),
        (
            "Device",
            [
                f"{device['kind']}, {device['address']}, {device['user_agent']}",
                f"Server {device['server']}",
            ],
        ),
        ("How it was signed", [marked, exactly(signature.signed_at, zone)]),
        ("Able to decide", [able, interpreter]),
        ("Privacy notice given", [signature.privacy_notice]),
    ]


def signed_by(ceremony: Ceremony) -> str:
    """In which role, and by what authority (45 CFR 164.508(c)(1)(vi))."""
    name, authority = called(ceremony.signer), ceremony.representation
    if authority is None:
        return f"{name} signed in person."
    words = AUTHORITY.get(authority.authority, authority.authority)
    return f"{name} signed for {called(ceremony.person)} as {words}: {authority.description}."


def exactly(at: datetime | None, zone: str) -> str:
    """An instant as a document says it, in the zone of the place and in UTC."""
    if at is None:
        return "not recorded"
    here = at.astimezone(ZoneInfo(zone))
    hour = f"{here.hour % 12 or 12}:{here:%M:%S} {'am' if here.hour < 12 else 'pm'}"
    return f"{here:%B} {here.day}, {here.year}, {hour} {here.tzname()} ({at.astimezone(UTC):%H:%M:%S} UTC)"


def _ticked(signature: Signature) -> list[str]:
    said = [
        f"{words.get(key, key).capitalize()}: {_clock(when)}"
        for name, words in LISTS.items()
        for key, when in signature.answers.get(name, {}).items()
    ]
    ends = signature.answers.get("ends", {})
    return (
        [*said, f"Ends {ends.get('on') or ends.get('event')}: {_clock(ends['at'])}"] if "at" in ends else said
    )


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _clock(moment: str) -> str:
    """An instant that was kept as text, to the second."""
    return f"{datetime.fromisoformat(moment).astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
