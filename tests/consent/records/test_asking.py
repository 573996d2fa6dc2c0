"""Whether somebody may be asked again: around a visit, after a no thanks, while everything is on hold (design 8)."""

from datetime import date, timedelta
from typing import Any

import pytest

from consent.records.rules import Asking, Manners, Quiet, asks_from, why_not_to_ask

TODAY = date(2026, 11, 23)
MANNERS = Manners(days_around_a_visit=7, months_after_a_no=12)


def why_not(*, they_asked=False, **facts: Any):
    usual: dict[str, Any] = {"standing": "soon", "deceased": False, "somebody_may_sign": True}
    return why_not_to_ask(Asking(**usual | facts), MANNERS, TODAY, they_asked=they_asked)


class TestAsking:
    def test_is_fine_when_nothing_speaks_against_it(self):
        assert why_not() == []

    @pytest.mark.parametrize("key", ["hold", "conflict"])
    def test_waits_until_a_hold_is_settled(self, key):
        assert why_not(standing=key) == ["Everything is on hold. Settle that first."]

    def test_is_pointless_where_nobody_may_sign(self):
        assert why_not(somebody_may_sign=False) == ["Nobody may sign for them today."]

    def test_leaves_the_dead_alone(self):
        assert why_not(deceased=True) == ["The person has died."]

    @pytest.mark.parametrize(("days", "quiet"), [(-8, False), (-7, True), (0, True), (7, True), (8, False)])
    def test_keeps_away_from_a_visit(self, days, quiet):
        visit = Quiet(visit_on=TODAY + timedelta(days=days))
        assert bool(why_not(quiet=(visit,))) is quiet

    def test_says_when_it_is_free_again_after_the_last_of_several(self):
        times = (Quiet(visit_on=TODAY), Quiet(until=date(2026, 12, 24)))
        assert why_not(quiet=times)[0].startswith("Not before 24 Dec 2026")

    def test_is_free_on_the_day_that_was_named(self):
        assert why_not(quiet=(Quiet(until=TODAY),)) == []

    def test_remembers_a_no_for_a_year(self):
        assert "They said no thanks on 24 Nov 2025." in why_not(said_no_on=date(2025, 11, 24))[0]
        assert why_not(said_no_on=date(2025, 11, 23)) == []

    def test_forgets_the_no_of_somebody_who_asks_us(self):
        assert why_not(said_no_on=TODAY, they_asked=True) == []

    def test_still_keeps_away_from_the_visit_of_somebody_who_asks_us(self):
        assert why_not(quiet=(Quiet(visit_on=TODAY),), they_asked=True)

    def test_is_done_once(self):
        assert why_not(waiting_since=TODAY) == ["They were asked on 23 Nov 2026 and have not answered."]

    def test_counts_months_to_a_day_that_exists(self):
        assert asks_from(date(2025, 8, 31), Manners(7, 6)) == date(2026, 2, 28)
