"""Roles and what each may do. An ability is a noun and a verb; a view names exactly one. No Django.

Sources: 45 CFR 164.308(a)(3)-(4) (workforce access), 164.514(d) (minimum necessary); R54, R55.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A job in the practice: its name on the page and its abilities."""

    title: str
    abilities: frozenset[str]


# Looking, which an auditor may do everywhere.
LOOKING = frozenset(
    {
        "home.view",
        "person.find",
        "person.view",
        "consent.view",
        "document.view",
        "media.view",
        "post.view",
        "review.view",
        "delivery.view",
        "ledger.view",
        "ledger.export",
        "practice.view",
        "wording.view",
    }
)

# Only those who keep or prove the record see what a marketer may not (R54).
IDENTITY = frozenset({"person.identify", "person.exclusions"})

ABILITIES = (
    LOOKING
    | IDENTITY
    | {
        "person.edit",
        "person.exclude",
        "consent.prepare",
        "consent.witness",
        "consent.revoke",
        "consent.hold",
        "consent.invalidate",
        "media.upload",
        "media.original",
        "appearance.name",
        "appearance.confirm",
        "post.write",
        "post.submit",
        "post.schedule",
        "post.approve",
        "post.note",
        "post.suggest",
        "finding.record",
        "clearing.propose",
        "clearing.confirm",
        "delivery.by_hand",
        "delivery.settle",
        "takedown.do",
        "publication.record",
        "publishing.pause",
        "practice.manage",
        "member.manage",
        "channel.manage",
        "mail.retry",
    }
)

ROLES = {
    "front_desk": Role(
        "Front desk",
        frozenset(
            {
                "home.view",
                "person.find",
                "person.view",
                "person.identify",
                "person.edit",
                "consent.view",
                "consent.prepare",
                "consent.witness",
                "consent.revoke",
                "consent.hold",
                "document.view",
                "wording.view",
            }
        ),
    ),
    "marketer": Role(
        "Marketer",
        frozenset(
            {
                "home.view",
                "person.find",
                "person.view",
                "consent.view",
                "media.view",
                "media.upload",
                "appearance.name",
                "post.view",
                "post.write",
                "post.submit",
                "post.schedule",
                "post.note",
                "finding.record",
                "clearing.propose",
                "delivery.view",
                "delivery.by_hand",
                "takedown.do",
                "publication.record",
                "review.view",
            }
        ),
    ),
    "compliance": Role(
        "Compliance officer",
        LOOKING
        | {
            "person.identify",
            "person.edit",
            "consent.prepare",
            "consent.witness",
            "consent.revoke",
            "consent.hold",
            "consent.invalidate",
            "media.original",
            "appearance.name",
            "appearance.confirm",
            "post.approve",
            "post.note",
            "post.suggest",
            "finding.record",
            "clearing.propose",
            "clearing.confirm",
            "delivery.settle",
            "takedown.do",
            "publication.record",
            "publishing.pause",
            "mail.retry",
        },
    ),
    "owner": Role(
        "Owner",
        frozenset(
            {
                "home.view",
                "practice.view",
                "practice.manage",
                "member.manage",
                "channel.manage",
                "publishing.pause",
                "mail.retry",
                "post.view",
                "delivery.view",
                "ledger.view",
                "wording.view",
            }
        ),
    ),
    "privacy": Role(
        "Privacy role",
        LOOKING | IDENTITY | {"person.exclude", "consent.hold", "consent.revoke", "publishing.pause"},
    ),
    "auditor": Role("Auditor", LOOKING | IDENTITY),
}
