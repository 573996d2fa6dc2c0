"""Who must sign: adults, minors, emancipated and own-consent minors, the dead (R7, R26-R30)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.people.rules import (
    RepresentationFacts,
    SignerFacts,
    age_on,
    authority_stands,
    is_minor,
    who_must_sign,
)

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
DAY = AT.date()
MOTHER = RepresentationFacts(1, "Carla Ruiz", "parent", "mother, sole custody", verified_at=AT)
CHILD = SignerFacts("Bea", date(2017, 5, 5), representations=(MOTHER,))
ADULT = SignerFacts("Ana", date(1984, 3, 2))

MOMENTS = st.none() | st.integers(-300, 300).map(lambda days: AT + timedelta(days=days))
REPRESENTATIONS = st.builds(
    RepresentationFacts,
    id=st.integers(1, 9),
    representative=st.just("Somebody"),
    authority=st.sampled_from(["parent", "guardian", "health_care_agent", "executor", "other"]),
    description=st.sampled_from(["", " ", "mother"]),
    verified_at=MOMENTS,
    ended_at=MOMENTS,
    excluded_at=MOMENTS,
)
PEOPLE = st.builds(
    SignerFacts,
    called=st.just("Somebody"),
    born=st.none() | st.dates(date(1930, 1, 1), DAY),
    emancipated=st.booleans(),
    own_consent_service=st.booleans(),
    deceased_on=st.none() | st.dates(date(2020, 1, 1), date(2028, 1, 1)),
    representations=st.lists(REPRESENTATIONS, max_size=3).map(tuple),
)


def rule(facts, day=DAY):
    return who_must_sign(facts, day, AT)


class TestWhoMustSign:
    def test_an_adult_signs(self):
        assert rule(ADULT).self_may_sign
        assert rule(ADULT).sentences == ("Ana signs.",)

    def test_a_parent_signs_for_a_child_and_the_child_is_asked(self):
        asked = rule(CHILD)
        assert (asked.signs, asked.form, asked.asks_assent) == ("representative", "authorization_minor", True)
        assert asked.sentences == (
            "Bea is 9. A parent or court-named guardian signs.",
            "Carla Ruiz (parent) may sign.",
        )

    def test_nobody_can_sign_for_a_child_while_no_authority_is_verified(self):
        alone = SignerFacts("Bea", CHILD.born)
        assert not rule(alone).somebody_may_sign
        assert "look at the paper first" in rule(alone).sentences[1]

    def test_the_eighteenth_birthday_ends_a_parents_turn(self):
        eve, birthday = date(2035, 5, 4), date(2035, 5, 5)
        assert rule(CHILD, eve).representations == (MOTHER,)
        assert rule(CHILD, birthday).self_may_sign
        assert rule(CHILD, birthday).representations == ()

    def test_a_teen_with_an_own_consent_service_decides_alone(self):
        teen = SignerFacts("Kim", date(2010, 1, 1), own_consent_service=True, representations=(MOTHER,))
        assert rule(teen).self_may_sign
        assert rule(teen).representations == ()
        assert "A parent may not sign" in rule(teen).sentences[0]

    def test_an_emancipated_minor_signs_the_adult_form(self):
        teen = SignerFacts("Kim", date(2010, 1, 1), emancipated=True, representations=(MOTHER,))
        assert (rule(teen).signs, rule(teen).form, rule(teen).representations) == (
            "self",
            "authorization_adult",
            (),
        )

    def test_an_executor_signs_for_the_dead(self):
        executor = RepresentationFacts(2, "Rob Ruiz", "executor", "named in the will", verified_at=AT)
        dead = SignerFacts("Ana", ADULT.born, deceased_on=DAY, representations=(MOTHER, executor))
        assert (rule(dead).signs, rule(dead).representations) == ("executor", (executor,))

    def test_nobody_signs_while_the_birth_date_is_unknown(self):
        asked = rule(SignerFacts("Lou", None, representations=(MOTHER,)))
        assert not asked.somebody_may_sign
        assert "birth date of Lou is not known" in asked.sentences[0]

    @given(PEOPLE)
    def test_every_answer_is_consistent(self, facts):
        asked = rule(facts)
        assert asked.sentences
        assert all(authority_stands(one, AT) for one in asked.representations)
        if facts.deceased_on and facts.deceased_on <= DAY:
            assert not asked.self_may_sign
        elif facts.born and not is_minor(facts, DAY):
            assert asked.self_may_sign
            assert all(one.authority not in ("parent", "executor") for one in asked.representations)
        elif facts.born is None:
            assert not asked.somebody_may_sign
        else:
            assert asked.self_may_sign == facts.own_consent_service


class TestAuthority:
    @pytest.mark.parametrize(
        "change",
        [
            {"description": " "},
            {"verified_at": None},
            {"verified_at": AT + timedelta(seconds=1)},
            {"ended_at": AT},
            {"excluded_at": AT},
        ],
    )
    def test_falls_with_any_of_its_parts(self, change):
        assert authority_stands(MOTHER, AT)
        assert not authority_stands(RepresentationFacts(**(MOTHER.__dict__ | change)), AT)


class TestAges:
    def test_a_leap_day_child_turns_eighteen_in_march(self):
        born = date(2008, 2, 29)
        assert [age_on(born, day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [17, 18]
