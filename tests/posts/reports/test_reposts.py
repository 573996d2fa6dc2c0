"""Compliance sees the whole of a repost on a page, and hands it out in a file that is checked offline (R96, R97)."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent.audit.models import LedgerEntry
from consent.audit.rules import SYSTEM
from posts.community.actions import begin_request, note_reply, tend_stories
from posts.community.models import AccountProof
from posts.content.models import Version
from posts.publishing.models import Delivery, Takedown
from tests.authors import asks_code, phone
from tests.cast import NOW, Cast, by
from tests.ceremonies import sample_wording
from tests.desk import as_, at, words
from tests.drafts import a_channel
from tests.stories import TERMS, WORDS, asked


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(db):
    cast = Cast()
    for kind in ("authorization_adult", "author_licence"):
        sample_wording(cast, kind)
    assert cast.finn
    assert cast.freya
    assert cast.eve
    return cast


def unpacked(data, folder):
    zipfile.ZipFile(io.BytesIO(data)).extractall(folder)
    return folder


def check(folder):
    """The pack's own script, by a Python without anything installed."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "check.py"], cwd=folder, capture_output=True, text=True, check=False
    )


class TestThePage:
    def test_tells_what_was_seen_who_said_who_is_who_and_the_words_as_sent(self, cast):
        request, _ = asked(cast, cast.ana)
        note_reply(request=request, words="#yes", by=by(cast.dan), at=NOW)
        page = words(as_(cast.eve).get(at("reports:repost", request.pk)))
        for told in (WORDS, "@rosa.runs", "Ana", "made it · a patient", "Dan said that nobody else is in it",
                     "would love to share it", "#yes", "Licence of the author", "waits for an answer",
                     "Nothing of it went out."):  # fmt: skip
            assert told in page, told

    def test_says_nothing_of_an_account_that_nobody_looked_at(self, cast):
        request, token = asked(cast, cast.ana)
        asks_code(phone(token))
        assert AccountProof.objects.get().noted_by is None
        assert "account was proved" not in words(as_(cast.eve).get(at("reports:repost", request.pk)))

    def test_says_that_what_was_deleted_is_no_longer_where_it_was(self, cast):
        request, _ = asked(cast, cast.ana)
        out = Delivery.objects.create(
            practice=cast.practice,
            version=Version.objects.get(post=request.post),
            account=a_channel(cast),
            state="found",
            due_at=NOW,
            changed_at=NOW,
            remote_url="https://riverbend.example/wall/",
        )
        eve = as_(cast.eve)
        assert "where it is" in words(eve.get(at("reports:repost", request.pk)))
        moments = {"owed_at": NOW, "due_at": NOW, "not_before": NOW, "deleted_at": NOW}
        Takedown.objects.create(
            practice=cast.practice, delivery=out, why="withdrawn", state="deleted", **moments
        )
        page = words(eve.get(at("reports:repost", request.pk)))
        assert "Our wall: taken down" in page
        assert "where it is" not in page

    def test_is_read_by_those_who_prove_the_record_and_by_nobody_else(self, cast):
        request, _ = asked(cast, cast.ana)
        for name, status in (("eve", 200), ("aida", 200), ("paul", 200), ("dan", 403), ("finn", 403)):
            assert as_(getattr(cast, name)).get(at("reports:repost", request.pk)).status_code == status, name
            assert as_(getattr(cast, name)).get(at("reports:reposts")).status_code == status, name

    @pytest.mark.parametrize("name", ["eve", "aida", "paul"])
    def test_is_reached_by_links_from_the_stories_and_from_the_history(self, cast, name):
        request, _ = asked(cast, cast.ana)
        member = as_(getattr(cast, name))
        for page in ("community:stories", "reports:history"):
            assert at("reports:reposts") in words(member.get(at(page))), page
        for page in (at("reports:reposts"), at("community:request", request.pk)):
            assert at("reports:repost", request.pk) in words(member.get(page)), page

    def test_is_not_offered_to_whom_it_refuses(self, cast):
        request, _ = asked(cast, cast.ana)
        dan = as_(cast.dan)
        for page in (at("community:stories"), at("community:request", request.pk)):
            assert at("reports:reposts") not in words(dan.get(page))

    def test_costs_the_same_whatever_happened(self, cast):
        request, _ = asked(cast, cast.ana)
        eve = as_(cast.eve)
        eve.get(at("reports:repost", request.pk))
        with CaptureQueriesContext(
            connection,
        ) as few:
            eve.get(at("reports:repost", request.pk))
        for number in range(6):
            note_reply(request=request, words=f"yes {number}", by=by(cast.dan), at=NOW)
        with CaptureQueriesContext(connection) as many:
            eve.get(at("reports:repost", request.pk))
        assert len(many) == len(few)


