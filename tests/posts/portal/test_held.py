"""A request to stop is said on the person's own page, whichever of their records it was put on."""

import pytest
from django.test import Client

from consent.people.actions import merge_people
from consent.records.actions import lift_hold, place_hold
from tests.cast import NOW, Cast, by, make_person
from tests.consents import signed_consent

from .visiting import come_in, given_link, text_of

pytestmark = pytest.mark.django_db
SAID = "We were asked to stop"


class TestARequestToStop:
    @pytest.mark.parametrize("link_of_the_main_record", [True, False])
    def test_shows_on_the_page_of_either_half_of_a_merged_person(
        self, client: Client, cast: Cast, link_of_the_main_record: bool
    ) -> None:
        assert cast.ana.date_of_birth is not None
        other = make_person(cast.practice, "Ana", "Ruiz-Lee", cast.ana.date_of_birth)
        signed_consent(cast, cast.ana)
        merge_people(person=other, into=cast.ana, by=by(cast.finn), at=NOW)
        linked, stopped = (cast.ana, other) if link_of_the_main_record else (other, cast.ana)
        path = given_link(cast, linked)[1]
        assert SAID not in text_of(come_in(client, path))

        hold = place_hold(person=stopped, by=by(cast.finn), at=NOW)
        assert SAID in text_of(come_in(client, path))

        lift_hold(hold=hold, by=by(cast.finn), at=NOW)
        assert SAID not in text_of(come_in(client, path))

    def test_of_somebody_else_does_not_show(self, client: Client, cast: Cast) -> None:
        signed_consent(cast, cast.ana)
        place_hold(person=cast.vic, by=by(cast.finn), at=NOW)
        assert SAID not in text_of(come_in(client, given_link(cast, cast.ana)[1]))
