"""Coming in: a link opens the page of whoever holds it, for as long as the holder's authority stands."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from consent.audit.models import LedgerEntry
from consent.people.actions import end_representation, exclude_representation
from consent.records.actions import issue_holder_link
from consent.records.models import HolderLink
from tests.cast import NOW, Cast, by, make_person
from tests.consents import given_authority, signed_consent

from .visiting import come_in, give_birth_date, given_link, text_of, without_token

pytestmark = pytest.mark.django_db
BEAS_18TH_BIRTHDAY = "2035-05-05T05:00:00+00:00"


class TestEntering:
    def test_takes_the_token_out_of_the_address(self, client: Client, cast: Cast) -> None:
        _, path = given_link(cast, cast.ana)
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, "/my/")
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"]

    def test_sets_a_cookie_that_no_script_reads_and_no_other_site_sends(
        self, client: Client, cast: Cast
    ) -> None:
        _, path = given_link(cast, cast.ana)
        cookie = client.get(path).cookies["postern_own_page"]
        assert cookie["httponly"]
        assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("Strict", "/my/", 1800)

    def test_changes_nothing_and_leaves_the_link_good(self, client: Client, cast: Cast) -> None:
        link, path = given_link(cast, cast.ana)
        before = (HolderLink.objects.values().get(pk=link.pk), LedgerEntry.objects.count())
        for _ in range(3):
            assert come_in(client, path).status_code == 200
        assert (HolderLink.objects.values().get(pk=link.pk), LedgerEntry.objects.count()) == before

    def test_sends_a_visitor_from_another_site_on_by_a_page_of_ours(self, client: Client, cast: Cast) -> None:
        _, path = given_link(cast, cast.ana)
        response = client.get(path, headers={"sec-fetch-site": "cross-site"})
        assert response["Refresh"] == "0; url=/my/"
        assert "postern_own_page" in response.cookies

    def test_shows_neither_name_nor_place_before_the_birth_date(self, client: Client, cast: Cast) -> None:
        signed_consent(cast, cast.ana)
        page = text_of(come_in(client, given_link(cast, cast.ana)[1]))
        assert "1 permission now" in page
        assert "Ana" not in page
        assert "Instagram" not in page


class TestLinksThatOpenNothing:
    def test_all_get_the_same_kind_page(self, client: Client, cast: Cast) -> None:
        link, path = given_link(cast, cast.ana)
        issue_holder_link(person=cast.ana, representation=None, resend=True, by=by(cast.finn), at=NOW)
        pages = [client.get(at) for at in (path, path[:-2] + "/", "/my/never-issued/", "/my/")]
        assert {page.status_code for page in pages} == {404}
        assert len({without_token(page) for page in pages}) == 1
        assert "ask the front desk" in text_of(pages[0])
        assert link.person == cast.ana

    def test_an_altered_cookie_opens_nothing(self, client: Client, cast: Cast) -> None:
        come_in(client, given_link(cast, cast.ana)[1])
        other, _ = given_link(cast, cast.bea)
        signed = client.cookies["postern_own_page"].value
        client.cookies["postern_own_page"] = f"{other.pk}:1:{signed.partition(':')[2]}"
        assert client.get("/my/").status_code == 404

    def test_a_visit_ends_after_half_an_hour(self, client: Client, cast: Cast) -> None:
        come_in(client, given_link(cast, cast.ana)[1])
        with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
            assert client.get("/my/").status_code == 404

    def test_a_resent_link_ends_a_visit_that_is_under_way(self, client: Client, cast: Cast) -> None:
        come_in(client, given_link(cast, cast.ana)[1])
        issue_holder_link(person=cast.ana, representation=None, resend=True, by=by(cast.finn), at=NOW)
        assert client.get("/my/").status_code == 404


class TestRepresentatives:
    def test_see_the_page_of_the_person_they_signed_for(self, client: Client, cast: Cast) -> None:
        authority = given_authority(cast, cast.bea, cast.carla)
        signed_consent(cast, cast.bea, signer=cast.carla, representation=authority)
        come_in(client, given_link(cast, cast.bea, authority)[1])
        page = give_birth_date(client, cast.bea.date_of_birth)
        assert "This is what you allowed for Bea." in text_of(page)

    @pytest.mark.parametrize("over", [end_representation, exclude_representation])
    def test_lose_their_link_with_their_authority(self, client: Client, cast: Cast, over) -> None:
        authority = given_authority(cast, cast.bea, cast.carla)
        _, path = given_link(cast, cast.bea, authority)
        over(representation=authority, by=by(cast.finn), at=NOW)
        assert client.get(path).status_code == 404

    def test_lose_it_on_the_18th_birthday(self, client: Client, cast: Cast) -> None:
        _, path = given_link(cast, cast.bea, given_authority(cast, cast.bea, cast.carla))
        with time_machine.travel(BEAS_18TH_BIRTHDAY, tick=False):
            assert client.get(path).status_code == 404

    def test_are_told_kindly_when_the_child_decides_alone(self, client: Client, cast: Cast) -> None:
        _, path = given_link(cast, cast.bea, given_authority(cast, cast.bea, cast.carla))
        with time_machine.travel(BEAS_18TH_BIRTHDAY, tick=False):
            page = text_of(client.get(path))
        assert "is 18 now and decides alone" in page
        assert "They can ask the front desk for a link of their own." in page
        assert "(555) 010-0100" in page
        assert "Bea" not in page

    def test_are_told_kindly_when_their_authority_has_ended_even_during_a_visit(
        self, client: Client, cast: Cast
    ) -> None:
        authority = given_authority(cast, cast.bea, cast.carla)
        _, path = given_link(cast, cast.bea, authority)
        come_in(client, path)
        end_representation(representation=authority, by=by(cast.finn), at=NOW)
        for page in (client.get("/my/"), client.get(path)):
            assert "you no longer sign for this person" in text_of(page)
            assert "bring the paper that shows your right to sign" in text_of(page)

    def test_learn_nothing_of_an_exclusion(self, client: Client, cast: Cast) -> None:
        """For the person's safety an excluded representative sees what any old link shows (R29)."""
        authority = given_authority(cast, cast.bea, cast.carla)
        _, path = given_link(cast, cast.bea, authority)
        exclude_representation(representation=authority, by=by(cast.paul), at=NOW)
        end_representation(representation=authority, by=by(cast.finn), at=NOW)
        assert without_token(client.get(path)) == without_token(client.get("/my/never-issued/"))

    def test_see_the_one_person_and_nobody_else_they_sign_for(self, client: Client, cast: Cast) -> None:
        brother = make_person(cast.practice, "Ben", "Ruiz", date(2015, 1, 1))
        links = {}
        for child in (cast.bea, brother):
            authority = given_authority(cast, child, cast.carla)
            signed_consent(cast, child, signer=cast.carla, representation=authority)
            links[child] = given_link(cast, child, authority)[1]
        come_in(client, links[cast.bea])
        page = text_of(give_birth_date(client, cast.bea.date_of_birth))
        assert "Bea" in page
        assert "Ben" not in page
        others = brother.consents.get()
        assert client.get(f"/my/copy/{others.pk}/").status_code == 404

    def test_an_agent_of_an_adult_keeps_it(self, client: Client, cast: Cast) -> None:
        agent = given_authority(cast, cast.ana, cast.carla, authority="health_care_agent")
        assert come_in(client, given_link(cast, cast.ana, agent)[1]).status_code == 200
