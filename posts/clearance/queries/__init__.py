"""The facts of a post for the gate, its verdicts, and the reviews."""

from .clearings import clearing_named, may_confirm, uploads_of, waiting_clearings
from .facts import Imagined, Outlook, Ruling, imagined, outlooks, people_of, preview, rulings
from .packs import LocationShown, RuleShown, rule_shown, rules_of_locations
from .replay import Replayed, replayed
from .reviews import (
    OtherWords,
    SinceApproval,
    approval_of,
    latest_reviews,
    notes_about,
    open_suggestions,
    post_digest,
    reviews_of,
    since_approval,
    waiting_reviews,
)
from .seen import stretches_telling
from .words import Answer, Answers, PersonShown, answers, rulings_in_words, shown

__all__ = [
    "Answer",
    "Answers",
    "Imagined",
    "LocationShown",
    "OtherWords",
    "Outlook",
    "PersonShown",
    "Replayed",
    "RuleShown",
    "Ruling",
    "SinceApproval",
    "answers",
    "approval_of",
    "clearing_named",
    "imagined",
    "latest_reviews",
    "may_confirm",
    "notes_about",
    "open_suggestions",
    "outlooks",
    "people_of",
    "post_digest",
    "preview",
    "replayed",
    "reviews_of",
    "rule_shown",
    "rules_of_locations",
    "rulings",
    "rulings_in_words",
    "shown",
    "since_approval",
    "stretches_telling",
    "uploads_of",
    "waiting_clearings",
    "waiting_reviews",
]
