"""Consents read as the rules want them, in a constant number of queries whatever the number of people."""

from consent.people.queries import identities

from .asking import Signed, SignedVersions, open_reasks, reask_of, signed_versions
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
from .views import (
    ConsentView,
    binding_hold,
    consents_of,
    consents_standing,
    events_of,
    holds_by_consent,
    not_allowed,
    notarizations_of,
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
    "binding_hold",
    "closed_disposals",
    "consents_of",
    "consents_standing",
    "dossiers",
    "erased_files",
    "events_of",
    "holds_by_consent",
    "identities",
    "instant",
    "legal_holds_of",
    "lifted_legal_holds",
    "not_allowed",
    "notarizations_of",
    "open_disposals",
    "open_reasks",
    "plain_rows",
    "reask_of",
    "scan_of",
    "signed_versions",
    "standing_hold",
    "standing_legal_holds",
    "standings",
]
