"""Who may approve: trained today, and signed to the policy in force (45 CFR 164.530(b), (i); R61, R62). No Django."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Qualification:
    """Whether a member is qualified, until when the training counts, and in plain words what is missing."""

    qualified: bool
    trained_until: datetime | None
    missing: tuple[str, ...]


def qualification(
    *, policy_in_force: bool, attested: bool, trained_until: datetime | None, at: datetime
) -> Qualification:
    """What a member has and lacks at `at`. Without a policy in force nobody is qualified."""
    missing = []
    if trained_until is None:
        missing.append("No privacy training is on record.")
    elif trained_until <= at:
        missing.append("The privacy training has expired.")
    if not policy_in_force:
        missing.append("The practice has no social-media policy yet.")
    elif not attested:
        missing.append("The social-media policy in force is not signed.")
    return Qualification(not missing, trained_until, tuple(missing))
