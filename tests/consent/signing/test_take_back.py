"""Handing over ends the staff session; the tablet comes back by PIN, or by signing in anew."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from consent.access.middleware import TABLET_COOKIE
from consent.access.models import Membership
from consent.audit.models import LedgerEntry
from consent.evidence.models import Signature
from consent.signing.actions import sealing
from consent.signing.models import Ceremony, PinTry
from tests.cast import NOW, PIN, Cast
from tests.ceremonies import answered, prepared, scribble, signed, witnessed

pytestmark = pytest.mark.django_db
STAFF_PAGE = "/p/riverbend/people/"


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(cast, clock, client):
    """Finn's browser, after he has handed the tablet over."""
    client.force_login(cast.finn)
    client.get(STAFF_PAGE)
    client.old_session = client.cookies["postern_session"].value
    ceremony = witnessed(cast, prepared(cast))
    answer = client.post(reverse("signing:hand_over", args=["riverbend", ceremony.pk]))
    assert answer["Location"] == "/tablet/"
    return client


@pytest.fixture
def lost(cast, desk):
    """Finn signs in again: his hand-over arrived, but the answer to it was lost on the way, and the cookie with it."""
    again = Client()
    again.force_login(cast.finn)
    return again


def recall(client):
    ceremony = Ceremony.objects.get()
    return client.post(reverse("signing:recall", args=["riverbend", ceremony.pk]), follow=True)


def take_back(client, pin=PIN):
    return like_a_browser(client, client.post(reverse("signing:take_back"), {"pin": pin}))


def like_a_browser(client, answer):
    """A browser drops a cookie that has ended; the test client would send it empty."""
    if answer.cookies.get(TABLET_COOKIE, {}).get("max-age") == 0:
        del client.cookies[TABLET_COOKIE]
    return answer


class TestHandingOver:
    def test_gives_a_cookie_that_scripts_and_other_sites_never_see(self, desk):
        cookie = desk.cookies[TABLET_COOKIE]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")

    def test_closes_every_staff_page(self, desk):
        for address in (STAFF_PAGE, "/", "/account/login/", "/me/"):
            assert desk.get(address).status_code == 403

    def test_leaves_no_session_behind(self, desk):
        token = desk.cookies[TABLET_COOKIE].value
        desk.cookies.clear()
        desk.cookies["postern_session"] = desk.old_session
        assert desk.get(STAFF_PAGE).status_code == 302
        desk.cookies[TABLET_COOKIE] = token
        assert desk.get(STAFF_PAGE).status_code == 403

    def test_ignores_a_staff_session_that_comes_along(self, cast, desk):
        other = Client(headers={"User-Agent": "A tablet"})
        other.force_login(cast.freya)
        other.cookies[TABLET_COOKIE] = desk.cookies[TABLET_COOKIE].value
        assert other.get(STAFF_PAGE).status_code == 403
        page = other.get("/tablet/")
        assert page.status_code == 200
        assert not page.wsgi_request.user.is_authenticated

    def test_lets_nobody_sign_with_a_staff_session_alone(self, cast, desk):
        answered(Ceremony.objects.get())
        staff = Client(headers={"User-Agent": "A desk"})
        staff.force_login(cast.finn)
        staff.post(reverse("signing:sign"), {"method": "drawn", "drawing": scribble()})
        assert not Signature.objects.exists()


