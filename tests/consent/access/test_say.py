"""What templates say the same way everywhere: standing, instants and days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from consent.access.models import Practice
from consent.records.rules import STANDINGS
from consent.templatetags.postern import SHAPES

PRACTICE = Practice(name="Riverbend", slug="riverbend", time_zone="America/New_York")


@dataclass(frozen=True)
class Badge:
    key: str
    label: str
    at: datetime | None = None


def said(source: str, **context: object) -> str:
    return Template("{% load postern %}" + source).render(Context({"practice": PRACTICE, **context}))


class TestABadge:
    def test_has_a_shape_for_every_standing(self):
        assert SHAPES.keys() == STANDINGS.keys()

    def test_carries_shape_word_and_colour(self):
        badge = said("{% standing_badge it %}", it=Badge("hold", "On hold"))
        assert 'class="badge-standing standing-hold"' in badge
        assert "<svg" in badge
        assert badge.endswith("On hold</span>")

    def test_names_the_last_day_of_what_ends_soon(self, time_machine):
        time_machine.move_to(datetime(2026, 11, 23, 15, tzinfo=UTC))
        end = datetime(2026, 12, 4, 5, tzinfo=UTC)  # the first instant after 3 December in New York
        assert ">3 Dec</time>" in said("{% standing_badge it %}", it=Badge("soon", "Ends soon", end))

    def test_refuses_a_standing_it_has_never_heard_of(self):
        with pytest.raises(KeyError):
            said("{% standing_badge it %}", it=Badge("fine", "Fine"))


class TestAnInstant:
    @pytest.mark.parametrize(
        ("at", "words"),
        [
            (datetime(2026, 11, 23, 20, 30, tzinfo=UTC), "today at 3:30 pm"),
            (datetime(2026, 11, 24, 4, 59, tzinfo=UTC), "today at 11:59 pm"),
            (datetime(2026, 11, 24, 5, 0, tzinfo=UTC), "tomorrow at 12:00 am"),
            (datetime(2026, 11, 22, 17, 5, tzinfo=UTC), "yesterday at 12:05 pm"),
            (datetime(2026, 7, 1, 13, 0, tzinfo=UTC), "1 Jul at 9:00 am"),
            (datetime(2025, 7, 1, 13, 0, tzinfo=UTC), "1 Jul 2025 at 9:00 am"),
        ],
    )
    def test_is_said_in_the_zone_of_the_practice(self, time_machine, at, words):
        time_machine.move_to(datetime(2026, 11, 23, 15, tzinfo=UTC))
        assert f">{words}</time>" in said("{{ at|when:practice }}", at=at)

    def test_shows_its_exact_time_on_hover(self):
        exact = said("{{ at|when:practice }}", at=datetime(2026, 7, 1, 13, 0, 5, tzinfo=UTC))
        assert 'title="Wednesday 1 July 2026, 09:00:05 EDT"' in exact

    def test_is_nothing_when_there_is_none(self):
        assert said("{{ at|when:practice }}{{ at|day:practice }}", at=None) == ""


class TestADay:
    def test_is_the_day_it_was_at_the_practice(self):
        assert ">1 Jul 2019</time>" in said("{{ at|day:practice }}", at=datetime(2019, 7, 2, 3, tzinfo=UTC))

    def test_of_a_date_is_that_date(self):
        assert ">2 Mar 1984</time>" in said("{{ at|day:practice }}", at=date(1984, 3, 2))


def test_a_list_reads_as_a_sentence():
    assert said("{{ it|joined }}", it=["Ana", "Bea", "Carla"]) == "Ana, Bea and Carla"
