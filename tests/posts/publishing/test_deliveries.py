"""The pages of what goes out."""

from datetime import timedelta

import pytest
import time_machine

from consent.records.actions import revoke
from posts.clearance.actions import keep_changed_previews
from posts.publishing.actions import AlreadyScheduled, InThePast, NotApproved, schedule
from posts.publishing.models import Delivery, FoundPublication
from posts.publishing.queries import by_hand_due, returned_deliveries, unknown_deliveries
from tests.cast import NOW, by
from tests.posts.outgoing import given_account, given_version
from tests.posts.publishing.conftest import DUE, Story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def page(client, address, status=200):
    answer = client.get(f"/p/riverbend/going-out/{address}")
    assert answer.status_code == status
    return answer.content.decode()


class TestTheList:
    def test_shows_each_part_day_by_day(self, story, shift, client, cast):
        client.force_login(cast.dan)
        assert "The bell" in page(client, "")
        assert "The bell" not in page(client, "?show=out")
        shift.until(DUE)
        shift.work()
        assert "The bell" in page(client, "?show=out")
        assert "Nothing is on its way" in page(client, "?show=coming")

    def test_asks_a_constant_number_of_queries(self, story, client, cast, django_assert_num_queries):
        client.force_login(cast.dan)
        page(client, "")
        counts = []
        for _ in range(3):
            Story(cast, "wall", picture=False)
            with django_assert_num_queries(100, exact=False) as asked:
                page(client, "")
            counts.append(len(asked))
        assert counts[0] == counts[1] == counts[2]

    def test_is_not_for_strangers(self, story, client, cast):
        client.force_login(cast.zed)
        page(client, "", 404)
        page(client, f"{story.delivery.pk}/", 404)


class TestOneDelivery:
    def press(self, client, story, button, **fields):
        answer = client.post(f"/p/riverbend/going-out/{story.delivery.pk}/{button}/", fields, follow=True)
        return answer.content.decode()

    def test_moves_by_the_practice_s_clock(self, story, client, cast):
        client.force_login(cast.dan)
        self.press(client, story, "reschedule", due_at="2026-11-24T09:30")
        assert story.delivery.due_at.isoformat() == "2026-11-24T14:30:00+00:00"

    def test_refuses_a_time_that_has_passed(self, story, client, cast):
        client.force_login(cast.dan)
        assert "That time has passed" in self.press(client, story, "reschedule", due_at="2026-11-01T09:30")
        assert story.delivery.due_at == DUE

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("2027-03-14T02:30", "this hour is skipped"),
            ("9999-12-31T23:59", "Choose a day"),
            ("soon", "Choose a day"),
        ],
    )
    def test_refuses_a_time_that_does_not_come(self, story, client, cast, typed, told):
        client.force_login(cast.dan)
        assert told in self.press(client, story, "reschedule", due_at=typed)
        assert story.delivery.due_at == DUE

    def test_is_cancelled_for_good(self, story, shift, client, cast, network):
        client.force_login(cast.dan)
        self.press(client, story, "cancel")
        shift.until(DUE)
        shift.work()
        assert (story.state, network.uploads) == ("cancelled", [])
        assert "no longer in the queue" in self.press(client, story, "cancel")

    def test_says_why_the_gate_stopped_it(self, story, shift, client, cast):
        revoke(consent=story.consent, how="desk", by=by(cast.finn), at=NOW)
        shift.work()
        client.force_login(cast.dan)
        assert "Ana withdrew permission" in page(client, f"{story.delivery.pk}/")

    def test_says_so_still_when_the_composer_asked_the_gate_since(self, story, shift, client, cast):
        revoke(consent=story.consent, how="desk", by=by(cast.finn), at=NOW)
        shift.work()
        post = story.version.post
        post.sensitive_category = "hiv"
        post.save(update_fields=["sensitive_category"])
        [kept] = keep_changed_previews(post=post, by=by(cast.dan), at=NOW)
        assert (kept.stage, kept.allowed) == ("preview", False)
        client.force_login(cast.dan)
        assert "never goes out from here" not in page(client, f"{story.delivery.pk}/")

    def test_is_settled_by_compliance_alone(self, story, shift, client, cast, network):
        network.faults = ["late"]
        shift.until(DUE)
        shift.deliver()
        assert list(unknown_deliveries(cast.practice)) == [story.delivery]
        client.force_login(cast.dan)
        assert client.post(f"/p/riverbend/going-out/{story.delivery.pk}/settle/").status_code == 403
        client.force_login(cast.eve)
        for typed in ("", "javascript:alert(1)", "somewhere"):
            assert "Paste the address" in self.press(client, story, "settle", answer="out", address=typed)
        self.press(client, story, "settle", answer="out", address="https://example.org/1")
        assert (story.state, story.delivery.remote_url) == ("published", "https://example.org/1")

    def test_that_is_out_is_taken_down_on_request(self, story, shift, client, cast, network):
        shift.until(DUE)
        shift.work()
        client.force_login(cast.eve)
        self.press(client, story, "take-down")
        shift.work()
        assert network.visible == []


