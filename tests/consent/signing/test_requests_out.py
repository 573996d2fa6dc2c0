"""What is out by link: reminded, followed, its copy sent after whoever left before it was there."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from consent.evidence.models import CopyGiven
from consent.outbox.actions import send_due_mail
from consent.outbox.models import OutgoingMail
from consent.signing import actions
from consent.signing.actions import tend_requests
from consent.signing.models import Ceremony
from consent.signing.requests_out import requests_out
from tests.cast import NOW, Cast
from tests.ceremonies import answered
from tests.desk import as_, words
from tests.links import (
    ADDRESS,
    WORKER,
    mails,
    opened,
    paper_made,
    post,
    quick_paper,
    sent,
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


class TestWhoeverLeftBeforeTheCopyWasThere:
    def test_gets_it_by_mail_and_it_counts_once_the_mail_has_left(self, ceremony, monkeypatch):
        monkeypatch.setattr(actions, "complete_signature", lambda **given: None, raising=False)
        client = opened()
        answered(Ceremony.objects.get())
        post(client, "own_sign", method="typed", typed_name="Ana Ruiz")
        post(client, "own_put_down")
        later = NOW + timedelta(minutes=11)
        assert tend_requests(by=WORKER, at=later) == 0
        paper_made(later)
        assert tend_requests(by=WORKER, at=later) == 1
        assert mails("own_page")[0].recipient == ADDRESS
        assert tend_requests(by=WORKER, at=later) == 0
        assert not CopyGiven.objects.exists()
        while send_due_mail(worker="test", at=later):
            pass
        assert tend_requests(by=WORKER, at=later) > 0
        assert CopyGiven.objects.get().method == "email"
        assert Ceremony.objects.get().own_page == ""
        assert tend_requests(by=WORKER, at=later + timedelta(hours=1)) == 0


class TestReminders:
    def tend(self, days):
        return tend_requests(by=WORKER, at=NOW + timedelta(days=days))

    def test_go_out_after_two_and_five_days_and_leave_the_first_link_good(self, cast, ceremony):
        first = token()
        assert [self.tend(days) for days in (1, 2, 2, 4, 5, 9, 13)] == [0, 1, 0, 0, 1, 0, 0]
        assert len(mails("signing_reminder")) == 2
        assert Client().get(f"/sign/{first}/").status_code == 302
        assert token() != first
        opened()

    @pytest.mark.parametrize("answer", ["own_decline", "own_choose_paper"])
    def test_stop_on_an_answer(self, ceremony, answer):
        post(opened(), answer)
        assert self.tend(2) == 0
        assert not mails("signing_reminder")


class TestWhatIsOut:
    def states(self, cast, at=NOW):
        return [one.state for one in requests_out(cast.practice, at)]

    def test_is_told_by_state(self, cast, ceremony):
        assert self.states(cast) == ["waiting"]
        tend_requests(by=WORKER, at=NOW + timedelta(days=2))
        assert self.states(cast) == ["reminded"]
        opened()
        assert self.states(cast) == ["opened"]
        assert self.states(cast, NOW + timedelta(days=14)) == ["expired"]
        OutgoingMail.objects.filter(kind="signing_reminder").update(state="stuck", last_error="550 no")
        assert self.states(cast) == ["bounced"]

    def test_says_so_while_the_mail_server_is_away(self, cast, ceremony):
        assert requests_out(cast.practice, NOW)[0].trouble == ""
        OutgoingMail.objects.update(attempts=1)
        assert "has not left yet" in requests_out(cast.practice, NOW)[0].trouble

    def test_is_shown_to_the_desk_with_its_acts(self, cast, ceremony):
        finn = as_(cast.finn)
        page = words(finn.get(reverse("signing:requests", args=["riverbend"])))
        assert "Ana Ruiz" in page
        assert "Waiting 1" in page
        one = words(finn.get(reverse("signing:ceremony", args=["riverbend", ceremony.pk])))
        assert "Send a new link to ana@example.org" in one
        assert "Cancel the request" in one
        none = words(finn.get(reverse("signing:requests", args=["riverbend"]) + "?state=expired"))
        assert "none like this" in none
        assert "Requests out" in words(
            finn.get(reverse("signing:person_requests", args=["riverbend", cast.ana.pk]))
        )

    def test_teaches_when_nothing_is_out(self, cast):
        page = words(as_(cast.finn).get(reverse("signing:requests", args=["riverbend"])))
        assert "send them a link" in page
        assert (
            words(as_(cast.finn).get(reverse("signing:person_requests", args=["riverbend", cast.ana.pk])))
            == ""
        )

    def test_that_came_back_is_work_for_the_desk(self, cast, ceremony):
        OutgoingMail.objects.update(state="stuck", last_error="550 no such user")
        home = words(as_(cast.finn).get(reverse("reports:home", args=["riverbend"])))
        assert "Ana Ruiz: the message came back. Ask for another address." in home
