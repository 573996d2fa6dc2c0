"""Table of contents: every model of the app, by room."""

from .channels.models import ChannelAccount, WallEntry, WallPicture
from .clearance.models import Approval, Attestation, Decision, Reliance, Review
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
    "Decision",
    "Delivery",
    "FoundPublication",
    "Mention",
    "Pause",
    "Post",
    "Reliance",
    "Review",
    "RevocationEffect",
    "SweepMark",
    "Takedown",
    "Version",
    "VersionMedia",
    "WallEntry",
    "WallPicture",
]
