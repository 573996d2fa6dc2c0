"""A sealed file is valid when four answers agree; every attack that was tried fails at least one of them."""

import hashlib
import io
import subprocess
from datetime import timedelta
from typing import Any

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf
from pypdf import PdfReader

from consent.evidence.actions import renew_due, sealing_keys, store_document
from consent.evidence.checking import SENTENCES, Expected, broken_conditions
from consent.evidence.models import Document
from consent.evidence.queries import document_bytes, roots_of, seal_problems
from consent.evidence.render import render_pdf
from consent.evidence.sealing import _signer, seal_pdf
from tests.cast import NOW, Cast
from tests.seals import ATTACKS, PAGE, RECORD, WORKER, lasting_document, rendered, sealed, sealed_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


def problems(document, data):
    return seal_problems(Document.objects.get(pk=document.pk), data)


def witnessed(data, tmp_path):
    """What `pdfsig`, which is not ours, says of the signatures."""
    file = tmp_path / "sealed.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False)
    return done.stdout


class TestASealedFile:
    def test_is_valid(self, cast):
        document = sealed_document(cast.practice)
        assert (document.seal, document.level) == ("pades", "B-T")
        assert problems(document, document_bytes(document)) == ()

    def test_is_valid_to_an_outside_witness(self, cast, tmp_path):
        told = witnessed(document_bytes(sealed_document(cast.practice)), tmp_path)
        assert told.count("Signature #") == 1
        assert "Signature is Valid." in told
        assert "Total document signed" in told
        assert "ETSI.CAdES.detached" in told

    def test_begins_with_the_page_as_it_was_rendered(self, cast):
        assert sealed(cast.practice).data.startswith(rendered())

    def test_shows_no_stamp_and_says_what_its_field_is(self, cast):
        reader = PdfReader(io.BytesIO(sealed(cast.practice).data))
        catalogue: Any = reader.root_object
        (field,) = [one.get_object() for one in catalogue["/AcroForm"]["/Fields"]]
        assert [float(edge) for edge in field["/Rect"]] == [0, 0, 0, 0]
        assert field["/TU"] == "Seal of the practice"
        assert len(reader.pages) == 1

    @pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.__name__)
    def test_is_not_valid_any_more_after(self, cast, attack):
        document = sealed_document(cast.practice)
        changed = attack(document_bytes(document))
        assert "digest" in problems(document, changed)

    @pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.__name__)
    def test_is_found_changed_even_by_one_who_could_change_the_record(self, cast, attack):
        """The digest left aside; only bits that nothing signs are seen by the digest alone."""
        document = sealed_document(cast.practice)
        changed = attack(document_bytes(document))
        found = set(problems(document, changed)) - {"digest"}
        assert found or attack.__name__ == "bit_in_what_is_not_signed"

    def test_with_a_second_signature_is_not_valid(self, cast):
        document = sealed_document(cast.practice)
        other = sealing_keys(practice=cast.other_practice, by=WORKER, at=NOW)
        writer = IncrementalPdfFileWriter(io.BytesIO(document_bytes(document)))
        twice = sign_pdf(
            writer,
            PdfSignatureMetadata(field_name="Second"),
            _signer(other.identity),
            new_field_spec=SigFieldSpec("Second"),
        ).getvalue()
        assert {"digest", "expected"} <= set(problems(document, twice))

    def test_of_a_foreign_signer_with_the_same_names_is_not_valid(self, cast):
        cast.other_practice.name = cast.practice.name
        theirs = sealing_keys(practice=cast.other_practice, by=WORKER, at=NOW)
        ours = sealed_document(cast.practice)
        assert ours.certificate is not None
        forged = seal_pdf(rendered(), theirs.identity, theirs.stamper(NOW), at=NOW).data
        assert {"digest", "expected", "signature"} <= set(problems(ours, forged))

    def test_of_another_certificate_of_ours_is_not_the_one_recorded(self, cast):
        document = sealed_document(cast.practice)
        data = document_bytes(document)
        expected = Expected(document.sha256, "0" * 64, "B-T", roots_of(cast.practice), NOW, NOW)
        assert broken_conditions(data, expected) == ("expected",)

    def test_that_lost_its_time_stamp_is_not_the_one_recorded(self, cast):
        keys = sealing_keys(practice=cast.practice, by=WORKER, at=NOW)
        bare = seal_pdf(rendered(), keys.identity, None, at=NOW)
        expected = Expected(
            hashlib.sha256(bare.data).hexdigest(),
            keys.row.fingerprint,
            "B-T",
            roots_of(cast.practice),
            NOW,
            NOW,
        )
        assert broken_conditions(bare.data, expected) == ("expected",)

    def test_stays_valid_when_its_certificate_has_ended(self, cast):
        """Nothing asks for today's date: the seal was made while the certificate held, and the stamp says so."""
        document = sealed_document(cast.practice, at=NOW - timedelta(days=4000))
        assert problems(document, document_bytes(document)) == ()

    def test_tells_every_condition_in_a_sentence(self):
        assert {"digest", "signature", "coverage", "expected"} == SENTENCES.keys()


