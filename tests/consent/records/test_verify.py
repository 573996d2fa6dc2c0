"""Verify: whoever holds a file learns whether it is ours, unchanged and in force, and nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from consent.audit.models import LedgerEntry
from consent.audit.rules import Actor
from consent.evidence.actions import renew_due, store_document
from consent.evidence.models import Document
from consent.evidence.queries import document_bytes
from consent.records.actions import revoke
from consent.signing.actions import complete_signature, give_tablet_copy
from consent.signing.models import Ceremony
from tests.cast import NOW, Cast
from tests.ceremonies import answered, handed_over, signed
from tests.seals import ATTACKS, WORKER

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture(autouse=True)
def _clock(db):
    cache.clear()
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def signature(cast):
    """Ana's, sealed, with a copy given."""
    signature = signed(answered(handed_over(cast)[0]))
    complete_signature(signature=signature, by=WORKER, at=NOW)
    give_tablet_copy(ceremony=Ceremony.objects.get(), method="screen", by=Actor("person", "1"), at=NOW)
    return signature


@pytest.fixture
def data(signature):
    return document_bytes(Document.objects.get())


def asked(data, client=None):
    file = SimpleUploadedFile("form.pdf", data, "application/pdf")
    return (client or Client()).post("/verify/", {"file": file})


class TestAFileOfOurs:
    def test_is_genuine_unchanged_and_in_force(self, data):
        page = asked(data).content.decode()
        assert "genuine and unchanged" in page
        assert "Yes, today." in page
        assert "PAdES B-T" in page
        assert "on record since November 23, 2026" in page

    def test_that_was_made_to_last_is_as_well(self, data):
        assert renew_due(by=WORKER, at=NOW + timedelta(minutes=5))
        lasting = document_bytes(Document.objects.get(level="B-LTA"))
        for held in (data, lasting):
            page = asked(held).content.decode()
            assert "genuine and unchanged" in page
            assert "Yes, today." in page

    def test_is_still_genuine_after_withdrawal_but_not_in_force(self, data, signature, cast):
        revoke(consent=signature.consent, how="desk", by=Actor("user", str(cast.finn.pk)), at=NOW)
        page = asked(data).content.decode()
        assert "genuine and unchanged" in page
        assert "Yes, today." not in page
        assert "No. It has ended, was withdrawn" in page

    def test_is_told_of_without_a_name(self, data):
        page = asked(data).content.decode()
        assert "Riverbend Family Practice" in page
        for private in ("Ana", "Ruiz", "Finn", "Freya", "testimonial"):
            assert private not in page

    def test_leaves_no_trace(self, data):
        before = (LedgerEntry.objects.count(), Document.objects.count())
        asked(data)
        assert (LedgerEntry.objects.count(), Document.objects.count()) == before


class TestAFileThatIsNotOurs:
    def test_gets_the_same_answer_whether_foreign_or_changed(self, data):
        answers = {asked(attack(data)).content.split(b"<main")[1].split(b"<form")[0] for attack in ATTACKS}
        assert len(answers) == 1
        assert "We do not know this file" in answers.pop().decode()

    def test_is_never_read_as_a_pdf(self, data, monkeypatch):
        monkeypatch.setattr(
            "consent.records.queries.verifying.seal_problems", lambda *given: pytest.fail("read")
        )
        assert "We do not know" in asked(data + b"\n").content.decode()


class TestADocumentThatIsNoPermission:
    def test_is_genuine_and_says_nothing_of_force(self, cast):
        store_document(practice=cast.practice, kind="blank_form", data=b"%PDF-1.7 blank", by=WORKER, at=NOW)
        page = asked(b"%PDF-1.7 blank").content.decode()
        assert "genuine and unchanged" in page
        assert "Still in force" not in page


class TestThePage:
    def test_asks_for_a_file_and_needs_no_sign_in(self, db):
        page = Client().get("/verify/")
        assert page.status_code == 200
        assert "looked at and not kept" in page.content.decode()

    def test_wants_a_file_and_the_page_it_came_from(self, db):
        assert Client().post("/verify/").status_code == 422
        assert asked(b"x", Client(enforce_csrf_checks=True)).status_code == 403

    def test_refuses_what_is_too_large_before_reading_it(self, db):
        page = Client().post(
            "/verify/", b"", content_type="application/pdf", CONTENT_LENGTH=str(30 * 1024 * 1024)
        )
        assert page.status_code == 413
        assert "none of ours" in page.content.decode()

    def test_takes_a_large_file_without_writing_it_anywhere(self, db, settings, tmp_path):
        settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "missing")
        assert asked(b"x" * (5 * 1024 * 1024)).status_code == 200

    def test_asks_for_patience_after_thirty_files(self, db):
        statuses = [asked(b"x").status_code for _ in range(31)]
        assert statuses == [200] * 30 + [429]


class TestTheCommand:
    def test_counts_what_is_whole(self, data, cast, capsys):
        store_document(practice=cast.practice, kind="blank_form", data=b"%PDF-1.7 old", by=WORKER, at=NOW)
        call_command("verify_documents")
        told = capsys.readouterr().out
        assert "2 documents: 1 sealed and valid, 1 kept by their SHA-256 and unchanged" in told

    def test_names_what_is_broken(self, data, settings):
        document = Document.objects.get()
        path = settings.DATA_DIR / "files" / "documents" / document.storage_key
        path.write_bytes(data + b"\n")
        with pytest.raises(CommandError, match="1 documents are broken"):
            call_command("verify_documents", "--practice", "riverbend")
        path.unlink()

    def test_names_one_that_is_gone(self, data, settings, capsys):
        document = Document.objects.get()
        (settings.DATA_DIR / "files" / "documents" / document.storage_key).unlink()
        with pytest.raises(CommandError):
            call_command("verify_documents")
        assert f"BROKEN: document {document.pk} of Riverbend" in capsys.readouterr().out
