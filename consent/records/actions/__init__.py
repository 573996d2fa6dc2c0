"""Write consents and what ends them. Whatever can close the gate takes the person's row first (design 7.1)."""

from .capture import NoEnd, NothingCovered, record_signed_consent
from .ending import invalidate, lift_hold, place_hold, record_ending_event
from .links import issue_holder_link, token_digest
from .revoking import PARTS, NothingToRevoke, replay_journal, revoke, revoke_all

__all__ = [
    "PARTS",
    "NoEnd",
    "NothingCovered",
    "NothingToRevoke",
    "invalidate",
    "issue_holder_link",
    "lift_hold",
    "place_hold",
    "record_ending_event",
    "record_signed_consent",
    "replay_journal",
    "revoke",
    "revoke_all",
    "token_digest",
]
