"""A lost link: a new one goes to the checked address, and nobody learns whether we know it."""

import io
import signal
import threading
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from consent.audit.models import LedgerEntry
from consent.audit.rules import SYSTEM
from consent.outbox.models import OutgoingMail
from consent.people.actions import add_contact_point, confirm_contact_point, exclude_representation
from consent.people.models import Person
from consent.records.models import HolderLink
from posts.management.commands import work as worker
from posts.portal.actions import ask_for_link, send_asked_links
from posts.portal.models import LinkRequest
from tests.cast import NOW, Cast, by, make_practice
from tests.consents import given_authority, signed_consent

from .visiting import come_in, give_birth_date, given_link, text_of, without_token

pytestmark = pytest.mark.django_db
LOST = "/my/lost/riverbend/"
ANA = "ana@example.org"


def with_mail(cast: Cast, person: Person, value: str = ANA, *, checked: bool = True) -> None:
    point = add_contact_point(person=person, kind="email", value=value, by=by(cast.finn), at=NOW)
    if checked:
        confirm_contact_point(point=point, by=by(cast.finn), at=NOW)


def ask(client: Client, email: str = ANA) -> Any:
    return client.post(LOST, {"email": email}, follow=True)


def work() -> list[OutgoingMail]:
    """A worker answers every request; the mails that came of it."""
    while send_asked_links(by=SYSTEM, at=NOW):
        pass
    return list(OutgoingMail.objects.order_by("pk"))


def path_in(mail: OutgoingMail) -> str:
    """The path of the link in a mail."""
    return str(mail.body).split("http://localhost:8000")[1].split()[0]


@pytest.fixture
def ana(cast: Cast) -> str:
    """Ana signed, has a checked address and a link on paper; its path."""
    signed_consent(cast, cast.ana)
    with_mail(cast, cast.ana)
    return given_link(cast, cast.ana)[1]


class TestAsking:
    def test_sends_a_link_that_opens_the_page(self, client: Client, cast: Cast, ana: str) -> None:
        ask(client, " Ana@Example.org ")
        [mail] = work()
        assert mail.recipient == ANA
        assert "Ana" not in mail.body + mail.subject
        come_in(client, path_in(mail))
        assert "Ana, this is what" in text_of(give_birth_date(client, cast.ana.date_of_birth))

    def test_answers_everybody_with_the_same_words(self, client: Client, cast: Cast, ana: str) -> None:
        with_mail(cast, cast.vic, "unchecked@example.org", checked=False)
        pages = [ask(client, email) for email in (ANA, "nobody@example.org", "unchecked@example.org")]
        assert len({without_token(page) for page in pages}) == 1
        assert {page.redirect_chain[0] for page in pages} == {(f"{LOST}sent/", 302)}

    def test_does_the_same_work_for_everybody(self, cast: Cast, ana: str, django_assert_num_queries) -> None:
        """How long it takes tells nothing: whether we know somebody is looked up by the worker."""
        for email in (ANA, "nobody@example.org"):
            with django_assert_num_queries(4):
                ask_for_link(practice=cast.practice, email=email, address="192.0.2.1", language="en", at=NOW)

    @pytest.mark.parametrize("email", ["nobody@example.org", "unchecked@example.org", "carla@example.org"])
    def test_sends_nothing_to_strangers_to_the_unchecked_and_to_those_without_a_page(
        self, client: Client, cast: Cast, ana: str, email: str
    ) -> None:
        with_mail(cast, cast.ana, "unchecked@example.org", checked=False)
        with_mail(cast, cast.carla, "carla@example.org")
        ask(client, email)
        assert not work()
        assert LinkRequest.objects.get().email == ""

    def test_keeps_what_was_typed_if_it_is_no_address(self, client: Client, cast: Cast, ana: str) -> None:
        page = client.post(LOST, {"email": "ana@"})
        assert page.status_code == 422
        assert 'value="ana@"' in text_of(page)
        assert "That is no complete e-mail address." in text_of(page)

    def test_leaves_no_trace_of_the_address_in_the_ledger(self, client: Client, ana: str) -> None:
        ask(client)
        work()
        assert not any(ANA.encode() in bytes(row.body) for row in LedgerEntry.objects.all())

    def test_is_in_spanish_for_who_reads_spanish(self, client: Client, cast: Cast, ana: str) -> None:
        Person.objects.filter(pk=cast.ana.pk).update(language="es")
        page = client.post(LOST, {"email": ANA}, headers={"accept-language": "es"}, follow=True)
        assert page.status_code == 200
        assert "Aquí está el enlace que se pidió" in work()[0].body

    def test_of_another_practice_does_not_reach_into_this_one(self, client: Client, ana: str) -> None:
        make_practice("hilltop", "Hilltop Dental")
        client.post("/my/lost/hilltop/", {"email": ANA})
        assert not work()


class NoSealing(threading.Thread):
    """Beside the round that answers; nothing here waits for a seal, and a test has one connection."""

    def run(self) -> None:
        """Done at once."""


class UntilIdle(threading.Event):
    """Where a worker would wait for more to do, it is told to stop."""

    def wait(self, timeout: float | None = None) -> bool:
        self.set()
        return True


