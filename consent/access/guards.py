"""What the database refuses about the practice's partners: a third party that was on the list is kept."""

from consent.audit.guards import no_delete

GUARDS = [
    no_delete("consent_recipient", "a third party is kept", "practice_id name", among="ended_at IS NULL"),
]
