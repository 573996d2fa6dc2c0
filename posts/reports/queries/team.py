"""Duties about the team itself: the policy to sign, trainings that are missing (R61, R62)."""

from collections.abc import Iterator

from consent.workforce.queries import members_shown, unsigned_policy

from ..rules import WAITS, Row
from .desk import Desk


def policy_to_sign(desk: Desk) -> Iterator[Row]:
    """The policy in force, until the member has signed what counts of it."""
    policy = unsigned_policy(desk.practice, desk.member.user, desk.at)
    if policy is not None:
        yield Row(
            WAITS,
            f"Sign the social-media policy, version {policy.version}.",
            "signing:policy",
            None,
            "Read and sign it",
            policy.effective_from,
            "in effect since",
        )


def untrained(desk: Desk) -> Iterator[Row]:
    """How many of those who work here have no current training."""
    members = members_shown(desk.practice, desk.at)
    without = [one for one in members if one.at is None or one.at <= desk.at]
    if without:
        number = len(without)
        sentence = f"{number} {'member lacks' if number == 1 else 'members lack'} a current privacy training."
        yield Row(WAITS, sentence, "workforce:members", None, "See who")
