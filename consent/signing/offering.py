"""Which forms somebody can be asked with, what each of them asks, and what somebody made."""

from datetime import datetime

from django.db.models import Q, QuerySet

from consent.evidence.rules import TICKED_LISTS
from consent.media.models import Asset
from consent.media.queries import pictures
from consent.people.models import Person
from consent.people.queries import identity_ids
from consent.wording.models import Wording
from consent.wording.queries import wordings_of, wordings_on_offer
from consent.wording.rules import AUTHORIZATIONS

RELEASE, LICENCE = "staff_release", "author_licence"


def wordings_for(person: Person, kind: str, at: datetime, also: str = "") -> list[Wording]:
    """The forms that this person can be asked with, their language first.

    `kind` is the permission that fits their age; staff are asked for a release, authors for a licence, and with `also`
    anybody for it: whoever posted something in public is its author (R96).
    """
    languages = set(wordings_of(person.practice).values_list("language", flat=True))
    in_order = sorted(languages, key=lambda language: (language != person.language, language))
    return [
        wording
        for language in in_order
        for one in _kinds(person, kind, at, also)
        for wording in wordings_on_offer(person.practice, one, language, at)
    ]


def _kinds(person: Person, kind: str, at: datetime, also: str) -> list[str]:
    """Which kinds of form, the likeliest first."""
    now = person.relations.filter(Q(until=None) | Q(until__gt=at.date()))
    relations = set(now.values_list("kind", flat=True))
    staff = person.user_id is not None or "staff" in relations
    made = "author" in relations or also == LICENCE or works_of(person).exists()
    kinds = [RELEASE] * staff + [kind]
    if not made:
        return kinds
    return [LICENCE, *kinds] if relations == {"author"} else [*kinds, LICENCE]


def is_of_health(wording: Wording) -> bool:
    """Whether the form is about a patient: not a member's release, nor an author's licence, nor a policy."""
    return wording.template.kind in AUTHORIZATIONS


def is_licence(wording: Wording) -> bool:
    """Whether the form is an author's, about what they made."""
    return wording.template.kind == LICENCE


def lists_of_scope(wording: Wording) -> tuple[str, ...]:
    """The lists of the scope that the signer has to mark: all four for a patient; otherwise those of the form."""
    asked = wording.form().asked
    return tuple(name for name in TICKED_LISTS if name in asked or is_of_health(wording))


def works_of(person: Person) -> QuerySet[Asset]:
    """The pictures that this person made, whoever is in them, the newest first."""
    return pictures(person.practice).filter(source=Asset.Source.USER, author__in=identity_ids(person))
