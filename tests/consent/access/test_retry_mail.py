"""Mail that could not be sent is shown with its reason, and can be tried again by those who may."""

import pytest
from django.test import Client
from django.urls import reverse

from consent.access.models import User
from consent.outbox.models import OutgoingMail
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def stuck(cast: Cast) -> OutgoingMail:
    """A message that the mail server refused."""
    return OutgoingMail.objects.create(
        practice_id=cast.practice.pk,
        kind="withdrawn",
        recipient="ana@example.org",
        subject="Your withdrawal is in effect",
        body="Nothing more goes out.",
        state=OutgoingMail.State.STUCK,
        created_at=NOW,
        not_before=NOW,
        attempts=8,
        last_error="The mail server is not there.",
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


class TestStuckMail:
    def test_says_why_and_neither_to_whom_nor_what(self, cast: Cast, stuck: OutgoingMail) -> None:
        page = signed_in(cast.eve).get(reverse("access:stuck_mail", args=["riverbend"])).content.decode()
        assert "The mail server is not there." in page
        assert "ana@example.org" not in page
        assert "Nothing more goes out." not in page

    def test_is_tried_again(self, cast: Cast, stuck: OutgoingMail) -> None:
        client = signed_in(cast.eve)
        page = client.post(reverse("access:retry_mail", args=["riverbend", stuck.pk]), follow=True)
        assert "It is being sent again." in page.content.decode()
        stuck.refresh_from_db()
        assert (stuck.state, stuck.attempts) == (OutgoingMail.State.QUEUED, 0)

    def test_pressed_twice_says_so(self, cast: Cast, stuck: OutgoingMail) -> None:
        client = signed_in(cast.eve)
        address = reverse("access:retry_mail", args=["riverbend", stuck.pk])
        client.post(address)
        assert "not stuck" in client.post(address, follow=True).content.decode()

    def test_can_be_looked_at_but_not_retried_by_the_auditor(self, cast: Cast, stuck: OutgoingMail) -> None:
        client = signed_in(cast.aida)
        assert client.get(reverse("access:stuck_mail", args=["riverbend"])).status_code == 200
        assert client.post(reverse("access:retry_mail", args=["riverbend", stuck.pk])).status_code == 403