class TestScheduling:
    def test_refuses_the_past_the_unapproved_and_the_second_time(self, story, cast):
        with pytest.raises(InThePast, match="has passed"):
            schedule(version=story.version, due_at=NOW - timedelta(minutes=1), by=by(cast.dan), at=NOW)
        with pytest.raises(AlreadyScheduled):
            schedule(version=story.version, due_at=DUE, by=by(cast.dan), at=NOW)
        draft = given_version(cast, given_account(cast, "wall"), cast.ana)
        with pytest.raises(NotApproved):
            schedule(version=draft, due_at=DUE, by=by(cast.dan), at=NOW)
        assert Delivery.objects.count() == 1

    def test_again_after_it_was_out_is_another_occasion(self, story, shift, cast):
        shift.until(DUE)
        shift.work()
        second = schedule(version=story.version, due_at=shift.now, by=by(cast.dan), at=shift.now)
        assert (second.occasion, second.number) == ("again", 1)

    def test_anew_takes_a_post_off_the_list_of_returned_ones(self, story, shift, cast):
        shift.until(DUE + timedelta(hours=1))
        shift.work()
        assert list(returned_deliveries(cast.practice)) == [story.delivery]
        schedule(version=story.version, due_at=shift.now, by=by(cast.dan), at=shift.now)
        assert list(returned_deliveries(cast.practice)) == []


class TestWhatWasOutBefore:
    @pytest.mark.parametrize("number", ["9" * 25, "\u0663", "Ana"])
    def test_passes_over_a_number_that_nobody_has(self, cast, client, number):
        client.force_login(cast.eve)
        found = client.post("/p/riverbend/going-out/found/people/", {"people": number})
        form = {"account": given_account(cast).pk, "address": "https://example.org", "people": number}
        assert found.status_code == 200
        assert client.post("/p/riverbend/going-out/found/", form).status_code == 422

    def test_is_recorded_with_its_people(self, cast, client):
        account = given_account(cast, "by_hand")
        client.force_login(cast.eve)
        found = client.post("/p/riverbend/going-out/found/people/", {"q": "Bea", "people": cast.ana.pk})
        assert cast.bea  # made only now: nobody of that name before
        assert "Ana" in found.content.decode()
        form = {
            "account": account.pk,
            "address": "https://facebook.example/old",
            "seen_on": "2025-01-02",
            "people": [cast.ana.pk],
        }
        client.post("/p/riverbend/going-out/found/", form)
        publication = FoundPublication.objects.get()
        assert list(publication.people.all()) == [cast.ana]
        assert publication.delivery.state == "found"

    def test_keeps_what_was_typed_when_something_is_wrong(self, cast, client):
        client.force_login(cast.eve)
        form = {"account": given_account(cast).pk, "address": "nonsense", "people": [cast.ana.pk]}
        answer = client.post("/p/riverbend/going-out/found/", form)
        assert answer.status_code == 422
        assert "nonsense" in answer.content.decode()
        assert not Delivery.objects.exists()


class TestAppearances:
    def test_lists_where_a_person_is(self, story, shift, cast, client):
        client.force_login(cast.dan)
        address = f"/p/riverbend/people/{cast.ana.pk}/appearances/"
        assert "Planned" in client.get(address).content.decode()
        shift.until(DUE)
        shift.work()
        assert "Out since" in client.get(address).content.decode()
        assert list(by_hand_due(cast.practice, shift.now)) == []
