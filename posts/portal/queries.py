"""A person's own page, read: whose link it is, what they allowed, what they took back, where they appear."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from consent.people.models import Person
from consent.people.queries import current_name, identity_ids
from consent.records.actions import token_digest
from consent.records.models import Consent, HolderLink, Revocation
from consent.records.queries import ConsentView, binding_hold, consents_of
from consent.records.rules import Scope
from consent.wording.rules import ELEMENTS, FORMATS, PLATFORMS, PURPOSES
from posts.publishing.queries import Place, places_of

from .rules import Authority, LinkFacts, stands

OVER = frozenset({"withdrawn", "expired"})
KINDS = {"platforms": PLATFORMS, "elements": ELEMENTS}


@dataclass(frozen=True)
class Permission:
    """One consent in plain words: what, where, how and why it may be shared, and until when."""

    consent: Consent
    what: list[str]
    where: list[str]
    how: list[str]
    why: list[str]
    last_day: date | None
    until_event: str
    paid: bool
    has_copy: bool


@dataclass(frozen=True)
class Past:
    """A consent that allows nothing now: the word for it, and since when."""

    consent: Consent
    label: str
    since: datetime | None
    has_copy: bool


@dataclass(frozen=True)
class Choice:
    """One thing or place that can be stopped by itself."""

    kind: str
    key: str
    label: str


@dataclass(frozen=True)
class Withdrawal:
    """What was taken back (no words: everything), when, and whether nothing that rests on it can leave any more."""

    parts: list[str]
    received_at: datetime
    is_effective: bool


@dataclass(frozen=True)
class OwnPage:
    """All that the page shows. `held_since` is when the person asked us to stop, not yet in writing."""

    given: str
    permissions: list[Permission]
    past: list[Past]
    places: list[Place]
    held_since: datetime | None
    can_withdraw: bool

    @property
    def is_out(self) -> bool:
        """Whether anyone may see the person anywhere now."""
        return any(place.is_out for place in self.places)

    @property
    def leaving(self) -> list[Place]:
        """Where something is being taken down."""
        return [place for place in self.places if place.status == "leaving"]

    @property
    def residuals(self) -> list[str]:
        """What stays out of reach on the channels something was on, each said once."""
        said = (place.residuals for place in self.places if place.status != "stopped" and place.residuals)
        return list(dict.fromkeys(said))

    @property
    def channels(self) -> list[Choice]:
        """The places that can be stopped one by one."""
        return self._choices("platforms", PLATFORMS)

    @property
    def things(self) -> list[Choice]:
        """The things about the person that can be stopped one by one."""
        return self._choices("elements", ELEMENTS)

    def choice(self, kind: str, key: str) -> Choice | None:
        """The choice that an address names, if it is still there to be made."""
        return next(
            (one for one in (*self.channels, *self.things) if (one.kind, one.key) == (kind, key)), None
        )

    def _choices(self, kind: str, labels: dict[str, str]) -> list[Choice]:
        said = {
            label for one in self.permissions for label in (one.where if kind == "platforms" else one.what)
        }
        return [Choice(kind, key, label) for key, label in labels.items() if label in said]


def link_of_token(token: str, at: datetime) -> HolderLink | None:
    """The link behind a token, if it still opens the page at `at`."""
    return _standing(_links().filter(token_digest=token_digest(token)).first(), at)


def link_of_visit(pk: int, at: datetime) -> HolderLink | None:
    """The link that a visit began with, if it still opens the page at `at`."""
    return _standing(_links().filter(pk=pk).first(), at)


def own_page(person: Person, at: datetime) -> OwnPage:
    """The page of `person` at `at`, records merged with theirs included. A constant number of queries."""
    views = consents_of(person, at)
    hold = binding_hold(person)
    name = current_name(person)
    return OwnPage(
        given=name.given if name else person.alias,
        permissions=[_permission(view) for view in views if _allows(view.covers)],
        past=[_past(view) for view in views if not _allows(view.covers)],
        places=places_of([person.pk]),
        held_since=hold.placed_at if hold else None,
        can_withdraw=any(view.standing.key not in OVER for view in views),
    )


def last_withdrawal(person: Person) -> Withdrawal | None:
    """What was taken back the last time; None if nothing ever was."""
    rows = Revocation.objects.filter(person__in=identity_ids(person)).select_related("effect")
    last = rows.order_by("-received_at", "-pk").first()
    if last is None:
        return None
    same = list(rows.filter(received_at=last.received_at))
    words = [KINDS[kind].get(key, key) for kind, keys in last.part.items() if kind in KINDS for key in keys]
    return Withdrawal(words, last.received_at, all(hasattr(row, "effect") for row in same))


def signed_copy(person: Person, consent_id: int) -> Consent | None:
    """The person's consent with its signed document, if there is one."""
    own = Consent.objects.filter(person__in=identity_ids(person), pk=consent_id)
    return (
        own.exclude(signature__signed_document=None)
        .select_related("signature__signed_document__document")
        .first()
    )


def _links() -> QuerySet[HolderLink]:
    return HolderLink.objects.select_related("person__practice", "representation", "practice")


def _standing(link: HolderLink | None, at: datetime) -> HolderLink | None:
    return link if link is not None and stands(_facts(link), at) else None


def _facts(link: HolderLink) -> LinkFacts:
    person, authority = link.person, link.representation
    return LinkFacts(
        issued_at=link.issued_at,
        ended_at=link.ended_at,
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


def _allows(covers: Scope) -> bool:
    """Whether anything could still be shared on it: a scope without a thing or without a place covers nothing."""
    return bool(covers.elements and covers.platforms)


def _permission(view: ConsentView) -> Permission:
    terms, covers = view.terms, view.covers
    last = view.standing.at - timedelta(microseconds=1) if view.standing.at else None
    return Permission(
        consent=view.consent,
        what=_words(covers.elements, ELEMENTS),
        where=_words(covers.platforms, PLATFORMS),
        how=_words(covers.formats, FORMATS),
        why=_words(covers.purposes, PURPOSES),
        last_day=last.astimezone(ZoneInfo(terms.zone)).date() if last else None,
        until_event=dict(Consent.EndsEvent.choices).get(terms.ends_event, ""),
        paid=covers.paid,
        has_copy=_has_copy(view.consent),
    )


def _past(view: ConsentView) -> Past:
    gone = view.standing.key in ("on_file", "soon")
    label = "Withdrawn" if gone else view.standing.label
    return Past(view.consent, label, None if gone else view.standing.at, _has_copy(view.consent))


def _has_copy(consent: Consent) -> bool:
    return hasattr(consent.signature, "signed_document")


def _words(keys: Iterable[str], labels: dict[str, str]) -> list[str]:
    """The labels of `keys`, in the order of the list they come from."""
    chosen = set(keys)
    return [label for key, label in labels.items() if key in chosen]
