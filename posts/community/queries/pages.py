"""What the pages of one story and of one request show."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from consent.access.models import Practice, User
from consent.people.models import Person, Relation
from consent.people.queries import is_own
from consent.signing.actions import own_address
from consent.signing.queries import UNANSWERED
from consent.wording.rules import EDITS, FORMATS, PLATFORMS
from posts.clearance.rules import Piece, word_diff
from posts.content.models import Post
from posts.content.queries import living_versions

from ..models import Part, RequestForm, Snapshot, Story
from ..rules import Found
from ..rules.reading import AUTHOR, Question, kind_replies, question
from .boarding import Badge, badge_of
from .requests import Paper, RequestRow, request_rows, requests_of
from .stories import author_of, copies_of, parts_of, questions_open


@dataclass(frozen=True)
class Look:
    """How a story was seen once, and how that differs from the time before; no pieces for the first time."""

    snapshot: Snapshot
    pieces: list[Piece]
    other_picture: bool
    is_first: bool


@dataclass(frozen=True)
class StoryShown:
    """What the page of a story says besides what was seen."""

    parts: list[Part]
    questions: list[Question]
    copies: list[Story]
    replies: tuple[str, ...]
    posts: list[Post]
    asked: list[RequestRow]
    badge: Badge
    author: Part | None
    author_is_staff: bool
    author_is_reader: bool
    opens: str

    @property
    def running(self) -> RequestRow | None:
        """The request that has not ended."""
        return next((row for row in self.asked if row.request.ended_at is None), None)

    @property
    def badged(self) -> list[tuple[RequestRow, Badge]]:
        """The requests about it, each with its badge, the newest first."""
        return [(row, badge_of(row.standing)) for row in self.asked]

    @property
    def ready(self) -> bool:
        """Whether everything is known that has to be before a post is begun."""
        return self.author is not None and self.author.person_id is not None


@dataclass(frozen=True)
class PaperShown:
    """A paper of a request as its page shows it: the badge, and whether the front desk has to ask."""

    paper: Paper
    badge: Badge
    desk_asks: bool

    @property
    def form(self) -> RequestForm:
        """The row behind it."""
        return self.paper.form


def story_shown(story: Story, at: datetime, reader: User) -> StoryShown:
    """What the page of a story shows, to this member."""
    asked = request_rows(requests_of(story.practice).filter(story=story), at)
    author = author_of(story)
    person = author.person if author else None
    return StoryShown(
        parts=parts_of(story),
        questions=_questions(story),
        copies=copies_of(story),
        replies=kind_replies(story.language),
        posts=posts_of(story),
        asked=asked,
        badge=badge_of(asked[0].standing if asked else _step_of(story)),
        author=author,
        author_is_staff=person is not None and is_staff(person),
        author_is_reader=person is not None and is_own(reader.pk, person),
        opens=story.address if story.address.startswith("https://") else "",
    )


def pieces_of(story: Story) -> list[Look]:
    """Every look at the story, the newest first, each compared with the one before."""
    seen: list[Snapshot] = list(Snapshot.objects.filter(story=story).select_related("taken_by"))
    found = []
    for before, now in zip([None, *seen], seen, strict=False):
        changed = before is not None and before.text != now.text
        found.append(
            Look(
                snapshot=now,
                pieces=word_diff(before.text, now.text) if before is not None and changed else [],
                other_picture=before is not None and before.picture_sha256 != now.picture_sha256,
                is_first=before is None,
            )
        )
    return found[::-1]


def posts_of(story: Story) -> list[Post]:
    """The posts that were begun from the story, the newest first."""
    rows = Post.objects.filter(practice=story.practice_id, story=story.pk, discarded_at=None)
    return list(rows.select_related("author").order_by("-pk"))


def platforms_of(posts: Iterable[Post]) -> list[str]:
    """Where the posts would go, as they are saved."""
    return sorted({version.account.platform for post in posts for version in living_versions(post)})


def formats_of(posts: Iterable[Post]) -> list[str]:
    """The kinds of post that they would be."""
    return sorted({version.format for post in posts for version in living_versions(post)})


def kept_already(practice: Practice, found: Found) -> Story | None:
    """The story of this address, if somebody kept it."""
    return Story.objects.filter(practice=practice, same=found.same).select_related("found_by").first()


def is_staff(person: Person) -> bool:
    """Whether the person works here."""
    return person.relations.filter(kind=Relation.Kind.STAFF, until=None).exists()


def papers_shown(row: RequestRow) -> list[PaperShown]:
    """The papers of a request with their badges."""
    return [PaperShown(one, _badge_of_paper(one), _desk_asks(one)) for one in row.papers]


def asked_in_words(asked: dict[str, object]) -> dict[str, list[str]]:
    """What a request asks for, list by list, as people say it."""
    books = {"platforms": PLATFORMS, "formats": FORMATS, "edits": EDITS}
    return {name: [book.get(key, key) for key in _keys(asked.get(name))] for name, book in books.items()}


def _keys(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _questions(story: Story) -> list[Question]:
    """What is open, each about the part that it is about."""
    parts = parts_of(story)
    others = [one for one in parts if one.kind != Part.Kind.AUTHOR]
    patients = [one for one in others if one.relation == Part.Relation.PATIENT]
    about = {
        "Somebody in it": [one for one in others if one.relation == Part.Relation.UNKNOWN],
        "A patient in it": [one for one in patients if one.person_id is None],
        "Say whether the patient": [one for one in patients if one.age == Part.Age.UNKNOWN],
    }
    found = []
    for sentence in questions_open(story):
        asked = question(sentence)
        named = next((rows for start, rows in about.items() if sentence.startswith(start)), [])
        if asked.place == AUTHOR:
            named = [one for one in parts if one.kind == Part.Kind.AUTHOR]
        found.append(replace(asked, part=named[0].pk if named else None))
    return found


def _step_of(story: Story) -> str:
    if story.gone_at is not None:
        return "gone"
    return "sign" if story.sign else "kept"


def _badge_of_paper(paper: Paper) -> Badge:
    if paper.is_declined:
        return Badge("withdrawn", "No thanks")
    if paper.is_signed:
        return Badge("on_file", "Signed") if paper.stands else Badge("withdrawn", "Does not stand")
    if paper.waits:
        return Badge("hold", "Waits for an answer")
    return Badge("none", "Not asked any more")


def _desk_asks(paper: Paper) -> bool:
    """Whether no address of the signer was verified, so that only the desk can ask."""
    ceremony = paper.form.ceremony
    return ceremony.state in UNANSWERED and own_address(ceremony) is None
