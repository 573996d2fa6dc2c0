"""The birth date opens names and pictures: five tries, then the link can only withdraw."""

from datetime import date

import pytest
from django.test import Client

from consent.audit.models import LedgerEntry
from consent.people.models import Person
from tests.cast import Cast
from tests.consents import given_authority, signed_consent

from .visiting import come_in, give_birth_date, given_link, text_of

pytestmark = pytest.mark.django_db
WRONG = date(1984, 3, 3)


@pytest.fixture
def anas_link(client: Client, cast: Cast) -> str:
    signed_consent(cast, cast.ana)
    _, path = given_link(cast, cast.ana)
    come_in(client, path)
    return path


@pytest.mark.usefixtures("anas_link")
class TestConfirming:
    def test_the_right_date_shows_what_where_and_until(self, client: Client, cast: Cast) -> None:
        page = text_of(give_birth_date(client, cast.ana.date_of_birth))
        assert "Ana, this is what you allowed." in page
        assert "First name, face, own words about care, health problem and treatment" in page
        assert "Our website, Instagram and Facebook" in page
        assert "31 May 2027" in page

    def test_a_wrong_date_says_how_many_tries_are_left(self, client: Client) -> None:
        page = text_of(give_birth_date(client, WRONG))
        assert "That is not the birth date we have." in page
        assert "4 tries left" in page

    def test_a_day_that_does_not_exist_costs_no_try(self, client: Client) -> None:
        page = text_of(client.post("/my/birth-date/", {"month": 2, "day": 30, "year": 1984}))
        assert "There is no such day." in page
        assert "5 tries left" in page

    def test_words_instead_of_numbers_keep_what_was_typed(self, client: Client) -> None:
        page = text_of(client.post("/my/birth-date/", {"month": "", "day": "two", "year": "1984"}))
        assert 'value="1984"' in page
        assert "Give month, day and year in numbers." in page

    def test_after_five_wrong_dates_even_the_right_one_opens_nothing(
        self, client: Client, cast: Cast
    ) -> None:
        for _ in range(5):
            give_birth_date(client, WRONG)
        page = text_of(give_birth_date(client, cast.ana.date_of_birth))
        assert "wrong five times" in page
        assert "Stop sharing everything" in page
        assert "Ana" not in page

    def test_a_new_link_starts_the_count_anew(self, client: Client, cast: Cast) -> None:
        for _ in range(5):
            give_birth_date(client, WRONG)
        come_in(client, given_link(cast, cast.ana)[1])
        assert "Ana, this is what" in text_of(give_birth_date(client, cast.ana.date_of_birth))

    def test_each_try_is_in_the_ledger(self, client: Client, cast: Cast) -> None:
        give_birth_date(client, WRONG)
        give_birth_date(client, cast.ana.date_of_birth)
        told = LedgerEntry.objects.filter(event__startswith="link.").order_by("seq")
        assert list(told.values_list("event", "actor")) == [
            ("link.issued", f"user:{cast.finn.pk}"),
            ("link.refused", f"person:{cast.ana.pk}"),
            ("link.confirmed", f"person:{cast.ana.pk}"),
        ]


class TestWithoutABirthDate:
    def test_the_page_shows_counts_and_says_why(self, client: Client, cast: Cast) -> None:
        signed_consent(cast, cast.ana)
        Person.objects.filter(pk=cast.ana.pk).update(date_of_birth=None)
        page = text_of(come_in(client, given_link(cast, cast.ana)[1]))
        assert "We have no birth date on file" in page
        assert "1 permission now" in page
        assert "Stop sharing everything" in page
        assert client.post("/my/birth-date/", {"month": 1, "day": 1, "year": 1990})["Location"] == "/my/"


class TestWhatATeenDecidesAlone:
    @pytest.fixture
    def teen(self, client: Client, cast: Cast) -> Client:
        """Bea's mother on her page; Bea also decides alone about some of the care here."""
        authority = given_authority(cast, cast.bea, cast.carla)
        signed_consent(cast, cast.bea)
        come_in(client, given_link(cast, cast.bea, authority)[1])
        return client

    def test_is_not_shown_to_a_parent(self, teen: Client, cast: Cast) -> None:
        Person.objects.filter(pk=cast.bea.pk).update(own_consent_service=True)
        page = text_of(give_birth_date(teen, cast.bea.date_of_birth))
        assert "We cannot show names or pictures here. The front desk can show you everything." in page
        assert "Bea" not in page
        assert "Stop sharing everything" in page

    def test_is_hidden_at_once_from_a_parent_who_is_looking(self, teen: Client, cast: Cast) -> None:
        assert "Nothing of Bea" in text_of(give_birth_date(teen, cast.bea.date_of_birth))
        Person.objects.filter(pk=cast.bea.pk).update(own_consent_service=True)
        assert "Bea" not in text_of(teen.get("/my/"))
