"""The signature itself: one act of the signer, one transaction, refused unless the evidence is whole."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from consent.audit.ledger import recording
from consent.audit.rules import Actor, instant
from consent.evidence.models import Signature, SignatureMark
from consent.evidence.rules import SECOND_WITNESS, Packet, missing_points
from consent.people.queries import signer_rule
from consent.records.actions import record_signed_consent
from consent.records.rules import ANY, Scope
from consent.wording.rules import missing_answers

from ..models import Ceremony
from ..queries import called, filled_now, text_digest
from ..rules import DISCLOSURE_VERSION, Drawing, Kept, NotNow, answers_of, is_idle, require_move
from .preparing import locked, note

CONSENT_KINDS = {
    "authorization_adult": "authorization",
    "authorization_minor": "authorization",
    "staff_release": "release",
    "author_licence": "licence",
}


class PacketIncomplete(Exception):
    """Something that proves the signature is missing, so it is not taken; `missing` says what."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(f"This cannot be signed yet. Missing: {' '.join(missing)}")


class SignerChanged(NotNow):
    """Whoever holds the tablet may not sign any more: an authority ended, a birthday came, a death was recorded."""


class TextChanged(Exception):
    """The text is no longer the one that was read; it has to be read again before it is signed."""


@dataclass(frozen=True)
class Mark:
    """How it was signed: a drawing, or the name as typed."""

    drawing: Drawing | None = None
    typed_name: str = ""

    @property
    def method(self) -> Signature.Method:
        """Drawn or typed."""
        return Signature.Method.DRAWN if self.drawing else Signature.Method.TYPED


@dataclass(frozen=True)
class Device:
    """What the signature was made on, and which server took it."""

    kind: str
    address: str
    user_agent: str
    server: str


def sign(*, ceremony: Ceremony, mark: Mark, device: Device, by: Actor, at: datetime) -> Signature:
    """Keep the signature and the consent it gives. The same ceremony signed again returns the first signature.

    Raises `NotNow` if the ceremony is not at its last step, `SignerChanged` if the right to sign is gone,
    `TextChanged` if the text is not the one whose SHA-256 was fixed at the review, `PacketIncomplete` unless points
    1-12 of the evidence stand (A-ES; R69-R71).
    """
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        if ceremony.signature is not None:
            return ceremony.signature
        _require_the_last_step(ceremony, at)
        events = _events(ceremony) | {"signed": instant(at)}
        packet = _packet(ceremony, mark, device, events)
        form = ceremony.wording.form()
        if missing := [*missing_points(packet), *missing_answers(form, answers_of(ceremony.answers))]:
            raise PacketIncomplete(missing)
        signature = _signature(ceremony, mark, device, packet, at)
        record_signed_consent(
            kind=CONSENT_KINDS[form.kind],
            signature=signature,
            wording=ceremony.wording,
            location=ceremony.location,
            scope=scope_of(ceremony.offered, ceremony.answers),
            statements=form.anchors,
            ends_on=date.fromisoformat(ceremony.answers["ends"]["on"]),
            ends_event=ceremony.answers["ends"]["event"],
            by=by,
            at=at,
        )
        _close(ceremony, signature, by=by, at=at)
    return signature


def scope_of(offered: dict[str, Any], kept: Kept) -> Scope:
    """What was ticked, as the scope that the gate asks. Without a named post or picture the form covers any."""
    ticked = {
        name: frozenset(kept.get(name, ())) for name in ("elements", "platforms", "formats", "purposes")
    }
    return Scope(
        elements=ticked["elements"],
        platforms=ticked["platforms"],
        formats=ticked["formats"],
        purposes=ticked["purposes"],
        paid=bool(kept.get("paid")),
        assets=frozenset({ANY}),
        posts=frozenset({offered["post"] if "one" in kept.get("only_this_post", ()) else ANY}),
    )


