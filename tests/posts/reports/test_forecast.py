"""What ends soon: asked of the gate with a later instant, told in time, at a constant cost."""

import io
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent.access.models import LocationFacts, Recipient
from consent.audit.rules import Actor
from consent.records.actions import place_hold
from posts.publishing import work
from posts.publishing.actions import schedule
from posts.publishing.models import Delivery
from posts.reports.queries.forecast import endings
from tests.cast import NOW, Cast, by, make_person
from tests.consents import given_authority, signed_consent
from tests.desk import as_, at, words
from tests.posts.outgoing import approved, given_account, given_version

pytestmark = pytest.mark.django_db
DUE = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def ends_in(days: int) -> Any:
    return (NOW + timedelta(days=days)).date()


def scheduled(cast: Cast, *people: Any) -> Delivery:
    """A post about these people, approved and scheduled for the wall."""
    version = approved(cast, given_version(cast, given_account(cast), *people))
    return schedule(version=version, due_at=DUE, by=by(cast.dan), at=NOW)


def post_of(delivery: Delivery) -> int:
    assert delivery.version is not None
    return delivery.version.post_id


def about_ana(cast: Cast, days: int) -> Delivery:
    """A scheduled post that rests on a permission of so many days."""
    signed_consent(cast, cast.ana, ends_on=ends_in(days))
    return scheduled(cast, cast.ana)


def told(*options: str, slug: str = "riverbend") -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("forecast", slug, *options, stdout=out)
    return out.getvalue()


class TestEndings:
    @pytest.mark.parametrize(("days", "within"), [(20, 30), (45, 60), (80, 90)])
    def test_are_told_within_thirty_sixty_and_ninety_days(self, cast: Cast, days: int, within: int) -> None:
        delivery = about_ana(cast, days)
        [found] = endings(cast.practice, NOW)
        assert (found.version.pk, found.within) == (delivery.version_id, within)
        assert [reason.code for reason in found.reasons] == ["CONSENT_EXPIRED"]

    def test_leave_out_what_ends_later(self, cast: Cast) -> None:
        about_ana(cast, 100)
        assert endings(cast.practice, NOW) == []

    def test_begin_with_the_day_after_the_last_one_where_the_practice_is(self, cast: Cast) -> None:
        about_ana(cast, 20)
        [found] = endings(cast.practice, NOW)
        assert found.stops == datetime.combine(ends_in(21), time.min, ZoneInfo("America/New_York"))
        assert found.again is None

    def test_come_in_the_order_of_time(self, cast: Cast) -> None:
        about_ana(cast, 20)
        signed_consent(cast, cast.vic, ends_on=ends_in(10))
        scheduled(cast, cast.vic)
        assert [one.stops < NOW + timedelta(days=12) for one in endings(cast.practice, NOW)] == [True, False]

    def test_find_the_eighteenth_birthday_of_what_is_already_out(self, cast: Cast) -> None:
        birthday = date(2008, 12, 20)
        child = make_person(cast.practice, "Kim", "Ruiz", birthday)
        authority = given_authority(cast, child, cast.carla)
        signed_consent(cast, child, signer=cast.carla, representation=authority)
        delivery = scheduled(cast, child)
        work.work_once(by=Actor("worker", "one"), clock=lambda: DUE)
        delivery.refresh_from_db()
        assert delivery.state == "published"
        [found] = endings(cast.practice, DUE)
        assert {reason.code for reason in found.reasons} & {"MINOR_NOW_ADULT", "CONSENT_EXPIRED"}

    def test_between_two_horizons_are_told_with_the_day_it_works_again(self, cast: Cast) -> None:
        """Refused for a week in the second month: neither day 30 nor day 60 sees it."""
        again = NOW + timedelta(days=47)
        signed_consent(cast, cast.ana, ends_on=ends_in(40))
        signed_consent(cast, cast.ana, effective_from=again)
        scheduled(cast, cast.ana)
        [found] = endings(cast.practice, NOW)
        assert (found.within, found.again) == (60, again)
        assert "Allowed again from 2027-01-09 on." in told()
        page = words(as_(cast.dan).get(at("reports:ending")))
        assert "allowed again from <time" in page
        assert ">9 Jan 2027</time>" in page

    def test_know_what_is_recorded_of_a_location_for_later(self, cast: Cast) -> None:
        """From New Year on the location belongs to a company that the permission does not name."""
        signed_consent(cast, cast.ana)
        scheduled(cast, cast.ana)
        known = LocationFacts.objects.get(location=cast.location)
        known.pk, known.from_date, known.legal_entity = None, date(2027, 1, 1), "Bought-up LLC"
        known.save()
        [found] = endings(cast.practice, NOW)
        assert [reason.code for reason in found.reasons] == ["DISCLOSER_MISMATCH"]
        assert found.stops == datetime(2027, 1, 1, tzinfo=UTC)

    def test_know_the_last_day_of_an_agreement_with_a_third_party(self, cast: Cast) -> None:
        signed_consent(cast, cast.ana)
        version = given_version(cast, given_account(cast), cast.ana)
        agency = Recipient.objects.create(
            practice=cast.practice,
            name="Loud & Clear",
            acts_for_us=True,
            agreement_from=date(2026, 1, 1),
            agreement_until=ends_in(70),
            added_at=NOW,
        )
        version.recipients.add(agency)
        schedule(version=approved(cast, version), due_at=DUE, by=by(cast.dan), at=NOW)
        [found] = endings(cast.practice, NOW)
        assert found.within == 90
        assert "BAA_MISSING" in {reason.code for reason in found.reasons}

    def test_leave_out_what_is_refused_today(self, cast: Cast) -> None:
        about_ana(cast, 20)
        place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        assert endings(cast.practice, NOW) == []

    def test_leave_out_what_another_permission_outlives(self, cast: Cast) -> None:
        about_ana(cast, 20)
        signed_consent(cast, cast.ana)
        assert endings(cast.practice, NOW) == []

    def test_leave_out_drafts_and_other_practices(self, cast: Cast) -> None:
        signed_consent(cast, cast.ana, ends_on=ends_in(20))
        approved(cast, given_version(cast, given_account(cast), cast.ana))
        assert endings(cast.practice, NOW) == []
        scheduled(cast, cast.ana)
        assert endings(cast.other_practice, NOW) == []

    def test_cost_the_same_however_many(self, cast: Cast) -> None:
        counts = []
        for number in range(4):
            person = make_person(cast.practice, f"P{number}", "Many", date(1980, 1, 1))
            signed_consent(cast, person, ends_on=ends_in(20 + 25 * (number % 3)))
            scheduled(cast, person)
            with CaptureQueriesContext(connection) as queries:
                assert len(endings(cast.practice, NOW)) == number + 1
            counts.append(len(queries))
        assert len(set(counts)) == 1


