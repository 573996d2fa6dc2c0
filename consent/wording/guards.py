"""What the database refuses about wordings: a frozen text changes no more (R43)."""

from consent.audit.guards import no_delete, refuse_update

FROZEN = " OR ".join(
    f"OLD.{column} IS DISTINCT FROM NEW.{column}"
    for column in ("template_id", "version", "language", "title", "intent", "effective_from", "frozen_at")
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
]
