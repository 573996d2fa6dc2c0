"""The own page, read: whose link it is, what they allowed and took back, where they appear, what they asked."""

from .links import Opened, holders_at, link_of_token, link_of_visit, living_links, mail_of, may_know
from .page import Choice, OwnPage, Withdrawal, own_page, signed_copy, what_followed, withdrawals
from .questions import question_of, questions_of

__all__ = [
    "Choice",
    "Opened",
    "OwnPage",
    "Withdrawal",
    "holders_at",
    "link_of_token",
    "link_of_visit",
    "living_links",
    "mail_of",
    "may_know",
    "own_page",
    "question_of",
    "questions_of",
    "signed_copy",
    "what_followed",
    "withdrawals",
]
