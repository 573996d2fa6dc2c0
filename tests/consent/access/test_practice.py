"""Opening a practice, its details, its places and their dated facts."""

from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from consent.access.actions import (
    DemoStillHere,
    Facts,
    FactsOfThatDay,
    NameTaken,
    OwnerDetails,
    PracticeDetails,
    add_location,
    open_practice,
    record_facts,
)
from consent.access.models import LocationFacts, Membership, Practice, User
from consent.access.queries import facts_on
from consent.access.rules import UnknownTimeZone
from consent.audit.models import LedgerEntry
from consent.audit.rules import SYSTEM
from tests.cast import NOW, by

pytestmark = pytest.mark.django_db
DETAILS = PracticeDetails("Lakeside", "(555) 010-0199", "Pat", "pat@example.org", "America/Chicago")
FACTS = Facts(date(2026, 11, 23), "Lakeside LLC", "IL", "dentist", "America/Chicago")
FORM = {
    "name": "Riverbend Family Practice",
    "phone": "(555) 010-0111",
    "privacy_officer": "Eve Example",
    "privacy_email": "privacy@riverbend.example.org",
    "time_zone": "America/New_York",
    "hipaa_entity": "on",
    "cooling_off_days": "7",
    "months_after_a_no": "12",
}


def opened(**fields: Any) -> Membership:
    usual: dict[str, Any] = {
        "slug": "lakeside",
        "details": DETAILS,
        "location": "Pier",
        "facts": FACTS,
        "owner": OwnerDetails("pat@example.org", "Pat"),
        "by": SYSTEM,
        "at": NOW,
    }
    return open_practice(**{**usual, **fields})


class TestOpening:
    def test_makes_practice_place_and_owner_with_one_story_in_the_ledger(self):
        owner = opened()
        assert owner.can("member.manage")
        assert not owner.user.has_usable_password()
        told = LedgerEntry.objects.filter(chain=f"practice:{owner.practice_id}").order_by("seq")
        assert [entry.event for entry in told] == ["practice.opened", "location.changed", "member.added"]

    def test_refuses_a_real_practice_beside_demo_sign_ins(self, cast):
        assert cast.dan.is_demo
        with pytest.raises(DemoStillHere, match="Remove the demo"):
            opened()
        assert not Practice.objects.filter(slug="lakeside").exists()

    def test_keeps_no_mark_that_turns_a_name_around(self):
        owner = opened(owner=OwnerDetails("pat@example.org", "P\u202eat"), location="Pi\u2067er")
        assert owner.user.name == "Pat"
        assert owner.practice.locations.get().name == "Pier"

    def test_refuses_a_short_name_that_is_taken(self):
        opened()
        with pytest.raises(NameTaken):
            opened(owner=OwnerDetails("other@example.org", "Other"))

    def test_is_a_command_that_prints_the_owners_link(self, capsys):
        call_command(
            "open_practice",
            "--name=Lakeside",
            "--slug=lakeside",
            "--phone=(555) 010-0199",
            "--privacy-officer=Pat",
            "--privacy-email=pat@example.org",
            "--time-zone=America/Chicago",
            "--location=Pier",
            "--legal-entity=Lakeside LLC",
            "--state=IL",
            "--profession=dentist",
            "--owner-name=Pat",
            "--owner-email=Pat@example.org",
        )
        assert "/welcome/" in capsys.readouterr().out
        assert User.objects.get().email == "pat@example.org"

    def test_says_which_answer_makes_no_sense(self):
        answers = {
            "name": "L",
            "slug": "l",
            "phone": "1",
            "privacy_officer": "P",
            "privacy_email": "p@example.org",
            "location": "Pier",
            "legal_entity": "L",
            "state": "IL",
            "profession": "dentist",
            "owner_name": "P",
            "owner_email": "p@example.org",
        }
        with pytest.raises(CommandError, match="No time zone is called “Mars/Base”"):
            call_command("open_practice", **answers, time_zone="Mars/Base")


