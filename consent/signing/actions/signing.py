"""The signature itself: one act of the signer, one transaction, refused unless the evidence is whole."""

from dataclasses import dataclass
from datetime import date, datetime

from consent.audit.ledger import recording
from consent.audit.rules import Actor, instant
from consent.evidence.glyphs import undrawable
from consent.evidence.models import Signature, SignatureMark
from consent.evidence.rules import CODE, SECOND_WITNESS, Packet, missing_points
from consent.people.queries import signer_rule
from consent.records.actions import record_signed_consent
from consent.wording.rules import missing_answers

from ..granting import scope_of
from ..models import Ceremony
from ..offering import is_of_health, lists_of_scope
from ..printing import undrawable_text
from ..queries import called, check_stands, filled_now, text_digest
from ..rules import DISCLOSURE_VERSION, Drawing, NotNow, Said, answers_of, require_move
from .answering import require_held
from .kinds import CONSENT_KINDS
from .preparing import locked, note
from .tying import note_ties


class PacketIncomplete(Said):
    """Something that proves the signature is missing, so it is not taken; `missing` says what."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__("incomplete", missing=" ".join(missing))


class SignerChanged(Said):
    """Whoever holds the form may not sign any more: an authority ended, a birthday came, a death was recorded."""


class TextChanged(Said):
    """The text is no longer the one that was read; it has to be read again before it is signed."""


class CannotPrint(Said):
    """Our fonts cannot draw something that the document would hold, so nothing is signed that could not be sealed."""


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
    `TextChanged` if the text is not the one whose SHA-256 was fixed at the review, `CannotPrint` if the document could
    not be made, `PacketIncomplete` unless points 1-12 of the evidence stand (A-ES; R69-R71).
    """
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        if ceremony.signature is not None:
            return ceremony.signature
        _require_the_last_step(ceremony, at)
        _require_printable(ceremony, mark, at)
        events = _events(ceremony) | {"signed": instant(at)}
        packet = _packet(ceremony, mark, device, proof_of(ceremony, at), events)
        form = ceremony.wording.form()
        if missing := [*missing_points(packet), *missing_answers(form, answers_of(ceremony.answers))]:
            raise PacketIncomplete(missing)
        signature = _signature(ceremony, mark, device, packet, at)
        record_signed_consent(
            kind=CONSENT_KINDS[form.kind],
            signature=signature,
            wording=ceremony.wording,
            location=ceremony.location,
            scope=scope_of(ceremony.offered, ceremony.answers, ceremony.exhibit, form.asked),
            statements=form.anchors,
            ends_on=date.fromisoformat(ceremony.answers["ends"]["on"]),
            ends_event=ceremony.answers["ends"]["event"],
            by=by,
            at=at,
        )
        note_ties(ceremony=ceremony, kept=ceremony.answers, by=by, at=at)
        _close(ceremony, signature, by=by, at=at)
    return signature


def _require_the_last_step(ceremony: Ceremony, at: datetime) -> None:
    require_held(ceremony, at)
    require_move(ceremony.state, "signed")
    if ceremony.step != "sign":
        raise NotNow("Please answer the questions first.")
    rule = signer_rule(ceremony.person, at, identify=True)
    may = {one.id for one in rule.representations} | ({None} if rule.self_may_sign else set())
    if ceremony.representation_id not in may:
        on_tablet = ceremony.route == Ceremony.Route.TABLET
        raise SignerChanged("signer_changed" if on_tablet else "signer_changed_own")
    if text_digest(ceremony, filled_now(ceremony, at)) != ceremony.text_sha256:
        raise TextChanged("text_changed")


def _require_printable(ceremony: Ceremony, mark: Mark, at: datetime) -> None:
    if lacking := undrawable(mark.typed_name):
        raise CannotPrint("cannot_print_name", characters=lacking)
    if lacking := undrawable_text(ceremony, filled_now(ceremony, at)):
        raise CannotPrint("cannot_print_form", characters=lacking)


def _events(ceremony: Ceremony) -> dict[str, str]:
    """The last time of each step."""
    return {event.kind: instant(event.at) for event in ceremony.events.all()}


@dataclass(frozen=True)
class Proof:
    """Points 5, 6 and 11: how we know who signs, what staff do not hold alone, who saw they can (A-ES; R71)."""

    method: str
    checked_by: int | None
    factor: str = ""
    witness: int | None = None
    attested_by: int | None = None


def proof_of(ceremony: Ceremony, at: datetime) -> Proof:
    """By link, the code to an address that was verified with the person; at the counter, the second witness.

    At an event nobody prepared the form for this person: two members must have seen them, just now.
    """
    point, attested_by = (
        ceremony.contact_point,
        ceremony.prepared_by_id if ceremony.capacity_attested else None,
    )
    if ceremony.route == Ceremony.Route.LINK:
        codes = ceremony.events.filter(kind="code_confirmed", details__contact=ceremony.contact_point_id)
        confirmed = point is not None and codes.exists()
        checked_by = point.verified_by_id if point else None
        return Proof(Signature.Identity.CODE, checked_by, CODE if confirmed else "", attested_by=attested_by)
    checked_by = ceremony.prepared_by_id
    if ceremony.route == Ceremony.Route.EVENT:
        if not check_stands(ceremony, at):
            return Proof("", None)
        checked_by, attested_by = ceremony.checked_by_id, ceremony.checked_by_id
    return Proof(
        ceremony.identity_method,
        checked_by,
        SECOND_WITNESS if ceremony.witness_id else "",
        ceremony.witness_id,
        attested_by,
    )


def _packet(ceremony: Ceremony, mark: Mark, device: Device, proof: Proof, events: dict[str, str]) -> Packet:
    wording, authority = ceremony.wording, ceremony.representation
    lists = lists_of_scope(wording)
    return Packet(
        template_id=wording.template_id,
        wording_id=wording.pk,
        version=wording.version,
        language=wording.language,
        translation_of=wording.translation_of_id,
        translation_reviewed_by=wording.translation_reviewed_by,
        text_sha256=ceremony.text_sha256,
        ticks={name: ceremony.answers.get(name, {}) for name in lists},
        lists=lists,
        signer_name=mark.typed_name or called(ceremony.signer),
        role=ceremony.role,
        authority_description=authority.description if authority else "",
        authority_evidence=authority.evidence_seen if authority else "",
        identity_method=proof.method,
        identity_checked_by=proof.checked_by,
        witness=proof.witness,
        factor=proof.factor,
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
        capacity_attested_by=proof.attested_by,
        signer_language=ceremony.signer.language,
        interpreter=ceremony.interpreter,
        of_health=is_of_health(wording),
        privacy_notice=ceremony.privacy_notice,
    )


def _signature(ceremony: Ceremony, mark: Mark, device: Device, packet: Packet, at: datetime) -> Signature:
    # Which address the code went to and who verified it belongs to the proof (A-ES 6); the address itself does not.
    confirmed = ceremony.events.filter(kind="code_confirmed").order_by("-pk").first()
    details = {"code_confirmed": confirmed.details} if confirmed and packet.factor == CODE else {}
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
        identity_checked_by_id=packet.identity_checked_by,
        witness_id=packet.witness,
        witnessed_at=ceremony.witnessed_at if packet.witness else None,
        factor=packet.factor,
        disclosure_version=packet.disclosure_version,
        disclosure_accepted_at=datetime.fromisoformat(ceremony.answers["disclosure"]),
        capacity_attested_by_id=packet.capacity_attested_by,
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
        events=[{"kind": kind, "at": when} | details.get(kind, {}) for kind, when in packet.events.items()],
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
