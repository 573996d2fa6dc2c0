"""What the database refuses about decisions and approvals: they are written once and stay."""

from consent.audit.guards import append_only, no_delete, refuse_update

GUARDS = [
    *append_only("posts_decision"),
    *append_only("posts_reliance", "decision_id person_id consent_id"),
    *append_only("posts_approval", "review_id version_id"),
    *append_only("posts_attestation"),
    *append_only("posts_screening"),
    *append_only("posts_finding"),
    *append_only("posts_packswitch"),
    *append_only("posts_reviewnote"),
    no_delete("posts_clearing", "a clearing is kept"),
    refuse_update(
        "posts_clearing",
        "a clearing is confirmed or refused once and otherwise kept",
        "OLD.confirmed_at IS NOT NULL OR OLD.refused_at IS NOT NULL"
        " OR OLD.version_id IS DISTINCT FROM NEW.version_id OR OLD.digest IS DISTINCT FROM NEW.digest"
        " OR OLD.fingerprint IS DISTINCT FROM NEW.fingerprint OR OLD.code IS DISTINCT FROM NEW.code"
        " OR OLD.proposed_by_id IS DISTINCT FROM NEW.proposed_by_id OR OLD.why IS DISTINCT FROM NEW.why",
    ),
    no_delete("posts_prematureupload", "a premature upload is kept"),
    refuse_update(
        "posts_prematureupload",
        "a premature upload is removed once and otherwise kept",
        "OLD.removed_at IS NOT NULL OR OLD.version_id IS DISTINCT FROM NEW.version_id"
        " OR OLD.uploaded_at IS DISTINCT FROM NEW.uploaded_at",
    ),
    no_delete("posts_suggestion", "a suggestion is kept"),
    no_delete("posts_review", "a review is kept"),
    refuse_update(
        "posts_review",
        "a decided review stays as it is",
        "OLD.outcome <> 'waiting' AND (OLD.outcome IS DISTINCT FROM NEW.outcome"
        " OR OLD.digest IS DISTINCT FROM NEW.digest OR OLD.decided_by_id IS DISTINCT FROM NEW.decided_by_id)",
    ),
]
