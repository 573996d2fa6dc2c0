"""A person's own page, read: what they allowed, what they took back, where they appear."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from consent.media.models import Appearance
from consent.people.models import Person
from consent.people.queries import current_name, identities_confirmed, identity_ids
from consent.records.models import Consent, Revocation
from consent.records.queries import ConsentView, Dossier, binding_hold, consents_of, dossiers, erased_files
from consent.records.rules import ANY, Scope, allows_anything, remaining
from posts.publishing.queries import Place, places_of

from ..texts import day_said, named, residual, text, words

OVER = frozenset({"withdrawn", "expired"})
SHOWING = frozenset({"coming", "live", "unknown"})


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
    only: str
    is_licence: bool = False


@dataclass(frozen=True)
class Past:
    """A consent that allows nothing now: the word for it, and since when."""

    consent: Consent
    label: str
    since: datetime | None
    has_copy: bool


@dataclass(frozen=True)
class Choice:
    """One thing, place or picture (at `address`) that can be stopped by itself."""

    kind: str
    key: str
    label: str
    address: str = ""


@dataclass(frozen=True)
class Withdrawal:
    """What was taken back (no words: everything), when, and whether nothing that rests on it can leave any more."""

    parts: list[str]
    received_at: datetime
    is_effective: bool


@dataclass(frozen=True)
class Followed:
    """A withdrawal, and what has come down because of it."""

    withdrawal: Withdrawal
    removed: list[Place]

    @property
    def last_removed(self) -> datetime | None:
        """When the last of it came down."""
        return max((place.removed_at for place in self.removed if place.removed_at), default=None)


@dataclass(frozen=True)
class OwnPage:
    """All that the page shows. `held_since` is when the person asked us to stop, not yet in writing."""

    given: str
    permissions: list[Permission]
    past: list[Past]
    places: list[Place]
    pictures: list[Choice]
    held_since: datetime | None
    can_withdraw: bool
    channels: list[Choice] = field(default_factory=list)
    things: list[Choice] = field(default_factory=list)
    papers: list[Choice] = field(default_factory=list)
    residuals: list[str] = field(default_factory=list)

    @property
    def is_out(self) -> bool:
        """Whether anyone may see the person anywhere now."""
        return any(place.is_out for place in self.places)

    @property
    def leaving(self) -> list[Place]:
        """Where something is being taken down."""
        return [place for place in self.places if place.status == "leaving"]

    def removed_since(self, at: datetime) -> list[Place]:
        """What has come down of what had to since `at`."""
        return [one for one in self.places if one.removed_at and one.owed_at and one.owed_at >= at]

    def choice(self, kind: str, key: str) -> Choice | None:
        """The choice that an address names, if it is still there to be made."""
        choices = (*self.channels, *self.things, *self.pictures, *self.papers)
        return next((one for one in choices if (one.kind, one.key) == (kind, key)), None)


def own_page(person: Person, language: str, at: datetime) -> OwnPage:
    """The page of `person` at `at`, records merged with theirs included. A constant number of queries."""
    views = consents_of(person, at)
    living = [view for view in views if _allows(view)]
    places, hold, name = places_of([person.pk]), binding_hold(person), current_name(person)
    return OwnPage(
        given=name.given if name else person.alias,
        permissions=[_permission(view, language) for view in living],
        past=[_past(view, language) for view in views if not _allows(view)],
        places=places,
        pictures=_pictures(person, places, living, language),
        held_since=hold.placed_at if hold else None,
        can_withdraw=any(view.standing.key not in OVER for view in views),
        channels=_choices(living, "platforms", language),
        things=_choices(living, "elements", language),
        papers=[Choice("consents", str(view.consent.pk), _called(view.consent, language)) for view in living],
        residuals=_residuals(places, language),
    )


def withdrawals(person: Person, language: str) -> list[Withdrawal]:
    """What was taken back, the last first; what came in at one moment is one withdrawal."""
    rows = Revocation.objects.filter(person__in=identity_ids(person))
    rows = rows.select_related("effect", "consent__practice").order_by("-received_at", "pk")
    dossier, found = dossiers([person.pk])[person.pk], []
    for received_at, group in groupby(rows, key=lambda row: row.received_at):
        same = list(group)
        whole = [row.consent for row in same if not row.part]
        parts = [] if whole else _parts(same[0], language)
        if whole and _leaves_any(dossier, received_at):
            parts = [_called(consent, language) for consent in whole]
        found.append(Withdrawal(parts, received_at, all(hasattr(row, "effect") for row in same)))
    return found


def _leaves_any(dossier: Dossier, at: datetime) -> bool:
    """Whether anything could still be shared right after the withdrawal at `at`."""
    return any(allows_anything(one.kind, remaining(one, dossier.person, at)) for one in dossier.terms)


def what_followed(found: OwnPage, withdrawn: Sequence[Withdrawal]) -> list[Followed]:
    """What came down after each withdrawal but the last, until the next one; the latest of them first."""
    return [
        Followed(one, [place for place in found.removed_since(one.received_at) if place not in since])
        for later, one in pairwise(withdrawn)
        for since in [found.removed_since(later.received_at)]
    ]


def signed_copy(person: Person, consent_id: int) -> Consent | None:
    """The person's consent with its signed document, if there is one and its file was not erased.

    Of a merged record only once two people said that both are one: the form could be another human being's.
    """
    theirs = identities_confirmed([person.pk])[person.pk].permitting
    own = Consent.objects.filter(person__in=theirs, pk=consent_id)
    return (
        own.exclude(signature__signed_document=None)
        .exclude(pk__in=erased_files([consent_id]))
        .select_related("signature__signed_document__document")
        .first()
    )


def _parts(row: Revocation, language: str) -> list[str]:
    """What a withdrawal of a part was about, in words."""
    said = [
        word for kind in ("platforms", "elements") for word in words(language, kind, row.part.get(kind, ()))
    ]
    return [*said, *(text(language, "stop.a_picture") for _ in row.part.get("assets", ()))]


def _allows(view: ConsentView) -> bool:
    """Whether anything could still be shared on it."""
    return allows_anything(view.consent.kind, view.covers)


def _called(consent: Consent, language: str) -> str:
    """A paper by what it is and the day on which it was signed."""
    kind = "licence" if consent.kind == Consent.Kind.LICENCE else "permission"
    zone = ZoneInfo(consent.practice.time_zone)
    day = day_said(language, consent.signed_at.astimezone(zone).date())
    return text(language, f"paper.{kind}").format(day=day)


def _choices(living: Sequence[ConsentView], kind: str, language: str) -> list[Choice]:
    """What of a kind can be stopped one by one."""
    keys = {key for view in living for key in getattr(view.covers, kind)}
    return [Choice(kind, key, label) for key, label in named(language, kind) if key in keys]


def _pictures(
    person: Person, places: Sequence[Place], living: Sequence[ConsentView], language: str
) -> list[Choice]:
    """The pictures that show the person, are out or planned, and can be stopped one by one, numbered."""
    shown = {
        picture.asset: picture.address
        for place in places
        if place.status in SHOWING
        for picture in place.pictures
    }
    own = Appearance.objects.filter(
        person__in=identity_ids(person), asset__in=shown, removed_at=None, masked=False
    ).values_list("asset", flat=True)
    return [
        Choice("assets", str(asset), text(language, "stop.numbered").format(number=number), shown[asset])
        for number, asset in enumerate(sorted(set(own)) if living else (), start=1)
    ]


def _residuals(places: Sequence[Place], language: str) -> list[str]:
    """What stays out of reach on the channels something was on, each said once."""
    said = (place.residuals for place in places if place.status != "stopped" and place.residuals)
    return [residual(language, sentence) for sentence in dict.fromkeys(said)]


def _permission(view: ConsentView, language: str) -> Permission:
    terms, covers = view.terms, view.covers
    last = view.standing.at - timedelta(microseconds=1) if view.standing.at else None
    return Permission(
        consent=view.consent,
        what=words(language, "elements", covers.elements),
        where=words(language, "platforms", covers.platforms),
        how=words(language, "formats", covers.formats) + words(language, "edits", covers.edits),
        why=words(language, "purposes", covers.purposes),
        last_day=last.astimezone(ZoneInfo(terms.zone)).date() if last else None,
        until_event=text(language, f"ends.{terms.ends_event}") if _is_event(terms.ends_event) else "",
        paid=covers.paid,
        has_copy=view.has_document,
        only=_only(covers, language),
        is_licence=view.consent.kind == Consent.Kind.LICENCE,
    )


def _only(covers: Scope, language: str) -> str:
    """For which post or story alone it is, empty if for any: as it was shown, or one that the paper names (R25, R96).

    A licence that names none is for what its author made, wherever that is.
    """
    if ANY in covers.posts or not (covers.posts or covers.elements):
        return ""
    if covers.stories:
        return text(language, "page.only_story")
    shown = all("#" in post for post in covers.posts)
    return text(language, "page.only_shown" if shown else "page.only_named")


def _is_event(key: str) -> bool:
    return key in Consent.EndsEvent.values


def _past(view: ConsentView, language: str) -> Past:
    gone = view.standing.key in ("on_file", "soon")
    label = text(language, f"standing.{'withdrawn' if gone else view.standing.key}")
    return Past(view.consent, label, None if gone else view.standing.at, view.has_document)
