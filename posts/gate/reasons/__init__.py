"""The closed set of reasons: code, class, sentence, why in few words, and the remedy. `docs/gate.md` shows this table.

HARD reasons nobody may override; REVIEW findings are cleared by two people (R46). In a sentence, ``{who}`` is the
person as the reader may know them, ``{what}`` the keys in words, ``{since}`` a day, ``{picture}`` its number.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from ..entry import Entry
from ..packs import OF_STATES
from .of_consent import OF_CONSENT
from .of_content import OF_CONTENT
from .of_post import OF_POST
from .of_scope import OF_SCOPE

CATALOGUE: dict[str, Entry] = {**OF_CONSENT, **OF_SCOPE, **OF_POST, **OF_CONTENT, **OF_STATES}

REMEDIES = {
    "ask": "Ask {who} for this",
    "ask_representative": "Ask who may sign for {who}",
    "ask_again": "Ask {who} again",
    "finish": "Finish the paperwork with {who}",
    "notarize": "Record the notary’s statement of {who}",
    "leave_out": "Leave {who} out",
    "drop_channel": "Drop this channel",
    "change_format": "Choose another format",
    "change_purpose": "Choose another purpose",
    "do_not_pay": "Do not pay to show it",
    "drop_recipient": "Do not give it to them",
    "record_agreement": "Record the agreement with them",
    "say_who": "Say who is in the picture",
    "look_over": "Look over the picture",
    "say_capture": "Say who took the picture",
    "write_alt_text": "Describe the picture",
    "write_captions": "Write captions",
    "change_picture": "Choose another picture",
    "change_words": "Change the words",
    "ask_licence": "Ask the author for a licence",
    "write_disclosure": "Say it in the post",
    "complete_claims": "Complete what the post claims",
    "record_place": "Record the location’s facts",
    "record_removal": "Record that it was removed",
    "screen_again": "Check again",
    "submit": "Send for review",
    "attest": "Have it looked at",
    "ask_another": "Ask someone who is trained",
    "wait": "Choose a later time",
}


@dataclass(frozen=True)
class Reason:
    """Why not: the code, whom and which picture it concerns, which keys, since when, by which consent or finding."""

    code: str
    person: int | None = None
    asset: str | None = None
    keys: tuple[str, ...] = ()
    since: datetime | None = None
    consent: int | None = None
    finding: str = ""

    @property
    def entry(self) -> Entry:
        """The catalogue's words for this reason."""
        return CATALOGUE[self.code]

    @property
    def fingerprint(self) -> str:
        """What two people clear when they clear it: this reason and no other, as a short digest."""
        parts = (self.code, str(self.person or ""), self.asset or "", *self.keys, self.finding)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
