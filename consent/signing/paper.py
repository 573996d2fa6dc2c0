"""The pages that become documents: the signed form with its certificate, and the codes that lead to the own page."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from consent.evidence.models import Signature
from consent.records.models import Consent
from consent.wording.rules import rendered_sections

from .models import Ceremony
from .queries import called, filled_when_fixed, own_page_address
from .rules import Drawing, path_of

AUTHORITY = {
    "parent": "parent with legal right to decide",
    "guardian": "court-named guardian",
    "health_care_agent": "health care agent",
    "executor": "executor or manager of the estate",
    "other": "other authority",
}


def signed_page(ceremony: Ceremony, signature: Signature, ledger_seq: int, token: str) -> str:
    """The whole signed form as one page that brings everything with it, ready for `render_pdf`."""
    form, filled = ceremony.wording.form(), filled_when_fixed(ceremony)
    zone = signature.consent.zone
    address = own_page_address(token)
    return render_to_string(
        "signing/signed_document.html",
        {
            "form": form,
            "sections": rendered_sections(form, filled),
            "practice": ceremony.practice,
            "signature": signature,
            "drawing": drawing_of(signature),
            "signer_name": signature.mark.typed_name or called(ceremony.signer),
            "signed_by": _signed_by(ceremony),
            "signed_at": exactly(signature.signed_at, zone),
            "certificate": _certificate(ceremony, signature, signature.consent, ledger_seq),
            "address": address,
            "code": code_of(address),
        },
    )


def code_of(address: str) -> SafeString:
    """The address as a QR code, drawn inline; the address itself stands beside it as text."""
    code: str = segno.make(address, error="m", micro=False).svg_inline(
        scale=4, border=4, dark="#000000", light="#ffffff", omitsize=True, svgclass=None, lineclass=None
    )
    return SafeString(code)


def drawing_of(signature: Signature) -> dict[str, object] | None:
    """The strokes as a path in their box; None if the name was typed."""
    if not signature.mark.strokes:
        return None
    kept = json.loads(signature.mark.strokes)
    strokes = tuple(tuple((x, y) for x, y in stroke) for stroke in kept["strokes"])
    drawing = Drawing(kept["width"], kept["height"], strokes)
    return {"width": drawing.width, "height": drawing.height, "path": path_of(drawing)}


def exactly(at: datetime, zone: str) -> str:
    """An instant as a document says it, in the zone of the place and in UTC."""
    here = at.astimezone(ZoneInfo(zone))
    hour = f"{here.hour % 12 or 12}:{here:%M:%S} {'am' if here.hour < 12 else 'pm'}"
    return f"{here:%B} {here.day}, {here.year}, {hour} {here.tzname()} ({at.astimezone(UTC):%H:%M:%S} UTC)"


def _signed_by(ceremony: Ceremony) -> str:
    """In which role, and by what authority (45 CFR 164.508(c)(1)(vi))."""
    name, authority = called(ceremony.signer), ceremony.representation
    if authority is None:
        return f"{name} signed in person."
    words = AUTHORITY.get(authority.authority, authority.authority)
    return f"{name} signed for {called(ceremony.person)} as {words}: {authority.description}."


def _certificate(
    ceremony: Ceremony, signature: Signature, consent: Consent, ledger_seq: int
) -> list[tuple[str, str]]:
    """The evidence packet in words, point by point (A-ES)."""
    zone, authority, device = consent.zone, ceremony.representation, signature.device
    template = ceremony.wording.template
    rows = [
        ("Form", f"{template.title}, version {ceremony.wording.version}, language {signature.language}"),
        ("Consent and signature", f"No. {consent.pk} and {signature.pk}"),
        ("SHA-256 of the exact text", f"{signature.text_sha256}, fixed before the signature"),
        ("Signer", _signed_by(ceremony)),
        ("Paper seen for that authority", authority.evidence_seen if authority else ""),
        ("Identity", f"{signature.get_identity_method_display()}; prepared by {signature.identity_checked_by}"),
        ("Second witness", f"{signature.witness}, with an own PIN, {_moment(signature.witnessed_at, zone)}"),
        ("Able to decide", f"Awake, calm, with time to ask: attested by {signature.capacity_attested_by}"),
        ("Yes to electronic records", _moment(signature.disclosure_accepted_at, zone)),
        ("Words of that yes", f"Version {signature.disclosure_version}"),
        ("Interpreter", signature.interpreter),
        ("Privacy notice given", signature.privacy_notice),
        ("How it was signed", f"{signature.get_method_display()}, beside the words: “{signature.intent}”"),
        ("Signed", exactly(signature.signed_at, zone)),
        ("Device", f"{device['kind']}, {device['address']}, {device['user_agent']}"),
        ("Server", device["server"]),
        ("Place in the ledger", f"No. {ledger_seq} in the ledger of {ceremony.practice}"),
        ("Seal", "SHA-256 of this document, kept in the ledger"),
    ]  # fmt: skip
    return [(label, value) for label, value in rows if value]


def _moment(at: datetime | None, zone: str) -> str:
    return exactly(at, zone) if at else "not recorded"