class TestTheLists:
    def test_name_lapsed_requests_and_people_asked_more_than_once(self, cast):
        request, _ = asked(cast, cast.ana)
        later = NOW + timedelta(days=15)
        with time_machine.travel(later, tick=False):
            eve = as_(cast.eve)
            page = words(eve.get(at("reports:reposts")))
            assert "Nobody was asked more than once." in page
            tend_stories(by=SYSTEM, at=later)
            begin_request(story=request.story, post=request.post, terms=TERMS, by=by(cast.mia), at=later)
            page = words(eve.get(at("reports:reposts")))
            assert "2 times" in page
            assert "Lapsed without an answer" in page
            assert "asked by Dan" in page

    def test_teach_where_there_is_nothing(self, cast):
        assert "No story was asked for yet." in words(as_(cast.eve).get(at("reports:reposts")))


class TestThePack:
    def test_is_checked_by_python_alone(self, cast, tmp_path):
        request, token = asked(cast, cast.ana)
        response = as_(cast.eve).post(at("reports:repost_pack", request.pk))
        assert response["Content-Type"] == "application/zip"
        folder = unpacked(response.content, tmp_path)
        done = check(folder)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "The pack is whole." in done.stdout
        assert "The ledger is whole" in done.stdout
        told = json.loads((folder / "story.json").read_text())
        assert told["request"]["standing"] == "requested"
        assert told["who_is_who"][0]["who"] == "Ana Ruiz"
        assert token not in str(told)
        assert LedgerEntry.objects.filter(event="repost.packed").count() == 1

    @pytest.mark.parametrize("name", ["message.txt", "snapshots/1.json", "story.json", "ledger.jsonl"])
    def test_one_changed_letter_is_found(self, cast, tmp_path, name):
        request, _ = asked(cast, cast.ana)
        folder = unpacked(as_(cast.eve).post(at("reports:repost_pack", request.pk)).content, tmp_path)
        file = folder / name
        file.write_bytes(file.read_bytes().replace(b"e", b"a", 1))
        done = check(folder)
        assert done.returncode == 1
        assert done.stdout.startswith("BROKEN.")

    def test_a_snapshot_that_was_swapped_with_its_manifest_is_found_by_the_ledger(self, cast, tmp_path):
        import hashlib

        request, _ = asked(cast, cast.ana)
        folder = unpacked(as_(cast.eve).post(at("reports:repost_pack", request.pk)).content, tmp_path)
        file = folder / "message.txt"
        file.write_text("May we?")
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["files"]["message.txt"] = hashlib.sha256(b"May we?").hexdigest()
        manifest["vouched"][0]["sha256"] = manifest["files"]["message.txt"]
        (folder / "manifest.json").write_text(json.dumps(manifest))
        done = check(folder)
        assert done.returncode == 1
        assert "not what the ledger took down" in done.stdout

    @pytest.mark.parametrize("subject", [None, "repostrequest:999"])
    def test_a_message_that_is_said_to_be_about_something_else_is_found(self, cast, tmp_path, subject):
        request, _ = asked(cast, cast.ana)
        folder = unpacked(as_(cast.eve).post(at("reports:repost_pack", request.pk)).content, tmp_path)
        manifest = json.loads((folder / "manifest.json").read_text())
        [message] = [one for one in manifest["vouched"] if one["file"] == "message.txt"]
        message["subject"] = subject
        (folder / "manifest.json").write_text(json.dumps(manifest))
        assert "not what the ledger took down" in check(folder).stdout

    def test_is_only_for_those_who_may_export(self, cast):
        request, _ = asked(cast, cast.ana)
        assert as_(cast.dan).post(at("reports:repost_pack", request.pk)).status_code == 403
        assert as_(cast.eve).get(at("reports:repost_pack", request.pk)).status_code == 405
        assert not LedgerEntry.objects.filter(event="repost.packed").exists()
