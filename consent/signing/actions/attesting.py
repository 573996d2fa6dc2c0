"""A member signs the policy with the care of a form: the exact text, a mark, a factor; sealed by a worker (R62)."""

import json
import logging
from dataclasses import asdict
from datetime import datetime

from django.conf import settings

from consent.access.models import User
from consent.audit.ledger import recording
from consent.audit.rules import Actor, canonical, instant
from consent.evidence.actions import sealing_keys, store_document
from consent.evidence.glyphs import undrawable
from consent.evidence.render import render_pdf
from consent.evidence.sealing import seal_pdf
from consent.wording.models import Wording
from consent.workforce.actions import Proof, attest_policy
from consent.workforce.models import AttestedDocument, Policy, PolicyAttestation
from consent.workforce.texts import facts_of, policy_text

from ..completion import SealFacts
from ..paper import policy_page
from .sealing import CANNOT_YET, NotWhatWasSigned
from .signing import CannotPrint, Device, Mark, TextChanged

FORMAT = "postern policy attestation 1"
logger = logging.getLogger(__name__)


def sign_policy(
    *,
    policy: Policy,
    user: User,
    wording: Wording | None,
    shown_sha256: str,
    mark: Mark,
    factor: str,
    device: Device,
    by: Actor,
    at: datetime,
) -> PolicyAttestation:
    """Keep that the member signed this version. The same version signed again returns the first.

    Raises `TextChanged` unless the text is exactly the one that was on the page, `CannotPrint` if the document could
    not be made.
    """
    facts = facts_of(policy.practice, user.name)
    read = policy_text(policy, facts, wording)
    if read.sha256 != shown_sha256:
        raise TextChanged("text_changed")
    if lacking := undrawable(read.text + mark.typed_name):
        raise CannotPrint("cannot_print_form", characters=lacking)
    proof = Proof(
        text_sha256=read.sha256,
        intent=read.intent,
        method=mark.method,
        typed_name=mark.typed_name or user.name,
        strokes=mark.drawing.to_json() if mark.drawing else "",
        filled=json.dumps(facts),
        factor=factor,
        wording=read.wording,
        device=asdict(device),
    )
    return attest_policy(policy=policy, user=user, proof=proof, by=by, at=at)


def seal_attestations(*, by: Actor, at: datetime, limit: int = 20) -> int:
    """Make and seal the document of signed policies that lack it, at most `limit`; how many were made."""
    rows = PolicyAttestation.objects.filter(attested=None, mark__isnull=False)
    rows = rows.select_related("practice", "policy__wording__template", "wording__template", "user", "mark")
    made = 0
    for row in rows.order_by("pk")[:limit]:
        try:
            made += _sealed(row, by=by, at=at)
        except CANNOT_YET:
            logger.exception("The document of attestation %s could not be made; it is tried again.", row.pk)
    return made


def _sealed(row: PolicyAttestation, *, by: Actor, at: datetime) -> bool:
    read = policy_text(row.policy, json.loads(row.mark.filled), row.wording)
    if read.sha256 != row.text_sha256:
        raise NotWhatWasSigned(f"The text of attestation {row.pk} is not the one that was signed.")
    keys = sealing_keys(practice=row.practice, by=by, at=at)
    facts = SealFacts.of(keys, settings.TSA_URL)
    told = {
        "format": FORMAT,
        "attestation": row.pk,
        "policy": {"id": row.policy_id, "version": row.policy.version, "wording": row.wording_id},
        "member": {"user": row.user_id, "name": row.user.name, "factor": row.factor},
        "device": row.device,
        "intent": row.intent,
        "method": row.method,
        "signed_at": instant(row.attested_at),
        "text_sha256": row.text_sha256,
        "text": read.text,
        "seal": {name: said for name, said in asdict(facts).items() if name != "time_authority"},
    }
    page = render_pdf(policy_page(row, read), record=canonical(told), at=row.attested_at)
    sealed = seal_pdf(page, keys.identity, keys.stamper(at), at=at)
    with recording(by=by, at=at):
        PolicyAttestation.objects.select_for_update(no_key=True).get(pk=row.pk)
        if AttestedDocument.objects.filter(attestation=row).exists():
            return False
        document = store_document(
            practice=row.practice,
            kind="signed_policy",
            data=sealed.data,
            certificate=keys.row,
            level=sealed.level,
            by=by,
            at=at,
        )
        AttestedDocument.objects.create(practice=row.practice, attestation=row, document=document)
    return True
