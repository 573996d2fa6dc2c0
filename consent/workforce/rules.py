"""Who may approve: trained today, and signed to the policy in force (45 CFR 164.530(b), (i); R61, R62). No Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

TYPO = "typo"
# How long after a policy came into effect whoever has not signed it is reminded, and for how long at all.
REMIND_AFTER, REMIND_EVERY, REMIND_FOR = timedelta(days=3), timedelta(days=4), timedelta(days=30)
INTENT = "By pressing Sign I say that I read this policy and will follow it."


@dataclass(frozen=True)
class Qualification:
    """Whether a member is qualified, until when the training counts, and in plain words what is missing."""

    qualified: bool
    trained_until: datetime | None
    missing: tuple[str, ...]


def qualification(
    *, policy_in_force: bool, attested: bool, trained_until: datetime | None, at: datetime
) -> Qualification:
    """What a member has and lacks at `at`. Without a policy in force nobody is qualified."""
    missing = []
    if trained_until is None:
        missing.append("No privacy training is on record.")
    elif trained_until <= at:
        missing.append("The privacy training has expired.")
    if not policy_in_force:
        missing.append("The practice has no social-media policy yet.")
    elif not attested:
        missing.append("The social-media policy in force is not signed.")
    return Qualification(not missing, trained_until, tuple(missing))


def counting(versions: Iterable[tuple[int, str]]) -> set[int]:
    """The versions whose signature counts today, of those in effect with what each changed, the newest first.

    After a change that matters everybody signs anew; after a mere slip of the pen nobody does (R62).
    """
    found = set[int]()
    for pk, change in versions:
        found.add(pk)
        if change != TYPO:
            break
    return found


# Where a practice that has no policy may start from; its own counsel decides what it says.
FIRST_POLICY = """1. Nothing that could tell who a patient is goes out without that person's signed permission for \
exactly this: no name, initials, face, voice, date, place or detail, and no picture in which one of these can be seen.
2. Nobody confirms or denies that somebody is a patient: not in a post, a reply, a message or a private group.
3. Only those named by the practice post for it, and only through Postern. Nobody uses their own account for it.
4. Every picture is looked over for people, screens, folders and boards in the background before it is used.
5. What a patient posted in public is theirs. We ask before we share it.
6. Whoever sees something that should not be out there tells the privacy officer the same day.
7. Everybody is trained before they take part, and once a year. Breaking this policy has consequences."""
