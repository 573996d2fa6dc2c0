"""What may be kept as an approved reply: words that say nothing of whoever they answer (R50). No Django."""

from posts.screening.rules.findings import Finding
from posts.screening.rules.screening import screen

LANGUAGES = {"en": "English", "es": "Spanish"}
REPLY_LENGTH = 500
# An approved reply goes out below anything: it must say as little below these as by itself.
ANSWERED = (
    "",
    "Thanks for my appointment yesterday!",
    "You fixed my tooth and I am so happy with my visit.",
    "Gracias por atender a mi hijo ayer.",
)


class NotAReply(ValueError):
    """These words cannot be kept as an approved reply; the message says why."""


def checked_reply(text: str) -> str:
    """The words on one line, after the reply screen has read them.

    Raises `NotAReply` when there are none, too many, or when the screen stops them below any of the usual comments.
    """
    clean = " ".join(text.split())
    if not any(one.isalpha() for one in clean):
        raise NotAReply("Write the reply in full, as it will be sent.")
    if len(clean) > REPLY_LENGTH:
        raise NotAReply(f"{len(clean)} characters are too many, use at most {REPLY_LENGTH}.")
    for parent in ANSWERED:
        outcome = screen(clean, "reply", parent)
        if outcome.verdict != "no-phi":
            raise NotAReply(_why(clean, outcome.findings))
    return clean


def _why(text: str, findings: tuple[Finding, ...]) -> str:
    """What stands in the way, with the words."""
    telling = [one for one in findings if one.severity != "note"]
    seen = f"“{text[telling[0].start : telling[0].end]}”: {telling[0].reason}"
    return f"It may tell of somebody, so it cannot be sent to anybody. {seen}"
