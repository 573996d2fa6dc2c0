"""What the database refuses about documents and signatures."""

from consent.audit.guards import append_only, no_delete

GUARDS = [
    no_delete("consent_document", "a document is kept"),
    *append_only("consent_signature"),
    *append_only("consent_signeddocument"),
    *append_only("consent_copygiven"),
]
