"""An approved post gets its day and time by the practice's clock; the calendar warns of what will be stopped."""

from datetime import UTC, date, datetime, timedelta

import pytest

from consent.records.actions import place_hold
from posts.clearance.actions import approve, submit
from posts.clearance.queries import post_digest
from posts.content.actions import Mentioned
from posts.publishing.models import Delivery
from posts.publishing.rules import NotATime, instant_at
from tests.cast import NOW, by
from tests.consents import signed_consent
from tests.desk import as_, at, words
from tests.drafts import a_version

TOMORROW = "2026-11-24T09:30"


@pytest.fixture
def version(cast):
    """A version about Ana, who allowed it until the end of November, approved by Eve."""
    signed_consent(cast, cast.ana, ends_on=date(2026, 11, 30))
    written = a_version(cast, mentions=[Mentioned(cast.ana, ("first_name",))])
    review = submit(post=written.post, by=by(cast.dan), at=NOW)
    approve(review=review, seen_digest=post_digest(written.post), attested=True, by=by(cast.eve), at=NOW)
    return written


def schedule(cast, version, due_at):
    return as_(cast.dan).post(
        at("planning:schedule", version.post_id), {"version": [version.pk], "due_at": due_at}
    )


class TestTicking:
    @pytest.mark.parametrize("number", ["9" * 25, "\u0663", "-1", ""])
    def test_a_number_that_no_channel_has_is_asked_for_again(self, cast, version, number):
        response = as_(cast.dan).post(
            at("planning:schedule", version.post_id), {"version": [number], "due_at": TOMORROW}
        )

        assert response.status_code == 422
        assert "Tick at least one channel." in words(response)


class TestScheduling:
    def test_reads_the_time_by_the_practices_clock(self, cast, version):
        assert schedule(cast, version, TOMORROW).status_code == 302

        assert Delivery.objects.get().due_at == datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
        assert "Scheduled" in words(as_(cast.dan).get(at("planning:posts")))

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("2026-11-20T09:00", "That time has passed."),
            ("", "Choose a day and a time."),
            ("soon", "Choose a day and a time."),
            ("9999-12-31T23:59", "Choose a day in the next years."),
        ],
    )
    def test_refuses_in_a_sentence_and_keeps_what_was_typed(self, cast, version, typed, told):
        response = schedule(cast, version, typed)

        assert response.status_code == 422
        assert told in words(response)
        assert f'value="{typed}"' in words(response)
        assert not Delivery.objects.exists()

    def test_asks_for_a_channel(self, cast, version):
        response = as_(cast.dan).post(at("planning:schedule", version.post_id), {"due_at": TOMORROW})

        assert "Tick at least one channel." in words(response)

    def test_is_refused_while_nobody_approved_it(self, cast):
        response = schedule(cast, a_version(cast), TOMORROW)

        assert "This is not approved as it stands now." in words(response)

    def test_is_refused_by_the_gate_with_its_reasons(self, cast, version):
        place_hold(person=cast.ana, by=by(cast.finn), at=NOW)

        page = words(schedule(cast, version, TOMORROW))

        assert "Our wall: The gate does not allow this yet." in page
        assert "We were asked on 23 Nov to leave Ana out; everything is on hold." in page


class TestWhatTheGateStoppedSinceItWasApproved:
    def test_is_to_be_mended_and_not_scheduled(self, cast, version):
        assert "Schedule it" in words(as_(cast.dan).get(at("planning:post", version.post_id)))
        place_hold(person=cast.ana, by=by(cast.finn), at=NOW)

        page = words(as_(cast.dan).get(at("planning:post", version.post_id)))

        assert "Stopped since it was approved" in page
        assert f'href="{at("planning:compose", version.post_id)}">Mend it in the composer' in page
        assert "Schedule it" not in page

    def test_tells_others_who_mends_it(self, cast, version):
        place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        page = words(as_(cast.aida).get(at("planning:post", version.post_id)))
        assert "A marketer mends it in the composer." in page


class TestTheCalendar:
    def test_shows_days_in_the_practices_zone(self, cast, version):
        schedule(cast, version, "2026-11-24T23:30")

        page = words(as_(cast.dan).get(at("planning:calendar")))

        assert "Tuesday" in page
        assert "11:30 pm" in page
        assert "It will be stopped" not in page

    def test_warns_of_a_permission_that_ends_before(self, cast, version):
        schedule(cast, version, "2026-12-02T09:00")

        page = words(as_(cast.dan).get(at("planning:calendar")))

        assert "Ana’s permission ended on 30 Nov." in page
        assert "It will be stopped" in page

    def test_teaches_when_it_is_empty(self, cast):
        assert "Nothing is scheduled." in words(as_(cast.dan).get(at("planning:calendar")))


class TestTheClock:
    def test_refuses_the_hour_that_is_skipped(self):
        with pytest.raises(NotATime, match="clocks change"):
            instant_at("2027-03-14T02:30", "America/New_York")

    def test_takes_the_first_of_two_equal_hours(self):
        found = instant_at("2026-11-01T01:30", "America/New_York")
        assert found - datetime(2026, 11, 1, 5, 30, tzinfo=UTC) == timedelta(0)
