"""Asking us to stop, out loud: everything waits at once (R17); and other facts that end what was allowed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent.records.actions import (
    NoEnd,
    NothingCovered,
    invalidate,
    issue_holder_link,
    lift_hold,
    place_hold,
    record_ending_event,
    token_digest,
)
from consent.records.models import Hold, HolderLink
from consent.records.queries import consents_of, standings
from tests.cast import NOW, Cast, by, make_person
from tests.consents import given_authority, signed_consent

pytestmark = pytest.mark.django_db


class TestAHold:
    def test_suspends_everything_at_once(self, cast: Cast) -> None:
        signed_consent(cast, cast.ana)
        place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        assert standings([cast.ana], NOW)[cast.ana.pk].key == "hold"

    def test_is_placed_once(self, cast: Cast) -> None:
        first = place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        assert place_hold(person=cast.ana, by=by(cast.freya), at=NOW) == first
        assert Hold.objects.count() == 1

    def test_can_be_lifted(self, cast: Cast) -> None:
        signed_consent(cast, cast.ana)
        hold = place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        lift_hold(hold=hold, by=by(cast.eve), at=NOW)
        assert standings([cast.ana], NOW)[cast.ana.pk].key == "on_file"


class TestOtherEndings:
    def test_discharge_ends_a_permission_that_ends_with_treatment(self, cast: Cast) -> None:
        signed_consent(cast, cast.ana, ends_on=None, ends_event="end_of_treatment")
        assert standings([cast.ana], NOW)[cast.ana.pk].key == "on_file"
        record_ending_event(
            person=cast.ana, kind="end_of_treatment", occurred_at=NOW, by=by(cast.finn), at=NOW
        )
        assert standings([cast.ana], NOW)[cast.ana.pk].key == "expired"

    def test_a_consent_marked_wrong_does_not_hold(self, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana)
        invalidate(consent=consent, reason="false_information", by=by(cast.eve), at=NOW)
        [view] = consents_of(cast.ana, NOW)
        assert view.standing.codes == ("CONSENT_FALSE_INFO",)

    def test_an_ended_authority_ends_what_rests_on_it(self, cast: Cast) -> None:
        authority = given_authority(cast, cast.bea, cast.carla)
        signed_consent(cast, cast.bea, signer=cast.carla, representation=authority)
        assert standings([cast.bea], NOW)[cast.bea.pk].key == "on_file"
        authority.ended_at = NOW
        authority.save()
        assert standings([cast.bea], NOW)[cast.bea.pk].key == "incomplete"

    def test_an_unfinished_signature_is_incomplete(self, cast: Cast) -> None:
        signed_consent(cast, cast.ana, complete=False)
        assert standings([cast.ana], NOW)[cast.ana.pk].key == "incomplete"


class TestRecordingASignedConsent:
    def test_fixes_the_last_instant_in_the_practices_zone(self, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana, ends_on=date(2026, 11, 30))
        assert consent.ends_at is not None
        assert consent.ends_at.isoformat() == "2026-12-01T00:00:00-05:00"
        assert consent.discloser == "Riverbend Family Practice LLC"

    def test_refuses_one_that_covers_nothing(self, cast: Cast) -> None:
        with pytest.raises(NothingCovered):
            signed_consent(cast, cast.ana, platforms=[])

    def test_refuses_one_without_an_end(self, cast: Cast) -> None:
        with pytest.raises(NoEnd):
            signed_consent(cast, cast.ana, ends_on=None)

    def test_takes_no_star_for_an_element_or_a_place(self, cast: Cast) -> None:
        with pytest.raises(NothingCovered):
            signed_consent(cast, cast.ana, platforms=["*"])


class TestReadingStandings:
    def test_takes_the_same_number_of_queries_for_one_and_for_twenty(self, cast: Cast) -> None:
        people = [make_person(cast.practice, f"P{n}", "Test", date(1980, 1, 1)) for n in range(20)]
        for person in people:
            signed_consent(cast, person)
        with CaptureQueriesContext(
            connection,
        ) as one:
            standings(people[:1], NOW)
        with CaptureQueriesContext(connection) as twenty:
            standings(people, NOW)
        assert len(one) == len(twenty)


class TestALinkToThePersonsOwnPage:
    def test_is_kept_only_as_a_digest(self, cast: Cast) -> None:
        link, token = issue_holder_link(person=cast.ana, representation=None, by=by(cast.finn), at=NOW)
        assert HolderLink.objects.get(token_digest=token_digest(token)) == link
        assert token not in str(HolderLink.objects.values())

    def test_ends_when_a_new_one_is_sent(self, cast: Cast) -> None:
        first, _ = issue_holder_link(person=cast.ana, representation=None, by=by(cast.finn), at=NOW)
        later = NOW + timedelta(days=1)
        issue_holder_link(person=cast.ana, representation=None, resend=True, by=by(cast.finn), at=later)
        first.refresh_from_db()
        assert first.ended_at == later
