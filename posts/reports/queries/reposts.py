"""The whole of a repost, read: what was seen, who is who, what was asked and answered, what went out and came down."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from consent.access.models import Practice
from consent.evidence.models import SignedDocument
from consent.people.queries import identities
from consent.records.models import Revocation
from posts.clearance.models import Decision, Review
from posts.community.models import AccountProof, Part, RepostRequest, Snapshot
from posts.community.queries import RequestRow, board, parts_of, request_rows
from posts.publishing.models import Delivery, Takedown

MORE_THAN_ONCE = 2


@dataclass(frozen=True)
class Whole:
    """Everything on record about one request, each list in order of time. `parts` holds what was said before, too."""

    row: RequestRow
    snapshots: tuple[Snapshot, ...]
    parts: tuple[Part, ...]
    documents: tuple[SignedDocument, ...]
    proofs: tuple[AccountProof, ...]
    reviews: tuple[Review, ...]
    decisions: tuple[Decision, ...]
    deliveries: tuple[Delivery, ...]
    takedowns: tuple[Takedown, ...]
    revocations: tuple[Revocation, ...]

    @property
    def request(self) -> RepostRequest:
        """What it is about."""
        return self.row.request

    @property
    def gone(self) -> set[int]:
        """The deliveries that were deleted where they stood, watched still or not."""
        return {one.delivery_id for one in self.takedowns if one.deleted_at is not None}


def whole_of(request: RepostRequest, at: datetime) -> Whole:
    """The whole of a request that `request_of` found, in a constant number of queries."""
    [row] = request_rows([request], at)
    story = request.story
    signatures = [
        paper.form.ceremony.signature_id for paper in row.papers if paper.form.ceremony.signature_id
    ]
    version = {"version__post": request.post_id}
    documents = SignedDocument.objects.filter(signature__in=signatures)
    return Whole(
        row=row,
        snapshots=tuple(Snapshot.objects.filter(story=story).select_related("taken_by")),
        parts=tuple(Part.objects.filter(story=story).select_related("person", "said_by", "ended_by")),
        documents=tuple(documents.select_related("document", "signature").order_by("pk")),
        proofs=tuple(request.proofs.select_related("noted_by", "confirmed_by")),
        reviews=tuple(
            Review.objects.filter(post=request.post_id)
            .select_related("submitted_by", "decided_by")
            .order_by("pk")
        ),
        decisions=tuple(Decision.objects.filter(**version).select_related("account").order_by("pk")),
        deliveries=tuple(Delivery.objects.filter(**version).select_related("account").order_by("pk")),
        takedowns=tuple(
            Takedown.objects.filter(delivery__version__post=request.post_id)
            .select_related("delivery__account")
            .order_by("pk")
        ),
        revocations=tuple(
            Revocation.objects.filter(consent__signature__in=signatures)
            .select_related("consent", "person")
            .order_by("pk")
        ),
    )


@dataclass(frozen=True)
class AskedOften:
    """Somebody whom we asked for a story more than once, whoever of us did."""

    person: Part
    times: int


@dataclass(frozen=True)
class Watch:
    """What compliance looks at: every request, those that lapsed, and people asked again and again."""

    rows: tuple[RequestRow, ...]
    lapsed: tuple[RequestRow, ...]
    often: tuple[AskedOften, ...]


def watch(practice: Practice, at: datetime) -> Watch:
    """The practice's requests, the latest first, and people asked more than once; a constant number of queries."""
    rows = board(practice, at)
    authors = [
        (part.person_id, part)
        for row in rows
        for part in parts_of(row.request.story)
        if part.kind == Part.Kind.AUTHOR and part.person_id is not None
    ]
    one_of = {person: min(group) for person, group in identities({one for one, _ in authors}).items()}
    times = Counter(one_of[person] for person, _ in authors)
    shown = {one_of[person]: part for person, part in reversed(authors)}
    often = [
        AskedOften(shown[one], number) for one, number in times.most_common() if number >= MORE_THAN_ONCE
    ]
    return Watch(tuple(rows), tuple(row for row in rows if row.standing == "lapsed"), tuple(often))
