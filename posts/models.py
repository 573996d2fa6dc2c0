"""Table of contents: every model of the app, by room."""

from .channels.models import ChannelAccount, WallEntry, WallPicture
from .clearance.models import (
    Approval,
    Attestation,
    Clearing,
    Decision,
    Finding,
    PackSwitch,
    PrematureUpload,
    Reliance,
    Review,
    ReviewNote,
    Screening,
    Suggestion,
)
from .content.models import Mention, Post, Version, VersionMedia
from .publishing.models import (
    Attempt,
    AttemptReliance,
    Delivery,
    FoundPublication,
    Pause,
    RevocationEffect,
    SweepMark,
    Takedown,
)

__all__ = [
    "Approval",
    "Attempt",
    "AttemptReliance",
    "Attestation",
    "ChannelAccount",
    "Clearing",
    "Decision",
    "Delivery",
    "Finding",
    "FoundPublication",
    "Mention",
    "PackSwitch",
    "Pause",
    "Post",
    "PrematureUpload",
    "Reliance",
    "Review",
    "ReviewNote",
    "RevocationEffect",
    "Screening",
    "Suggestion",
    "SweepMark",
    "Takedown",
    "Version",
    "VersionMedia",
    "WallEntry",
    "WallPicture",
]
