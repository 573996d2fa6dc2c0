"""Builds a world of the acceptance data as rows, through the project's own actions.

The builder knows the format, never the case. A key or value that it does not know is an error (`CannotBuild`): a world
that cannot be expressed is no pass. What a world is silent about is as it should be.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from consent.access.actions import Facts, PracticeDetails, add_member, open_practice
from consent.access.actions import OwnerDetails as Owner
from consent.access.models import Location, Practice, User
from consent.audit.rules import SYSTEM, Actor
from consent.people.models import Person
from consent.workforce.actions import adopt_policy, attest_policy, record_training
from posts.content.models import Version

EPOCH = datetime.fromisoformat("2019-01-01T12:00:00+00:00")
NUMBERS = count(1)


class CannotBuild(Exception):
    """The world says something that has no rows here."""


def only(given: Mapping[str, Any], known: Collection[str], where: str) -> None:
    """Every key must be one that the builder turns into rows."""
    if stray := sorted(set(given) - set(known)):
        raise CannotBuild(f"{where}: {', '.join(stray)}")


def instant(text: str) -> datetime:
    """An instant of the world."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def acting(user: User) -> Actor:
    """A member as the one who acts."""
    return Actor("user", str(user.pk))


@dataclass
class World:
    """What was built so far: rows by the names that the world gives them."""

    given: Mapping[str, Any]
    now: datetime
    practice: Practice
    location: Location
    users: dict[str, User]
    people: dict[str, Person] = field(default_factory=dict)
    assets: dict[str, Any] = field(default_factory=dict)
    posts: dict[str, Any] = field(default_factory=dict)
    recipients: dict[str, Any] = field(default_factory=dict)
    version: Version | None = None

    def by(self, role: str) -> Actor:
        """Who acts: desk, checker, author, approver, second."""
        return acting(self.users[role])


ORG = ("state", "profession", "tz", "employees", "hospital", "part2", "small_town")
TOP = ("now", "org", "people", "consents", "assets", "detectors", "post")
ROLES = {
    "desk": ["front_desk"],
    "checker": ["compliance"],
    "author": ["marketer"],
    "approver": ["compliance"],
    "second": ["compliance"],
}


def open_world(given: Mapping[str, Any]) -> World:
    """The practice, its place and its staff, all of them trained, before anything of the world happens."""
    only(given, TOP, "world")
    only(given["org"], ORG, "org")
    org, number = given["org"], next(NUMBERS)
    facts = Facts(
        from_date=EPOCH.date(),
        legal_entity="Acceptance LLC",
        state=org["state"],
        profession=org["profession"],
        time_zone=org["tz"],
        hospital=bool(org.get("hospital")),
        part2=bool(org.get("part2")),
        small_town=bool(org.get("small_town")),
    )
    membership = open_practice(
        slug=f"world-{number}",
        # What was seen in the words is part of a world; nothing here reads them.
        details=PracticeDetails(
            "Acceptance", "(555) 010-0100", "Eve", "eve@example.org", org["tz"], screens_words=False
        ),
        location="Main",
        facts=facts,
        owner=Owner(f"owner-{number}@example.org", "Owner", "a long enough password"),
        by=SYSTEM,
        at=EPOCH,
    )
    practice = membership.practice
    users = {name: _member(practice, f"{name}-{number}@example.org", roles) for name, roles in ROLES.items()}
    world = World(given, instant(given["now"]), practice, practice.locations.get(), users)
    _train(world)
    return world


def _member(practice: Practice, email: str, roles: list[str]) -> User:
    membership = add_member(practice=practice, email=email, name=email, roles=roles, by=SYSTEM, at=EPOCH)
    return membership.user


def _train(world: World) -> None:
    """Everybody signed the policy and was trained; the approver's training may be overdue at the approval."""
    approval = world.given["post"].get("approval") or {}
    only(approval, ("hash", "at", "by", "approver_training_overdue"), "post.approval")
    policy = adopt_policy(
        practice=world.practice, version="1", text="Ask first.", effective_from=EPOCH, by=SYSTEM, at=EPOCH
    )
    overdue = bool(approval.get("approver_training_overdue"))
    for name, user in world.users.items():
        attest_policy(policy=policy, user=user, by=acting(user), at=EPOCH)
        ends = EPOCH.replace(year=2020 if overdue and name == "approver" else 2100)
        record_training(
            practice=world.practice,
            user=user,
            course="Privacy",
            completed_at=EPOCH,
            expires_at=ends,
            by=SYSTEM,
            at=EPOCH,
        )
