"""What the database refuses about wordings: a frozen text changes no more (R43)."""

from consent.audit.guards import append_only, no_delete, refuse_update

FROZEN = " OR ".join(
    f"OLD.{column} IS DISTINCT FROM NEW.{column}"
    for column in (
        *("template_id", "version", "language", "title", "intent", "effective_from", "frozen_at"),
        *("translated_by", "translation_reviewed_by", "translation_reviewed_on", "change", "is_foreign"),
        *("override_reason", "override_by_id"),
    )
)

GUARDS = [
    no_delete("consent_wording", "a wording is kept", "template_id version language"),
    refuse_update(
        "consent_wording",
        "a wording that was offered is frozen",
        f"OLD.frozen_at IS NOT NULL AND ({FROZEN}"
        " OR CAST(OLD.sections AS text) IS DISTINCT FROM CAST(NEW.sections AS text)"
        " OR CAST(OLD.anchors AS text) IS DISTINCT FROM CAST(NEW.anchors AS text)"
        " OR CAST(OLD.offers AS text) IS DISTINCT FROM CAST(NEW.offers AS text)"
        " OR CAST(OLD.phrases AS text) IS DISTINCT FROM CAST(NEW.phrases AS text)"
        " OR OLD.translation_of_id IS DISTINCT FROM NEW.translation_of_id)",
    ),
    no_delete("consent_draft", "a draft is kept", "became_id"),
    refuse_update(
        "consent_draft",
        "a draft ends once",
        "OLD.became_id IS NOT NULL OR OLD.discarded_at IS NOT NULL OR OLD.kind IS DISTINCT FROM NEW.kind"
        " OR OLD.language IS DISTINCT FROM NEW.language OR OLD.master_id IS DISTINCT FROM NEW.master_id",
    ),
    *append_only("consent_draftsave", "draft_id number"),
]
