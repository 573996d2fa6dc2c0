"""What holds of every decision, whatever the facts: Hypothesis looks for a counterexample.

Monotone, closed on ignorance, unstitched, closed for ever once closed by time, symmetric in people, and mended by what
the remedy says (R1, R24, R25, R42).
"""

from dataclasses import MISSING, Field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.records.rules import ENDING_EVENTS, RevocationFact, Scope, Terms
from posts.gate.decide import decide
from posts.gate.facts import AppearanceFacts, ClearingFacts, FindingFacts, PostFacts
from posts.gate.kept import from_json, to_json
from tests.facts import ANA, AT, CONSENT, PICTURE, POST, SCOPE, SIGNED, someone

DAYS = st.integers(-400, 800).map(lambda days: AT + timedelta(days=days))
SOME = {
    "elements": st.frozensets(st.sampled_from(["first_name", "face", "condition", "quote"])),
    "platforms": st.frozensets(st.sampled_from(["instagram", "facebook", "website"])),
    "formats": st.frozensets(st.sampled_from(["post", "reel", "story"])),
    "purposes": st.frozensets(st.sampled_from(["testimonial", "education"])),
    "assets": st.frozensets(st.sampled_from(["7", "8", "*"])),
    "posts": st.frozensets(st.sampled_from(["1", "2", "1#seen", "*"])),
    "recipients": st.frozensets(st.sampled_from(["3", "4"])),
}
SCOPES = st.builds(Scope, paid=st.booleans(), series=st.booleans(), **SOME)
PARTS = st.fixed_dictionaries({}, optional={"elements": SOME["elements"], "platforms": SOME["platforms"]})
REVOCATIONS = st.builds(RevocationFact, DAYS, PARTS)


NUMBERS = st.integers(1, 9)


def terms(numbers: st.SearchStrategy[int] = NUMBERS) -> st.SearchStrategy[Terms]:
    """Consents, most of them good in most respects."""
    return st.builds(
        replace,
        st.just(CONSENT),
        consent_id=numbers,
        scope=st.one_of(st.just(SCOPE), SCOPES),
        effective_from=st.one_of(st.just(SIGNED), DAYS),
        ends_on=st.one_of(
            st.just(date(2027, 5, 31)), st.none(), st.dates(date(2026, 1, 1), date(2028, 1, 1))
        ),
        ends_event=st.sampled_from(["", "none", *sorted(ENDING_EVENTS)]),
        event_occurred_at=st.one_of(st.none(), DAYS),
        copy_given_at=st.one_of(st.just(SIGNED), st.none(), DAYS),
        held_since=st.one_of(st.none(), DAYS),
        defects=st.frozensets(st.sampled_from(["compound", "conditioned"]), max_size=1),
        revocations=st.lists(REVOCATIONS, max_size=2).map(tuple),
        invalidated_at=st.none(),
    )


def appearances(number: int = 1) -> st.SearchStrategy[AppearanceFacts]:
    """Someone in the post, with up to three consents."""
    return st.builds(
        replace,
        st.just(ANA),
        person=st.builds(
            someone,
            st.just(number),
            born=st.one_of(st.just(date(1984, 3, 2)), st.none(), st.just(date(2008, 11, 20))),
            deceased_on=st.one_of(st.none(), st.dates(date(1960, 1, 1), date(2027, 1, 1))),
            held_since=st.one_of(st.none(), DAYS),
        ),
        in_words=SOME["elements"],
        consents=st.lists(terms(), max_size=3, unique_by=lambda one: one.consent_id).map(tuple),
    )


POSTS = st.builds(
    replace,
    st.just(POST),
    people=st.tuples(appearances(1), appearances(2)),
    format=st.sampled_from(["post", "reel", "story"]),
    purpose=st.sampled_from(["testimonial", "education"]),
    paid=st.booleans(),
    shown=st.sampled_from(["", "seen", "changed"]),
)


def at(facts: PostFacts, moment: datetime) -> PostFacts:
    return replace(facts, at=moment)


