"""What proves a signature: the packet that capture insists on, and what must follow before it counts. No Django.

The points are those of the evidence list A-ES (rules.md): 1-12 are needed to sign, 13-15 to be complete, 16 accrues
(15 USC 7001(a), (c); UETA 9(a); R69-R73).
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

SHA256 = re.compile(r"[0-9a-f]{64}")
TICKED_LISTS = ("elements", "platforms", "formats", "purposes")
NEEDED_EVENTS = ("opened", "read", "signed")
SECOND_WITNESS, CODE = "second_witness", "one_time_code"
# Levels of a seal (ETSI EN 319 142-1): signed; with a time stamp; with what keeps it verifiable for the whole time.
B_B, B_T, B_LTA = "B-B", "B-T", "B-LTA"


@dataclass(frozen=True)
class Packet:
    """Points 1-12 as gathered. The defaults are those of an empty packet: everything is missing.

    `ticks` maps each list of the scope to the ticked keys and the instant (ISO) of each tick; `lists` are those that
    the form asks. `of_health` says that it is about a patient, who was given the notice of privacy practices.
    """

    template_id: int | None = None
    wording_id: int | None = None
    version: str = ""
    language: str = ""
    translation_of: int | None = None
    translation_reviewed_by: str = ""
    text_sha256: str = ""
    ticks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lists: Collection[str] = TICKED_LISTS
    signer_name: str = ""
    role: str = ""
    authority_description: str = ""
    authority_evidence: str = ""
    identity_method: str = ""
    identity_checked_by: int | None = None
    witness: int | None = None
    factor: str = ""
    disclosure_version: str = ""
    disclosure_accepted: bool = False
    access_shown: bool = False
    events: Mapping[str, str] = field(default_factory=dict)
    server: str = ""
    device_kind: str = ""
    device_address: str = ""
    user_agent: str = ""
    mark: bool = False
    intent: str = ""
    capacity_attested_by: int | None = None
    signer_language: str = ""
    interpreter: str = ""
    of_health: bool = True
    privacy_notice: str = ""


def missing_points(packet: Packet) -> list[str]:
    """What points 1-12 lack, one plain sentence each, in their order; nothing missing is an empty list."""
    return [*_missing_form(packet), *_missing_signer(packet), *_missing_circumstances(packet)]


def _missing_form(packet: Packet) -> Iterator[str]:
    """Points 1-3: which form, which text, which ticks."""
    if not (packet.template_id and packet.wording_id and packet.version and packet.language):
        yield "Which form, version and language was signed."
    if packet.translation_of and not packet.translation_reviewed_by:
        yield "Who reviewed the translation of the form."
    if not SHA256.fullmatch(packet.text_sha256):
        yield "The SHA-256 of the exact text, taken before the signature."
    for name in packet.lists:
        ticked = packet.ticks.get(name, {})
        if not ticked or not all(ticked.values()):
            yield f"What was ticked under {name}, and when."


def _missing_signer(packet: Packet) -> Iterator[str]:
    """Points 4-6: who signed, who checked that, and a factor that the preparer does not hold."""
    if not packet.signer_name.strip() or packet.role not in {"self", "personal_representative"}:
        yield "The signer's name and role."
    represented = packet.role == "personal_representative"
    if represented and not (packet.authority_description.strip() and packet.authority_evidence.strip()):
        yield "The representative's authority, described, and the paper that was seen."
    if not (packet.identity_method and packet.identity_checked_by):
        yield "How the signer's identity was checked, and by whom."
    if packet.factor != CODE and not (
        packet.factor == SECOND_WITNESS
        and packet.witness is not None
        and packet.witness != packet.identity_checked_by
    ):
        yield "A second witness, or a code sent to the signer's own phone or e-mail."


def _missing_circumstances(packet: Packet) -> Iterator[str]:
    """Points 7-12: disclosure, events, device, mark, capacity and language, privacy notice."""
    if not (packet.disclosure_version and packet.disclosure_accepted and packet.access_shown):
        yield "The signer's yes to electronic records, given on a device that shows them."
    lacking = [kind for kind in NEEDED_EVENTS if not packet.events.get(kind)]
    if lacking or not packet.server:
        yield "When the form was opened, read and signed, and on which server."
    if not (packet.device_kind and packet.device_address and packet.user_agent):
        yield "The device that was used."
    if not (packet.mark and packet.intent.strip()):
        yield "The drawn or typed signature and the statement beside the button."
    if packet.capacity_attested_by is None:
        yield "That the signer was able to decide."
    if packet.signer_language != packet.language and not packet.interpreter.strip():
        yield "An interpreter, as the form is not in the signer's language."
    if packet.of_health and not packet.privacy_notice.strip():
        yield "Which privacy notice the signer was given."


@dataclass(frozen=True)
class SignatureState:
    """Whether points 13-15 stand, and if not what is still to do."""

    state: Literal["complete", "incomplete"]
    missing: tuple[str, ...] = ()


def signature_state(
    *, document_sha256: str, is_sealed: bool, ledger_seq: int | None, copies: Collection[str]
) -> SignatureState:
    """Complete once the document is stored and sealed, the ledger names it and a copy was given (points 13-15)."""
    missing = []
    if not document_sha256:
        missing.append("The signed document is not stored yet.")
    elif not is_sealed:
        missing.append("The signed document does not bear the practice's seal.")
    if ledger_seq is None:
        missing.append("The signature has no place in the ledger yet.")
    if not copies:
        missing.append("The signer has not got a copy yet.")
    return SignatureState("incomplete" if missing else "complete", tuple(missing))
