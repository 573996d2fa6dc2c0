"""Reasons that lie in the post, its pictures and its channel."""

from .entry import Entry

OF_POST: dict[str, Entry] = {
    "APPROVAL_MISSING": Entry(
        "HARD", "Nobody has approved this yet.", "every post is looked at", "submit", "45 CFR 164.530(c); R43"
    ),
    "CONTENT_CHANGED_SINCE_APPROVAL": Entry(
        "HARD",
        "It was changed after it was approved.",
        "approval is for what was seen",
        "submit",
        "45 CFR 164.312(c)(1); R43",
    ),
    "ATTESTATION_MISSING": Entry(
        "HARD",
        "Nobody has attested that no one else is named, shown or described.",
        "words and backgrounds give people away",
        "attest",
        "45 CFR 164.514(a)-(b); R34, R38",
    ),
    "METADATA_NOT_STRIPPED": Entry(
        "HARD",
        "Picture {picture} still carries hidden data.",
        "files tell place and time",
        "change_picture",
        "45 CFR 164.514(b); R37",
    ),
    "CHANNEL_CLOSED": Entry(
        "HARD", "This channel was closed.", "nothing goes out there", "drop_channel", "R4"
    ),
    "CHANNEL_CANNOT_TAKE_DOWN": Entry(
        "HARD",
        "What is posted on this channel cannot be taken down.",
        "a withdrawal must be kept",
        "drop_channel",
        "45 CFR 164.508(b)(5); R17",
    ),
    "LIVE_UNSCREENED": Entry(
        "HARD",
        "Live video cannot be checked before it is seen.",
        "there is no way back",
        "change_format",
        "R48",
    ),
    "FACE_UNLINKED": Entry(
        "REVIEW",
        "Nobody has said who is in picture {picture}.",
        "everyone shown must agree",
        "say_who",
        "45 CFR 164.514(b)(2); R33",
    ),
    "FTC_MATERIAL_CONNECTION": Entry(
        "REVIEW",
        "Someone pays us for this, and the post does not say so.",
        "readers must know",
        "write_disclosure",
        "16 CFR 255.5; R87",
    ),
    "A11Y_ALT_TEXT_MISSING": Entry(
        "REVIEW",
        "Picture {picture} has no description.",
        "not everyone sees it",
        "write_alt_text",
        "45 CFR 84.84; WCAG 1.1.1; R92",
    ),
}
