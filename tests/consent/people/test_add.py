"""Adding somebody, and what is refused."""

from datetime import date
from typing import Any

import pytest

from consent.audit.models import LedgerEntry
from consent.people.actions import (
    IdentifierTaken,
    LikelyDuplicate,
    add_contact_point,
    add_person,
    change_person,
    record_death,
    rename_person,
)
from consent.people.models import ContactPoint, Person
from consent.people.rules import FieldRefused
from tests.cast import NOW, Cast, by


@pytest.fixture
def cast(db):
    return Cast()


def add(cast, **fields):
    told: dict[str, Any] = {
        "given": "Liam",
        "family": "Ortega",
        "relations": ["patient"],
        "born": date(2017, 4, 1),
    } | fields
    return add_person(practice=cast.practice, by=by(cast.finn), at=NOW, **told)


class TestAdding:
    def test_keeps_the_person_and_tells_the_ledger_no_names(self, cast):
        person = add(cast, identifiers=[("MRN", "77")], contact_points=[("email", "Mum@Example.org")])
        assert person.alias == "Liam"
        assert [str(name) for name in person.names.all()] == ["Liam Ortega"]
        assert person.identifiers.get().value == "77"
        body = LedgerEntry.objects.get(event="person.added").body
        assert b"Ortega" not in bytes(body)
        assert b"patient" in bytes(body)

    def test_warns_of_somebody_with_this_name_and_birth_date(self, cast):
        first = add(cast)
        with pytest.raises(LikelyDuplicate) as warned:
            add(cast, given="LIÁM")
        assert warned.value.people == [first]
        assert add(cast, given="LIÁM", knowing_duplicates=True) != first

    def test_refuses_a_number_that_another_record_holds(self, cast):
        add(cast, identifiers=[("MRN", "77")])
        with pytest.raises(IdentifierTaken, match="MRN 77 already belongs to a record"):
            add(cast, given="Noah", identifiers=[("MRN", "77")])
        assert Person.objects.filter(alias="Noah").count() == 0

    @pytest.mark.parametrize(
        ("fields", "field", "says"),
        [
            ({"given": "x" * 300}, "given", "300 characters are too many"),
            ({"family": "y" * 300}, "family", "Family name: 300 characters"),
            ({"given": "🤷"}, "given", "write it with letters"),
            ({"alias": "z" * 81}, "alias", "Shown as: 81 characters"),
            ({"born": date(2027, 1, 1)}, "born", "1 Jan 2027 has not come yet"),
            ({"born": date(1850, 1, 1)}, "born", "nobody born on 1 Jan 1850"),
            ({"relations": []}, "relations", "choose what the person is"),
            ({"contact_points": [("email", "mum@home")]}, "email", "no complete address"),
            ({"contact_points": [("phone", "12")]}, "phone", "ten digits"),
            ({"identifiers": [("MRN", "1" * 200)]}, "identifier", "at most 120"),
        ],
    )
    def test_names_the_field_and_keeps_nothing(self, cast, fields, field, says):
        with pytest.raises(FieldRefused, match=says) as refused:
            add(cast, **fields)
        assert refused.value.field == field
        assert not Person.objects.exists()


class TestContactPoints:
    def test_are_sealed_and_kept_once(self, cast):
        first = add_contact_point(
            person=cast.ana, kind="phone", value="(555) 010-0199", by=by(cast.finn), at=NOW
        )
        again = add_contact_point(
            person=cast.ana, kind="phone", value="+1 555 010 0199", by=by(cast.finn), at=NOW
        )
        assert first == again
        assert ContactPoint.objects.get().value == "+15550100199"
        raw = ContactPoint.objects.extra(select={"raw": "value"}).values_list("raw", flat=True).get()
        assert "5550100199" not in raw


class TestChanging:
    def test_notes_which_details_changed_and_not_what(self, cast):
        change_person(person=cast.ana, changes={"alias": "Annie", "language": "en"}, by=by(cast.finn), at=NOW)
        entry = LedgerEntry.objects.get(event="person.changed")
        assert b'"fields":["alias"]' in bytes(entry.body)
        assert b"Annie" not in bytes(entry.body)

    def test_dates_a_former_name(self, cast):
        rename_person(person=cast.ana, given="Ana", family="Vega", by=by(cast.finn), at=NOW)
        former, current = cast.ana.names.order_by("pk")
        assert (former.until, current.since, current.until) == (date(2026, 11, 23), date(2026, 11, 23), None)

    def test_records_a_death_only_on_a_possible_day(self, cast):
        for day in (date(2026, 11, 24), date(1980, 1, 1)):
            with pytest.raises(FieldRefused, match="Day of death"):
                record_death(person=cast.ana, died_on=day, by=by(cast.finn), at=NOW)
        assert record_death(person=cast.ana, died_on=date(2026, 11, 20), by=by(cast.finn), at=NOW).deceased_on
