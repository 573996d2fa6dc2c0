"""Duties about stories that are asked for: answers, what lapses soon, papers that no link can reach."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from consent.people.models import ContactPoint
from consent.signing.queries import UNANSWERED
from posts.community.models import RepostRequest, RequestForm

from ..rules import SHOWN, SOON, WAITS, Row
from .desk import Desk

LAPSES_SOON = timedelta(days=3)


def answers_to_stories(desk: Desk) -> Iterator[Row]:
    """The member's own requests whose author answered, in a message or on the way to the forms, but signed nothing."""
    signed = RequestForm.objects.filter(request=OuterRef("pk"), ceremony__signature__isnull=False)
    rows = _own(desk).filter(~Exists(signed), replied_at__isnull=False, lapses_at__gt=desk.at)
    for one in rows.order_by("replied_at")[:SHOWN]:
        sentence = f"{one.story.handle} answered about their story, and nothing is signed yet."
        yield Row(WAITS, sentence, "community:request", one.pk, "Look at it", one.replied_at, "answered")


def stories_lapse(desk: Desk) -> Iterator[Row]:
    """The member's own requests that lapse within days, unanswered."""
    rows = _own(desk).filter(replied_at=None, lapses_at__gt=desk.at, lapses_at__lte=desk.at + LAPSES_SOON)
    for one in rows.order_by("lapses_at")[:SHOWN]:
        sentence = f"{one.story.handle} has not answered about their story."
        yield Row(SOON, sentence, "community:request", one.pk, "Look at it", one.lapses_at, "lapses")


def papers_for_stories(desk: Desk) -> Iterator[Row]:
    """Forms for a story whose signer has no verified address, so that only the desk can ask."""
    reached = ContactPoint.objects.filter(
        person=OuterRef("ceremony__signer"),
        kind=ContactPoint.Kind.EMAIL,
        verified_at__isnull=False,
        bounced_at=None,
    )
    rows = RequestForm.objects.filter(
        ~Exists(reached),
        practice=desk.practice,
        request__ended_at=None,
        request__sent_at__isnull=False,
        ceremony__state__in=UNANSWERED,
    )
    waiting = list(rows.select_related("ceremony").order_by("ceremony__prepared_at", "pk")[:SHOWN])
    names = desk.names({one.ceremony.signer_id for one in waiting})
    for one in waiting:
        what = "a licence for their story" if one.kind == RequestForm.Kind.LICENCE else "a form about a story"
        sentence = f"{names[one.ceremony.signer_id]} has no verified address. Ask them for {what}."
        yield Row(
            WAITS,
            sentence,
            "signing:ceremony",
            one.ceremony_id,
            "Open the form",
            one.ceremony.prepared_at,
            "since",
        )


def _own(desk: Desk) -> QuerySet[RepostRequest]:
    rows = RepostRequest.objects.filter(practice=desk.practice, owner=desk.member.user_id, ended_at=None)
    return rows.filter(sent_at__isnull=False, story__declined_at=None, story__gone_at=None).select_related(
        "story"
    )
