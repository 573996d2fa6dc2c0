"""The pages that become documents: the signed form with its certificate, and the codes that lead to the own page."""

import json

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from consent.audit.models import LedgerEntry
from consent.evidence.models import Signature
from consent.wording.rules import rendered_sections
from consent.workforce.models import PolicyAttestation
from consent.workforce.texts import PolicyText

from .certificate import exactly, points_of, signed_by
from .completion import SealFacts
from .models import Ceremony
from .queries import called, filled_when_fixed, own_page_address
from .rules import Drawing, Words, path_of
from .showing import pages_in_document


def signed_page(
    ceremony: Ceremony, signature: Signature, entry: LedgerEntry, seal: SealFacts, token: str
) -> str:
    """The whole signed form as one page that brings everything with it, ready for `render_pdf`."""
    form, filled = ceremony.wording.form(), filled_when_fixed(ceremony)
    address = own_page_address(token)
    signer = signature.mark.typed_name or called(ceremony.signer)
    words = Words(form.language, signer=signer)
    return render_to_string(
        "signing/signed_document.html",
        {
            "form": form,
            "sections": rendered_sections(form, filled),
            "practice": ceremony.practice,
            "shown": pages_in_document(ceremony),
            "signature": signature,
            "drawing": drawing_of(signature),
            "signer_name": signer,
            "signed_by": signed_by(ceremony),
            "signed_at": exactly(signature.signed_at, signature.consent.zone, form.language),
            "t": words,
            "points": points_of(ceremony, signature, entry, seal),
            "address": address,
            "code": code_of(address, words["code_of_own_page"]),
            "verify_address": settings.ADDRESS + reverse("records:verify"),
        },
    )


def policy_page(row: PolicyAttestation, text: PolicyText) -> str:
    """A policy as a member signed it, as one page ready for `render_pdf`."""
    name = row.mark.typed_name
    words = Words(text.language, signer=name)
    told = exactly(row.attested_at, row.practice.time_zone, text.language)
    points = (
        ("Policy", f"Version {row.policy.version} of {row.practice.name}"),
        ("SHA-256 of the exact text", row.text_sha256),
        ("Signed by", f"{row.user.name}, member {row.user_id}, in person"),
        ("Signed in with", row.factor or "a password"),
        ("Signature", "drawn" if row.mark.strokes else "name typed"),
        ("Device", f"{row.device.get('address', '')}, {row.device.get('user_agent', '')}"),
        ("When", told),
    )
    return render_to_string(
        "signing/policy_document.html",
        {
            "text": text,
            "policy": row.policy,
            "practice": row.practice,
            "drawing": strokes_drawn(row.mark.strokes),
            "name": name,
            "signed_at": told,
            "t": words,
            "points": points,
            "verify_address": settings.ADDRESS + reverse("records:verify"),
        },
    )


def code_of(address: str, title: str | None = None) -> SafeString:
    """The address as a QR code, drawn inline; the address itself stands beside it as text. `title` is read aloud."""
    code: str = segno.make(address, error="m", micro=False).svg_inline(
        scale=4,
        title=title,
        border=4,
        dark="#000000",
        light="#ffffff",
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return SafeString(code)


def drawing_of(signature: Signature) -> dict[str, object] | None:
    """The strokes as a path in their box; None if the name was typed."""
    return strokes_drawn(signature.mark.strokes)


def strokes_drawn(kept_as_json: str) -> dict[str, object] | None:
    """Strokes as they are kept, as a path in their box; None where there are none."""
    if not kept_as_json:
        return None
    kept = json.loads(kept_as_json)
    strokes = tuple(tuple((x, y) for x, y in stroke) for stroke in kept["strokes"])
    drawing = Drawing(kept["width"], kept["height"], strokes)
    return {"width": drawing.width, "height": drawing.height, "path": path_of(drawing)}
