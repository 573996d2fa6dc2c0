"""Links, read: whose page a token opens, why it does not, who holds links, and where mail for a holder may go."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from consent.people.models import ContactPoint, Person
from consent.people.queries import identities, identity_ids
from consent.records.actions import token_digest
from consent.records.models import Consent, HolderLink
from consent.signing.renewing import ACCOUNT

from .. import rules
from ..rules import TOLD, Authority, LinkFacts, why_over


@dataclass(frozen=True)
class Opened:
    """What a token or a visit leads to: a link that stands, or none, and then why if its holder may be told."""

    link: HolderLink | None
    over: str = ""
    ended: HolderLink | None = None


def link_of_token(token: str, at: datetime) -> Opened:
    """What a token opens at `at`."""
    return _opened(_links().filter(token_digest=token_digest(token)).first(), at)


def link_of_visit(pk: int, at: datetime) -> Opened:
    """What the link that a visit began with opens at `at`."""
    return _opened(_links().filter(pk=pk).first(), at)


def may_know(link: HolderLink) -> bool:
    """Whether a birth date can open names and pictures to whoever holds the link."""
    alone = Person.objects.filter(pk__in=identity_ids(link.person), own_consent_service=True)
    return rules.may_know(
        born=link.person.date_of_birth,
        authority=link.representation.authority if link.representation else "",
        own_consent_service=link.representation is not None and alone.exists(),
    )


def living_links(person: Person, at: datetime) -> list[HolderLink]:
    """The links to the person's page that open it at `at`, of merged records too, the newest first."""
    rows = _links().filter(person__in=identity_ids(person), ended_at=None)
    return [link for link in rows.order_by("-pk") if not why_over(_facts(link), at)]


def holders_at(practice_id: int, digest: str, at: datetime) -> list[tuple[HolderLink, ContactPoint]]:
    """For each holder who reads mail at this checked address: their latest link that stands, and the address."""
    points = ContactPoint.objects.filter(
        practice=practice_id, kind=ContactPoint.Kind.EMAIL, digest=digest, verified_at__isnull=False
    ).order_by("pk")
    by_person = {point.person_id: point for point in points if _is_enough(point)}
    found: dict[tuple[int, int | None], tuple[HolderLink, ContactPoint]] = {}
    for link in _held_by(by_person, at):
        halves = identities([_holder(link).pk])[_holder(link).pk]
        point = next(by_person[pk] for pk in by_person if pk in halves)
        found.setdefault((min(identity_ids(link.person)), link.representation_id), (link, point))
    return list(found.values())


def mail_of(link: HolderLink) -> ContactPoint | None:
    """The checked e-mail address of whoever holds the link."""
    points = ContactPoint.objects.filter(
        person__in=identity_ids(_holder(link)), kind=ContactPoint.Kind.EMAIL, verified_at__isnull=False
    )
    found = points.filter(bounced_at=None).order_by("-verified_at", "pk")
    return next((point for point in found if _is_enough(point)), None)


def _is_enough(point: ContactPoint) -> bool:
    """Whether the page may be mailed there: an account in public stands for nobody who signed about their health."""
    if point.verified_how != ACCOUNT:
        return True
    papers = Consent.objects.filter(Q(person=point.person_id) | Q(signer=point.person_id))
    return not papers.exclude(kind=Consent.Kind.LICENCE).exists()


def _held_by(people: Collection[int], at: datetime) -> list[HolderLink]:
    """The standing links that these people hold, for themselves or for others, the newest first."""
    everyone: set[int] = set().union(*identities(people).values()) if people else set()
    own = _links().filter(person__in=everyone, representation=None)
    for_others = _links().filter(representation__representative__in=everyone)
    rows = sorted([*own, *for_others], key=lambda link: link.pk, reverse=True)
    return [link for link in rows if not why_over(_facts(link, ended=False), at)]


def _holder(link: HolderLink) -> Person:
    return link.representation.representative if link.representation else link.person


def _links() -> QuerySet[HolderLink]:
    return HolderLink.objects.select_related("person__practice", "representation__representative", "practice")


def _opened(link: HolderLink | None, at: datetime) -> Opened:
    if link is None:
        return Opened(None)
    over = why_over(_facts(link), at)
    return Opened(None, over, link) if over in TOLD else Opened(None if over else link)


def _facts(link: HolderLink, *, ended: bool = True) -> LinkFacts:
    """What decides whether the link stands; without `ended`, whether a new one for the same holder would."""
    person, authority = link.person, link.representation
    return LinkFacts(
        issued_at=link.issued_at,
        ended_at=link.ended_at if ended else None,
        born=person.date_of_birth,
        emancipated=person.emancipated,
        deceased_on=person.deceased_on,
        zone=link.practice.time_zone,
        authority=Authority(
            authority.authority, authority.verified_at, authority.ended_at, authority.excluded_at
        )
        if authority
        else None,
    )
