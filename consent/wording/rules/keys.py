"""The keys both apps speak in, and what a form must say. No Django.

Elements, platforms, formats and purposes are closed lists: a consent grants keys, a post uses keys, and the gate
compares them. There is no "any and all" (45 CFR 164.508(c)(1)(i); R2, R4, R5).
"""

from collections.abc import Iterable
from dataclasses import dataclass

# Information elements (R2). What a person may allow to be shown or said.
ELEMENTS = {
    "first_name": "first name",
    "full_name": "full name",
    "initials": "initials",
    "face": "face",
    "likeness_other": "body, tattoo or other recognisable look",
    "voice": "voice",
    "quote": "own words about care",
    "age": "age",
    "age_over_89": "age over 89",
    "date": "dates of care or birth",
    "city": "town",
    "condition": "health problem",
    "treatment": "treatment",
    "before_after": "photos before and after treatment",
    "handle": "social media name",
    "xray": "X-ray or scan",
    "email": "e-mail address",
    "phone": "telephone number",
    "parent": "the parent's name and face",
}

# Elements that a picture shows; the others are said in words.
VISIBLE_ELEMENTS = ("face", "likeness_other", "voice", "before_after", "xray", "parent")

# Platforms (R4) and who can see what is put there.
PLATFORMS = {
    "website": "our website",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "facebook_private_group": "our closed Facebook group",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "x": "X",
    "linkedin": "LinkedIn",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "threads": "Threads",
    "google": "Google reviews",
    "yelp": "Yelp",
    "office_screens": "posters and screens in our offices",
    "email": "e-mail newsletter",
    "press": "press",
}

FORMATS = {
    "post": "regular posts that stay up",
    "reel": "short videos that stay up",
    "story": "stories that go away after a day",
    "live": "live video",
    "reply": "replies",
}

PURPOSES = {
    "testimonial": "tell people about our care, with a story",
    "before_after": "show results before and after a treatment",
    "education": "teach people about a health topic",
    "team": "thank or honor our team",
    "fundraising": "raise money",
    "event": "show an event",
    "history": "show our history",
    "story": "share news about a person",
    "media_response": "answer the press",
    "press_release": "press release",
    "campaign": "campaign",
    "reply": "answer a comment",
}

# What may be done to what an author made (R84, R96): a link copies nothing of it.
EDITS = {
    "as_it_is": "as it is, whole",
    "cut_to_fit": "cut to fit, or with parts covered",
    "link_only": "only a link to it, nothing is copied",
}

# What ties an author to the practice, as they say it themselves (R87, R88).
TIES = {
    "none": "nothing",
    "gift": "a gift",
    "cash": "money or a gift card",
    "free_care": "free or cheaper care",
    "employee": "works or worked here",
    "relative": "family of someone who works here",
}

# What never goes out, whoever agreed (R21, R82, R83).
SENSITIVE_CATEGORIES = {
    "psychotherapy_notes": "psychotherapy notes",
    "part2_sud": "treatment for substance use",
    "hiv": "HIV",
    "genetic": "genetic information",
    "reproductive": "reproductive health",
    "mental_health": "mental health",
}

# 45 CFR 164.508(c)(1)(i)-(vi): the core elements; representative_authority where one signs (R2-R7).
REQUIRED_ELEMENTS = ("info_description", "discloser", "recipient", "purpose", "expiry", "signature_date")
# 45 CFR 164.508(c)(2)(i)-(iii): the required statements (R8-R10).
REQUIRED_STATEMENTS = ("right_to_revoke", "no_conditioning", "redisclosure")

KINDS = {
    "authorization_adult": "Permission, adult",
    "authorization_minor": "Permission, child or teen",
    "staff_release": "Staff release",
    "author_licence": "Author licence",
    "event_card": "Event card",
    "staff_policy": "Staff policy",
}
STAFF_POLICY = "staff_policy"
# The kinds that are an authorization of 45 CFR 164.508. A sign at an event is none, so a card is one (R98).
AUTHORIZATIONS = ("authorization_adult", "authorization_minor", "event_card")


@dataclass(frozen=True)
class Anchor:
    """Something a form must say: its key, what it is in plain words, and where the law asks for it."""

    key: str
    words: str
    citation: str


ANCHORS = {
    anchor.key: anchor
    for anchor in (
        Anchor("info_description", "what may be shared", "45 CFR 164.508(c)(1)(i)"),
        Anchor("discloser", "who may share it", "45 CFR 164.508(c)(1)(ii)"),
        Anchor("recipient", "where it may go and who may see it", "45 CFR 164.508(c)(1)(iii)"),
        Anchor("purpose", "why it is shared", "45 CFR 164.508(c)(1)(iv)"),
        Anchor("expiry", "when the permission ends", "45 CFR 164.508(c)(1)(v)"),
        Anchor("signature_date", "signature and date", "45 CFR 164.508(c)(1)(vi)"),
        Anchor("representative_authority", "by what right somebody else signs", "45 CFR 164.508(c)(1)(vi)"),
        Anchor("right_to_revoke", "the right to take it back, and how", "45 CFR 164.508(c)(2)(i)"),
        Anchor("no_conditioning", "that care does not depend on signing", "45 CFR 164.508(c)(2)(ii)"),
        Anchor("redisclosure", "that others may share it on", "45 CFR 164.508(c)(2)(iii)"),
        Anchor("remuneration", "that someone pays us for this", "45 CFR 164.508(a)(3)(ii)"),
        Anchor("sale", "that the information itself is sold", "45 CFR 164.508(a)(4)(ii)"),
        Anchor("copy", "that the signer gets a copy", "45 CFR 164.508(c)(4)"),
        Anchor("assent", "the child's own yes or no", "45 CFR 164.502(g)(3)"),
        Anchor("maker", "that the signer made it", "17 USC 204(a)"),
        Anchor("no_health_permission", "that it allows no health information", "45 CFR 164.508(b)(3)"),
        Anchor("privacy_rule", "what of a patient never goes out", "45 CFR 164.530(i)(1)"),
        Anchor("who_may_post", "who may post, and that they are trained", "45 CFR 164.530(b)(1)"),
        Anchor("reporting", "whom to tell when something went wrong", "45 CFR 164.530(f)"),
        Anchor("sanctions", "what follows when somebody breaks it", "45 CFR 164.530(e)(1)"),
    )
}

# What only a policy says, so that no permission on paper is asked for it.
OF_POLICY = ("privacy_rule", "who_may_post", "reporting", "sanctions")

# What each kind of form must hold before it can be used. The release answers N.Y. Civ. Rights Law 50-51 (R32).
REQUIRED = {
    **dict.fromkeys(AUTHORIZATIONS, (*REQUIRED_ELEMENTS, "representative_authority", *REQUIRED_STATEMENTS)),
    "staff_release": (*REQUIRED_ELEMENTS, "right_to_revoke"),
    "author_licence": (
        "maker",
        "recipient",
        "expiry",
        "signature_date",
        "right_to_revoke",
        "no_health_permission",
    ),
    "staff_policy": (*OF_POLICY, "signature_date"),
}


def missing_anchors(anchors: Iterable[str], kind: str) -> list[Anchor]:
    """What a form of `kind` has to say and does not, in the law's order (R3-R10). Empty when it is complete."""
    held = set(anchors)
    return [ANCHORS[key] for key in REQUIRED[kind] if key not in held]
