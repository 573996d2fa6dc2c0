"""The history: every step in words, newest first, with names only for those who may know them."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consent.access.models import User
from consent.audit import offline
from consent.audit.models import LedgerEntry
from consent.audit.vocabulary import EVENTS
from consent.people.actions import add_person, exclude_representation, note_viewing
from consent.people.models import Person
from consent.records.actions import place_hold
from posts.reports.rules import facts_told, group_of
from tests.cast import NOW, Cast, by
from tests.consents import given_authority, signed_consent

from .duties import given_delivery

pytestmark = pytest.mark.django_db
HISTORY = "/p/riverbend/history/"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def read(client: Client, user: User, address: str = HISTORY) -> str:
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return " ".join(client.get(address).content.decode().split())


class TestTimeline:
    def test_tells_who_did_what_about_whom(self, client: Client, cast: Cast) -> None:
        place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        page = read(client, cast.eve)
        assert "<strong>Finn</strong> asked us to stop; put on hold" in page
        assert "Ana Ruiz" in page

    def test_names_nobody_to_those_who_may_not_know(self, client: Client, cast: Cast) -> None:
        place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        page = read(client, cast.olga)
        assert "asked us to stop" in page
        assert "Ana" not in page

    def test_keeps_exclusions_to_the_privacy_role(self, client: Client, cast: Cast) -> None:
        authority = given_authority(cast, cast.bea, cast.carla)
        exclude_representation(representation=authority, by=by(cast.paul), at=NOW)
        assert "excluded a representative" in read(client, cast.paul)
        assert "excluded a representative" not in read(client, cast.eve)

    def test_reads_on_where_the_last_piece_ended(self, client: Client, cast: Cast) -> None:
        for _ in range(60):
            note_viewing(person=cast.ana, page="record", by=by(cast.finn), at=NOW)
        first = read(client, cast.eve)
        assert "Entry 60<" in first
        assert "Entry 10<" not in first
        second = read(client, cast.eve, HISTORY + "?before=11")
        assert "Entry 10<" in second
        assert "Entry 11<" not in second
        assert 'href="?before=11"' in first

    def test_costs_the_same_for_one_entry_and_for_fifty(self, client: Client, cast: Cast) -> None:
        counts = []
        for number in (1, 49):
            for one in range(number):
                person = given_somebody(cast, f"Pat{number}{one}")
                note_viewing(person=person, page="record", by=by(cast.finn), at=NOW)
                if one % 10 == 0:
                    given_delivery(cast)
            read(client, cast.eve)
            with CaptureQueriesContext(connection) as captured:
                client.get(HISTORY)
            counts.append(len(captured))
        assert counts[0] == counts[1], counts

    def test_teaches_when_nothing_happened_yet(self, client: Client, cast: Cast) -> None:
        assert "Nothing has happened yet." in read(client, cast.eve)


class TestFilters:
    @pytest.fixture(autouse=True)
    def _events(self, cast: Cast) -> None:
        place_hold(person=cast.ana, by=by(cast.finn), at=NOW - timedelta(days=3))
        note_viewing(person=cast.vic, page="record", by=by(cast.finn), at=NOW)
        given_delivery(cast)

    @pytest.mark.parametrize(
        ("asked", "found", "left_out"),
        [
            ("?group=permissions", "put on hold", "opened a person"),
            ("?post=bell", "scheduled a delivery", "put on hold"),
            ("?since=2026-11-22", "opened a person", "put on hold"),
            ("?until=2026-11-20", "put on hold", "opened a person"),
        ],
    )
    def test_show_only_what_is_asked_for(
        self, client: Client, cast: Cast, asked: str, found: str, left_out: str
    ) -> None:
        page = read(client, cast.eve, HISTORY + asked)
        assert found in page
        assert left_out not in page

    @pytest.mark.parametrize(
        "asked", ["?since=0001-01-01", "?until=9999-12-31", f"?before={'9' * 25}", "?before=\u00b2"]
    )
    def test_shrugs_at_what_no_day_or_entry_can_be(self, client, cast, asked):
        read(client, cast.eve, HISTORY + asked)

    def test_find_a_person_whose_name_stays_out_of_the_address(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.eve, "django.contrib.auth.backends.ModelBackend")
        answer = client.post(HISTORY, {"q": "vic", "since": "2026-11-01"})
        assert answer["Location"] == f"{HISTORY}?since=2026-11-01&s=1"
        page = read(client, cast.eve, answer["Location"])
        assert "opened a person" in page
        assert "put on hold" not in page
        assert 'value="vic"' in page

    def test_of_a_day_that_makes_no_sense_show_everything_and_say_so(
        self, client: Client, cast: Cast
    ) -> None:
        page = read(client, cast.eve, HISTORY + "?since=yesterday")
        assert "Enter a valid date." in page
        assert "put on hold" in page


class TestOneThing:
    def test_a_person_has_a_history_and_reading_it_is_in_it(self, client: Client, cast: Cast) -> None:
        signed_consent(cast, cast.ana)
        note_viewing(person=cast.vic, page="record", by=by(cast.finn), at=NOW)
        read(client, cast.finn, f"/p/riverbend/people/{cast.ana.pk}/history/")
        page = read(client, cast.finn, f"/p/riverbend/people/{cast.ana.pk}/history/")
        assert "History of Ana Ruiz" in page
        assert "<strong>Postern</strong> signed" in page
        assert "<strong>Finn</strong> opened a person" in page
        assert not re.search(r"\bVic\b", page)
        assert LedgerEntry.objects.filter(event="person.viewed", person=cast.ana.pk).count() == 2

    def test_a_post_has_every_step_from_review_to_delivery(self, client: Client, cast: Cast) -> None:
        delivery = given_delivery(cast)
        assert delivery.version is not None
        page = read(client, cast.dan, f"/p/riverbend/posts/{delivery.version.post_id}/history/")
        assert page.index("scheduled a delivery: “The bell, our website”") < page.index(
            "asked the gate, which said yes: “The bell”"
        )

    def test_of_another_practice_is_not_there(self, client: Client, cast: Cast) -> None:
        assert cast.zed
        client.force_login(cast.zed, "django.contrib.auth.backends.ModelBackend")
        assert client.get(f"/p/hilltop/people/{cast.ana.pk}/history/").status_code == 403
        assert client.get("/p/hilltop/posts/1/history/").status_code == 404


class TestProof:
    def test_the_chain_is_checked_on_demand(self, client: Client, cast: Cast) -> None:
        place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        assert "You have not checked the chain" in read(client, cast.aida)
        page = client.post(HISTORY + "verify/", follow=True).content.decode()
        assert "The chain is whole, checked" in page
        assert "1 entry, bound" in " ".join(page.split())

    def test_looking_does_not_check(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.aida, "django.contrib.auth.backends.ModelBackend")
        assert client.get(HISTORY + "verify/").status_code == 405

    def test_the_export_is_verified_without_postern(self, client: Client, cast: Cast, tmp_path: Path) -> None:
        place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        note_viewing(person=cast.ana, page="record", by=by(cast.finn), at=NOW)
        client.force_login(cast.aida, "django.contrib.auth.backends.ModelBackend")
        response = client.get(HISTORY + "ledger.jsonl")
        file = tmp_path / "ledger.jsonl"
        file.write_bytes(response.getvalue())
        assert [json.loads(line)["seq"] for line in file.read_text().splitlines()] == [1, 2]
        done = subprocess.run(
            [sys.executable, str(offline.__file__), str(file)], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stdout

    def test_an_owner_reads_but_takes_nothing_away(self, client: Client, cast: Cast) -> None:
        assert "JSON lines" not in read(client, cast.olga)
        assert client.get(HISTORY + "ledger.jsonl").status_code == 403


class TestWords:
    def test_every_event_belongs_to_a_group(self) -> None:
        assert [event for event in EVENTS if not group_of(event)] == []

    def test_facts_are_said_in_words(self) -> None:
        facts = {
            "part": {"platforms": ["instagram"]},
            "how": "desk",
            "due_at": "2026-11-23T15:00:00.000000Z",
            "note": "",
        }
        assert facts_told(facts) == [
            ("what", "Instagram"),
            ("how", "desk"),
            ("due", "2026-11-23 15:00:00 UTC"),
        ]


def given_somebody(cast: Cast, name: str) -> Person:
    return add_person(practice=cast.practice, given=name, relations=["patient"], by=by(cast.finn), at=NOW)