def _require_the_last_step(ceremony: Ceremony, at: datetime) -> None:
    if is_idle(ceremony.last_seen_at, at):
        raise NotNow("This form is no longer open. Please give the tablet back to the front desk.")
    require_move(ceremony.state, "signed")
    if ceremony.step != "sign":
        raise NotNow("Please answer the questions first.")
    rule = signer_rule(ceremony.person, at, identify=True)
    may = {one.id for one in rule.representations} | ({None} if rule.self_may_sign else set())
    if ceremony.representation_id not in may:
        raise SignerChanged(
            "The right to sign has changed meanwhile. Please give the tablet back to the front desk."
        )
    if text_digest(ceremony, filled_now(ceremony, at)) != ceremony.text_sha256:
        raise TextChanged("Something on the form has changed. Please go back and read it once more.")


def _events(ceremony: Ceremony) -> dict[str, str]:
    """The last time of each step."""
    return {event.kind: instant(event.at) for event in ceremony.events.all()}


def _packet(ceremony: Ceremony, mark: Mark, device: Device, events: dict[str, str]) -> Packet:
    wording, authority = ceremony.wording, ceremony.representation
    lists = ("elements", "platforms", "formats", "purposes")
    return Packet(
        template_id=wording.template_id,
        wording_id=wording.pk,
        version=wording.version,
        language=wording.language,
        translation_of=wording.translation_of_id,
        translation_reviewed_by=wording.translation_reviewed_by,
        text_sha256=ceremony.text_sha256,
        ticks={name: ceremony.answers.get(name, {}) for name in lists},
        signer_name=mark.typed_name or called(ceremony.signer),
        role=ceremony.role,
        authority_description=authority.description if authority else "",
        authority_evidence=authority.evidence_seen if authority else "",
        identity_method=ceremony.identity_method,
        identity_checked_by=ceremony.prepared_by_id,
        witness=ceremony.witness_id,
        factor=SECOND_WITNESS if ceremony.witness_id else "",
        disclosure_version=DISCLOSURE_VERSION,
        disclosure_accepted="disclosure" in ceremony.answers,
        access_shown="disclosure_accepted" in events,
        events=events,
        server=device.server,
        device_kind=device.kind,
        device_address=device.address,
        user_agent=device.user_agent,
        mark=bool(mark.drawing or mark.typed_name),
        intent=wording.intent,
        capacity_attested_by=ceremony.prepared_by_id if ceremony.capacity_attested else None,
        signer_language=ceremony.signer.language,
        interpreter=ceremony.interpreter,
        privacy_notice=ceremony.privacy_notice,
    )


def _signature(ceremony: Ceremony, mark: Mark, device: Device, packet: Packet, at: datetime) -> Signature:
    signature = Signature.objects.create(
        practice_id=ceremony.practice_id,
        person=ceremony.person,
        signer=ceremony.signer,
        role=packet.role,
        representation=ceremony.representation,
        method=mark.method,
        signed_at=at,
        text_sha256=packet.text_sha256,
        answers={name: value for name, value in ceremony.answers.items() if name != "details"},
        intent=packet.intent,
        identity_method=packet.identity_method,
        identity_checked_by=ceremony.prepared_by,
        witness_id=packet.witness,
        witnessed_at=ceremony.witnessed_at,
        factor=packet.factor,
        disclosure_version=packet.disclosure_version,
        disclosure_accepted_at=datetime.fromisoformat(ceremony.answers["disclosure"]),
        capacity_attested_by=ceremony.prepared_by,
        language=packet.language,
        signer_language=packet.signer_language,
        interpreter=packet.interpreter,
        privacy_notice=packet.privacy_notice,
        device={
            "kind": device.kind,
            "address": device.address,
            "user_agent": device.user_agent,
            "server": device.server,
        },
        events=[{"kind": kind, "at": when} for kind, when in packet.events.items()],
    )
    strokes = mark.drawing.to_json() if mark.drawing else ""
    SignatureMark.objects.create(signature=signature, typed_name=packet.signer_name, strokes=strokes)
    return signature


def _close(ceremony: Ceremony, signature: Signature, *, by: Actor, at: datetime) -> None:
    ceremony.state = Ceremony.State.SIGNED
    ceremony.signature = signature
    ceremony.step = "done"
    ceremony.finished_at = ceremony.last_seen_at = at
    ceremony.save()
    note(ceremony, "signed", by=by, at=at, text_sha256=signature.text_sha256)