class TestTakingPermissionAway:
    @given(POSTS, st.sampled_from([0, 1]), st.data())
    def test_never_opens(self, facts: PostFacts, who: int, data: st.DataObject) -> None:
        someone_in_it = facts.people[who]
        if not someone_in_it.consents:
            return
        which = data.draw(st.integers(0, len(someone_in_it.consents) - 1))
        consent = someone_in_it.consents[which]
        less = data.draw(st.sampled_from([_narrowed, _revoked, _held, _gone]))(consent, data)
        consents = [one for one in someone_in_it.consents if one is not consent]
        people = list(facts.people)
        people[who] = replace(someone_in_it, consents=tuple(consents) + ((less,) if less else ()))
        assert decide(facts).allowed or not decide(replace(facts, people=tuple(people))).allowed


def _narrowed(consent: Terms, data: st.DataObject) -> Terms:
    name = data.draw(st.sampled_from(Scope.LISTS))
    fewer = data.draw(st.frozensets(st.sampled_from(sorted(getattr(consent.scope, name)) or ["nothing"])))
    smaller: Any = {name: fewer & getattr(consent.scope, name)}
    return replace(consent, scope=replace(consent.scope, **smaller))


def _revoked(consent: Terms, data: st.DataObject) -> Terms:
    return replace(consent, revocations=(*consent.revocations, data.draw(REVOCATIONS)))


def _held(consent: Terms, data: st.DataObject) -> Terms:
    earliest = min(filter(None, (consent.held_since, data.draw(DAYS))))
    return replace(consent, held_since=earliest)


def _gone(consent: Terms, data: st.DataObject) -> None:
    return None


def _forgettable(kind: type) -> list[Field[Any]]:
    """The facts that may be left out; those without a default cannot even be forgotten."""
    return [
        field
        for field in fields(kind)
        if field.default is not MISSING or field.default_factory is not MISSING
    ]


def _default(field: Field[Any]) -> Any:
    """What it means to know nothing of it."""
    if field.default is not MISSING:
        return field.default
    assert field.default_factory is not MISSING
    return field.default_factory()


class TestKnowingLess:
    """Closed on ignorance: a fact that is left out never opens the gate."""

    @pytest.mark.parametrize("name", [field.name for field in _forgettable(PostFacts)])
    @given(facts=POSTS)
    def test_of_a_post_never_opens(self, name: str, facts: PostFacts) -> None:
        field = next(field for field in fields(PostFacts) if field.name == name)
        less = replace(facts, **{name: _default(field)})
        assert decide(facts).allowed or not decide(less).allowed

    @pytest.mark.parametrize("name", [field.name for field in _forgettable(Terms)])
    @given(consent=terms(st.just(1)))
    def test_of_a_consent_never_opens(self, name: str, consent: Terms) -> None:
        field = next(field for field in fields(Terms) if field.name == name)
        facts = replace(POST, people=(replace(ANA, consents=(consent,)),))
        less = replace(POST, people=(replace(ANA, consents=(replace(consent, **{name: _default(field)}),)),))
        assert decide(facts).allowed or not decide(less).allowed

    @pytest.mark.parametrize("name", [field.name for field in _forgettable(type(PICTURE))])
    def test_of_a_picture_closes(self, name: str) -> None:
        field = next(field for field in fields(PICTURE) if field.name == name)
        less = replace(POST, pictures=(replace(PICTURE, **{name: _default(field)}),))
        harmless = {"captions", "capture_cover", "captured_on", "edited"}  # already as unknown as can be
        assert not decide(less).allowed or name in harmless

    @given(POSTS, st.data())
    def test_of_what_was_kept_cannot_be_replayed_open(self, facts: PostFacts, data: st.DataObject) -> None:
        """A stored decision with a fact cut out is unreadable, or no more open than it was."""
        stored = to_json(facts)
        del stored[data.draw(st.sampled_from(sorted(stored)))]
        try:
            again = from_json(PostFacts, stored)
        except TypeError:
            return
        assert decide(facts).allowed or not decide(again).allowed


