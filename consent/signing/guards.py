"""What the database refuses about ceremonies: events and what was shown are append-only, a finished one stays."""

from consent.audit.guards import append_only, no_delete, refuse_update

GUARDS = [
    *append_only("consent_exhibit"),
    *append_only("consent_ceremonyevent"),
    *append_only("consent_pintry"),
    no_delete("consent_signerlink", "a link is kept", "token_digest"),
    no_delete("consent_onetimecode", "a code is kept"),
    no_delete("consent_ceremony", "a ceremony is kept", "signature_id"),
    refuse_update(
        "consent_ceremony",
        "a finished ceremony stays as it is",
        "OLD.state IN ('signed', 'declined')"
        " AND (OLD.state IS DISTINCT FROM NEW.state OR OLD.signature_id IS DISTINCT FROM NEW.signature_id"
        " OR OLD.exhibit_id IS DISTINCT FROM NEW.exhibit_id"
        " OR CAST(OLD.answers AS text) IS DISTINCT FROM CAST(NEW.answers AS text))",
    ),
]
