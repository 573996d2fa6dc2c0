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
from .community.models import (
    AccountProof,
    Part,
    RepostRequest,
    RequestEvent,
    RequestForm,
    Snapshot,
    Story,
)
from .content.models import Mention, Post, Version, VersionMedia
from .library.models import CannedReply
from .portal.models import LinkRequest, Question
from .publishing.models import (
    Attempt,
    AttemptPicture,
    AttemptReliance,
    Delivery,
    FoundPublication,
    Pause,
    RevocationEffect,
    SweepMark,
    Takedown,
)
from .screening.models import OwnWords

__all__ = [
    "AccountProof",
    "Approval",
    "Attempt",
    "AttemptPicture",
    "AttemptReliance",
    "Attestation",
    "CannedReply",
    "ChannelAccount",
    "Clearing",
    "Decision",
    "Delivery",
    "Finding",
    "FoundPublication",
    "LinkRequest",
    "Mention",
    "OwnWords",
    "PackSwitch",
    "Part",
    "Pause",
    "Post",
    "PrematureUpload",
    "Question",
    "Reliance",
    "RepostRequest",
    "RequestEvent",
    "RequestForm",
    "Review",
    "ReviewNote",
    "RevocationEffect",
    "Screening",
    "Snapshot",
    "Story",
    "Suggestion",
    "SweepMark",
    "Takedown",
    "Version",
    "VersionMedia",
    "WallEntry",
    "WallPicture",
]
