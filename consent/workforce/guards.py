"""What the database refuses about training and policies: both are proof, written once."""

from consent.audit.guards import append_only

GUARDS = [
    *append_only("consent_policy", "practice_id version", "wording_id"),
    *append_only("consent_policyattestation", "policy_id user_id"),
    *append_only("consent_attesteddocument", "attestation_id"),
    *append_only("consent_training"),
]
