"""A form by link: sent to a verified address, opened with a code, answered on the signer's own device."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from consent.audit.models import LedgerEntry
from consent.evidence.models import Signature
from consent.outbox.models import OutgoingMail
from consent.records.models import Consent
from consent.signing.actions import NotConnected, SendRefused, send_link
from consent.signing.models import Ceremony, SignerLink
from tests.cast import NOW, Cast, by
from tests.ceremonies import answered, prepared, scribble
from tests.consents import given_authority
from tests.desk import as_, words
from tests.links import (
    ADDRESS,
    address_of,
    browser,
    code,
    mails,
    opened,
    paper_made,
    post,
    quick_paper,
    sent,
    speaking_spanish,
    token,
)

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
    return sent(cast)


class TestTheMessage:
    def test_names_the_practice_and_who_asks_and_nothing_of_the_person_or_their_care(self, ceremony):
        mail = mails("signing_link")[0]
        assert mail.recipient == ADDRESS
        assert "Finn at Riverbend Family Practice" in mail.body
        for text in (mail.subject, mail.body):
            assert not re.search(r"Ana|Ruiz|patient|health|care\b|consent|photo|treat", text, re.I)

    def test_says_it_in_the_language_of_the_form(self, cast):
        sent(cast, speaking_spanish(cast))
        assert "le pide que lea un formulario" in mails("signing_link")[0].body

    def test_keeps_of_its_token_only_a_digest(self, ceremony):
        secret = token()
        kept = str([*Ceremony.objects.values(), *SignerLink.objects.values(), *LedgerEntry.objects.values()])
        assert secret not in kept


class TestSendingIsRefused:
    def test_to_an_address_that_nobody_verified(self, cast):
        point = address_of(cast, cast.ana, verified=False)
        with pytest.raises(SendRefused, match="not verified with the person at the counter"):
            send_link(ceremony=prepared(cast), point=point, by=by(cast.finn), at=NOW)
        assert not OutgoingMail.objects.exists()

    def test_to_somebody_elses_address(self, cast):
        point = address_of(cast, cast.carla)
        with pytest.raises(SendRefused, match="not an address of the person who signs"):
            send_link(ceremony=prepared(cast), point=point, by=by(cast.finn), at=NOW)

    @pytest.mark.parametrize(
        "address",
        [
            "freya@example.org",
            "Freya+ana@example.org",
            "privacy+x@riverbend.example.org",
            "postern@localhost.test",
        ],
    )
    def test_to_a_mailbox_that_staff_read(self, cast, settings, address):
        settings.DEFAULT_FROM_EMAIL = "Postern <postern@localhost.test>"
        assert cast.freya.email == "freya@example.org"
        point = address_of(cast, cast.ana, address)
        with pytest.raises(SendRefused, match="member of staff"):
            send_link(ceremony=prepared(cast), point=point, by=by(cast.finn), at=NOW)

    def test_by_the_one_who_alone_looked_at_the_paper_of_whoever_signs(self, cast):
        authority = given_authority(cast, cast.bea, cast.carla)
        point = address_of(cast, cast.carla, "carla@example.org")
        ceremony = prepared(cast, cast.bea, authority, kind="authorization_minor")
        with pytest.raises(SendRefused, match="a colleague has to look too"):
            send_link(ceremony=ceremony, point=point, by=by(cast.finn), at=NOW)
        assert not OutgoingMail.objects.exists()
        assert send_link(ceremony=ceremony, point=point, by=by(cast.freya), at=NOW).sent_at == NOW

    def test_where_a_message_came_back(self, cast):
        point = address_of(cast, cast.ana)
        type(point).objects.update(bounced_at=NOW)
        with pytest.raises(SendRefused, match="came back"):
            send_link(ceremony=prepared(cast), point=type(point).objects.get(), by=by(cast.finn), at=NOW)

    def test_by_sms_which_is_not_connected(self, cast):
        point = address_of(cast, cast.ana, "555 010 0199", kind="phone")
        with pytest.raises(NotConnected, match="No SMS service is connected"):
            send_link(ceremony=prepared(cast), point=point, by=by(cast.finn), at=NOW)
        assert Ceremony.objects.get().sent_at is None


class TestTheLink:
    def test_leads_to_a_clean_address_and_changes_nothing_however_often_it_is_opened(self, ceremony):
        before = Ceremony.objects.values().get()
        for _ in range(3):
            answer = Client().get(f"/sign/{token()}/")
            assert (answer.status_code, answer["Location"]) == (302, "/sign/")
            assert answer["Referrer-Policy"] == "no-referrer"
            assert "no-store" in answer["Cache-Control"]
        assert Ceremony.objects.values().get() == before
        assert not mails("signing_code")

    def test_sends_a_browser_that_comes_from_webmail_on_by_a_page(self, ceremony):
        answer = Client().get(f"/sign/{token()}/", headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 200
        assert answer["Refresh"] == "0; url=/sign/"
        assert token() not in answer.content.decode()

    def test_names_nobody_before_the_code(self, ceremony):
        page = words(browser().get("/sign/"))
        assert "Finn at Riverbend Family Practice asks you" in page
        assert "Ana" not in page

    def test_with_any_bit_changed_says_what_to_do(self, ceremony):
        secret = token()
        for place in range(len(secret)):
            for bit in range(7):
                other = chr(ord(secret[place]) ^ (1 << bit))
                if not (other.isalnum() or other in "-_"):
                    continue
                answer = Client().get(f"/sign/{secret[:place]}{other}{secret[place + 1 :]}/")
                assert answer.status_code == 404
        assert "call the practice that asked you" in words(answer)
        assert "llame al consultorio" in words(answer)

    def test_opens_nothing_after_two_weeks(self, ceremony, clock):
        client = browser()
        clock.move_to(NOW + timedelta(days=14))
        assert client.get("/sign/").status_code == 404
        assert post(client, "begin").status_code == 404

    def test_opens_nothing_once_a_newer_one_was_sent(self, cast, ceremony, clock):
        old = token()
        client = opened()
        sent(cast, ceremony)
        assert Client().get(f"/sign/{old}/").status_code == 404
        assert client.get("/sign/").status_code == 404
        assert Ceremony.objects.get().answers == {}
        clock.move_to(NOW + timedelta(minutes=1))
        opened()

    def test_opens_nothing_once_the_request_is_cancelled(self, cast, ceremony):
        client = opened()
        as_(cast.freya).post(reverse("signing:abandon", args=["riverbend", ceremony.pk]))
        assert "Nothing more is asked of you" in words(client.get("/sign/"))
        assert "Nothing more is asked of you" in words(post(client, "own_answer", step="welcome"))


class TestTheCode:
    def test_opens_the_form(self, ceremony):
        assert "Hello Ana Ruiz" in words(opened().get("/sign/"))
        assert LedgerEntry.objects.filter(event="ceremony.opened").count() == 1

    def test_is_kept_only_as_a_digest_and_stands_in_no_subject(self, ceremony):
        client = browser()
        post(client, "begin")
        row = ceremony.codes.values().get()
        assert code() not in str(row)
        assert code() not in mails("signing_code")[0].subject

    def test_may_be_tried_five_times(self, ceremony):
        client = browser()
        post(client, "begin")
        wrong = f"{(int(code()) + 1) % 10**6:06d}"
        for left in (4, 3, 2, 1):
            assert f"You have {left} more" in words(post(client, "open_form", code=wrong))
        assert "Five wrong codes" in words(post(client, "open_form", code=wrong))
        assert "Five wrong codes" in words(post(client, "open_form", code=code()))
        assert Ceremony.objects.get().state == "prepared"

    def test_is_good_for_ten_minutes(self, ceremony, clock):
        client = browser()
        post(client, "begin")
        clock.move_to(NOW + timedelta(minutes=10))
        post(client, "open_form", code=code())
        assert Ceremony.objects.get().state == "prepared"

    def test_is_good_once(self, ceremony):
        opened()
        other = browser()
        post(other, "open_form", code=code())
        assert "Hello" not in words(other.get("/sign/"))

    def test_is_sent_at_most_every_minute_and_five_times_an_hour(self, ceremony, clock):
        client = browser()
        post(client, "begin")
        assert "Wait a minute" in words(post(client, "begin"))
        for minute in range(2, 6):
            clock.move_to(NOW + timedelta(minutes=minute))
            post(client, "begin")
        clock.move_to(NOW + timedelta(minutes=9))
        assert "Many codes were sent" in words(post(client, "begin"))
        assert len(mails("signing_code")) == 5

    def test_is_still_sent_after_the_clock_was_set_back(self, ceremony, clock):
        client = browser()
        post(client, "begin")
        clock.move_to(NOW - timedelta(days=1))
        post(client, "begin")
        assert len(mails("signing_code")) == 2
        post(client, "open_form", code=code())
        assert Ceremony.objects.get().state == "open"


class TestAMemberOfStaff:
    def test_cannot_open_it_as_the_signer_and_it_is_noted(self, cast, ceremony):
        client = as_(cast.finn)
        client.get(f"/sign/{token()}/")
        for answer in (client.get("/sign/"), post(client, "begin"), post(client, "open_form", code="123456")):
            assert answer.status_code == 403
            assert "Nobody at the practice can answer for them" in words(answer)
        entry = LedgerEntry.objects.get(event="ceremony.staff_refused")
        assert entry.actor == f"user:{cast.finn.pk}"
        assert not mails("signing_code")

    def test_cannot_go_on_in_a_browser_where_the_form_is_open(self, cast, ceremony):
        client = opened()
        client.force_login(cast.freya, "django.contrib.auth.backends.ModelBackend")
        answered(Ceremony.objects.get())
        assert post(client, "own_sign", method="drawn", drawing=scribble()).status_code == 403
        assert not Signature.objects.exists()

    def test_of_another_practice_is_a_person_like_any(self, cast, ceremony):
        client = as_(cast.zed)
        client.get(f"/sign/{token()}/")
        assert client.get("/sign/").status_code == 200


class TestTwoDevices:
    def test_the_second_takes_over_only_with_its_own_code_and_the_first_is_told(self, ceremony, clock):
        first = opened()
        second = browser()
        assert "Hello" not in words(second.get("/sign/"))
        assert "Hello" in words(first.get("/sign/"))
        clock.move_to(NOW + timedelta(minutes=2))
        post(second, "begin")
        post(second, "open_form", code=code())
        assert "Hello" in words(second.get("/sign/"))
        told = words(first.get("/sign/"))
        assert "opened on another device" in told
        assert "Ana" not in told
        post(first, "own_answer", step="welcome")
        assert Ceremony.objects.get().step == "welcome"


class TestSigningByLink:
    @pytest.fixture
    def signed(self, ceremony):
        client = opened()
        answered(Ceremony.objects.get())
        post(client, "own_sign", method="typed", typed_name="Ana Ruiz")
        paper_made()
        return client, words(client.get("/sign/"))

    def test_gives_a_whole_signature_with_a_factor_that_staff_do_not_hold(self, cast, signed):
        signature = Signature.objects.get()
        assert (signature.factor, signature.identity_method) == ("one_time_code", "one_time_code")
        assert (signature.identity_checked_by, signature.witness) == (cast.finn, None)
        assert signature.device["kind"] == "own"
        confirmed = next(one for one in signature.events if one["kind"] == "code_confirmed")
        assert confirmed["verified_by"] == cast.finn.pk
        assert confirmed["verified_witness"] == cast.freya.pk
        assert Consent.objects.get().signature == signature

    def test_thanks_and_shows_the_way_to_the_copy(self, signed):
        assert "this is the way to your copy" in signed[1]
        assert f"/my/{Ceremony.objects.get().own_page}/" in signed[1]
        assert signed[0].get("/sign/copy.pdf")["Content-Type"] == "application/pdf"

    def test_a_second_time_says_that_it_is_signed_and_sends_the_way_to_the_copy(self, signed):
        other = browser()
        page = words(other.get("/sign/"))
        assert "already signed" in page
        assert "November 23, 2026" in page
        assert "Ana" not in page
        assert "on its way to your e-mail" in words(post(other, "mail_copy"))
        assert (mails("own_page")[0].recipient, len(mails("own_page"))) == (ADDRESS, 1)
        post(other, "mail_copy")
        assert len(mails("own_page")) == 1

    def test_after_done_shows_nothing_of_it(self, signed):
        client, _ = signed
        post(client, "own_put_down")
        page = words(client.get("/sign/"))
        assert "already signed" in page
        assert "/my/" not in page
        assert Ceremony.objects.get().own_page == ""

    def test_by_a_mother_asks_her_child_and_names_her_right(self, cast):
        authority = given_authority(cast, cast.bea, cast.carla)
        point = address_of(cast, cast.carla, "carla@example.org")
        ceremony = prepared(cast, cast.bea, authority, kind="authorization_minor")
        send_link(ceremony=ceremony, point=point, by=by(cast.freya), at=NOW)
        client = opened()
        answered(Ceremony.objects.get())
        post(client, "own_sign", method="drawn", drawing=scribble())
        assert Signature.objects.get().representation == authority


class TestTheSignersOwnDevice:
    def test_left_alone_closes_and_goes_on_with_what_was_marked_after_a_new_code(self, ceremony, clock):
        client = opened()
        answered(Ceremony.objects.get(), until="purposes")
        clock.move_to(NOW + timedelta(minutes=20))
        page = words(client.get("/sign/"))
        assert "What you marked is kept" in page
        assert "Ana" not in page
        post(client, "begin")
        post(client, "open_form", code=code())
        assert Ceremony.objects.get().step == "purposes"
        assert "face" in Ceremony.objects.get().answers["elements"]

    def test_stays_awake_for_longer_than_a_tablet(self, ceremony, clock):
        client = opened()
        clock.move_to(NOW + timedelta(minutes=19))
        assert "Hello" in words(client.get("/sign/"))

    def test_says_no_thanks_and_keeps_nothing(self, ceremony):
        client = opened()
        answered(Ceremony.objects.get(), until="review")
        assert "Nothing changes in your care" in words(post(client, "own_decline"))
        kept = Ceremony.objects.get()
        assert (kept.state, kept.answers) == ("declined", {})
