"""What the database refuses about documents and signatures."""

from consent.audit.guards import append_only, no_delete, refuse_update

GUARDS = [
    no_delete("consent_sealcertificate", "a certificate is kept", "practice_id fingerprint"),
    refuse_update(
        "consent_sealcertificate",
        "a certificate stays as it is; it can only be retired, once",
        "OLD.pem IS DISTINCT FROM NEW.pem OR OLD.fingerprint IS DISTINCT FROM NEW.fingerprint"
        " OR OLD.role IS DISTINCT FROM NEW.role OR OLD.practice_id IS DISTINCT FROM NEW.practice_id"
        " OR (OLD.retired_at IS NOT NULL AND OLD.retired_at IS DISTINCT FROM NEW.retired_at)"
        " OR (NEW.retired_at IS NOT NULL AND NEW.key <> '')",
    ),
    no_delete("consent_document", "a document is kept", "practice_id sha256", "renews_id"),
    refuse_update(
        "consent_document",
        "a document stays as it was made",
        " OR ".join(
            f"OLD.{column} IS DISTINCT FROM NEW.{column}"
            for column in (
                "practice_id",
                "kind",
                "sha256",
                "media_type",
                "size",
                "rendered_at",
                "seal",
                "certificate_id",
                "level",
                "renews_id",
            )
        ),
    ),
    *append_only("consent_signature"),
    *append_only("consent_signeddocument", "signature_id"),
    *append_only("consent_copygiven"),
]
