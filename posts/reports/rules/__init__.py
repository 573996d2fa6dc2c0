"""What a home page is made of, and the ledger in words. No Django."""

from .rows import GROUPS, SHOWN, SOON, STOPPED, WAITS, Group, Row, greeting, grouped
from .told import GROUPS as EVENT_GROUPS
from .told import RESERVED, events_of, facts_told, group_of, sentence_of

__all__ = [
    "EVENT_GROUPS",
    "GROUPS",
    "RESERVED",
    "SHOWN",
    "SOON",
    "STOPPED",
    "WAITS",
    "Group",
    "Row",
    "events_of",
    "facts_told",
    "greeting",
    "group_of",
    "grouped",
    "sentence_of",
]
