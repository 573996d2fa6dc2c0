"""The signer's own phone at the counter: a code on the screen, one phone, and the counter sees how far it is."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from consent.audit.models import LedgerEntry
from consent.evidence.models import Signature
from consent.signing.actions import HandOverRefused, show_code
from consent.signing.models import Ceremony
from tests.cast import NOW, Cast, by
from tests.ceremonies import SCREENS, answered, prepared, scribble, witnessed
from tests.desk import as_, words
from tests.links import LINK, address_of, browser, mails, post, quick_paper, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _quick_paper(monkeypatch):
    quick_paper(monkeypatch)


@pytest.fixture
def ceremony(cast):
    return witnessed(cast, prepared(cast))


@pytest.fixture
def secret(cast, ceremony):
    return shown(cast, ceremony)


def shown(cast, ceremony, at=NOW):
    return show_code(ceremony=ceremony, by=by(cast.finn), at=at)


def phone(secret):
    client = browser(secret)
    post(client, "begin")
    return client


class TestTheCounter:
    @pytest.fixture
    def finn(self, cast):
        return as_(cast.finn)

    def progress(self, finn, ceremony):
        return words(finn.get(reverse("signing:progress", args=["riverbend", ceremony.pk])))

    def test_shows_the_code_and_stays_signed_in(self, finn, ceremony):
        page = finn.post(reverse("signing:show_code", args=["riverbend", ceremony.pk]))
        assert "<svg" in page.content.decode()
        assert not LINK.search(page.content.decode())
        assert "Waiting for the phone" in words(page)
        assert finn.get(reverse("reports:home", args=["riverbend"])).status_code == 200

    def test_sees_how_far_it_is_and_nothing_of_what_is_marked(self, finn, ceremony, secret):
        seen = [self.progress(finn, ceremony)]
        client = phone(secret)
        for step, marked in SCREENS.items():
            if step != "assent":
                seen.append(self.progress(finn, ceremony))
                post(client, "own_answer", step=step, **marked)
        seen.append(self.progress(finn, ceremony))
        post(client, "own_sign", method="drawn", drawing=scribble())
        seen.append(self.progress(finn, ceremony))
        told = " ".join(seen)
        for word in (
            "Waiting for the phone",
            "Opened",
            "Answering, 2 of 8",
            "once more",
            "Signing",
            "Signed.",
        ):
            assert word in told
        assert "instagram" not in told.lower()
        assert "hx-trigger" not in seen[-1]

    def test_is_told_of_a_no(self, finn, ceremony, secret):
        post(phone(secret), "own_decline")
        assert "No thanks." in self.progress(finn, ceremony)

    def test_wants_a_witness_first(self, cast):
        with pytest.raises(HandOverRefused, match="has to check who signs"):
            shown(cast, prepared(cast))

    def test_shows_it_only_to_whoever_asked_and_vouches_for_the_check(self, cast, ceremony):
        with pytest.raises(HandOverRefused, match="Finn prepared this and shows the code"):
            show_code(ceremony=ceremony, by=by(cast.freya), at=NOW)
        assert not ceremony.links.exists()

    def test_can_cancel_it(self, finn, ceremony, secret):
        client = phone(secret)
        finn.post(reverse("signing:abandon", args=["riverbend", ceremony.pk]))
        assert "Nothing more is asked of you" in words(client.get("/sign/"))

    def test_is_not_asked_twice_on_the_home_page(self, finn, ceremony, secret):
        home = words(finn.get(reverse("reports:home", args=["riverbend"])))
        assert "Ana Ruiz has the form on their own phone." in home


class TestTheCode:
    def test_opens_the_form_on_one_phone(self, secret):
        first, second = phone(secret), phone(secret)
        assert "Hello Ana Ruiz" in words(first.get("/sign/"))
        page = words(second.get("/sign/"))
        assert "opened on another device" in page
        assert "Ana" not in page

    def test_changes_nothing_before_the_button_is_pressed(self, secret):
        for _ in range(3):
            assert "Finn at Riverbend Family Practice asks you" in words(browser(secret).get("/sign/"))
        assert Ceremony.objects.get().state == "prepared"

    def test_opens_nothing_after_ten_minutes(self, secret, clock):
        client = browser(secret)
        clock.move_to(NOW + timedelta(minutes=10))
        assert client.get("/sign/").status_code == 404
        post(client, "begin")
        assert Ceremony.objects.get().state == "prepared"

    def test_shown_anew_ends_the_one_before(self, cast, ceremony, secret):
        newer = shown(cast, ceremony)
        assert "Hello" not in words(phone(secret).get("/sign/"))
        assert "Hello" in words(phone(newer).get("/sign/"))

    def test_does_not_open_in_a_browser_of_the_practice(self, cast, secret):
        client = as_(cast.freya)
        client.get(f"/sign/{secret}/")
        assert post(client, "begin").status_code == 403
        assert LedgerEntry.objects.filter(event="ceremony.staff_refused").exists()

    def test_ends_a_link_that_was_sent_before(self, cast):
        ceremony = sent(cast)
        client = browser()
        shown(cast, witnessed(cast, ceremony))
        assert client.get("/sign/").status_code == 404


class TestThePhone:
    def test_signs_with_the_witness_as_the_second_pair_of_eyes(self, cast, secret):
        client = phone(secret)
        answered(Ceremony.objects.get())
        post(client, "own_sign", method="drawn", drawing=scribble())
        signature = Signature.objects.get()
        assert (signature.factor, signature.witness) == ("second_witness", cast.freya)
        assert signature.device["kind"] == "own"

    def test_that_lost_its_connection_goes_on_with_its_ticks(self, secret, clock):
        client = phone(secret)
        answered(Ceremony.objects.get(), until="ends")
        clock.move_to(NOW + timedelta(minutes=9))
        page = words(client.get("/sign/"))
        assert "How long" in page or "end" in page.lower()
        assert "face" in Ceremony.objects.get().answers["elements"]

    def test_left_alone_for_ten_minutes_goes_on_once_the_code_is_shown_again(
        self, cast, ceremony, secret, clock
    ):
        client = phone(secret)
        answered(Ceremony.objects.get(), until="ends")
        clock.move_to(NOW + timedelta(minutes=10))
        assert "scan it with this phone" in words(client.get("/sign/"))
        with pytest.raises(HandOverRefused, match="for opening the form once"):
            shown(cast, ceremony, at=NOW + timedelta(minutes=10))
        witnessed(cast, ceremony, at=NOW + timedelta(minutes=10))
        phone(shown(cast, ceremony, at=NOW + timedelta(minutes=10)))
        now = Ceremony.objects.get()
        assert (now.step, now.state) == ("ends", "open")
        assert "face" in now.answers["elements"]

    def test_is_no_tablet(self, secret):
        client = phone(secret)
        assert b"give the tablet back" in client.get("/tablet/").content
        assert "postern_tablet" not in client.cookies

    def test_keeps_its_cookie_from_scripts_and_other_pages(self, secret):
        client = Client()
        morsel = client.get(f"/sign/{secret}/").cookies["postern_sign"]
        assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Strict", "/sign/")


class TestVerifyingAnAddress:
    @pytest.fixture
    def point(self, cast):
        return address_of(cast, cast.ana, verified=False)

    @pytest.fixture
    def finn(self, cast):
        return as_(cast.finn)

    def page(self, name, point):
        return reverse(f"signing:{name}", args=["riverbend", point.person_id, point.pk])

    def sends(self, finn, point, cast, **instead):
        import re

        finn.post(self.page("send_contact_code", point))
        found = re.search(r"\d{6}", mails("contact_code")[-1].body)
        assert found
        data = {"code": found[0], "identity_method": "photo_id", "witness": cast.freya.pk, "pin": "4711"}
        answer = finn.post(self.page("verify_contact", point), data | instead)
        point.refresh_from_db()
        return answer

    def test_takes_a_code_that_reached_the_person_and_two_members(self, cast, finn, point):
        assert self.sends(finn, point, cast).status_code == 302
        assert (point.verified_by, point.verified_witness, point.verified_how) == (
            cast.finn,
            cast.freya,
            "photo_id",
        )
        assert point.verified_at == NOW
        assert LedgerEntry.objects.filter(event="contact.verified").exists()

    @pytest.mark.parametrize(
        ("instead", "sentence"),
        [
            ({"code": "0000000"}, "not the code"),
            ({"pin": "0000"}, "not their PIN"),
            ({"pin": ""}, "required"),
        ],
    )
    def test_is_refused_without_either(self, cast, finn, point, instead, sentence):
        answer = self.sends(finn, point, cast, **instead)
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert point.verified_at is None

    def test_needs_a_second_member(self, cast, finn, point):
        assert self.sends(finn, point, cast, witness=cast.finn.pk).status_code == 422
        assert point.verified_at is None

    def test_is_offered_where_a_link_would_go(self, cast, finn, point):
        page = words(finn.get(reverse("signing:ceremony", args=["riverbend", prepared(cast).pk])))
        assert "was not verified with them at the counter" in page
        assert self.page("verify_contact", point) in page
