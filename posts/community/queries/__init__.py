"""Stories and requests, read."""

from .requests import (
    Paper,
    RequestRow,
    board,
    open_request,
    papers_of,
    request_of,
    request_of_token,
    request_rows,
    token_digest,
)
from .stories import (
    author_of,
    copies_of,
    newest_snapshot,
    parts_of,
    questions_open,
    stories,
    story_of,
)

__all__ = [
    "Paper",
    "RequestRow",
    "author_of",
    "board",
    "copies_of",
    "newest_snapshot",
    "open_request",
    "papers_of",
    "parts_of",
    "questions_open",
    "request_of",
    "request_of_token",
    "request_rows",
    "stories",
    "story_of",
    "token_digest",
]
