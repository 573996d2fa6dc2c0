"""Pure questions about forms on paper: their numbers, their pages, what was keyed. No Django."""

from .keyed import (
    FIRST,
    SECOND,
    TICKED,
    Difference,
    Keyed,
    defects_of,
    differences,
    settled,
)
from .numbers import (
    MAX_PAGES,
    PageCode,
    code_text,
    new_number,
    read_code,
    read_number,
    shown_number,
)
from .pages import Count, PageFound, counted, found_pages

__all__ = [
    "FIRST",
    "MAX_PAGES",
    "SECOND",
    "TICKED",
    "Count",
    "Difference",
    "Keyed",
    "PageCode",
    "PageFound",
    "code_text",
    "counted",
    "defects_of",
    "differences",
    "found_pages",
    "new_number",
    "read_code",
    "read_number",
    "settled",
    "shown_number",
]