class TestTwoConsents:
    @given(terms(st.just(2)), terms(st.just(3)))
    def test_are_never_stitched_together(self, one: Terms, other: Terms) -> None:
        """What both together allow, one of them allows by itself."""

        def allowed(*consents: Terms) -> bool:
            return decide(replace(POST, people=(replace(ANA, consents=consents),))).allowed

        assert not allowed(one, other) or allowed(one) or allowed(other)

    @given(
        st.permutations(range(3)), st.lists(terms(), min_size=3, max_size=3, unique_by=lambda t: t.consent_id)
    )
    def test_answer_the_same_in_any_order(self, order: list[int], consents: list[Terms]) -> None:
        def said(chosen: list[Terms]) -> Any:
            return decide(replace(POST, people=(replace(ANA, consents=tuple(chosen)),)))

        assert said([consents[place] for place in order]) == said(consents)


class TestTime:
    @given(terms(st.just(1)), DAYS, st.timedeltas(timedelta(0), timedelta(days=800)))
    def test_that_closed_the_gate_keeps_it_closed(
        self, consent: Terms, moment: datetime, on: timedelta
    ) -> None:
        """Expired or revoked once, closed for ever without a new signature."""
        facts = replace(POST, people=(replace(ANA, consents=(consent,)),))
        ended = {"CONSENT_EXPIRED", "CONSENT_REVOKED"}
        if {reason.code for reason in decide(at(facts, moment)).reasons} & ended:
            assert not decide(at(facts, moment + on)).allowed


class TestPeople:
    @given(POSTS)
    def test_are_all_alike(self, facts: PostFacts) -> None:
        """Exchanging two people exchanges their reasons, and nothing else."""
        turned = replace(facts, people=facts.people[::-1])
        there, back = decide(facts), decide(turned)
        assert set(there.reasons) == set(back.reasons)
        assert there.relied_on == back.relied_on


class TestHardReasons:
    @given(POSTS)
    def test_are_cleared_by_nobody(self, facts: PostFacts) -> None:
        """Clearings for every reason there is, by two qualified people, remove only what may be cleared."""
        before = decide(facts)
        everything = tuple(
            ClearingFacts(reason.fingerprint, facts.digest, 8, 9, confirmer_qualified=True)
            for reason in before.reasons
        )
        after = decide(replace(facts, clearings=everything))
        hard = [reason for reason in before.reasons if reason.entry.weight == "HARD"]
        assert list(after.reasons) == hard


FINDING = FindingFacts(id="5", code="PHI_DETECTED_UNLINKED", kind="NAME", asset=None)
FOUND = replace(POST, findings=(FINDING,))


class TestAFinding:
    def cleared(self, **change: Any) -> PostFacts:
        [reason] = decide(FOUND).reasons
        clearing = ClearingFacts(reason.fingerprint, FOUND.digest, 1, 9, confirmer_qualified=True)
        return replace(FOUND, clearings=(replace(clearing, **change),))

    def test_is_cleared_by_its_author_and_a_qualified_other(self) -> None:
        verdict = decide(self.cleared())
        assert verdict.allowed
        assert [reason.code for reason in verdict.cleared] == ["PHI_DETECTED_UNLINKED"]

    @pytest.mark.parametrize(
        "change",
        [
            {"confirmed_by": 1},
            {"proposed_by": 9},
            {"confirmer_qualified": False},
            {"digest": "d0"},
            {"fingerprint": "another"},
            {"proposed_by": 9, "confirmed_by": 1},
        ],
    )
    def test_stands_unless_two_people_cleared_exactly_it(self, change: dict[str, Any]) -> None:
        assert not decide(self.cleared(**change)).allowed

    def test_keeps_the_author_out_in_a_small_place(self) -> None:
        [place] = FOUND.places
        small = replace(self.cleared(), places=(replace(place, small=True),))
        assert not decide(small).allowed
        assert decide(replace(small, clearings=(replace(small.clearings[0], proposed_by=8),))).allowed
