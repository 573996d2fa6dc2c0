"""The closed set of reasons: code, class, sentence, why in few words, and the remedy. `docs/gate.md` shows this table.

HARD reasons nobody may override; REVIEW findings are cleared by two people (R46). In a sentence, ``{who}`` is the
person as the reader may know them, ``{what}`` the keys in words, ``{since}`` a day.
"""

from dataclasses import dataclass
from datetime import datetime

from .entry import Entry
from .of_consent import OF_CONSENT
from .of_post import OF_POST
from .of_scope import OF_SCOPE

CATALOGUE: dict[str, Entry] = {**OF_CONSENT, **OF_SCOPE, **OF_POST}

REMEDIES = {
    "ask": "Ask {who} for this",
    "ask_representative": "Ask who may sign for {who}",
    "ask_again": "Ask {who} again",
    "finish": "Finish the paperwork with {who}",
    "leave_out": "Leave {who} out",
    "drop_channel": "Drop this channel",
    "change_format": "Choose another format",
    "change_purpose": "Choose another purpose",
    "do_not_pay": "Do not pay to show it",
    "say_who": "Say who is in the picture",
    "write_alt_text": "Describe the picture",
    "change_picture": "Choose another picture",
    "ask_licence": "Ask the author for a licence",
    "write_disclosure": "Say who pays",
    "submit": "Send for review",
    "attest": "Have it looked at",
    "wait": "Choose a later time",
}


@dataclass(frozen=True)
class Reason:
    """Why not: the code, whom and which picture it concerns, which keys, since when, by which consent."""

    code: str
    person: int | None = None
    asset: str | None = None
    keys: tuple[str, ...] = ()
    since: datetime | None = None
    consent: int | None = None

    @property
    def entry(self) -> Entry:
        """The catalogue's words for this reason."""
        return CATALOGUE[self.code]
