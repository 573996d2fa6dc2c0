"""About one permission, and what ties or ends: hold it alone, a notary, a tie, an event (R6, R17, R79, R87)."""

import pytest
import time_machine

from consent.audit.models import LedgerEntry
from consent.people.models import Connection
from consent.records.models import Hold, Notarization
from tests.cast import NOW
from tests.consents import signed_consent
from tests.desk import as_, at, words


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


class TestAHoldOfOnePermission:
    def test_stops_that_one_and_leaves_the_others(self, cast):
        first = signed_consent(cast, cast.ana, platforms=["instagram"])
        signed_consent(cast, cast.ana, platforms=["website"])
        finn, door = as_(cast.finn), at("records:hold_consent", cast.ana.pk, first.pk)
        assert "Put only this one on hold?" in words(finn.get(door))
        assert not Hold.objects.exists()

        page = words(finn.post(door, follow=True))

        assert "This permission is on hold. The others go on." in page
        assert "Our website" in page
        assert '<th scope="col">Instagram</th>' not in page
        assert Hold.objects.get().consent == first

    def test_is_lifted_after_asking(self, cast):
        consent = signed_consent(cast, cast.ana)
        finn, pks = as_(cast.finn), (cast.ana.pk, consent.pk)
        finn.post(at("records:hold_consent", *pks))
        lift = at("records:lift_consent_hold", *pks)
        assert "asked us to stop with “My permission to share my story”" in words(finn.get(lift))
        assert "The hold of this permission is lifted." in words(finn.post(lift, follow=True))
        assert "There is no hold of this permission." in words(finn.post(lift, follow=True))


class TestANotarysStatement:
    def test_is_shown_with_the_permission(self, cast):
        consent = signed_consent(cast, cast.ana)
        told = {"notarized_on": "11/2/2026", "notary": "Nell Notary, Essex County"}
        page = words(as_(cast.finn).post(at("records:notarize", cast.ana.pk, consent.pk), told, follow=True))
        assert "Witnessed by the notary Nell Notary, Essex County" in page

    def test_is_not_recorded_ahead(self, cast):
        consent = signed_consent(cast, cast.ana)
        told = {"notarized_on": "11/24/2026", "notary": "Nell"}
        page = words(as_(cast.finn).post(at("records:notarize", cast.ana.pk, consent.pk), told))
        assert "it has not come yet" in page
        assert not Notarization.objects.exists()


class TestATie:
    def test_is_recorded_and_ended(self, cast):
        finn, told = as_(cast.finn), {"kind": "gift", "detail": "a voucher", "since": "11/1/2026"}
        page = words(finn.post(at("people:record_connection", cast.ana.pk), told, follow=True))
        assert "A gift</strong>: a voucher" in page
        assert "posts about them say so" in page

        end = at("people:end_connection", cast.ana.pk, Connection.objects.get().pk)
        assert "The tie has ended." in words(finn.post(end, follow=True))

        assert Connection.objects.get().ended_at == NOW

    def test_is_recorded_once_however_often_it_is_sent_while_it_counts(self, cast):
        finn, told = as_(cast.finn), {"kind": "gift", "detail": "a voucher", "since": "11/1/2026"}
        door = at("people:record_connection", cast.ana.pk)
        for _ in range(2):
            assert "The tie is recorded." in words(finn.post(door, told, follow=True))
        assert LedgerEntry.objects.filter(event="connection.recorded").count() == 1

        finn.post(at("people:end_connection", cast.ana.pk, Connection.objects.get().pk))
        finn.post(door, told)

        assert Connection.objects.filter(ended_at=None).count() == 1
        assert Connection.objects.count() == 2

    def test_is_ended_on_its_own_persons_page_alone(self, cast):
        told = {"kind": "gift", "since": "11/1/2026"}
        as_(cast.finn).post(at("people:record_connection", cast.ana.pk), told)
        end = at("people:end_connection", cast.vic.pk, Connection.objects.get().pk)
        assert as_(cast.finn).post(end).status_code == 404

    def test_is_kept_from_the_marketer(self, cast):
        as_(cast.finn).post(
            at("people:record_connection", cast.ana.pk), {"kind": "relative", "since": "11/1/2026"}
        )
        assert "Family of someone" not in words(as_(cast.dan).get(at("records:person", cast.ana.pk)))


class TestSomethingThatEnded:
    def test_says_first_what_it_ends_and_then_that_it_has(self, cast):
        signed_consent(cast, cast.ana, ends_event="end_of_treatment")
        finn, door = as_(cast.finn), at("records:ending_event", cast.ana.pk)
        assert "“My permission to share my story”, signed" in words(finn.get(door))
        assert "ends when treatment here ends" in words(finn.get(door))

        page = words(finn.post(door, {"kind": "end_of_treatment", "day": "11/20/2026"}, follow=True))

        assert "Treatment here ended</strong>" in page
        assert "Expired" in page

    def test_says_when_nothing_ends_by_it(self, cast):
        page = words(as_(cast.finn).get(at("records:ending_event", cast.ana.pk)))
        assert "No permission of Ana Ruiz names such an end now" in page
