"""Guests who press at the same instant: each gets a number of their own, and a page sent twice at once is one card."""

from typing import Any

import pytest

from consent.cards.actions import see_card
from consent.cards.models import Card
from consent.cards.queries import digits_of
from consent.people.models import Person
from tests.cast import NOW, PIN, Cast, by
from tests.ceremonies import answered
from tests.events import MARKED, fair, newest, poster, taken
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    cast = Cast()
    assert cast.freya
    return cast


@pytest.fixture
def begin(cast):
    gathering = fair(cast)
    poster(cast, gathering)

    return lambda once: taken(gathering, once)


class TestAtTheSameInstant:
    def test_four_guests_get_four_numbers(self, begin):
        opened = at_once(*(lambda once=f"page number {n}": begin(once) for n in range(4)))
        assert len({one.holder for one in opened}) == 4
        assert [card.number for card in Card.objects.all()] == [1, 2, 3, 4]
        assert Person.objects.count() == 4

    def test_one_page_sent_four_times_is_one_card(self, begin):
        at_once(*(lambda: begin("the same page twice") for _ in range(4)))
        assert Card.objects.count() == Person.objects.count() == 1

    def test_two_pairs_of_members_see_a_guest_once_each(self, cast, begin):
        begin("the same page twice")
        screens: dict[str, Any] = dict(MARKED)
        answered(newest().ceremony, **screens)
        card = newest()
        digits = digits_of(card)

        def see(witness, member):
            return see_card(
                card=card,
                digits=digits,
                witness=witness,
                pin=PIN,
                identity_method="photo_id",
                by=by(member),
                at=NOW,
            )

        at_once(lambda: see(cast.freya, cast.finn), lambda: see(cast.finn, cast.freya))
        ceremony = newest().ceremony
        assert ceremony.witness != ceremony.checked_by
        assert ceremony.events.filter(kind="witnessed").count() == 2
