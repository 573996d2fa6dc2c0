"""The gate asked about later instants: nothing changes between two turns, and no pause in between is missed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import event, given, settings
from hypothesis import strategies as st

from consent.records.queries import Dossier
from consent.records.rules import RevocationFact, Terms
from posts.clearance.queries import Outlook
from posts.clearance.queries.places import Held, Places
from posts.clearance.queries.reader import Reader
from posts.clearance.queries.said import Said
from posts.clearance.queries.seen import Seen
from posts.content.models import Version
from posts.content.queries import Content, Given
from posts.content.rules import NOTHING_CLAIMED, DeclaredPerson, Payload
from posts.reports.queries.forecast import first_pause
from tests.facts import ADULT, BY_MOTHER, CONSENT, OHIO

AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
UNTIL = AT + timedelta(days=90)
HOUR = timedelta(hours=1)
ZONES = ["America/New_York", "UTC", "Pacific/Auckland", "Pacific/Honolulu"]
LONG_AGO = date(2020, 1, 1)
COMING = st.dates(AT.date() + timedelta(days=1), UNTIL.date() + timedelta(days=2))
MOMENTS = st.datetimes(
    AT.replace(tzinfo=None) + HOUR, UNTIL.replace(tzinfo=None) + 2 * HOUR, timezones=st.just(UTC)
)
# What may be on record of a consent beside what makes it good: what ends it, and what has still to come.
ENDING: dict[str, st.SearchStrategy[Any]] = {
    "ends_on": COMING | st.none(),
    "event_occurred_at": MOMENTS,
    "held_since": MOMENTS,
    "withdrawn_elsewhere_at": MOMENTS,
    "authority_ended_at": MOMENTS,
    "invalidated_at": MOMENTS,
    "revocations": st.lists(
        st.builds(RevocationFact, MOMENTS, st.sampled_from([{}, {"elements": frozenset({"first_name"})}])),
        max_size=2,
    ).map(tuple),
    # A year and 180 days before the window: what California and Texas count.
    "signed_at": MOMENTS.map(lambda at: at - timedelta(days=365))
    | MOMENTS.map(lambda at: at - timedelta(days=180)),
}
BEGINNING: dict[str, st.SearchStrategy[Any]] = {
    "effective_from": MOMENTS,
    "copy_given_at": MOMENTS,
    "notarized_on": COMING,
}
PLACES = st.sampled_from(
    [
        OHIO,
        replace(OHIO, state="CA"),
        replace(OHIO, state="NJ", profession="psychologist"),
        replace(OHIO, state="TX", hospital=True),
    ]
)


def coming_of_age(birthday: date) -> date:
    """Born so that the 18th birthday is this day."""
    return birthday.replace(year=birthday.year - 18)


@st.composite
def consents(draw: st.DrawFn, child: bool, *more: str) -> Terms:
    """A consent that is good but for a few facts of its own about days to come."""
    names = draw(
        st.lists(st.sampled_from(sorted(ENDING)), min_size=0 if more else 1, max_size=1, unique=True)
    )
    known = {name: draw((ENDING | BEGINNING)[name]) for name in [*names, *more]}
    known |= {"invalidated": "a forged signature"} if "invalidated_at" in known else {}
    known |= {"ends_event": "end_of_campaign"} if known.get("ends_on", ...) is None else {}
    known |= BY_MOTHER if child else {}
    form = replace(CONSENT, zone=draw(st.sampled_from(ZONES)), print_points=14, stands_alone=True)
    return replace(form, wording_effective_from=form.signed_at - timedelta(days=400), **known)


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """Someone with a consent that ends and others that begin, perhaps about to come of age, or to be held."""
    child = draw(st.booleans())
    person = replace(
        ADULT,
        born=draw(COMING.map(coming_of_age)) if child else ADULT.born,
        held_since=draw(st.none() | st.none() | MOMENTS),
        deceased_on=draw(
            st.none()
            | st.none()
            | st.none()
            | COMING
            | COMING.map(lambda day: day.replace(year=day.year - 50))
        ),
    )
    begun = draw(st.lists(st.sampled_from(sorted(BEGINNING)), max_size=2, unique=True))
    later = [replace(draw(consents(False, name)), consent_id=2 + n) for n, name in enumerate(begun)]
    return Dossier(person, (draw(consents(child)), *later))


@st.composite
def places(draw: st.DrawFn) -> list[Held]:
    """What holds at a location since long ago, and what is recorded for later."""
    later = draw(st.lists(COMING, max_size=2, unique=True))
    entities = st.sampled_from(["Riverbend LLC", "Riverbend LLC", "Hilltop LLC"])
    held = [Held(LONG_AGO, "Riverbend LLC", OHIO)]
    return held + [Held(day, draw(entities), draw(PLACES)) for day in sorted(later)]


@st.composite
def agencies(draw: st.DrawFn) -> Given:
    """Who works for the practice under an agreement of so many days."""
    begins, ends = draw(st.just(LONG_AGO) | COMING), draw(st.none() | COMING)
    return Given(5, acts_for_us=True, agreement_from=begins, agreement_until=ends, ended_at=None)


def content(given_to: tuple[Given, ...]) -> Content:
    """A post that mentions Ana on the practice's Instagram."""
    payload = Payload(
        version=1,
        account=1,
        kind="post",
        format="post",
        purpose="testimonial",
        paid=False,
        third_party_pays=False,
        caption="Ana rang the bell.",
        disclosure="",
        media=(),
        people=(DeclaredPerson(ADULT.id, ("first_name",), "patient", None),),
        claims=NOTHING_CLAIMED,
        recipients=tuple(one.recipient for one in given_to),
    )
    return Content(
        version=1,
        practice=1,
        post=1,
        author=1,
        account=1,
        platform="instagram",
        audience="public",
        adapter="by_hand",
        account_open=True,
        discloser=1,
        location=2,
        origin_gone_at=None,
        payload=payload,
        pictures=(),
        given_to=given_to,
    )


