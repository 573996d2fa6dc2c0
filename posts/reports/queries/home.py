"""A member's home: the duties that their roles give them, the oldest first. A constant number of queries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from consent.access.models import Membership
from consent.audit.checkpoints import latest_checkpoints
from consent.audit.models import Checkpoint
from consent.audit.rules import practice_chain
from posts.publishing.models import Delivery, Pause
from posts.publishing.queries.worklists import pauses_of

from ..rules import Group, Row, grouped
from . import asking, outgoing, people, team
from .desk import Desk
from .setup import set_up

Worklist = Callable[[Desk], Iterator[Row]]

# What each role is asked to do. An auditor sees what others have to do, and does none of it.
WORKLISTS: dict[str, tuple[Worklist, ...]] = {
    "front_desk": (
        people.ceremonies,
        people.posts_to_sign,
        asking.papers_for_stories,
        people.questions,
        people.requests_back,
        people.unmade_documents,
        people.copies_owed,
        people.forms_that_came_back,
        people.found_to_check,
        people.requests_to_stop,
        people.disagreements,
        people.new_adults,
        people.signers_gone,
        people.asked_again,
        people.ending_soon,
        people.to_ask_again,
    ),
    "marketer": (
        outgoing.sent_back,
        outgoing.approved_and_idle,
        outgoing.by_hand,
        outgoing.takedowns,
        outgoing.returned,
        outgoing.stopped,
        asking.answers_to_stories,
        asking.stories_lapse,
    ),
    "compliance": (
        outgoing.reviews,
        outgoing.clearings,
        people.questions,
        people.unmade_documents,
        outgoing.takedowns,
        outgoing.unknown,
        outgoing.mail,
        people.requests_to_stop,
        people.disagreements,
        people.forms_that_came_back,
        people.found_to_check,
        team.untrained,
    ),
    "owner": (set_up, team.untrained),
    "privacy": (people.requests_to_stop, people.disagreements, outgoing.takedowns),
    "auditor": (
        people.requests_to_stop,
        people.disagreements,
        outgoing.reviews,
        outgoing.takedowns,
        outgoing.unknown,
        outgoing.mail,
    ),
}
OF_EVERYONE: tuple[Worklist, ...] = (team.policy_to_sign,)


@dataclass(frozen=True)
class Home:
    """All that the home page shows."""

    groups: list[Group]
    week: list[Delivery] | None
    pauses: list[Pause]
    checkpoint: Checkpoint | None


def home(member: Membership, at: datetime) -> Home:
    """The home of `member` at `at`."""
    desk = Desk(member, at)
    chain = practice_chain(member.practice_id)
    worklists = dict.fromkeys(OF_EVERYONE)
    worklists |= dict.fromkeys(one for role in member.roles for one in WORKLISTS.get(role, ()))
    rows = [row for worklist in worklists for row in worklist(desk)]
    return Home(
        groups=grouped(rows),
        week=outgoing.week_ahead(desk) if desk.can("post.write") else None,
        pauses=list(pauses_of(member.practice)),
        checkpoint=next(iter(latest_checkpoints(chain)), None) if desk.can("ledger.view") else None,
    )
