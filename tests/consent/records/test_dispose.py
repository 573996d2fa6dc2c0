"""What identifies is erased beside the proof: after its years, by two people, and never under a legal hold (R60)."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from consent.audit.models import LedgerEntry
from consent.evidence.actions import sealing_keys, store_document
from consent.evidence.models import Document, Signature, SignatureMark
from consent.files import store
from consent.people.actions import add_contact_point
from consent.people.models import ContactPoint
from consent.records.actions import (
    Held,
    NeedsAnother,
    NothingThere,
    StillKept,
    cancel_disposal,
    execute_disposal,
    lift_legal_hold,
    place_legal_hold,
    propose_contact_disposal,
    propose_disposal,
    revoke,
)
from consent.records.models import Consent, Disposal
from consent.records.queries.retention import Uses
from consent.records.queries.verifying import is_disposed_of
from tests.cast import NOW, by
from tests.consents import signed_consent

pytestmark = pytest.mark.django_db
AFTER = datetime(2033, 6, 1, 12, 0, tzinfo=UTC)  # the permission ended on 31 May 2027
BEFORE = datetime(2033, 5, 30, 12, 0, tzinfo=UTC)
NOTHING_OUT = Uses(out_still=False)


@pytest.fixture
def consent(cast):
    return signed_consent(cast, cast.ana)


def proposed(cast, consent, at=AFTER, what="mark", uses=NOTHING_OUT):
    return propose_disposal(
        consent=consent, what=what, uses=uses, why="The years are over.", by=by(cast.eve), at=at
    )


def delete_by_sql(table, pk):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [pk])


class TestDisposing:
    def test_erases_the_mark_and_keeps_the_proof(self, cast, consent):
        disposal = proposed(cast, consent)
        assert SignatureMark.objects.filter(signature=consent.signature).exists()
        execute_disposal(disposal=disposal, uses={consent.pk: NOTHING_OUT}, by=by(cast.paul), at=AFTER)
        assert not SignatureMark.objects.filter(signature=consent.signature).exists()
        assert Consent.objects.filter(pk=consent.pk).exists()
        assert Signature.objects.filter(pk=consent.signature_id).exists()
        events = LedgerEntry.objects.filter(subject=f"disposal:{disposal.pk}").order_by("seq")
        assert [one.event for one in events] == ["disposal.proposed", "disposal.executed"]

    def test_erases_the_file_once_it_is_committed(self, cast, consent, django_capture_on_commit_callbacks):
        document = consent.signature.signed_document.document
        key = store.put("documents", cast.practice.pk, b"%PDF-1.7 scan", "pdf")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE consent_document SET storage_key = %s WHERE id = %s", [key, document.pk])
        disposal = proposed(cast, consent, what="file")
        with django_capture_on_commit_callbacks(execute=True):
            execute_disposal(disposal=disposal, uses={consent.pk: NOTHING_OUT}, by=by(cast.paul), at=AFTER)
        with pytest.raises(store.FileMissing):
            store.read("documents", key)
        assert Document.objects.filter(pk=document.pk).exists()

    def test_erases_what_was_made_to_last_too(self, cast, consent, django_capture_on_commit_callbacks):
        document = consent.signature.signed_document.document
        key = store.put("documents", cast.practice.pk, b"%PDF-1.7 scan", "pdf")
        Document.objects.filter(pk=document.pk).update(storage_key=key)
        keys = sealing_keys(practice=cast.practice, by=by(cast.finn), at=NOW)
        lasting = store_document(
            practice=cast.practice,
            kind="signed_form",
            data=b"%PDF-1.7 and what was appended",
            certificate=keys.row,
            level="B-LTA",
            renews=document,
            by=by(cast.finn),
            at=NOW,
        )
        disposal = proposed(cast, consent, what="file")
        with django_capture_on_commit_callbacks(execute=True):
            execute_disposal(disposal=disposal, uses={consent.pk: NOTHING_OUT}, by=by(cast.paul), at=AFTER)
        with pytest.raises(store.FileMissing):
            store.read("documents", lasting.storage_key)
        lasting.refresh_from_db()
        assert lasting.renewal_after is None
        assert is_disposed_of(lasting)

    def test_erases_an_address_once_no_permission_needs_it(self, cast, consent):
        point = add_contact_point(
            person=cast.ana, kind="email", value="ana@example.org", by=by(cast.finn), at=NOW
        )
        propose = partial(
            propose_contact_disposal, point=point, why="The years are over.", by=by(cast.eve), at=AFTER
        )
        with pytest.raises(StillKept):
            propose(uses={})
        disposal = propose(uses={consent.pk: NOTHING_OUT})
        execute_disposal(disposal=disposal, uses={consent.pk: NOTHING_OUT}, by=by(cast.paul), at=AFTER)
        assert not ContactPoint.objects.exists()


class TestWhatIsKept:
    @pytest.mark.parametrize(
        ("at", "uses"),
        [
            (NOW, NOTHING_OUT),
            (BEFORE, NOTHING_OUT),
            (AFTER, Uses(out_still=True)),
            (AFTER, Uses(out_still=False, last_removed_on=date(2028, 1, 1))),
        ],
    )
    def test_before_its_day_is_not_proposed(self, cast, consent, at, uses):
        with pytest.raises(StillKept):
            proposed(cast, consent, at, uses=uses)

    def test_after_a_withdrawal_six_years_go_on(self, cast, consent):
        revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW)
        assert proposed(cast, consent).retain_until == date(2033, 6, 1)

    def test_is_not_executed_by_whoever_proposed_it(self, cast, consent):
        with pytest.raises(NeedsAnother):
            execute_disposal(
                disposal=proposed(cast, consent), uses={consent.pk: NOTHING_OUT}, by=by(cast.eve), at=AFTER
            )

    def test_is_not_executed_twice(self, cast, consent):
        disposal = execute_disposal(
            disposal=proposed(cast, consent), uses={consent.pk: NOTHING_OUT}, by=by(cast.paul), at=AFTER
        )
        with pytest.raises(NothingThere):
            execute_disposal(disposal=disposal, uses={consent.pk: NOTHING_OUT}, by=by(cast.paul), at=AFTER)

    @pytest.mark.parametrize("uses", [{}, {0: NOTHING_OUT}])
    def test_is_not_executed_while_something_may_be_out(self, cast, consent, uses):
        disposal = proposed(cast, consent)
        with pytest.raises(StillKept):
            execute_disposal(disposal=disposal, uses=uses, by=by(cast.paul), at=AFTER)
        assert SignatureMark.objects.exists()

    @pytest.mark.parametrize("whole", [True, False])
    def test_under_a_legal_hold_stays(self, cast, consent, whole):
        disposal = proposed(cast, consent)
        hold = place_legal_hold(
            person=cast.ana, consent=None if whole else consent, why="A lawsuit.", by=by(cast.eve), at=AFTER
        )
        with pytest.raises(Held):
            execute_disposal(disposal=disposal, uses={consent.pk: NOTHING_OUT}, by=by(cast.paul), at=AFTER)
        lift_legal_hold(hold=hold, why="It is over.", by=by(cast.eve), at=AFTER)
        execute_disposal(disposal=disposal, uses={consent.pk: NOTHING_OUT}, by=by(cast.paul), at=AFTER)

    def test_is_not_proposed_under_a_legal_hold(self, cast, consent):
        place_legal_hold(person=cast.ana, why="A lawsuit.", by=by(cast.eve), at=AFTER)
        with pytest.raises(Held):
            proposed(cast, consent)

    def test_of_another_permission_does_not_hold_this_one(self, cast, consent):
        other = signed_consent(cast, cast.ana, platforms=["website"])
        place_legal_hold(person=cast.ana, consent=other, why="A lawsuit.", by=by(cast.eve), at=AFTER)
        execute_disposal(
            disposal=proposed(cast, consent), uses={consent.pk: NOTHING_OUT}, by=by(cast.paul), at=AFTER
        )


class TestTheDatabase:
    def executed_by_sql(self, cast, consent, **columns):
        """A disposal as somebody writes it who does not ask our actions."""
        mark = SignatureMark.objects.get(signature=consent.signature)
        values = {
            "practice": cast.practice,
            "person": cast.ana,
            "consent": consent,
            "what": "mark",
            "row_id": mark.pk,
            "why": "x",
            "retain_until": date(2033, 5, 31),
            "proposed_by": cast.eve,
            "proposed_at": AFTER,
            "executed_by": cast.paul,
            "executed_at": AFTER,
        }
        Disposal.objects.create(**values | columns)
        return mark

    def test_lets_an_executed_disposal_erase(self, cast, consent):
        mark = self.executed_by_sql(cast, consent)
        delete_by_sql("consent_signaturemark", mark.pk)
        assert not SignatureMark.objects.exists()

    @pytest.mark.parametrize(
        "columns",
        [
            {"executed_by": None, "executed_at": None},
            {"retain_until": date(2033, 6, 2)},
            {"row_id": 0},
            {"what": "contact"},
        ],
    )
    def test_refuses_what_none_allows(self, cast, consent, columns):
        mark = self.executed_by_sql(cast, consent, **columns)
        with pytest.raises(DatabaseError):
            delete_by_sql("consent_signaturemark", mark.pk)
        assert SignatureMark.objects.exists()

    def test_refuses_one_that_was_cancelled_and_executed(self, cast, consent):
        with pytest.raises(IntegrityError), transaction.atomic():
            self.executed_by_sql(
                cast, consent, cancelled_by=cast.eve, cancelled_at=AFTER, cancelled_why="No."
            )

    def test_keeps_a_cancelled_one_as_it_is_and_lets_it_be_proposed_once_more(self, cast, consent):
        first = cancel_disposal(disposal=proposed(cast, consent), why="Not yet.", by=by(cast.eve), at=AFTER)
        with pytest.raises(DatabaseError), transaction.atomic():
            Disposal.objects.filter(pk=first.pk).update(
                cancelled_by=None, cancelled_at=None, cancelled_why=""
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            Disposal.objects.filter(pk=first.pk).update(executed_by=cast.paul, executed_at=AFTER)
        second = proposed(cast, consent)
        with pytest.raises(DatabaseError), transaction.atomic():
            self.executed_by_sql(cast, consent)
        assert [*Disposal.objects.order_by("pk")] == [first, second]
        events = LedgerEntry.objects.filter(subject=f"disposal:{first.pk}").order_by("seq")
        assert [one.event for one in events] == ["disposal.proposed", "disposal.cancelled"]

    def test_refuses_one_that_one_person_alone_wrote(self, cast, consent):
        with pytest.raises(IntegrityError), transaction.atomic():
            self.executed_by_sql(cast, consent, executed_by=cast.eve)

    def test_refuses_what_is_held(self, cast, consent):
        mark = self.executed_by_sql(cast, consent)
        place_legal_hold(person=cast.ana, why="A lawsuit.", by=by(cast.eve), at=AFTER)
        with pytest.raises(DatabaseError):
            delete_by_sql("consent_signaturemark", mark.pk)

    def test_refuses_to_erase_an_address_without_one(self, cast):
        point = add_contact_point(
            person=cast.ana, kind="phone", value="(555) 010-0123", by=by(cast.finn), at=NOW
        )
        with pytest.raises(DatabaseError):
            delete_by_sql("consent_contactpoint", point.pk)

    @pytest.mark.parametrize("table", ["consent_disposal", "consent_legalhold"])
    def test_keeps_disposals_and_holds(self, cast, consent, table):
        execute_disposal(
            disposal=proposed(cast, consent), uses={consent.pk: NOTHING_OUT}, by=by(cast.paul), at=AFTER
        )
        hold = place_legal_hold(person=cast.ana, why="A lawsuit.", by=by(cast.eve), at=AFTER)
        lift_legal_hold(hold=hold, why="It is over.", by=by(cast.eve), at=AFTER)
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET why = 'other'"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
