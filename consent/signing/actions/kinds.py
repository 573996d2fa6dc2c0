"""Which kind of consent each kind of form gives; a policy gives none."""

CONSENT_KINDS = {
    "authorization_adult": "authorization",
    "authorization_minor": "authorization",
    "staff_release": "release",
    "author_licence": "licence",
    "event_card": "authorization",
}
