"""The documents that come of a ceremony: opened, printed, on paper; each opening is written down."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from consent.audit.models import LedgerEntry
from consent.audit.rules import SYSTEM
from consent.evidence.models import CopyGiven
from consent.signing.actions import choose_paper, complete_signature, sealing
from consent.signing.actions.answering import signer_of
from tests.cast import NOW, Cast
from tests.ceremonies import answered, handed_over, signed
from tests.desk import at
from tests.seals import rendered

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def document(cast, monkeypatch):
    monkeypatch.setattr(sealing, "render_pdf", lambda page, **given: rendered())
    done = complete_signature(signature=signed(answered(handed_over(cast)[0])), by=SYSTEM, at=NOW)
    assert done is not None
    return done.document


def address(name, pk):
    return reverse(f"signing:{name}", args=["riverbend", pk])


class TestADocument:
    def test_opens_in_the_browser_and_the_opening_is_written_down(self, cast, client, document):
        client.force_login(cast.finn)
        answer = client.get(address("document", document.pk))
        assert answer.content.startswith(b"%PDF-1.7")
        assert answer["Content-Disposition"].startswith("inline")
        assert answer["Content-Security-Policy"] == "frame-ancestors 'none'"
        entry = LedgerEntry.objects.get(event="document.viewed")
        assert (entry.actor, entry.person) == (f"user:{cast.finn.pk}", cast.ana.pk)

    @pytest.mark.parametrize(("who", "status"), [("dan", 403), ("olga", 403), ("zed", 404), ("aida", 200)])
    def test_opens_only_to_those_who_keep_or_prove_the_record(self, cast, client, document, who, status):
        client.force_login(getattr(cast, who))
        assert client.get(address("document", document.pk)).status_code == status

    def test_whose_file_was_changed_is_not_shown(self, cast, client, document, settings):
        path = settings.DATA_DIR / "files" / "documents" / document.storage_key
        path.write_bytes(b"%PDF-1.7 forged")
        client.force_login(cast.finn)
        answer = client.get(address("document", document.pk))
        assert answer.status_code == 503
        assert "was changed" in answer.content.decode()
        path.unlink()

    def test_printed_for_the_signer_counts_as_their_copy(self, cast, client, document):
        client.force_login(cast.finn)
        page = client.get(address("ceremony", cast.ana.ceremonies.get().pk)).content.decode()
        assert "The signer has not got a copy yet." in page
        answer = client.post(address("print_copy", document.pk), follow=True)
        assert answer["Content-Type"] == "application/pdf"
        assert CopyGiven.objects.get().method == "print"

    def test_that_is_missing_is_no_copy(self, cast, client, document, settings):
        (settings.DATA_DIR / "files" / "documents" / document.storage_key).unlink()
        client.force_login(cast.finn)
        answer = client.post(address("print_copy", document.pk))
        assert answer.status_code == 503
        assert "missing" in answer.content.decode()
        assert not CopyGiven.objects.exists()


class TestTheFormOnPaper:
    def test_is_printed_with_nothing_marked(self, cast, client):
        ceremony = answered(handed_over(cast)[0], until="review")
        choose_paper(ceremony=ceremony, by=signer_of(ceremony), at=NOW)
        client.force_login(cast.finn)
        assert "has it on paper" in client.get(address("ceremony", ceremony.pk)).content.decode()
        data = client.post(at("paper:print", ceremony.pk), follow=True).content
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
        assert "My first name only" in text
        assert "☑ My first name only" not in text
        assert "Signature:" in text
