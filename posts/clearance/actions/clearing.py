"""Findings, and clearing them: one proposes with a reason, a qualified other confirms. HARD reasons nobody clears."""

from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.media.models import Asset
from consent.workforce.queries import qualifications
from posts.content.models import Version
from posts.content.queries import payload_of
from posts.gate.decide import is_small
from posts.gate.reasons import Reason

from ..models import Clearing, Finding, PrematureUpload, Screening
from ..queries import rulings
from .locks import one_at_a_time

WHY_LENGTH = 500


class NotClearable(Exception):
    """HARD reasons have no override, by anyone (R46)."""


class NothingToClear(Exception):
    """The gate gives no such reason for the version as it stands."""


class WhyMissing(Exception):
    """Clearing needs a written reason (R46)."""


class NeedsAnother(Exception):
    """It takes two people: the proposer does not confirm, nor does the author (R35, R46)."""


class ConfirmerNotQualified(Exception):
    """Whoever confirms is trained, and has signed the policy in force (R61)."""


class AlreadyAnswered(Exception):
    """The proposal was confirmed or refused before."""


def record_screening(*, version: Version, ran: bool, detail: str = "", by: Actor, at: datetime) -> Screening:
    """Keep that the detectors ran over the version as it stands, or that they should have and did not (R44)."""
    with recording(by=by, at=at):
        screening = Screening.objects.create(
            practice_id=version.practice_id,
            version=version,
            digest=payload_of(version).digest,
            ran=ran,
            detail=detail[:200],
            screened_at=at,
        )
        record("post.screened", version.post, version=version.pk, digest=screening.digest, ran=ran)
    return screening