class TestThePage:
    def test_says_what_where_until_when_and_why(self, cast: Cast) -> None:
        delivery = about_ana(cast, 20)
        page = words(as_(cast.dan).get(at("reports:ending")))
        assert "Within 30 days" in page
        assert "Within 60 days" not in page
        assert "Ana’s permission ended on 13 Dec." in page
        assert "Our website · our wall" in page
        assert "Stops on <time" in page
        assert ">14 Dec</time>" in page
        assert "allowed again" not in page
        assert f'href="{at("planning:post", post_of(delivery))}"' in page

    def test_teaches_when_nothing_ends(self, cast: Cast) -> None:
        assert "Nothing ends within 90 days." in words(as_(cast.aida).get(at("reports:ending")))

    def test_is_reached_from_the_calendar_and_from_home(self, cast: Cast) -> None:
        link = f'href="{at("reports:ending")}"'
        assert link in words(as_(cast.dan).get(at("planning:calendar")))
        assert link in words(as_(cast.dan).get(at("reports:home")))


class TestTheCommand:
    def test_prints_what_ends_and_why(self, cast: Cast) -> None:
        delivery = about_ana(cast, 45)
        printed = told()
        assert f"Within 60 days, from 2027-01-08 on: post {post_of(delivery)} on" in printed
        assert "Ana’s permission ended on 7 Jan" in printed

    def test_asks_for_other_days(self, cast: Cast) -> None:
        about_ana(cast, 45)
        assert told("--days", "10", "20") == ("Nothing that is out or scheduled ends within 20 days.\n")

    def test_tells_that_there_is_no_such_practice(self, cast: Cast) -> None:
        with pytest.raises(CommandError, match="There is no practice called 'nowhere'"):
            told(slug="nowhere")
