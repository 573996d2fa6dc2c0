"""What the database refuses about consents: no edit, no delete; and what ends one waits for the person's row."""

from consent.audit.guards import append_only, locks_person, no_delete, refuse_update

GUARDS = [
    *append_only("consent_consent", "signature_id"),
    *append_only("consent_revocation"),
    *append_only("consent_invalidation"),
    *append_only("consent_endingevent"),
    no_delete("consent_hold", "a hold is kept"),
    refuse_update(
        "consent_hold",
        "a hold is lifted once and otherwise kept",
        "OLD.lifted_at IS NOT NULL OR OLD.person_id IS DISTINCT FROM NEW.person_id"
        " OR OLD.consent_id IS DISTINCT FROM NEW.consent_id"
        " OR OLD.placed_at IS DISTINCT FROM NEW.placed_at",
    ),
    *append_only("consent_notarization"),
    *append_only("consent_disclosure", "consent_id reference"),
    locks_person("consent_revocation"),
    locks_person("consent_hold"),
    locks_person("consent_invalidation"),
    locks_person("consent_endingevent"),
]