class TestTheWorker:
    def test_answers_what_was_asked_for(
        self, client: Client, ana: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """`manage.py work` in this process, ended once nothing is left to do."""
        ask(client)
        monkeypatch.setattr(worker, "threading", SimpleNamespace(Event=UntilIdle, Thread=NoSealing))
        before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
        try:
            call_command("work", stdout=io.StringIO())
        finally:
            signal.signal(signal.SIGTERM, before[0])
            signal.signal(signal.SIGINT, before[1])
        assert OutgoingMail.objects.get(kind="own_page_link").state == "sent"


class TestTheLimits:
    def test_are_three_a_day_for_one_address_and_silent(self, client: Client, ana: str) -> None:
        pages = {without_token(ask(client)) for _ in range(5)}
        assert len(pages) == 1
        assert len(work()) == 3

    def test_begin_anew_the_next_day(self, client: Client, ana: str) -> None:
        for _ in range(4):
            ask(client)
        with time_machine.travel(NOW + timedelta(hours=25), tick=False):
            ask(client)
        assert LinkRequest.objects.count() == 4

    def test_are_twenty_an_hour_for_one_browser(self, client: Client, ana: str) -> None:
        for number in range(22):
            ask(client, f"{number}@example.org")
        assert LinkRequest.objects.count() == 20

    def test_hold_for_a_practice_as_a_whole(self, cast: Cast) -> None:
        LinkRequest.objects.bulk_create(
            LinkRequest(
                practice=cast.practice, contact_digest=str(n), address_digest=str(n), language="en",
                asked_at=NOW, done_at=NOW,
            )
            for n in range(200)
        )  # fmt: skip
        ask_for_link(practice=cast.practice, email=ANA, address="192.0.2.9", language="en", at=NOW)
        assert LinkRequest.objects.count() == 200

    def test_forget_who_asked_after_two_days(self, client: Client, ana: str) -> None:
        ask(client)
        work()
        with time_machine.travel(NOW + timedelta(days=3), tick=False):
            ask(client, "other@example.org")
        send_asked_links(by=SYSTEM, at=NOW + timedelta(days=3))
        assert LinkRequest.objects.count() == 1


class TestTheOldLink:
    def test_stays_good_until_the_new_one_is_used(self, client: Client, cast: Cast, ana: str) -> None:
        ask(client)
        new = path_in(work()[0])
        assert come_in(Client(), ana).status_code == 200
        come_in(client, new)
        assert come_in(Client(), ana).status_code == 200  # opening is no use: mail scanners open links
        give_birth_date(client, cast.ana.date_of_birth)
        assert Client().get(ana).status_code == 404
        assert client.get("/my/").status_code == 200

    def test_ends_as_well_when_the_new_one_withdraws(self, client: Client, ana: str) -> None:
        ask(client)
        come_in(client, path_in(work()[0]))
        client.post("/my/revoke/")
        assert Client().get(ana).status_code == 404

    def test_hands_its_wrong_birth_dates_on(self, client: Client, cast: Cast, ana: str) -> None:
        """Or whoever reads the mailbox could try as many dates as they ask for links."""
        come_in(client, ana)
        for year in range(1950, 1955):
            give_birth_date(client, date(year, 3, 2))
        ask(client)
        page = text_of(come_in(client, path_in(work()[0])))
        assert "wrong five times" in page


class TestRepresentatives:
    def test_get_a_link_for_each_whom_they_sign_for(self, client: Client, cast: Cast) -> None:
        authority = given_authority(cast, cast.bea, cast.carla)
        given_link(cast, cast.bea, authority)
        given_link(cast, cast.carla)
        with_mail(cast, cast.carla)
        ask(client)
        [mail] = work()
        assert mail.body.count("http://localhost:8000/my/") == 2
        assert set(HolderLink.objects.filter(asked_for=True).values_list("person", "representation")) == {
            (cast.bea.pk, authority.pk),
            (cast.carla.pk, None),
        }

    def test_get_none_once_they_are_excluded(self, client: Client, cast: Cast) -> None:
        authority = given_authority(cast, cast.bea, cast.carla)
        given_link(cast, cast.bea, authority)
        with_mail(cast, cast.carla)
        exclude_representation(representation=authority, by=by(cast.paul), at=NOW)
        ask(client)
        assert not work()


class TestTheFront:
    def test_leads_to_the_only_practice(self, client: Client) -> None:
        make_practice("riverbend", "Riverbend Family Practice")
        assert client.get("/my/lost/")["Location"] == LOST

    def test_lists_no_practices_where_there_are_several(self, client: Client) -> None:
        make_practice("riverbend", "Riverbend Family Practice")
        make_practice("hilltop", "Hilltop Dental")
        page = text_of(client.get("/my/lost/"))
        assert "Look on your copy" in page
        assert "Riverbend" not in page

    @pytest.mark.parametrize("path", ["/wall/riverbend/", "/account/login/", "/my/never-issued/"])
    def test_is_found_from_the_wall_the_sign_in_and_a_dead_link(self, client: Client, path: str) -> None:
        make_practice("riverbend", "Riverbend Family Practice")
        assert 'href="/my/lost/' in text_of(client.get(path))