def outlook(dossier: Dossier, *held: list[Held], given_to: tuple[Given, ...] = ()) -> Outlook:
    """The version with what is on record; `held` at the channel's location and at the post's."""
    known = Places(dict(enumerate(held, 1)), switches={1: {}}, detectors={1: frozenset()})
    approval = {"what": "approval", "digest": content(given_to).payload.digest, "by_whom": 2, "good": 1}
    attested = {**approval, "what": "attestation"}
    rows = [{"version_id": 1, "id": 1, "at": AT - 2 * HOUR, **row} for row in (approval, attested)]
    return Outlook(
        Version(pk=1), Reader({1: content(given_to)}, {ADULT.id: dossier}, known, Said(rows), Seen())
    )


@st.composite
def outlooks(draw: st.DrawFn) -> Outlook:
    """A version of which much is on record about days to come."""
    given_to = draw(st.just(()) | agencies().map(lambda one: (one,)))
    return outlook(draw(dossiers()), draw(places()), draw(places()), given_to=given_to)


def every_few_hours() -> Iterator[datetime]:
    """Many instants of the window, at no round time of day."""
    moment = AT
    while moment <= UNTIL:
        yield moment
        moment += timedelta(hours=5, minutes=7)


class TestTurns:
    @settings(max_examples=40, deadline=None)
    @given(outlooks())
    def test_between_two_of_them_the_gate_says_the_same(self, one: Outlook) -> None:
        turns = [AT, *one.turns(AT, UNTIL)]
        said = {turn: one.ruling(turn).verdict for turn in turns}
        just_before = [turn - timedelta(microseconds=1) for turn in turns[1:]]
        for moment in [*every_few_hours(), *just_before]:
            latest = max((turn for turn in turns if turn <= moment), default=AT)
            assert one.ruling(moment).verdict == said[latest]
        event(f"{len({verdict.allowed for verdict in said.values()})} answers")

    def test_are_none_where_nothing_dated_is_near(self) -> None:
        forever = Dossier(ADULT, (CONSENT,))
        held = [Held(LONG_AGO, "Riverbend LLC", OHIO)]
        assert outlook(forever, held, held).turns(AT, AT + timedelta(days=4)) == []


class TestFirstPause:
    @settings(max_examples=40, deadline=None)
    @given(outlooks())
    def test_is_the_one_that_asking_every_few_hours_finds(self, one: Outlook) -> None:
        if not one.ruling(AT).verdict.allowed:
            return
        found = first_pause(one, AT, UNTIL)
        stops, again = (found[0].facts.at, found[1]) if found else (None, None)
        event("never" if stops is None else "for good" if again is None else "for a while")
        for moment in every_few_hours():
            paused = stops is not None and stops <= moment
            if again is not None and moment >= again:
                break
            assert one.ruling(moment).verdict.allowed is not paused
        if again is not None:
            assert one.ruling(again).verdict.allowed

    def test_of_an_agreement_that_is_renewed_from_a_later_day_is_told(self) -> None:
        """What each of them ends on that day, and the next consent begins a week later."""
        ends, begins = date(2026, 12, 10), datetime(2026, 12, 18, 9, 0, tzinfo=UTC)
        pair = (replace(CONSENT, ends_on=ends), replace(CONSENT, consent_id=2, effective_from=begins))
        held = [Held(LONG_AGO, "Riverbend LLC", OHIO)]
        found = first_pause(outlook(Dossier(ADULT, pair), held, held), AT, UNTIL)
        assert found is not None
        assert found[0].facts.at == datetime.combine(
            ends + timedelta(days=1), time.min, ZoneInfo(CONSENT.zone)
        )
        assert found[1] == begins

    def test_knows_what_is_recorded_of_a_place_for_later(self) -> None:
        held = [Held(LONG_AGO, "Riverbend LLC", OHIO)]
        moved = [
            *held,
            Held(date(2026, 12, 1), "Hilltop LLC", OHIO),
            Held(date(2026, 12, 8), "Riverbend LLC", OHIO),
        ]
        found = first_pause(outlook(Dossier(ADULT, (CONSENT,)), moved, held), AT, UNTIL)
        assert found is not None
        assert [reason.code for reason in found[0].verdict.reasons] == ["DISCLOSER_MISMATCH"]
        assert found[0].facts.at == datetime(2026, 12, 1, tzinfo=UTC)
        assert found[1] == datetime(2026, 12, 8, tzinfo=UTC)

    def test_knows_the_last_day_of_an_agreement(self) -> None:
        held = [Held(LONG_AGO, "Riverbend LLC", OHIO)]
        agency = Given(
            5, acts_for_us=True, agreement_from=LONG_AGO, agreement_until=date(2026, 12, 20), ended_at=None
        )
        found = first_pause(outlook(Dossier(ADULT, (CONSENT,)), held, held, given_to=(agency,)), AT, UNTIL)
        assert found is not None
        assert "BAA_MISSING" in {reason.code for reason in found[0].verdict.reasons}
        assert found[0].facts.at == datetime(2026, 12, 21, tzinfo=UTC)
