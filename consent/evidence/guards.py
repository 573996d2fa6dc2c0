"""What the database refuses about documents and signatures."""

from consent.audit.guards import append_only, no_delete

GUARDS = [
    no_delete("consent_document", "a document is kept", "practice_id sha256"),
    *append_only("consent_signature"),
    *append_only("consent_signeddocument", "signature_id"),
    *append_only("consent_copygiven"),
]