class TestChanging:
    def test_saves_and_names_the_fields_that_changed(self, cast, signed_in):
        signed_in(cast.olga).post(
            "/p/riverbend/practice/change/", {**FORM, "wall_sites": "https://Www.Riverbend.example.org/"}
        )
        cast.practice.refresh_from_db()
        assert cast.practice.wall_sites == ["https://www.riverbend.example.org"]
        entry = LedgerEntry.objects.get(event="practice.changed")
        assert b'"fields":["phone","wall_sites"]' in bytes(entry.body)

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("River\u202ednoc", "Riverdnoc"),
            ("\u2066Riverbend\u2069\u200f", "Riverbend"),
            ("\u202e", "Riverbend Family Practice"),
        ],
    )
    def test_keeps_no_mark_that_turns_the_name_around(self, cast, signed_in, typed, kept):
        signed_in(cast.olga).post("/p/riverbend/practice/change/", {**FORM, "name": typed})
        cast.practice.refresh_from_db()
        assert cast.practice.name == kept

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("time_zone", "Mars/Base", "No time zone is called “Mars/Base”"),
            ("wall_sites", "http://example.org", "is not the address of a website"),
            ("wall_sites", "https://example.org/; script-src *", "is not the address of a website"),
        ],
    )
    def test_answers_nonsense_with_a_sentence_and_changes_nothing(
        self, cast, signed_in, field, value, sentence
    ):
        page = signed_in(cast.olga).post("/p/riverbend/practice/change/", {**FORM, field: value})
        assert sentence in page.content.decode()
        cast.practice.refresh_from_db()
        assert cast.practice.phone == "(555) 010-0100"

    def test_in_a_tab_opened_earlier_undoes_nothing(self, cast, signed_in):
        olga, page = signed_in(cast.olga), "/p/riverbend/practice/change/"
        shown = {f"initial-{name}": "True" if value == "on" else value for name, value in FORM.items()}
        shown |= {"initial-phone": "(555) 010-0100", "initial-address": "", "initial-wall_sites": ""}
        for name in shown:
            assert f'name="{name}"' in olga.get(page).content.decode()
        olga.post(page, shown | FORM | {"privacy_officer": "Paul"})
        olga.post(page, shown | FORM | {"address": "1 River Street"})
        riverbend = Practice.objects.get(slug="riverbend")
        assert (riverbend.privacy_officer, riverbend.address) == ("Paul", "1 River Street")

    def test_is_open_to_the_auditor_only_to_read(self, cast, signed_in):
        auditor = signed_in(cast.aida)
        page = auditor.get("/p/riverbend/practice/").content.decode()
        assert "America/New_York" in page
        assert "Change these details" not in page


class TestPlaces:
    def test_keep_what_held_before_when_facts_change(self, cast):
        record_facts(
            location=cast.location,
            facts=Facts(date(2026, 12, 1), "Riverbend LLC", "KY", "physician", "America/New_York"),
            by=by(cast.olga),
            at=NOW,
        )
        days = [date(2019, 12, 31), date(2026, 11, 30), date(2026, 12, 1)]
        held = [facts_on(cast.location, day) for day in days]
        assert [facts and facts.state for facts in held] == [None, "OH", "KY"]

    def test_refuse_a_second_version_of_one_day_and_an_unknown_clock(self, cast):
        with pytest.raises(FactsOfThatDay):
            record_facts(
                location=cast.location,
                facts=Facts(date(2020, 1, 1), "R", "OH", "physician", "America/New_York"),
                by=by(cast.olga),
                at=NOW,
            )
        with pytest.raises(UnknownTimeZone):
            add_location(
                practice=cast.practice,
                name="Moon",
                facts=Facts(date(2026, 1, 1), "R", "OH", "physician", "Moon/Sea"),
                by=by(cast.olga),
                at=NOW,
            )
        assert LocationFacts.objects.count() == 1
        assert cast.practice.locations.count() == 1

    def test_are_added_by_the_owner_on_the_page(self, cast, signed_in):
        facts = {
            "name": "Riverside",
            "from_date": "2026-11-23",
            "legal_entity": "Riverbend LLC",
            "state": "OH",
            "profession": "dentist",
            "time_zone": "America/New_York",
        }
        page = signed_in(cast.olga).post("/p/riverbend/practice/locations/add/", facts, follow=True)
        assert "Riverside is on record." in page.content.decode()
        assert "Dentistry" in page.content.decode()
