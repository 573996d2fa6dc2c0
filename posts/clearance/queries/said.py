"""What people and detectors have said about versions: approvals, attestations, findings, clearings. Two queries."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from consent.access.rules import PICTURES
from consent.records.queries import Row, instant, plain_rows
from posts.gate.facts import ApprovalFacts, ClearingFacts, FindingFacts, ScreeningFacts

# Whoever is trained on that day, and has signed the policy in force (R61, R62).
QUALIFIED = """(EXISTS (SELECT 1 FROM consent_training t WHERE t.practice_id = {row}.practice_id
        AND t.user_id = {row}.{user} AND t.completed_at <= {row}.{at} AND t.expires_at > {row}.{at})
      AND EXISTS (SELECT 1 FROM consent_policyattestation q JOIN consent_policy p ON p.id = q.policy_id
        WHERE p.practice_id = {row}.practice_id AND q.user_id = {row}.{user} AND q.attested_at <= {row}.{at}
          AND p.effective_from = (SELECT MAX(l.effective_from) FROM consent_policy l
            WHERE l.practice_id = {row}.practice_id AND l.effective_from <= {row}.{at})))"""
GIVEN = (
    """SELECT 'approval' AS what, a.version_id, a.id, a.digest, a.approved_by_id AS by_whom, a.approved_at AS at,
      CASE WHEN """
    + QUALIFIED.replace("{row}", "a").replace("{user}", "approved_by_id").replace("{at}", "approved_at")
    + """ THEN 1 ELSE 0 END AS good, CAST(NULL AS bigint) AS first_by, '' AS code, '' AS kind,
      CAST(NULL AS bigint) AS asset_id
      FROM posts_approval a WHERE a.version_id IN ({ids})
    UNION ALL SELECT 'attestation', s.version_id, s.id, s.digest, s.attested_by_id, s.attested_at, 0, NULL, '', '', NULL
      FROM posts_attestation s WHERE s.version_id IN ({ids})
    UNION ALL SELECT 'screening', s.version_id, s.id, s.digest, NULL, s.screened_at, CASE WHEN s.ran THEN 1 ELSE 0 END,
      NULL, '', '', NULL FROM posts_screening s WHERE s.version_id IN ({ids})
    UNION ALL SELECT 'finding', f.version_id, f.id, f.digest, NULL, f.found_at, 0, NULL, f.code, f.kind, f.asset_id
      FROM posts_finding f WHERE f.version_id IN ({ids})
    UNION ALL SELECT 'clearing', c.version_id, c.id, c.digest, c.confirmed_by_id, c.confirmed_at, CASE WHEN """
    + QUALIFIED.replace("{row}", "c").replace("{user}", "confirmed_by_id").replace("{at}", "confirmed_at")
    + """ THEN 1 ELSE 0 END, c.proposed_by_id, c.fingerprint, '', NULL
      FROM posts_clearing c WHERE c.version_id IN ({ids}) AND c.confirmed_at IS NOT NULL
    UNION ALL SELECT 'upload', u.version_id, u.id, '', NULL, u.uploaded_at, 0, NULL, '', '', NULL
      FROM posts_prematureupload u WHERE u.version_id IN ({ids}) AND u.removed_at IS NULL"""
)


@dataclass(frozen=True)
class SaidOfOne:
    """What was said of one version as it stands."""

    approval: ApprovalFacts | None = None
    attested_digest: str = ""
    findings: tuple[FindingFacts, ...] = ()
    clearings: tuple[ClearingFacts, ...] = ()
    screened: bool = False
    premature_upload_at: datetime | None = None

    def screening(self, detectors: Collection[str], *, words_read: bool) -> ScreeningFacts:
        """Whether those of the practice's `detectors` had to run that read more than pictures, and did at their latest
        try, and the words were read; and whether pictures must be looked at: that is asked of each one's own look.
        """
        required = bool(set(detectors) - {PICTURES})
        return ScreeningFacts(required or not words_read, self.screened and words_read, PICTURES in detectors)


@dataclass(frozen=True)
class Said:
    """The rows of some versions, the earliest first."""

    rows: list[Row] = field(default_factory=list)

    @classmethod
    def read(cls, version_ids: Collection[int]) -> "Said":
        """Everything said of these versions."""
        rows = plain_rows(GIVEN, version_ids)
        return cls(sorted(rows, key=lambda row: (instant(row["at"]), row["id"])))

    def of(self, version: int, digest: str, assets: Collection[int]) -> SaidOfOne:
        """What counts for a version whose content has this digest and shows these pictures."""
        mine = [row for row in self.rows if row["version_id"] == version]
        exact = [row for row in mine if row["digest"] == digest]
        screenings = [bool(row["good"]) for row in exact if row["what"] == "screening"]
        uploads = [instant(row["at"]) for row in mine if row["what"] == "upload"]
        return SaidOfOne(
            approval=_approval([row for row in mine if row["what"] == "approval"], digest),
            attested_digest=digest if any(row["what"] == "attestation" for row in exact) else "",
            findings=tuple(
                FindingFacts(
                    id=str(row["id"]),
                    code=row["code"],
                    kind=row["kind"],
                    asset=str(row["asset_id"]) if row["asset_id"] else None,
                )
                for row in mine
                if row["what"] == "finding" and (row["digest"] == digest or row["asset_id"] in assets)
            ),
            clearings=tuple(
                ClearingFacts(
                    fingerprint=row["code"],
                    digest=row["digest"],
                    proposed_by=row["first_by"],
                    confirmed_by=row["by_whom"],
                    confirmer_qualified=bool(row["good"]),
                )
                for row in exact
                if row["what"] == "clearing"
            ),
            screened=bool(screenings) and screenings[-1],
            premature_upload_at=min(uploads, default=None),
        )


def _approval(rows: list[Row], digest: str) -> ApprovalFacts | None:
    """The approval of exactly this digest, or else the latest one, which the gate will find outdated."""
    standing = [row for row in rows if row["digest"] == digest] or rows
    if not standing:
        return None
    latest = standing[-1]
    return ApprovalFacts(latest["digest"], latest["by_whom"], instant(latest["at"]), bool(latest["good"]))
