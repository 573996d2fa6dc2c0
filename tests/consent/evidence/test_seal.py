"""Storing, sealing, copying and opening what was signed."""

import hashlib
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from consent.audit.models import LedgerEntry
from consent.audit.rules import Actor
from consent.evidence.actions import (
    NotSealedYet,
    give_copy,
    open_document,
    seal,
    sealing_keys,
    store_document,
)
from consent.evidence.models import CopyGiven, Document, Signature, SignedDocument
from consent.evidence.queries import complete_signatures, document_bytes, signature_evidence
from consent.files.store import FileAltered, FileMissing, delete
from tests.cast import NOW, Cast, by

PDF = b"%PDF-1.7 a signed form"
WORKER = Actor("worker", "1")


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def signature(cast):
    return make_signature(cast)


def make_signature(cast, method="typed"):
    return Signature.objects.create(
        practice=cast.practice,
        person=cast.ana,
        signer=cast.ana,
        role="self",
        method=method,
        signed_at=NOW,
        text_sha256="a" * 64,
        answers={},
        intent="Only for this form.",
        language="en",
    )


def told(event):
    return LedgerEntry.objects.filter(event=event).count()


class TestSealing:
    def test_keeps_the_bytes_under_their_digest_and_names_the_ledger_position(self, signature):
        signed = seal(signature=signature, data=PDF, ledger_seq=7, by=WORKER, at=NOW)
        assert signed.document.sha256 == hashlib.sha256(PDF).hexdigest()
        assert (signed.document.seal, signed.ledger_seq) == ("digest", 7)
        assert document_bytes(signed.document) == PDF
        assert told("document.sealed") == 1

    def test_twice_keeps_the_first(self, signature):
        first = seal(signature=signature, data=PDF, ledger_seq=7, by=WORKER, at=NOW)
        second = seal(signature=signature, data=PDF + b"!", ledger_seq=9, by=WORKER, at=NOW)
        assert first == second
        assert Document.objects.count() == told("document.sealed") == 1

    def test_makes_the_signature_complete_once_a_copy_is_given(self, signature):
        assert complete_signatures([signature.pk]) == set()
        seal(signature=signature, data=PDF, ledger_seq=7, by=WORKER, at=NOW)
        assert complete_signatures([signature.pk]) == {signature.pk}
        assert signature_evidence([signature.pk])[signature.pk].state.missing == (
            "The signer has not got a copy yet.",
        )
        give_copy(signature=signature, method="screen", by=Actor("person", "1"), at=NOW)
        assert signature_evidence([signature.pk])[signature.pk].state.state == "complete"

    def test_completes_no_screen_signature_without_the_seal_that_the_practice_has(self, cast, signature):
        sealing_keys(practice=cast.practice, by=WORKER, at=NOW)
        seal(signature=signature, data=PDF, ledger_seq=7, by=WORKER, at=NOW)
        assert complete_signatures([signature.pk]) == set()
        assert signature_evidence([signature.pk])[signature.pk].state.missing[0] == (
            "The signed document does not bear the practice's seal."
        )

    def test_leaves_older_documents_and_paper_what_they_say(self, cast, signature):
        seal(signature=signature, data=PDF, ledger_seq=7, by=WORKER, at=NOW)
        sealing_keys(practice=cast.practice, by=WORKER, at=NOW + timedelta(days=1))
        paper = make_signature(cast, method="paper")
        seal(signature=paper, data=PDF + b"!", ledger_seq=8, by=WORKER, at=NOW + timedelta(days=2))
        assert complete_signatures([signature.pk, paper.pk]) == {signature.pk, paper.pk}

    def test_leaves_a_row_that_no_one_can_change(self, signature):
        seal(signature=signature, data=PDF, ledger_seq=7, by=WORKER, at=NOW)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            SignedDocument.objects.update(ledger_seq=8)

    def test_costs_two_queries_for_any_number_of_signatures(self, cast, signature, django_assert_num_queries):
        others = [make_signature(cast).pk for _ in range(5)]
        with django_assert_num_queries(2):
            signature_evidence([signature.pk, *others])


class TestACopy:
    def test_before_the_document_exists_is_refused(self, signature):
        with pytest.raises(NotSealedYet, match="still being made"):
            give_copy(signature=signature, method="print", by=WORKER, at=NOW)

    def test_recorded_twice_stays_one(self, signature):
        seal(signature=signature, data=PDF, ledger_seq=7, by=WORKER, at=NOW)
        for minutes in range(3):
            give_copy(signature=signature, method="screen", by=WORKER, at=NOW + timedelta(minutes=minutes))
        assert CopyGiven.objects.get().given_at == NOW
        assert told("copy.given") == 1


class TestOpening:
    @pytest.fixture
    def document(self, cast):
        return store_document(practice=cast.practice, kind="blank", data=PDF, by=by(cast.finn), at=NOW)

    def test_gives_the_bytes_and_is_written_down(self, cast, document):
        assert open_document(document=document, by=by(cast.finn), at=NOW) == PDF
        assert told("document.viewed") == 1

    def test_refuses_bytes_that_were_changed(self, cast, document, settings):
        folder = settings.DATA_DIR / "files" / "documents"
        (folder / document.storage_key).write_bytes(PDF + b" forged")
        with pytest.raises(FileAltered, match="was changed"):
            open_document(document=document, by=by(cast.finn), at=NOW)
        assert told("document.viewed") == 0
        delete("documents", document.storage_key)

    def test_says_that_a_file_is_gone(self, cast, document):
        delete("documents", document.storage_key)
        with pytest.raises(FileMissing, match="missing"):
            open_document(document=document, by=by(cast.finn), at=NOW)
