"""The facts of a post for the gate, its verdicts, and the reviews."""

from .facts import Ruling, people_of, preview, rulings
from .reviews import approval_of, latest_reviews, post_digest, waiting_reviews

__all__ = [
    "Ruling",
    "approval_of",
    "latest_reviews",
    "people_of",
    "post_digest",
    "preview",
    "rulings",
    "waiting_reviews",
]
