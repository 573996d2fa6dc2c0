"""Consents read as the rules want them, in a constant number of queries whatever the number of people."""

from consent.people.queries import identities

from .asking import Signed, SignedVersions, open_reasks, reask_of, signed_versions
from .disagreeing import disagreements_of, last_word_is_no, unsettled, unsettled_of
from .dossiers import Dossier, dossiers
from .holding import (
    closed_disposals,
    erased_files,
    legal_holds_of,
    lifted_legal_holds,
    open_disposals,
    standing_legal_holds,
)
from .plain import Row, instant, plain_rows
from .renewing import ToAsk, grown_ups, manners_of, quiet_times_of, refusals_of, to_ask, unanswered
from .views import (
    ConsentView,
    binding_hold,
    consents_of,
    consents_standing,
    events_of,
    holds_by_consent,
    not_allowed,
    notarizations_of,
    request_to_stop,
    scan_of,
    standing_hold,
    standings,
)

__all__ = [
    "ConsentView",
    "Dossier",
    "Row",
    "Signed",
    "SignedVersions",
    "ToAsk",
    "binding_hold",
    "closed_disposals",
    "consents_of",
    "consents_standing",
    "disagreements_of",
    "dossiers",
    "erased_files",
    "events_of",
    "grown_ups",
    "holds_by_consent",
    "identities",
    "instant",
    "last_word_is_no",
    "legal_holds_of",
    "lifted_legal_holds",
    "manners_of",
    "not_allowed",
    "notarizations_of",
    "open_disposals",
    "open_reasks",
    "plain_rows",
    "quiet_times_of",
    "reask_of",
    "refusals_of",
    "request_to_stop",
    "scan_of",
    "signed_versions",
    "standing_hold",
    "standing_legal_holds",
    "standings",
    "to_ask",
    "unanswered",
    "unsettled",
    "unsettled_of",
]
