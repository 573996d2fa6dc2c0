"""A guest's card at the gate: allowed exactly within what was ticked, from the copy until the withdrawal (R24, R71)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from consent.audit.rules import Actor
from consent.people.models import Person
from consent.records.actions import revoke_all
from posts.clearance.queries import rulings
from posts.content.models import Version
from tests.cast import NOW, Cast
from tests.events import begun, fair, marked, newest, poster, seen, signs
from tests.links import paper_made, quick_paper
from tests.posts_data import given_account, given_picture, given_post, given_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    cache.clear()
    quick_paper(monkeypatch)
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client(cast: Cast):
    return marked(begun(poster(cast, fair(cast))))


def guest() -> Person:
    return newest().ceremony.person


def codes(version: Version) -> list[str]:
    [ruling] = rulings([Version(pk=version.pk)], NOW, final=False)
    return [reason.code for reason in ruling.verdict.reasons]


def of_the_event(cast: Cast) -> Version:
    """A post on the wall that shows the guest's face at the event."""
    return given_version(cast, given_post(cast, "event"), showing=given_picture(cast, guest()))


class TestAPostWithAGuest:
    def test_is_refused_until_the_guest_was_seen_signed_and_has_a_copy(self, cast, client):
        version = of_the_event(cast)
        assert codes(version) == ["NO_CONSENT"]
        signs(client)
        assert codes(version) == ["NO_CONSENT"]
        seen(cast)
        assert codes(version) == ["NO_CONSENT"]
        signs(client)
        assert {"SIGNATURE_EVIDENCE_INCOMPLETE", "COPY_NOT_PROVIDED"} & set(codes(version))
        paper_made()
        assert codes(version) == ["COPY_NOT_PROVIDED"]
        client.post("/sign/copy/", {"method": "screen"})
        assert codes(version) == []

    @pytest.fixture
    def signed(self, cast, client):
        seen(cast)
        signs(client)
        paper_made()
        client.post("/sign/copy/", {"method": "screen"})

    @pytest.mark.usefixtures("signed")
    def test_is_refused_on_a_channel_for_a_reason_and_with_an_element_not_ticked(self, cast):
        post = given_post(cast, "event")
        elsewhere = given_version(
            cast,
            post,
            showing=given_picture(cast, guest()),
            account=given_account(cast, "instagram", "by_hand"),
        )
        assert codes(elsewhere) == ["SCOPE_CHANNEL"]
        story = given_version(cast, showing=given_picture(cast, guest(), label="stage"))
        assert codes(story) == ["SCOPE_PURPOSE"]
        named = given_version(cast, given_post(cast, "event"), mentioning=guest())
        assert codes(named) == ["SCOPE_ELEMENT"]

    @pytest.mark.usefixtures("signed")
    def test_is_refused_from_the_withdrawal_on(self, cast):
        version = of_the_event(cast)
        assert codes(version) == []
        person = guest()
        actor = Actor("person", str(person.pk))
        revoke_all(person=person, how="own_page", by=actor, at=NOW - timedelta(seconds=1))
        assert codes(version) == ["CONSENT_REVOKED"]
