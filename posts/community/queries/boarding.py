"""The list and the board: each story with how far it is, filtered, counted. As many queries for one as for many."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from consent.access.models import Membership, Practice, User
from consent.wording.rules import PLATFORMS

from ..models import RepostRequest, Story
from ..rules import STEPS
from ..rules.reading import median_days
from .requests import RequestRow, request_rows, requests_of
from .stories import questions_open, stories

# Before anybody is asked: what the list says of a story besides the steps of a request.
BEFORE = {"kept": "Kept", "sign": "Kind sign"}
ALL_STEPS = BEFORE | STEPS
SHAPES = {
    "sign": "on_file",
    "requested": "hold",
    "seen": "hold",
    "replied": "soon",
    "licensed": "soon",
    "authorized": "soon",
    "cleared": "on_file",
    "declined": "withdrawn",
    "lapsed": "expired",
    "withdrawn": "withdrawn",
    "gone": "withdrawn",
}
NEWEST = 200  # older ones are found by their handle


@dataclass(frozen=True)
class Badge:
    """A step as its badge shows it."""

    key: str
    label: str


@dataclass(frozen=True)
class StoryRow:
    """A story in the list: its latest request if there is one, its step, what is not known of it yet."""

    story: Story
    asked: RequestRow | None
    step: str
    open: int

    @property
    def badge(self) -> Badge:
        """The badge of its step."""
        return badge_of(self.step)

    @property
    def request(self) -> RepostRequest | None:
        """The latest request about it."""
        return self.asked.request if self.asked else None

    @property
    def owner(self) -> User:
        """Who looks after it: the owner of the request, or whoever kept it."""
        return self.asked.request.owner if self.asked else self.story.found_by


@dataclass(frozen=True)
class Chosen:
    """What the list is narrowed to; an empty string or 0 narrows nothing."""

    step: str = ""
    owner: int = 0
    platform: str = ""
    handle: str = ""


@dataclass(frozen=True)
class Column:
    """A column of the board."""

    key: str
    title: str
    rows: list[StoryRow]


@dataclass(frozen=True)
class Board:
    """What the page of stories shows. Counts are of everything but the filter by step."""

    rows: list[StoryRow]
    counts: list[tuple[str, str, int]]
    total: int
    days: int | None
    platforms: list[tuple[str, str]]
    owners: list[User]
    more: bool

    @property
    def columns(self) -> list[Column]:
        """The rows by step, in the order of the steps; a step at which nothing is, is left out."""
        found = [
            Column(key, title, [one for one in self.rows if one.step == key])
            for key, title in ALL_STEPS.items()
        ]
        return [one for one in found if one.rows]


def badge_of(step: str) -> Badge:
    """A step's badge."""
    return Badge(SHAPES.get(step, "none"), ALL_STEPS[step])


def story_rows(practice: Practice, at: datetime, handle: str = "") -> list[StoryRow]:
    """The newest stories of the practice, or of a handle, each with its step."""
    found = stories(practice)
    if handle:
        found = found.filter(handle__icontains=handle.lstrip("@"))
    kept = list(found[: NEWEST + 1])
    latest: dict[int, RepostRequest] = {}
    for request in requests_of(practice).filter(story__in=[one.pk for one in kept]):
        latest.setdefault(request.story_id, request)
    asked = {row.request.story_id: row for row in request_rows(latest.values(), at)}
    return [_row(one, asked.get(one.pk)) for one in kept]


def story_board(practice: Practice, chosen: Chosen, at: datetime) -> Board:
    """The list or board, narrowed to what was chosen."""
    every = story_rows(practice, at, chosen.handle)
    more, every = len(every) > NEWEST, every[:NEWEST]
    fitting = [one for one in every if _fits(one, chosen)]
    steps = Counter(one.step for one in fitting)
    return Board(
        rows=[one for one in fitting if chosen.step not in ALL_STEPS or one.step == chosen.step],
        counts=[(key, words, steps[key]) for key, words in ALL_STEPS.items() if steps[key]],
        total=len(fitting),
        days=median_days(waits_of(fitting)),
        platforms=[
            (key, PLATFORMS.get(key, key)) for key in sorted({one.story.platform for one in every} - {""})
        ],
        owners=sorted({one.owner for one in every}, key=lambda user: (user.name, user.pk)),
        more=more,
    )


def waits_of(rows: list[StoryRow]) -> list[tuple[datetime, datetime]]:
    """From when each answered request was sent until it was answered: a reply, a no, a signed licence."""
    found = []
    for one in rows:
        if one.asked is not None and one.asked.request.sent_at is not None:
            answered = _answered_at(one.asked)
            if answered is not None:
                found.append((one.asked.request.sent_at, answered))
    return found


def who_may_ask(practice: Practice) -> list[User]:
    """The members who may look after a request."""
    living = Membership.objects.filter(practice=practice, ended_at=None).select_related("user")
    return sorted(
        (one.user for one in living if one.can("repost.ask")), key=lambda user: (user.name, user.pk)
    )


def _row(story: Story, asked: RequestRow | None) -> StoryRow:
    return StoryRow(story, asked, _step(story, asked), len(questions_open(story)))


def _step(story: Story, asked: RequestRow | None) -> str:
    if asked is not None:
        return asked.standing
    if story.gone_at is not None:
        return "gone"
    return "sign" if story.sign else "kept"


def _fits(row: StoryRow, chosen: Chosen) -> bool:
    if chosen.owner and row.owner.pk != chosen.owner:
        return False
    return not chosen.platform or row.story.platform == chosen.platform


def _answered_at(row: RequestRow) -> datetime | None:
    """The first answer of any kind."""
    request = row.request
    signed = [paper.form.ceremony.finished_at for paper in row.papers if paper.is_signed or paper.is_declined]
    found = [request.replied_at, request.story.declined_at, *signed]
    return min((one for one in found if one is not None), default=None)
