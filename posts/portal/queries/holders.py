"""Who may hold a link to a person's own page, for the front desk: the person, and whoever may sign for them now."""

from dataclasses import dataclass
from datetime import datetime

from consent.people.models import ContactPoint, Person, Representation
from consent.people.queries import identity_ids, representations_of, shown_name
from consent.records.models import HolderLink

from ..rules import Authority, LinkFacts, why_over
from .links import living_links


@dataclass(frozen=True)
class Holder:
    """Somebody who may hold a link: `key` names them in forms, `links` are theirs that stand."""

    key: str
    name: str
    role: str
    language: str
    representation: Representation | None
    links: list[HolderLink]
    emails: list[ContactPoint]


def holders_of(person: Person, at: datetime) -> list[Holder]:
    """The person, unless they have died, and every representative whose authority stands at `at`."""
    links = living_links(person, at)
    rows = [
        row
        for row in representations_of(person, exclusions=False)
        if not why_over(_would_be(person, row, at), at)
    ]
    holders = [_holder(row.representative, row, links) for row in rows]
    return holders if person.deceased_on else [_holder(person, None, links), *holders]


def _holder(one: Person, row: Representation | None, links: list[HolderLink]) -> Holder:
    emails = ContactPoint.objects.filter(person__in=identity_ids(one), kind=ContactPoint.Kind.EMAIL)
    return Holder(
        key=str(row.pk) if row else "self",
        name=shown_name(one, identify=True),
        role=row.get_authority_display() if row else "",
        language=one.language,
        representation=row,
        links=[link for link in links if link.representation_id == (row.pk if row else None)],
        emails=list(emails.order_by("bounced_at", "pk")),
    )


def _would_be(person: Person, row: Representation, at: datetime) -> LinkFacts:
    """A link as it would be if it were issued now."""
    return LinkFacts(
        issued_at=at,
        ended_at=None,
        born=person.date_of_birth,
        emancipated=person.emancipated,
        deceased_on=person.deceased_on,
        zone=person.practice.time_zone,
        authority=Authority(row.authority, row.verified_at, row.ended_at, row.excluded_at),
    )
