"""What an owner still has to set up before the first post can go out."""

from collections.abc import Iterator

from consent.access.models import LocationFacts, Membership
from consent.access.queries import users_with_second_factor
from consent.wording.models import Wording
from consent.workforce.queries import policy_in_force
from posts.channels.queries import open_accounts

from ..rules import WAITS, Row
from .desk import Desk


def set_up(desk: Desk) -> Iterator[Row]:
    """One row for each thing that is missing; none once the practice is ready."""
    practice = desk.practice
    members = list(
        Membership.objects.select_related("user").filter(
            practice=practice, ended_at=None, user__is_active=True
        )
    )
    if not practice.phone.strip():
        yield _missing("Your patients need a phone number to call.", "access:change_practice", "Add it")
    if not LocationFacts.objects.filter(practice=practice).exists():
        yield _missing(
            "Say where you work: a location with its state and legal entity.", "access:add_location", "Add it"
        )
    if not open_accounts(practice).exists():
        yield _missing(
            "Open a channel: the wall, or one you post to by hand.", "channels:open", "Open a channel"
        )
    if not Wording.objects.filter(practice=practice).exists():
        yield _missing("There is no form to sign yet.", "wording:list", "Look at the forms")
    if policy_in_force(practice, desk.at) is None:
        sentence = "Write the social-media policy: without one in effect nobody may approve a post."
        yield _missing(sentence, "workforce:adopt_policy", "Write it")
    yield from _team(desk, members)


def _team(desk: Desk, members: list[Membership]) -> Iterator[Row]:
    """Who is missing: somebody who writes, another who approves, and two who witness."""
    writers = {one.user_id for one in members if one.can("post.write")}
    approvers = {one.user_id for one in members if one.can("post.approve")}
    witnesses = [one for one in members if one.can("consent.witness")]
    if not writers:
        yield _missing("Nobody can write posts yet: add a marketer.", "access:add_member", "Add someone")
    if not approvers - writers:
        sentence = "Nobody can approve posts yet: add a compliance officer. Nobody approves their own."
        yield _missing(sentence, "access:add_member", "Add someone")
    if len(witnesses) < 2:
        sentence = "Two people at the desk are needed: one prepares a form, another witnesses it."
        yield _missing(sentence, "access:add_member", "Add someone")
    secured = users_with_second_factor(desk.practice)
    bare = [one.user.name for one in members if not one.user.is_demo and one.user_id not in secured]
    if bare:
        sentence = f"No second factor yet: {', '.join(sorted(bare))}. They set it up at their next sign-in."
        yield _missing(sentence, "access:members", "Look at the team")


def _missing(sentence: str, door: str, button: str) -> Row:
    return Row(WAITS, sentence, door, None, button)
