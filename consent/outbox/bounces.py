"""What came back: delivery-status messages of mail servers (RFC 3464), read with Python's own e-mail package."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

OURS = re.compile(r"<postern\.(\d+)\.(\d+)@([^>\s]+)>")
ADDRESS = re.compile(r"\S+@\S+")
REASON_LENGTH = 200


@dataclass(frozen=True)
class Bounce:
    """One recipient whom a message of ours did not reach, for good: which message, whom, and what the server said.

    `made_at` is the second at which the message was made, as its Message-ID says; a forged report would have to know.
    """

    mail: int
    made_at: int
    host: str
    recipient: str
    status: str
    reason: str


def bounces_in(message: Message) -> Iterator[Bounce]:
    """Each recipient that the report gives up on; nothing for a delay, or a message that is no report."""
    if message.get_content_type() != "multipart/report":
        return
    original = _message_id(message)
    if original is None:
        return
    for fields in _recipients(message):
        status = str(fields.get("Status", "")).strip()
        failed = str(fields.get("Action", "")).strip().lower() == "failed"
        recipient = _typed(fields.get("Original-Recipient") or fields.get("Final-Recipient"))
        if failed and status.startswith("5.") and recipient:
            yield Bounce(*original, recipient, status, _reason(fields, status))


def _message_id(message: Message) -> tuple[int, int, str] | None:
    """Which of our messages is meant: by the Message-ID in the part that returns it, whole or its headers alone."""
    for part in message.walk():
        if part is message:
            continue
        held = str(part.get("Message-ID", ""))
        if part.get_content_type() == "text/rfc822-headers":
            held = str(part.get_payload(decode=False))
        if found := OURS.search(held):
            return int(found[1]), int(found[2]), found[3].lower()
    return None


def _recipients(message: Message) -> Iterator[Message]:
    """The groups of fields of each recipient; the first group is about the report itself."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            groups = part.get_payload()
            if isinstance(groups, list):
                yield from (group for group in groups if isinstance(group, Message) and group.get("Action"))


def _typed(field: object) -> str:
    """The address in ``rfc822; ana@example.org``."""
    kind, _, value = str(field or "").partition(";")
    return value.strip() if kind.strip().lower() in ("rfc822", "utf-8") else ""


def _reason(fields: Message, status: str) -> str:
    """What the server said, in one line and without the address that servers like to repeat."""
    said = " ".join(str(fields.get("Diagnostic-Code", "")).partition(";")[2].split())
    return ADDRESS.sub("…", f"{status} {said}".strip())[:REASON_LENGTH]
