"""Reasons that lie in where a post goes, what kind it is, and who has looked at it."""

from ..entry import Entry

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
    "CHANNEL_TAKES_NO_VIDEO": Entry(
        "HARD",
        "This channel takes no video yet.",
        "it would come out broken or not at all",
        "drop_channel",
        "R45",
    ),
    "LIVE_UNSCREENED": Entry(
        "HARD",
        "Live video cannot be checked before it is seen.",
        "there is no way back",
        "change_format",
        "R48",
    ),
    "APPROVER_NOT_QUALIFIED": Entry(
        "HARD",
        "Whoever approved this had no current privacy training, or had not signed the policy.",
        "approving needs training",
        "ask_another",
        "45 CFR 164.530(b), 164.308(a)(5); R61, R62",
    ),
    "SENSITIVE_CATEGORY_EXCLUDED": Entry(
        "HARD",
        "It is about {what}, which never goes out from here.",
        "the law protects it further",
        "change_words",
        "42 CFR 2.31; 45 CFR 164.508(a)(2); R21, R82, R83",
    ),
    "PREMATURE_PLATFORM_UPLOAD": Entry(
        "HARD",
        "It was loaded into the network’s own drafts or scheduler on {since}, before the gate was asked.",
        "the network has it already",
        "record_removal",
        "45 CFR 164.502(e), strict reading; R45",
    ),
    "PLACE_UNKNOWN": Entry(
        "HARD",
        "Nobody has recorded in which state this location is, and for which profession.",
        "each state has its own rules",
        "record_place",
        "45 CFR 160.203; R75-R80",
    ),
    "BAA_MISSING": Entry(
        "HARD",
        "{what} would work with this for us without a business associate agreement.",
        "helpers sign first",
        "record_agreement",
        "45 CFR 164.502(e), 164.504(e)(2); R66",
    ),
    "RECIPIENT_ENDED": Entry(
        "HARD",
        "{what} no longer works with us.",
        "it is off our list",
        "drop_recipient",
        "45 CFR 164.502(a), 164.504(e)(2)(ii)(J); R66",
    ),
    "DETECTOR_UNAVAILABLE": Entry(
        "HARD",
        "The check for names, faces and writing did not run over {place}.",
        "unchecked means no",
        "screen_again",
        "45 CFR 164.530(c); R44",
    ),
}
