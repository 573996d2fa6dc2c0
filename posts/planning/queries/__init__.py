"""What planning reads: the desk of the composer, the lists of posts, pictures and days."""

from .calendar import Day, days
from .desk import Desk, MentionOnDesk, VersionOnDesk, desk
from .drafts import draft_of
from .exhibits import may_be_asked, preview_for
from .library import Card, cards, uses
from .mentioning import people_to_mention
from .permissions import PersonOnDesk, people_on_desk
from .posts import PostRow, askers, post_rows
from .showing import PictureOnDesk

__all__ = [
    "Card",
    "Day",
    "Desk",
    "MentionOnDesk",
    "PersonOnDesk",
    "PictureOnDesk",
    "PostRow",
    "VersionOnDesk",
    "askers",
    "cards",
    "days",
    "desk",
    "draft_of",
    "may_be_asked",
    "people_on_desk",
    "people_to_mention",
    "post_rows",
    "preview_for",
    "uses",
]
