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
        "story.view",
        "legal_hold.view",
        "ledger.view",
        "ledger.export",
        "practice.view",
        "wording.view",
        "workforce.view",
        "event.view",
        "canned_reply.view",
    }
)

# What concerns nobody but the member, whatever their role.
OWN = frozenset({"policy.sign"})

# Only those who keep or prove the record see what a marketer may not (R54).
IDENTITY = frozenset({"person.identify", "person.exclusions"})

ABILITIES = (
    LOOKING
    | IDENTITY
    | OWN
    | {
        "person.edit",
        "person.merge",
        "person.exclude",
        "consent.prepare",
        "consent.witness",
        "event.note",
        "consent.revoke",
        "consent.hold",
        "consent.invalidate",
        "question.answer",
        "consent.settle",
        "record.dispose",
        "wording.edit",
        "consent.reask",
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
        "story.keep",
        "repost.ask",
        "repost.confirm",
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
        "recipient.manage",
        "pack.switch",
        "own_words.manage",
        "canned_reply.propose",
        "canned_reply.confirm",
        "canned_reply.retire",
        "training.record",
        "policy.adopt",
        "mail.retry",
    }
)

# Keeping the practice itself in order: what its rules, its partners and its team's training are.
ORDER = frozenset(
    {
        "recipient.manage",
        "pack.switch",
        "own_words.manage",
        "canned_reply.view",
        "canned_reply.propose",
        "canned_reply.confirm",
        "canned_reply.retire",
        "training.record",
        "policy.adopt",
        "workforce.view",
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
                "person.merge",
                "consent.view",
                "consent.prepare",
                "consent.witness",
                "event.view",
                "event.note",
                "consent.revoke",
                "consent.hold",
                "question.answer",
                "document.view",
                "wording.view",
            }
        )
        | OWN,
    ),
    "marketer": Role(
        "Marketer",
        frozenset(
            {
                "home.view",
                "person.find",
                "person.view",
                "consent.view",
                "event.view",
                "event.note",
                "media.view",
                "media.upload",
                "appearance.name",
                "post.view",
                "story.view",
                "story.keep",
                "repost.ask",
                "repost.confirm",
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
                "canned_reply.view",
                "canned_reply.propose",
            }
        )
        | OWN,
    ),
    "compliance": Role(
        "Compliance officer",
        LOOKING
        | OWN
        | ORDER
        | {
            "person.identify",
            "person.edit",
            "person.merge",
            "consent.prepare",
            "consent.witness",
            "event.note",
            "consent.revoke",
            "consent.hold",
            "consent.invalidate",
            "question.answer",
            "consent.settle",
            "record.dispose",
            "wording.edit",
            "consent.reask",
            "media.original",
            "appearance.name",
            "appearance.confirm",
            "post.approve",
            "post.note",
            "story.keep",
            "repost.confirm",
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
        )
        | OWN
        | ORDER,
    ),
    "privacy": Role(
        "Privacy role",
        LOOKING
        | IDENTITY
        | OWN
        | {"person.exclude", "consent.hold", "consent.revoke", "publishing.pause", "record.dispose"},
    ),
    "auditor": Role("Auditor", LOOKING | IDENTITY | OWN),
}
