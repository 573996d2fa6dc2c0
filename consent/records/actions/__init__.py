"""Write consents and what ends them. Whatever can close the gate takes the person's row first (design 7.1)."""

from .capture import OWN_PRINT_POINTS, NoEnd, NothingCovered, record_signed_consent
from .disposing import (
    Held,
    NeedsAnother,
    NothingThere,
    StillKept,
    cancel_disposal,
    execute_disposal,
    lift_legal_hold,
    place_legal_hold,
    propose_contact_disposal,
    propose_disposal,
)
from .ending import (
    invalidate,
    lift_hold,
    note_uses,
    place_hold,
    record_disclosure,
    record_ending_event,
    record_notarization,
)
from .found import (
    CheckedByTheSame,
    FoundForm,
    NotFound,
    check_found_consent,
    record_found_consent,
    record_found_copy,
)
from .links import issue_holder_link, token_digest
from .paper import NewSigner, Paper, record_paper
from .revoking import PARTS, NothingToRevoke, replay_journal, revoke, revoke_all

__all__ = [
    "OWN_PRINT_POINTS",
    "PARTS",
    "CheckedByTheSame",
    "FoundForm",
    "Held",
    "NeedsAnother",
    "NewSigner",
    "NoEnd",
    "NotFound",
    "NothingCovered",
    "NothingThere",
    "NothingToRevoke",
    "Paper",
    "StillKept",
    "cancel_disposal",
    "check_found_consent",
    "execute_disposal",
    "invalidate",
    "issue_holder_link",
    "lift_hold",
    "lift_legal_hold",
    "note_uses",
    "place_hold",
    "place_legal_hold",
    "propose_contact_disposal",
    "propose_disposal",
    "record_disclosure",
    "record_ending_event",
    "record_found_consent",
    "record_found_copy",
    "record_notarization",
    "record_paper",
    "record_signed_consent",
    "replay_journal",
    "revoke",
    "revoke_all",
    "token_digest",
]