class TestALastingFile:
    def test_begins_with_the_former_and_both_are_valid(self, cast):
        lasting = lasting_document(cast.practice)
        former = lasting.renews
        assert former is not None
        assert lasting.level == "B-LTA"
        assert document_bytes(lasting).startswith(document_bytes(former))
        assert problems(lasting, document_bytes(lasting)) == problems(former, document_bytes(former)) == ()

    def test_carries_what_keeps_it_verifiable(self, cast, tmp_path):
        data = document_bytes(lasting_document(cast.practice))
        store: Any = PdfReader(io.BytesIO(data)).root_object["/DSS"]
        assert len(store["/Certs"]) >= 3
        assert len(store["/CRLs"]) == 1
        told = witnessed(data, tmp_path)
        assert told.count("Signature #") == 2
        assert "Signature is Valid." in told

    def test_is_made_once_and_bound_by_the_ledger(self, cast):
        from consent.audit.models import LedgerEntry

        lasting = lasting_document(cast.practice)
        assert not renew_due(by=WORKER, at=NOW + timedelta(hours=2))
        body = bytes(LedgerEntry.objects.get(event="document.renewed").body).decode()
        assert lasting.sha256 in body
        assert lasting.renews is not None
        assert lasting.renews.sha256 in body

    def test_lasts_once_more_years_later_though_its_certificates_were_replaced(self, cast):
        lasting = lasting_document(cast.practice)
        later = NOW + timedelta(days=6 * 365)
        assert renew_due(by=WORKER, at=later)
        again = Document.objects.get(renews=lasting)
        assert problems(again, document_bytes(again)) == ()

    @pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.__name__)
    def test_is_found_changed_after(self, cast, attack):
        document = lasting_document(cast.practice)
        changed = attack(document_bytes(document))
        found = set(problems(document, changed))
        assert "digest" in found
        assert len(found) > 1 or attack.__name__ == "bit_in_what_is_not_signed"

    def test_with_its_last_time_stamp_cut_off_is_the_former(self, cast):
        lasting = lasting_document(cast.practice)
        assert lasting.renews is not None
        assert {"digest", "expected"} == set(problems(lasting, document_bytes(lasting.renews)))


class TestADocumentFromBefore:
    def test_says_no_more_than_that_its_digest_is_the_recorded_one(self, cast):
        document = store_document(
            practice=cast.practice, kind="signed_form", data=b"%PDF-1.7 old", by=WORKER, at=NOW
        )
        assert problems(document, b"%PDF-1.7 old") == ()
        assert problems(document, b"%PDF-1.7 old ") == ("digest",)


class TestTheSameRecord:
    def test_gives_the_same_page(self):
        assert render_pdf(PAGE, record=RECORD, at=NOW) == rendered()
