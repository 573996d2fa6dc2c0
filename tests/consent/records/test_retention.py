"""A permission's record is kept six years after the last thing that happened to it, a child's longer (R60)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.records.rules.retention import Kept, retain_until, years_after

OVER = Kept(
    signed_on=date(2020, 5, 1),
    ended_on=date(2021, 5, 1),
    revoked_on=None,
    last_removed_on=None,
    out_still=False,
    born=date(1984, 3, 2),
)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
MAYBE = st.none() | DAYS
ANY = st.builds(
    Kept,
    signed_on=DAYS,
    ended_on=MAYBE,
    revoked_on=MAYBE,
    last_removed_on=MAYBE,
    out_still=st.booleans(),
    born=MAYBE,
)
LATER = st.integers(0, 4000).map(lambda days: timedelta(days=days))


class TestRetention:
    @pytest.mark.parametrize(
        ("changes", "until"),
        [
            ({}, date(2027, 5, 1)),
            ({"revoked_on": date(2020, 9, 1)}, date(2027, 5, 1)),
            ({"ended_on": None, "revoked_on": date(2020, 9, 1)}, date(2026, 9, 1)),
            ({"last_removed_on": date(2023, 1, 5)}, date(2029, 1, 5)),
            ({"born": date(2017, 5, 5)}, date(2041, 5, 5)),
            ({"born": date(2002, 4, 30)}, date(2027, 5, 1)),
            ({"born": date(2002, 5, 2)}, date(2027, 5, 1)),
            ({"born": None}, date(2027, 5, 1)),
            ({"ended_on": date(2024, 2, 29)}, date(2030, 3, 1)),
        ],
    )
    def test_ends_six_years_after_the_last_of_it(self, changes, until):
        assert retain_until(replace(OVER, **changes)) == until

    @pytest.mark.parametrize("changes", [{"ended_on": None}, {"out_still": True}])
    def test_does_not_end_while_it_holds_or_something_is_out(self, changes):
        assert retain_until(replace(OVER, **changes)) is None

    @given(ANY)
    def test_is_never_shorter_than_six_years_after_anything(self, kept):
        until = retain_until(kept)
        days = [day for day in (kept.signed_on, kept.ended_on, kept.revoked_on, kept.last_removed_on) if day]
        assert until is None or all(until >= years_after(day, 6) for day in days)

    @given(ANY)
    def test_is_never_shorter_than_six_years_after_a_childs_coming_of_age(self, kept):
        until = retain_until(kept)
        if until is not None and kept.born is not None and kept.signed_on < years_after(kept.born, 18):
            assert until >= years_after(kept.born, 24)

    @given(ANY, st.sampled_from(["signed_on", "ended_on", "revoked_on", "last_removed_on"]), LATER)
    def test_is_only_ever_lengthened_by_what_happens_later(self, kept, name, later):
        day = getattr(kept, name)
        if day is None or (name == "signed_on" and kept.born is not None):
            return  # who signs later may be of age by then
        before, after = retain_until(kept), retain_until(replace(kept, **{name: day + later}))
        assert (before is None) == (after is None)
        assert before is None or (after is not None and after >= before)
