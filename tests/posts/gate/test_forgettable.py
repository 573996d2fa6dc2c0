"""What a decision keeps for good says nothing that identifies, and still decides alike (45 CFR 164.514(b)(2)(i)(C))."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.records.rules import REPRESENTATIVE, PersonFacts, Terms
from posts.gate.decide import decide
from posts.gate.facts import AuthorFacts, OriginFacts, PostFacts
from posts.gate.kept import forgettable, to_json
from tests.facts import ANA, CONSENT, PICTURE, POST, someone

ZONES = ("America/New_York", "Pacific/Honolulu", "Pacific/Kiritimati", "UTC")
FIRST = datetime(2024, 2, 26, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=1465)).map(lambda later: FIRST + later)
MIDNIGHTS = st.builds(
    lambda days, hours: FIRST + timedelta(days=days, hours=hours),
    st.integers(1, 5),
    st.integers(0, 23),
)
BORN = st.one_of(
    st.none(), st.dates(date(1990, 1, 1), date(2011, 1, 1)), st.dates(date(2006, 2, 25), date(2006, 3, 4))
)
DIED = st.one_of(
    st.none(), st.dates(date(1972, 1, 1), date(2030, 1, 1)), st.dates(date(2024, 2, 26), date(2024, 3, 3))
)
PEOPLE = st.builds(
    someone, st.just(1), born=BORN, deceased_on=DIED, emancipated=st.booleans(), own_consent_service=st.booleans()
)  # fmt: skip


@st.composite
def consents(draw: st.DrawFn, kind: str) -> tuple[Terms, ...]:
    """Up to three, signed by anyone, anywhere, around days on which people turn 18."""
    found = []
    for number in range(draw(st.integers(0, 3))):
        signed = draw(st.one_of(MOMENTS, MIDNIGHTS))
        role = draw(st.sampled_from(["self", REPRESENTATIVE]))
        authority = draw(st.sampled_from(["parent", "executor", "guardian"])) if role != "self" else ""
        one = replace(
            CONSENT,
            consent_id=number,
            kind=kind,
            zone=draw(st.sampled_from(ZONES)),
            signer_role=role,
            authority=authority,
            authority_described=True,
            authority_verified=True,
            signed_at=signed,
            effective_from=signed,
            ends_on=date(2029, 1, 1),
        )
        found.append(one)
    return tuple(found)


@st.composite
def posts(draw: st.DrawFn) -> PostFacts:
    author = AuthorFacts(draw(PEOPLE), draw(consents("licence")))
    return replace(
        POST,
        at=draw(st.one_of(MOMENTS, MIDNIGHTS)),
        people=(replace(ANA, person=draw(PEOPLE), consents=draw(consents("authorization"))),),
        pictures=(replace(PICTURE, author=draw(st.sampled_from([None, AuthorFacts(), author]))),),
        origin=draw(st.sampled_from([None, OriginFacts(author, None)])),
    )


def days_kept(person: PersonFacts, *given: Terms) -> tuple[date | None, date | None]:
    kept = forgettable(replace(POST, people=(replace(ANA, person=person, consents=given),))).people[0].person
    return kept.born, kept.deceased_on


class TestWhatADecisionKeeps:
    @given(posts())
    def test_decides_like_what_was_known(self, facts: PostFacts) -> None:
        assert decide(forgettable(facts)) == decide(facts)

    @given(posts())
    def test_stays_what_it_is_when_kept_again(self, facts: PostFacts) -> None:
        assert forgettable(forgettable(facts)) == forgettable(facts)

    @pytest.mark.parametrize("born", [date(1984, 3, 2), date(1931, 7, 9), date(2007, 1, 1)])
    def test_has_no_birth_date_of_an_adult(self, born: date) -> None:
        assert days_kept(someone(1, born=born), CONSENT) == (None, None)

    def test_tells_two_children_of_an_age_apart_by_nothing(self) -> None:
        signed = replace(CONSENT, signer_role=REPRESENTATIVE, authority="parent")
        children = [someone(1, born=day) for day in (date(2013, 5, 4), date(2020, 12, 24))]
        assert len({days_kept(child, signed) for child in children}) == 1

    def test_tells_two_of_the_dead_apart_by_nothing(self) -> None:
        dead = [someone(1, deceased_on=day) for day in (date(2026, 7, 1), date(2003, 1, 20))]
        assert len({days_kept(one, CONSENT) for one in dead}) == 1

    def test_names_neither_day_anywhere(self) -> None:
        gone = someone(1, born=date(2015, 8, 17), deceased_on=date(2024, 4, 9))
        facts = replace(POST, people=(replace(ANA, person=gone),))
        for day in ("2015-08-17", "2024-04-09"):
            assert day in str(to_json(facts))
            assert day not in str(to_json(forgettable(facts)))