class TestTakingTheTabletBack:
    def test_with_the_pin_signs_the_preparer_in_with_a_new_session(self, cast, desk):
        answer = take_back(desk)
        assert answer["Location"] == reverse(
            "signing:ceremony", args=["riverbend", Ceremony.objects.get().pk]
        )
        assert TABLET_COOKIE not in desk.cookies
        assert desk.cookies["postern_session"].value != desk.old_session
        page = desk.get(STAFF_PAGE)
        assert (page.status_code, page.wsgi_request.user) == (200, cast.finn)

    def test_after_a_signature_leads_to_the_person(self, cast, desk, monkeypatch):
        monkeypatch.setattr(sealing, "render_pdf", lambda page: b"%PDF-1.7")
        signed(answered(Ceremony.objects.get()))
        assert take_back(desk)["Location"] == reverse("records:person", args=["riverbend", cast.ana.pk])
        assert not Ceremony.objects.get().own_page

    def test_unfinished_forgets_what_was_marked_and_goes_out_again_after_another_check(self, cast, desk):
        answered(Ceremony.objects.get(), until="purposes")
        take_back(desk)
        ceremony = Ceremony.objects.get()
        assert (ceremony.state, ceremony.answers, ceremony.step) == ("prepared", {}, "welcome")
        page = reverse("signing:ceremony", args=["riverbend", ceremony.pk])
        assert b"The form was opened since the last check" in desk.get(page).content
        witnessed(cast, ceremony)
        again = desk.post(reverse("signing:hand_over", args=["riverbend", ceremony.pk]))
        assert again["Location"] == "/tablet/"

    def test_with_three_wrong_pins_asks_for_a_full_sign_in(self, desk):
        assert b"You have 2 more" in take_back(desk, "0000").content
        assert b"You have 1 more" in take_back(desk, "").content
        assert b"sign in with your password" in take_back(desk, "9999").content
        assert b"Three wrong PINs" in take_back(desk, PIN).content
        assert desk.get(STAFF_PAGE).status_code == 403
        assert LedgerEntry.objects.filter(event="ceremony.pin_refused").count() == 3

    def test_after_half_an_hour_asks_for_a_full_sign_in(self, desk, clock):
        clock.move_to(NOW + timedelta(minutes=31))
        assert b"away for too long" in take_back(desk).content

    def test_counts_wrong_pins_together_with_those_of_a_witness(self, cast, desk):
        """A tablet in strange hands is no place to go on guessing what was locked elsewhere."""
        for place in range(12):
            PinTry.objects.create(
                practice=cast.practice,
                user=cast.finn,
                at=NOW + timedelta(seconds=1 + place),
                was_right=False,
            )
        assert b"Too many wrong PINs of Finn" in take_back(desk, PIN).content

    def test_for_somebody_who_has_left_is_refused(self, desk):
        Membership.objects.update(ended_at=NOW)
        assert b"does not work here any more" in take_back(desk).content

    def test_twice_is_refused_the_second_time(self, desk):
        token = desk.cookies[TABLET_COOKIE].value
        take_back(desk)
        desk.cookies[TABLET_COOKIE] = token
        assert b"PIN of" not in take_back(desk).content


class TestReleasingTheTablet:
    def test_signs_nobody_in(self, desk):
        answer = like_a_browser(desk, desk.post(reverse("signing:release")))
        assert answer["Location"] == reverse("account_login")
        assert desk.get(STAFF_PAGE).status_code == 302
        assert Ceremony.objects.get().state == "prepared"

    def test_lets_go_of_a_cookie_that_nobody_knows(self, client, db):
        client.cookies[TABLET_COOKIE] = "from another world"
        assert client.get("/").status_code == 403
        like_a_browser(client, client.post(reverse("signing:release")))
        assert client.get("/").status_code == 302


class TestWhenTheAnswerToTheHandOverIsLost:
    def test_the_preparer_hands_it_over_again_after_another_check(self, cast, lost):
        ceremony = Ceremony.objects.get()
        page = lost.get(reverse("signing:ceremony", args=["riverbend", ceremony.pk])).content
        assert b"The tablet does not show it" in page
        assert b"(English, version 3)" in page
        assert b"Hand over the tablet" not in recall(lost).content
        witnessed(cast, ceremony)
        answer = lost.post(reverse("signing:hand_over", args=["riverbend", ceremony.pk]))
        assert answer["Location"] == "/tablet/"
        assert b"Hello Ana Ruiz" in lost.get("/tablet/").content

    def test_the_tablet_that_has_it_after_all_shows_nothing_any_more(self, lost, desk):
        answered(Ceremony.objects.get(), until="review")
        recall(lost)
        assert b"Ruiz" not in desk.get("/tablet/").content
        assert Ceremony.objects.get().answers == {}

    def test_a_colleague_does_not_call_it_back(self, cast, lost, desk):
        other = Client()
        other.force_login(cast.freya)
        assert b"Finn handed it over" in recall(other).content
        assert b"Hello Ana Ruiz" in desk.get("/tablet/").content

    def test_what_was_answered_meanwhile_stays_answered(self, lost, desk):
        desk.post(reverse("signing:decline"))
        assert b"already declined" in recall(lost).content
        assert Ceremony.objects.get().state == "declined"
