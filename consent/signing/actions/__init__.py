"""What staff and the signer do with a ceremony, from preparing it to the copy given."""

from .answering import answer, choose_paper, decline, put_down, step_back, touch
from .attesting import seal_attestations, sign_policy
from .exhibiting import ExhibitRefused, make_exhibit, show_work
from .following import can_open, next_form, open_in_hand, open_next, send_code_to
from .guests import Opened, ask_guest, reopen_guest_form, see_guest
from .kinds import CONSENT_KINDS
from .messengers import NotConnected
from .opening import ask_for_code, mail_own_page, note_staff, open_on_phone, open_with_code
from .preparing import (
    HandOverRefused,
    Offer,
    PrepareRefused,
    abandon,
    hand_over,
    prepare,
)
from .renewing import send_renewal
from .returning import recall, release, take_back
from .sealing import complete_signature, complete_signatures, give_tablet_copy
from .sending import (
    SendRefused,
    own_address,
    remind,
    send_link,
    show_code,
    verified_points,
)
from .signing import (
    CannotPrint,
    PacketIncomplete,
    SignerChanged,
    TextChanged,
    sign,
)
from .tending import tend_requests
from .verifying import send_contact_code, verify_contact
from .witnessing import PinRefused, witness

__all__ = [
    "CONSENT_KINDS",
    "CannotPrint",
    "ExhibitRefused",
    "HandOverRefused",
    "NotConnected",
    "Offer",
    "Opened",
    "PacketIncomplete",
    "PinRefused",
    "PrepareRefused",
    "SendRefused",
    "SignerChanged",
    "TextChanged",
    "abandon",
    "answer",
    "ask_for_code",
    "ask_guest",
    "can_open",
    "choose_paper",
    "complete_signature",
    "complete_signatures",
    "decline",
    "give_tablet_copy",
    "hand_over",
    "link_in_hand",
    "mail_own_page",
    "make_exhibit",
    "next_form",
    "note_staff",
    "open_in_hand",
    "open_next",
    "open_on_phone",
    "open_with_code",
    "own_address",
    "prepare",
    "put_down",
    "recall",
    "release",
    "remind",
    "reopen_guest_form",
    "seal_attestations",
    "see_guest",
    "send_code_to",
    "send_contact_code",
    "send_link",
    "send_renewal",
    "show_code",
    "show_work",
    "sign",
    "sign_policy",
    "step_back",
    "take_back",
    "tend_requests",
    "touch",
    "verified_points",
    "verify_contact",
    "witness",
]
