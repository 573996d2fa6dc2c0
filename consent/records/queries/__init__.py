"""Consents read as the rules want them, in a constant number of queries whatever the number of people."""

from consent.people.queries import identities

from .dossiers import Dossier, dossiers
from .plain import Row, instant, plain_rows
from .views import ConsentView, consents_of, consents_standing, not_allowed, standing_hold, standings

__all__ = [
    "ConsentView",
    "Dossier",
    "Row",
    "consents_of",
    "consents_standing",
    "dossiers",
    "identities",
    "instant",
    "not_allowed",
    "plain_rows",
    "standing_hold",
    "standings",
]
