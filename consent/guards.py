"""Table of contents: the triggers of the app, by room."""

from .access.guards import GUARDS as ACCESS
from .audit.guards import GUARDS as AUDIT
from .cards.guards import GUARDS as CARDS
from .evidence.guards import GUARDS as EVIDENCE
from .media.guards import GUARDS as MEDIA
from .paper.guards import GUARDS as PAPER
from .records.guards import GUARDS as RECORDS
from .signing.guards import GUARDS as SIGNING
from .wording.guards import GUARDS as WORDING
from .workforce.guards import GUARDS as WORKFORCE

GUARDS = [*AUDIT, *ACCESS, *EVIDENCE, *WORDING, *RECORDS, *SIGNING, *PAPER, *CARDS, *WORKFORCE, *MEDIA]
