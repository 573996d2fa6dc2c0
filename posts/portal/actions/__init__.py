"""What is done on and around a person's own page. Withdrawing itself is an act of `records`."""

from .asking import AlreadyAnswered, TooManyOpen, answer_question, ask_question
from .confirming import NoTriesLeft, confirm_birth_date
from .copying import take_copy
from .links import ask_for_link, mail_link, print_link, send_asked_links

__all__ = [
    "AlreadyAnswered",
    "NoTriesLeft",
    "TooManyOpen",
    "answer_question",
    "ask_for_link",
    "ask_question",
    "confirm_birth_date",
    "mail_link",
    "print_link",
    "send_asked_links",
    "take_copy",
]
