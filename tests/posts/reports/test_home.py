"""Home: each role finds its own duties, the oldest first, and whoever has none is told what to do next."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consent.access.models import Membership, User
from consent.records.actions import place_hold
from posts.clearance.actions import refuse_clearing
from posts.publishing.actions.pause import pause
from tests.cast import NOW, Cast, by, trained
from tests.consents import signed_consent
from tests.posts.outgoing import given_account, given_version

from .duties import given_ceremony, given_clearing, given_delivery, given_duties, given_review

pytestmark = pytest.mark.django_db
HOME = "/p/riverbend/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def home_of(client: Client, user: User) -> str:
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return " ".join(client.get(HOME).content.decode().split())


class TestFrontDesk:
    def test_finds_a_search_box_in_focus(self, client: Client, cast: Cast) -> None:
        page = home_of(client, cast.finn)
        assert "autofocus" in page
        assert 'action="/p/riverbend/people/"' in page

    def test_hands_over_the_tablet(self, client: Client, cast: Cast) -> None:
        ceremony = given_ceremony(cast, cast.ana)
        page = home_of(client, cast.finn)
        assert "Ana Ruiz: the form is ready and witnessed." in page
        assert f'href="/p/riverbend/ceremonies/{ceremony.pk}/"' in page

    def test_is_told_who_asked_to_stop(self, client: Client, cast: Cast) -> None:
        place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        page = home_of(client, cast.freya)
        assert "Ana Ruiz asked us to stop. Put it in writing with them." in page

    @pytest.mark.parametrize(("days", "said"), [(20, "within 30"), (45, "within 60"), (80, "within 90")])
    def test_is_told_whose_permission_ends(self, client: Client, cast: Cast, days: int, said: str) -> None:
        signed_consent(cast, cast.ana, ends_on=(NOW + timedelta(days=days)).date())
        assert f"Ana Ruiz: the permission ends {said} days." in home_of(client, cast.finn)

    def test_hears_nothing_of_one_that_another_outlives(self, client: Client, cast: Cast) -> None:
        signed_consent(cast, cast.ana, ends_on=(NOW + timedelta(days=20)).date())
        signed_consent(cast, cast.ana)
        assert "the permission ends" not in home_of(client, cast.finn)

    def test_is_told_who_has_no_copy(self, client: Client, cast: Cast) -> None:
        signed_consent(cast, cast.ana, copied=False)
        assert "Ana Ruiz signed and has no copy yet" in home_of(client, cast.finn)


class TestMarketer:
    def test_sees_what_came_back_and_only_the_own(self, client: Client, cast: Cast) -> None:
        given_review(cast, given_version(cast, given_account(cast)), "returned")
        assert "“The bell” was sent back: Say less." in home_of(client, cast.dan)
        assert "sent back" not in home_of(client, cast.mia)

    def test_posts_by_hand_when_it_is_due(self, client: Client, cast: Cast) -> None:
        given_delivery(cast, "by_hand")
        assert "is to be posted on Facebook" not in home_of(client, cast.dan)
        with time_machine.travel(NOW + timedelta(minutes=6), tick=False):
            assert "“The bell” is to be posted on Facebook (our by_hand)." in home_of(client, cast.dan)

    def test_sees_the_week_ahead(self, client: Client, cast: Cast) -> None:
        given_delivery(cast)
        page = home_of(client, cast.dan)
        assert page.index("The week ahead") < page.index("today at 10:05 am") < page.rindex("The bell")

    def test_is_told_what_the_gate_stopped(self, client: Client, cast: Cast) -> None:
        given_delivery(cast, state="blocked")
        assert "the gate stopped it" in home_of(client, cast.dan)


class TestCompliance:
    def test_reviews_the_oldest_first_and_never_the_own(self, client: Client, cast: Cast) -> None:
        given_review(cast, given_version(cast, given_account(cast)))
        assert "Dan sent “The bell” for review. Look at it and decide." in home_of(client, cast.eve)

    def test_an_approver_who_wrote_it_is_sent_to_a_colleague(self, client: Client, cast: Cast) -> None:
        given_review(cast, given_version(cast, given_account(cast)))
        Membership.objects.filter(user=cast.dan).update(roles=["marketer", "compliance"])
        assert "A colleague looks at it." in home_of(client, cast.dan)


class TestFindings:
    def test_wait_for_a_second_person_and_not_for_who_asked(self, client: Client, cast: Cast) -> None:
        clearing = given_clearing(cast, given_version(cast, given_account(cast)))
        sentence = "Dan asks to clear something in “The bell”: It is our street."
        Membership.objects.filter(user=cast.dan).update(roles=["marketer", "compliance"])

        page = home_of(client, cast.eve)
        assert sentence in page
        assert f"/p/riverbend/clearings/{clearing.pk}/" in page
        assert sentence not in home_of(client, cast.dan)

    def test_leave_the_list_when_answered_or_when_the_words_change(self, client: Client, cast: Cast) -> None:
        version = given_version(cast, given_account(cast))
        clearing = given_clearing(cast, version)
        version.caption += "!"
        version.save()
        assert "asks to clear something" not in home_of(client, cast.eve)

        version.caption = version.caption[:-1]
        version.save()
        assert "asks to clear something" in home_of(client, cast.eve)
        refuse_clearing(clearing=clearing, by=by(cast.eve), at=NOW)
        assert "asks to clear something" not in home_of(client, cast.eve)


class TestOwner:
    def test_is_told_what_is_missing(self, client: Client, cast: Cast) -> None:
        page = home_of(client, cast.olga)
        for sentence in (
            "Say where you work",
            "Open a channel",
            "Nobody can write posts yet",
            "Nobody can approve posts yet",
            "Two people at the desk are needed",
        ):
            assert sentence in page

    def test_everyone_sees_that_publishing_is_paused(self, client: Client, cast: Cast) -> None:
        pause(practice=cast.practice, why="We moved.", by=by(cast.olga), at=NOW)
        for user in (cast.olga, cast.finn, cast.dan, cast.eve, cast.aida):
            assert "Publishing is paused" in home_of(client, user)


class TestAuditor:
    def test_sees_the_duties_of_others_and_the_record(self, client: Client, cast: Cast) -> None:
        place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        page = home_of(client, cast.aida)
        assert "Ana Ruiz asked us to stop." in page
        assert "Look at the history" in page


class TestEveryone:
    def test_without_duties_is_told_what_to_do_next(self, client: Client, cast: Cast) -> None:
        assert "Add a person" in home_of(client, cast.finn)
        trained(cast.finn, cast.practice)
        assert "Posts that are sent for review come up here" in home_of(client, cast.eve)

    def test_of_another_practice_finds_nothing_here(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.zed, "django.contrib.auth.backends.ModelBackend")
        assert client.get(f"/p/{cast.practice.slug}/").status_code == 404

    def test_costs_the_same_with_one_duty_of_each_kind_and_with_twenty(
        self, client: Client, cast: Cast
    ) -> None:
        Membership.objects.filter(user=cast.dan).update(
            roles=["front_desk", "marketer", "compliance", "owner"]
        )
        counts, total = [], 0
        for number in (1, 19):
            given_duties(cast, number)
            total += number
            with time_machine.travel(NOW + timedelta(minutes=6), tick=False):
                home_of(client, cast.dan)
                with CaptureQueriesContext(connection) as captured:
                    page = client.get(HOME).content.decode()
            assert page.count("Put it in writing with them.\n") == total
            counts.append(len(captured))
        assert counts[0] == counts[1], counts
