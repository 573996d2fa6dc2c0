"""Staff open an event, print its code, stop a code, close the event."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from consent.access.models import Location
from consent.access.queries import NoFacts, facts_at, today_at
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.evidence.glyphs import undrawable
from consent.evidence.render import named_characters
from consent.signing.actions.preparing import in_a_year
from consent.wording.models import Wording

from ..models import Gathering, Poster
from ..queries import ends_at, poster_digest, wordings_for_event
from ..rules import AROUND

TOKEN_BYTES = 18


class GatheringRefused(Exception):
    """The event cannot be opened, or nothing more be printed for it; the sentence says why."""


@dataclass(frozen=True)
class Terms:
    """What an event is, and what each guest is asked."""

    name: str
    day: date
    place: str
    location: Location
    wording: Wording
    lists: Mapping[str, list[str]]
    ends_on: date
    privacy_notice: str


def open_gathering(*, terms: Terms, by: Actor, at: datetime) -> Gathering:
    """Open an event. What it offers stays as it is, so that every guest is asked the same.

    Raises `GatheringRefused` for a day that is over, an end that is not in the year after it, a list without a line,
    a form that is not in use, or a location of which nothing is recorded.
    """
    _require(terms, at)
    with recording(by=by, at=at):
        gathering = Gathering.objects.create(
            practice=terms.location.practice,
            name=terms.name,
            day=terms.day,
            place=terms.place,
            location=terms.location,
            template=terms.wording.template,
            offered={name: sorted(keys) for name, keys in terms.lists.items()},
            ends_on=terms.ends_on,
            privacy_notice=terms.privacy_notice,
            host_id=int(by.id),
            opened_at=at,
        )
        record("gathering.opened", gathering, day=terms.day, location=terms.location.pk)
    return gathering


def close_gathering(*, gathering: Gathering, by: Actor, at: datetime) -> Gathering:
    """No new guest may begin; whoever has begun may finish. A second time changes nothing."""
    with recording(by=by, at=at):
        gathering = locked(gathering)
        if gathering.closed_at is None:
            gathering.closed_at, gathering.closed_by_id = at, int(by.id)
            gathering.save(update_fields=["closed_at", "closed_by"])
            record("gathering.closed", gathering)
    return gathering


def make_poster(*, gathering: Gathering, by: Actor, at: datetime) -> str:
    """A further code for the event; its token, of which only the digest is kept. Older codes stay good.

    Raises `GatheringRefused` once the event is closed or over.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with recording(by=by, at=at):
        gathering = locked(gathering)
        if gathering.closed_at is not None or ends_at(gathering, at) <= at:
            raise GatheringRefused("This event is over. Open a new one to ask more guests.")
        poster = Poster.objects.create(
            practice_id=gathering.practice_id,
            gathering=gathering,
            token_digest=poster_digest(token),
            made_by_id=int(by.id),
            made_at=at,
        )
        record("poster.made", poster, gathering=gathering.pk)
    return token


def end_poster(*, poster: Poster, by: Actor, at: datetime) -> None:
    """This code leads to nothing from now on. A second time changes nothing."""
    with recording(by=by, at=at):
        if Poster.objects.filter(pk=poster.pk, ended_at=None).update(ended_at=at):
            record("poster.ended", poster, gathering=poster.gathering_id)


def locked(gathering: Gathering) -> Gathering:
    """The event's row as it is now, taken for update."""
    rows = Gathering.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("practice", "location", "host", "template").get(pk=gathering.pk)


def _require(terms: Terms, at: datetime) -> None:
    practice = terms.location.practice
    if terms.day < today_at(practice, at):
        raise GatheringRefused("The day of the event is over. Choose today or a day to come.")
    if not terms.day < terms.ends_on <= in_a_year(terms.day - timedelta(days=AROUND)):
        raise GatheringRefused("The permission ends after the day of the event, and less than a year later.")
    if not all(terms.lists.get(name) for name in ("elements", "platforms", "formats", "purposes")):
        raise GatheringRefused("Offer at least one line on each list: what, where, which kind of post, why.")
    if terms.wording not in wordings_for_event(practice, at):
        raise GatheringRefused("This form is not in use any more. Choose the current one.")
    if lacking := undrawable(f"{terms.name}{terms.place}{terms.privacy_notice}"):
        raise GatheringRefused(
            f"Our documents cannot print {named_characters(lacking)}. Write it in Latin letters."
        )
    try:
        facts_at(terms.location, at)
    except NoFacts as error:
        raise GatheringRefused(f"{error} Ask the owner to record it.") from error
