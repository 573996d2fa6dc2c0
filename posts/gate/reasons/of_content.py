"""Reasons that lie in the pictures and the words: what identifies, what is claimed, what not everybody can see."""

from ..entry import Entry

OF_CONTENT: dict[str, Entry] = {
    "METADATA_NOT_STRIPPED": Entry(
        "HARD",
        "Picture {picture} still carries hidden data.",
        "files tell place and time",
        "change_picture",
        "45 CFR 164.514(b); R37",
    ),
    "CAPTURE_BEFORE_AUTHORIZATION": Entry(
        "HARD",
        "Someone from outside took picture {picture} before the people in it had signed, or nobody knows who did.",
        "the camera was the disclosure",
        "say_capture",
        "45 CFR 164.508(a)(1); OCR 2016, 2018, 2020; R40",
    ),
    "FACE_UNLINKED": Entry(
        "REVIEW",
        "Not everybody in picture {picture} is named.",
        "everyone shown must agree",
        "say_who",
        "45 CFR 164.514(b)(2); R33",
    ),
    "PICTURE_NOT_LOOKED_OVER": Entry(
        "REVIEW",
        "Nobody has looked over picture {picture}.",
        "faces, names and papers hide in the background",
        "look_over",
        "45 CFR 164.514(b)(2); R38, R44",
    ),
    "PHI_DETECTED_UNLINKED": Entry(
        "REVIEW",
        "Something here points to a person: {what}, in {place}.",
        "it may tell who is a patient",
        "change_words",
        "45 CFR 164.514(b)(2); R34, R38",
    ),
    "DEID_REVIEW_REQUIRED": Entry(
        "REVIEW",
        "Details here may tell who it is even without a name: {what}, in {place}.",
        "details together identify",
        "change_words",
        "45 CFR 164.514(b)(2)(ii); R35",
    ),
    "RELATIONSHIP_CONFIRMED": Entry(
        "REVIEW",
        "These words confirm or deny that someone is a patient.",
        "even thanks can tell",
        "change_words",
        "45 CFR 164.502(a); R50",
    ),
    "FTC_MATERIAL_CONNECTION": Entry(
        "REVIEW",
        "Someone in this, or who pays for it, has a tie to us, and the post does not say so.",
        "readers must know",
        "write_disclosure",
        "16 CFR 255.5, 465.5; R87, R88",
    ),
    "FTC_TYPICALITY": Entry(
        "REVIEW",
        "It tells of a result that not everyone gets, without saying what people can usually expect.",
        "one story is not the rule",
        "complete_claims",
        "16 CFR 255.2(b); R86",
    ),
    "FTC_TESTIMONIAL_ALTERED": Entry(
        "HARD",
        "The quote is not what was said, word for word and in full, and whoever said it has not agreed to it so.",
        "a cut can change the meaning",
        "complete_claims",
        "16 CFR 255.1(b); R84",
    ),
    "QUOTE_SOURCE_MISSING": Entry(
        "HARD",
        "It uses someone’s own words, and their words are not on record.",
        "a quote must be somebody’s",
        "complete_claims",
        "16 CFR 465.2; R89",
    ),
    "A11Y_ALT_TEXT_MISSING": Entry(
        "REVIEW",
        "Picture {picture} has no description.",
        "not everyone sees it",
        "write_alt_text",
        "45 CFR 84.84; WCAG 1.1.1; R92",
    ),
    "A11Y_CAPTIONS_MISSING": Entry(
        "REVIEW",
        "The video in place {picture} has no captions.",
        "not everyone hears it",
        "write_captions",
        "45 CFR 84.84; WCAG 1.2.2; R92",
    ),
}