def record_finding(
    *,
    version: Version,
    code: str,
    kind: str,
    asset: Asset | None = None,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Finding:
    """Keep that something in the version identifies someone: what a detector or a person saw (R34-R38, R50).

    `code` is a `Finding.Code`, `kind` a type of table A-18; `note` is for those who clear it, and is sealed. The newest
    finding sent again by whoever found it is that finding.
    """
    with recording(by=by, at=at):
        one_at_a_time(version)
        finding = Finding(
            practice_id=version.practice_id,
            version=version,
            digest=payload_of(version).digest,
            code=Finding.Code(code),
            kind=kind,
            asset=asset,
            note=note.strip(),
            found_by=str(by),
            found_at=at,
        )
        newest = Finding.objects.filter(version=version).order_by("-pk").first()
        if newest is not None and _said(newest) == _said(finding) and not _may_be_cleared(newest):
            return newest
        finding.save(force_insert=True)
        record(
            "finding.recorded",
            version.post,
            finding=finding.pk,
            code=finding.code,
            kind=kind,
            version=version.pk,
        )
    return finding


def propose_clearing(*, version: Version, fingerprint: str, why: str, by: Actor, at: datetime) -> Clearing:
    """Propose that a REVIEW reason against the version as it stands need not stop it; proposing again changes nothing.

    Raises `WhyMissing`, `NothingToClear`, `NotClearable`, and `NeedsAnother` for the author in a small place (R35).
    """
    if not why.strip():
        raise WhyMissing("Write why this identifies nobody, or why it is as it should be.")
    with recording(by=by, at=at):
        version = (
            Version.objects.select_for_update(no_key=True, of=("self",))
            .select_related("post")
            .get(pk=version.pk)
        )
        [ruling] = rulings([version], at, final=False)
        reason = _reason_of(ruling.verdict.reasons, fingerprint)
        if is_small(ruling.facts) and int(by.id) == ruling.facts.author:
            raise NeedsAnother(
                "In a small place the author is neither of the two. Ask somebody else to look."
            )
        clearing, is_new = Clearing.objects.get_or_create(
            version=version,
            digest=ruling.facts.digest,
            fingerprint=fingerprint,
            refused_at=None,
            defaults={
                "practice_id": version.practice_id,
                "code": reason.code,
                "why": why.strip()[:WHY_LENGTH],
                "proposed_by_id": int(by.id),
                "proposed_at": at,
            },
        )
        if is_new:
            _note("clearing.proposed", clearing)
    return clearing


def confirm_clearing(*, clearing: Clearing, by: Actor, at: datetime) -> Clearing:
    """A qualified other person agrees; from now on the reason no longer stands for exactly this digest.

    Raises `NeedsAnother`, `ConfirmerNotQualified`, `AlreadyAnswered`.
    """
    with recording(by=by, at=at):
        clearing = _waiting(clearing)
        user = int(by.id)
        if user in (clearing.proposed_by_id, clearing.version.post.author_id):
            raise NeedsAnother("It takes two people, and the author is not the second. Ask someone else.")
        found = qualifications(clearing.version.post.practice, [user], at)[user]
        if not found.qualified:
            raise ConfirmerNotQualified(f"You cannot confirm yet. {' '.join(found.missing)}")
        clearing.confirmed_by_id, clearing.confirmed_at = user, at
        clearing.save(update_fields=["confirmed_by", "confirmed_at"])
        _note("clearing.confirmed", clearing)
    return clearing


def refuse_clearing(*, clearing: Clearing, by: Actor, at: datetime) -> Clearing:
    """It does identify someone: the reason stands. Raises `AlreadyAnswered`."""
    with recording(by=by, at=at):
        clearing = _waiting(clearing)
        clearing.refused_by_id, clearing.refused_at = int(by.id), at
        clearing.save(update_fields=["refused_by", "refused_at"])
        _note("clearing.refused", clearing)
    return clearing


def record_premature_upload(
    *, version: Version, uploaded_at: datetime, note: str = "", by: Actor, at: datetime
) -> PrematureUpload:
    """Record that the version was loaded into a network before the gate was asked: found, and kept (R45).

    Sent again as long as it is not removed, it is the same upload.
    """
    with recording(by=by, at=at):
        one_at_a_time(version)
        same = {"version": version, "uploaded_at": uploaded_at, "note": note.strip()[:300]}
        there = PrematureUpload.objects.filter(removed_at=None, **same).first()
        if there is not None:
            return there
        upload = PrematureUpload.objects.create(
            practice_id=version.practice_id, recorded_by_id=int(by.id), recorded_at=at, **same
        )
        record("upload.found", version.post, upload=upload.pk, version=version.pk)
    return upload


def record_removal(*, upload: PrematureUpload, by: Actor, at: datetime) -> PrematureUpload:
    """Somebody deleted it from the network, and says so. Raises `AlreadyAnswered`."""
    with recording(by=by, at=at):
        upload = PrematureUpload.objects.select_for_update(no_key=True).get(pk=upload.pk)
        if upload.removed_at is not None:
            raise AlreadyAnswered("That it is gone was recorded before.")
        upload.removed_by_id, upload.removed_at = int(by.id), at
        upload.save(update_fields=["removed_by", "removed_at"])
        record("upload.removed", upload.version.post, upload=upload.pk, version=upload.version_id)
    return upload


def _said(finding: Finding) -> tuple[object, ...]:
    """What makes two findings one."""
    return finding.digest, finding.code, finding.kind, finding.asset_id, finding.note, finding.found_by


def _may_be_cleared(finding: Finding) -> bool:
    """Whether a reason of its kind was cleared since: found again then, it has to stop the post again."""
    cleared = Clearing.objects.filter(
        version=finding.version_id, code=finding.code, confirmed_at__isnull=False
    )
    return cleared.filter(proposed_at__gte=finding.found_at).exists()


def _reason_of(reasons: tuple[Reason, ...], fingerprint: str) -> Reason:
    """The reason with this fingerprint, if it may be cleared."""
    reason = next((one for one in reasons if one.fingerprint == fingerprint), None)
    if reason is None:
        raise NothingToClear(
            "This is no longer a reason: the post was changed, or it was cleared. Look again."
        )
    if reason.entry.weight != "REVIEW":
        raise NotClearable("This cannot be cleared by anyone. It has to be mended.")
    return reason


def _waiting(clearing: Clearing) -> Clearing:
    """The proposal, taken for update, if nobody has answered it."""
    rows = Clearing.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "version__post__practice"
    )
    clearing = rows.get(pk=clearing.pk)
    if clearing.confirmed_at is not None or clearing.refused_at is not None:
        raise AlreadyAnswered("Someone has answered this already.")
    return clearing


def _note(event: str, clearing: Clearing) -> None:
    record(
        event,
        clearing.version.post,
        clearing=clearing.pk,
        code=clearing.code,
        version=clearing.version_id,
    )
