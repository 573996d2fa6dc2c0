"""Requests, read: how far each is, which papers it waits for, whose turn it is. As many queries for one as for many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from consent.access.models import Practice
from consent.keys.ring import key_ring
from consent.records.queries import dossiers
from consent.records.rules import PersonFacts, Terms, problems
from consent.signing.models import Ceremony
from posts.clearance.queries import rulings
from posts.content.models import Version

from ..models import RepostRequest, RequestEvent, RequestForm, Story
from ..rules import ENDED, STEPS, RequestFacts, standing_of
from .stories import stories


@dataclass(frozen=True)
class Paper:
    """A form of a request: whose, of which kind, whether it was signed and still stands, or was answered with a no."""

    form: RequestForm
    terms: Terms | None
    stands: bool

    @property
    def is_signed(self) -> bool:
        """Whether a permission came of it, whatever became of it since."""
        return self.terms is not None

    @property
    def is_declined(self) -> bool:
        """Whether its signer said no thanks."""
        return self.form.ceremony.state == Ceremony.State.DECLINED

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come."""
        return self.form.ceremony.state in (
            Ceremony.State.PREPARED,
            Ceremony.State.OPEN,
            Ceremony.State.PAPER,
        )


@dataclass(frozen=True)
class RequestRow:
    """A request with its papers and how far it is."""

    request: RepostRequest
    papers: tuple[Paper, ...]
    standing: str

    @property
    def words(self) -> str:
        """The step, in words."""
        return STEPS[self.standing]

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked."""
        return self.standing in ENDED


def token_digest(token: str) -> str:
    """The only thing kept of the author's link."""
    return key_ring().digest("repost-link", token)


def requests_of(practice: Practice) -> QuerySet[RepostRequest]:
    """The practice's requests, the latest first, with what a page says of them."""
    return (
        RepostRequest.objects.filter(practice=practice)
        .select_related("practice", "owner", "sent_by", "post", "story__practice", "story__location")
        .prefetch_related(
            Prefetch("story", stories(practice)),
            Prefetch(
                "forms",
                RequestForm.objects.select_related(
                    "person", "ceremony__signature__consent", "ceremony__contact_point", "ceremony__signer"
                ),
            ),
            Prefetch("events", RequestEvent.objects.select_related("by")),
        )
        .order_by("-begun_at", "-pk")
    )


def request_of(practice: Practice, pk: int) -> RepostRequest:
    """One request of the practice. Raises Http404 for anything else."""
    return get_object_or_404(requests_of(practice), pk=pk)


def request_of_token(token: str) -> RepostRequest | None:
    """The request that the author's link leads to, whatever became of it."""
    if not token:
        return None
    found = RepostRequest.objects.filter(token_digest=token_digest(token)).select_related("practice").first()
    return requests_of(found.practice).get(pk=found.pk) if found else None


def open_request(story: Story) -> RepostRequest | None:
    """The request about the story that has not ended."""
    return RepostRequest.objects.filter(story=story, ended_at=None).select_related("owner").first()


def papers_of(requests: Iterable[RepostRequest], at: datetime) -> dict[int, tuple[Paper, ...]]:
    """The papers of each request, as the records have them at `at`."""
    requests = list(requests)
    forms = [form for request in requests for form in request.forms.all()]
    held = dossiers({form.person_id for form in forms})
    return {
        request.pk: tuple(
            _paper(form, held[form.person_id].terms, held[form.person_id].person, at)
            for form in request.forms.all()
        )
        for request in requests
    }


def request_rows(requests: Iterable[RepostRequest], at: datetime) -> list[RequestRow]:
    """Each request with its papers and its step, in the order given."""
    requests = list(requests)
    papers = papers_of(requests, at)
    signed = [one.post_id for one in requests if all(paper.stands for paper in papers[one.pk])]
    versions = Version.objects.filter(post__in=signed, dropped_at=None).select_related("post")
    passing = {
        ruling.version.post_id for ruling in rulings(versions, at, final=False) if ruling.verdict.allowed
    }
    return [
        RequestRow(
            one,
            papers[one.pk],
            standing_of(_facts(one, papers[one.pk], passes=one.post_id in passing), at),
        )
        for one in requests
    ]


def board(practice: Practice, at: datetime) -> list[RequestRow]:
    """Every request of the practice with its step, the latest first."""
    return request_rows(requests_of(practice), at)


def _paper(form: RequestForm, terms: Iterable[Terms], person: PersonFacts, at: datetime) -> Paper:
    signature = form.ceremony.signature
    consent = getattr(signature, "consent", None) if signature else None
    mine = next((one for one in terms if consent is not None and one.consent_id == consent.pk), None)
    stands = mine is not None and not any(problems(mine, person, at))
    return Paper(form, mine, stands)


def _facts(request: RepostRequest, papers: tuple[Paper, ...], *, passes: bool) -> RequestFacts:
    licences = [one for one in papers if one.form.kind == RequestForm.Kind.LICENCE]
    others = [one for one in papers if one.form.kind == RequestForm.Kind.AUTHORIZATION]
    declined = request.story.declined_at or next(
        (one.form.ceremony.finished_at for one in papers if one.is_declined), None
    )
    called_off = request.ended == RepostRequest.Ended.CALLED_OFF
    return RequestFacts(
        lapses_at=request.lapses_at,
        sent_at=request.sent_at,
        seen_at=request.seen_at,
        replied_at=request.replied_at,
        declined_at=declined,
        called_off_at=request.ended_at if called_off else None,
        gone_at=request.story.gone_at,
        licensed=bool(licences) and all(one.stands for one in licences),
        permitted=all(one.stands for one in others),
        withdrawn=any(one.is_signed and not one.stands for one in papers),
        passes=passes,
    )
