"""Table of contents: the triggers of the app, by room."""

from .clearance.guards import GUARDS as CLEARANCE
from .community.guards import GUARDS as COMMUNITY
from .library.guards import GUARDS as LIBRARY
from .portal.guards import GUARDS as PORTAL
from .publishing.guards import GUARDS as PUBLISHING
from .screening.guards import GUARDS as SCREENING

GUARDS = [*CLEARANCE, *COMMUNITY, *PUBLISHING, *PORTAL, *SCREENING, *LIBRARY]
