"""The facts of a post for the gate, its verdicts, and the reviews."""

from .clearings import clearing_named, may_confirm, waiting_clearings
from .facts import Ruling, imagined, people_of, preview, rulings
from .replay import Replayed, replayed
from .reviews import approval_of, latest_reviews, post_digest, reviews_of, waiting_reviews
from .words import Answer, Answers, PersonShown, answers, shown

__all__ = [
    "Answer",
    "Answers",
    "PersonShown",
    "Replayed",
    "Ruling",
    "answers",
    "approval_of",
    "clearing_named",
    "imagined",
    "latest_reviews",
    "may_confirm",
    "people_of",
    "post_digest",
    "preview",
    "replayed",
    "reviews_of",
    "rulings",
    "shown",
    "waiting_clearings",
    "waiting_reviews",
]
