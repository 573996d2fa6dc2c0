"""What staff and the signer do with a ceremony, from preparing it to the copy given."""

from .answering import answer, choose_paper, decline, put_down, step_back, touch
from .preparing import (
    HandOverRefused,
    Offer,
    PinRefused,
    PrepareRefused,
    abandon,
    hand_over,
    prepare,
    witness,
)
from .returning import recall, release, take_back
from .sealing import complete_signature, complete_signatures, give_tablet_copy
from .signing import CONSENT_KINDS, PacketIncomplete, SignerChanged, TextChanged, scope_of, sign

__all__ = [
    "CONSENT_KINDS",
    "HandOverRefused",
    "Offer",
    "PacketIncomplete",
    "PinRefused",
    "PrepareRefused",
    "SignerChanged",
    "TextChanged",
    "abandon",
    "answer",
    "choose_paper",
    "complete_signature",
    "complete_signatures",
    "decline",
    "give_tablet_copy",
    "hand_over",
    "prepare",
    "put_down",
    "recall",
    "release",
    "scope_of",
    "sign",
    "step_back",
    "take_back",
    "touch",
    "witness",
]
