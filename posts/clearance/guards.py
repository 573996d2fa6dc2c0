"""What the database refuses about decisions and approvals: they are written once and stay."""

from consent.audit.guards import append_only, no_delete, refuse_update

GUARDS = [
    *append_only("posts_decision"),
    *append_only("posts_reliance", "decision_id person_id consent_id"),
    *append_only("posts_approval", "review_id version_id"),
    *append_only("posts_attestation"),
    no_delete("posts_review", "a review is kept"),
    refuse_update(
        "posts_review",
        "a decided review stays as it is",
        "OLD.outcome <> 'waiting' AND (OLD.outcome IS DISTINCT FROM NEW.outcome"
        " OR OLD.digest IS DISTINCT FROM NEW.digest OR OLD.decided_by_id IS DISTINCT FROM NEW.decided_by_id)",
    ),
]
