"""After the signature: the document, its seal, the link on it and the copy; a crash between is mended later."""

import hashlib
import io
import json
import threading
from datetime import timedelta

import pytest
from django.db import connection
from pypdf import PdfReader

from consent.audit.models import LedgerEntry
from consent.audit.rules import SYSTEM, Actor
from consent.evidence.actions import give_copy, seal, sealing_keys
from consent.evidence.models import CopyGiven, SealCertificate, Signature, SignatureMark, SignedDocument
from consent.evidence.queries import complete_signatures as complete_ids
from consent.evidence.queries import document_bytes, seal_problems, signature_evidence
from consent.evidence.render import RenderFailed, Unprintable
from consent.records.actions import token_digest
from consent.records.models import HolderLink
from consent.records.queries import standings
from consent.signing.actions import complete_signature, complete_signatures, give_tablet_copy, sealing
from consent.signing.actions.signing import Mark
from consent.signing.models import Ceremony
from tests.cast import NOW, Cast
from tests.ceremonies import answered, handed_over, prepared, signed
from tests.consents import given_authority
from tests.links import speaking_spanish
from tests.seals import rendered

pytestmark = pytest.mark.django_db
WORKER = Actor("worker", "1")


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def signature(cast):
    return signed(answered(handed_over(cast)[0]))


def completed(signature):
    done = complete_signature(signature=signature, by=WORKER, at=NOW)
    assert done is not None
    return done


def text_of(data):
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def record_in(data):
    """The record that the document carries for machines."""
    return PdfReader(io.BytesIO(data)).attachments["record.json"][0]


def number(key):
    return int(key.partition("_")[0])


class TestCompletingASignature:
    def test_stores_what_was_signed_with_its_evidence_and_the_own_page(self, cast, signature):
        done = completed(signature)
        data = document_bytes(done.document)
        text = text_of(data)
        token = Ceremony.objects.get().own_page
        assert hashlib.sha256(data).hexdigest() == done.document.sha256
        for words in ("☑My first name only", "☐My health problem", "Ana Ruiz signed in person", "Freya"):
            assert words in text.replace("☑ ", "☑").replace("☐ ", "☐")
        assert signature.text_sha256 in text.replace(" ", "")
        assert f"/my/{token}/" in text.replace(" ", "")
        assert "November 23, 2026, 10:00:00 am EST (15:00:00 UTC)" in text
        assert f"No. {done.ledger_seq} in the ledger" in text
        assert (done.document.seal, done.document.level) == ("pades", "B-T")
        assert seal_problems(done.document, data) == ()

    def test_says_all_sixteen_points_to_people_and_to_machines(self, signature):
        data = document_bytes(completed(signature).document)
        text = text_of(data)
        record = json.loads(record_in(data))
        assert [int(key.partition("_")[0]) for key in sorted(record["points"], key=number)] == list(
            range(1, 17)
        )
        assert all(f"{point}. " in text for point in range(1, 17))
        assert hashlib.sha256(record["text"].encode()).hexdigest() == signature.text_sha256
        assert record["points"]["3_ticked"]["elements"].keys() == {"first_name", "face"}
        entry = LedgerEntry.objects.get(event="consent.signed")
        assert record["points"]["15_ledger"]["previous"] == entry.previous
        sealed_by = SealCertificate.objects.get(role="seal")
        assert record["points"]["14_seal"]["certificate_sha256"] == sealed_by.fingerprint

    def test_leads_to_the_page_where_anybody_checks_it(self, signature):
        assert "/verify/" in text_of(document_bytes(completed(signature).document))

    def test_prints_a_link_that_lives(self, signature):
        complete_signature(signature=signature, by=WORKER, at=NOW)
        link = HolderLink.objects.get(ended_at=None)
        assert link.token_digest == token_digest(Ceremony.objects.get().own_page)

    def test_names_the_parent_and_the_childs_yes(self, cast):
        authority = given_authority(cast, cast.bea, cast.carla)
        ceremony = prepared(cast, cast.bea, authority, kind="authorization_minor")
        signature = signed(answered(handed_over(cast, ceremony)[0]), mark=Mark(typed_name="Carla Ruiz"))
        text = text_of(document_bytes(completed(signature).document))
        assert "Carla Ruiz signed for Bea Ruiz as parent with legal right to decide" in text
        assert "birth certificate" in text
        assert "☑Yes, it is okay with me." in text.replace("☑ ", "☑")

    def test_makes_the_consent_count_once_a_copy_is_given(self, cast, signature):
        assert standings([cast.ana], NOW)[cast.ana.pk].key == "incomplete"
        complete_signature(signature=signature, by=WORKER, at=NOW)
        assert standings([cast.ana], NOW)[cast.ana.pk].codes == ("COPY_NOT_PROVIDED",)
        ceremony = Ceremony.objects.get()
        give_tablet_copy(ceremony=ceremony, method="screen", by=Actor("person", "1"), at=NOW)
        assert signature_evidence([signature.pk])[signature.pk].state.state == "complete"
        assert standings([cast.ana], NOW)[cast.ana.pk].key == "on_file"

    def test_twice_keeps_document_and_link(self, signature):
        first = complete_signature(signature=signature, by=WORKER, at=NOW)
        assert complete_signature(signature=signature, by=WORKER, at=NOW) == first
        assert HolderLink.objects.count() == 1

    def test_is_the_same_document_though_the_practice_has_moved_on(self, cast, signature):
        cast.practice.privacy_officer = "Somebody Else"
        cast.practice.save()
        done = completed(signature)
        assert "Somebody Else" not in text_of(document_bytes(done.document))


class TestASpanishForm:
    def test_has_a_certificate_in_spanish(self, cast):
        signature = signed(answered(handed_over(cast, speaking_spanish(cast))[0]))
        text = text_of(document_bytes(completed(signature).document))
        for words in (
            "Certificado de firma",
            "4. Quien firma",
            "Ana Ruiz firmó en persona.",
            "Se vio una identificación con foto; preparado por",
            "Segundo testigo",
            "23 de noviembre de 2026, 10:00:00 EST (15:00:00 UTC)",
            "Termina 2027-05-31",
            "Su propia página",
            "1 de ",
        ):
            assert words in text
        for words in (
            "Certificate",
            "Signer",
            "Identity",
            "Answered",
            "Witnessed",
            "Time stamp",
            "Keep this",
            "Your own",
        ):
            assert words not in text
        assert "16. Más tarde" in text

    def test_is_the_same_for_machines(self, cast):
        signature = signed(answered(handed_over(cast, speaking_spanish(cast))[0]))
        points = json.loads(record_in(document_bytes(completed(signature).document)))["points"]
        assert set(points["14_seal"]) == {
            "certificate",
            "certificate_sha256",
            "authority",
            "authority_sha256",
            "time_stamp",
        }
        assert points["13_copy"].startswith("Given after")


class TestADocumentWithoutTheSeal:
    """A screen signature counts only with the seal that its practice has; older documents keep what they say."""

    @pytest.mark.parametrize(("later", "key"), [(timedelta(), "incomplete"), (timedelta(days=1), "on_file")])
    def test_allows_nothing_unless_there_was_no_seal_yet(self, cast, signature, later, key):
        sealing_keys(practice=cast.practice, by=WORKER, at=NOW + later)
        seal(signature=signature, data=b"%PDF", ledger_seq=7, by=WORKER, at=NOW)
        give_copy(signature=signature, method="screen", by=WORKER, at=NOW)
        assert standings([cast.ana], NOW)[cast.ana.pk].key == key


class TestATextThatIsNotTheOneSigned:
    def test_is_never_sealed_and_stays_for_a_person_to_look_at(self, signature):
        ceremony = Ceremony.objects.get()
        fields = json.loads(ceremony.filled)
        Ceremony.objects.update(filled=json.dumps({**fields, "clinic": "Another clinic"}))
        with pytest.raises(sealing.NotWhatWasSigned, match="not the one that was signed"):
            complete_signature(signature=signature, by=WORKER, at=NOW)
        assert complete_signatures(by=SYSTEM, at=NOW + timedelta(minutes=6)) == 0
        assert not SignedDocument.objects.exists()
        assert standings([ceremony.person], NOW)[ceremony.person_id].key == "incomplete"


class TestALetterThatNoFontCanDraw:
    def test_is_refused_before_the_seal_and_named(self, signature):
        SignatureMark.objects.update(typed_name="安娜")
        with pytest.raises(Unprintable, match="U\\+5B89"):
            complete_signature(signature=Signature.objects.get(pk=signature.pk), by=WORKER, at=NOW)
        assert not SignedDocument.objects.exists()


class TestACrashInBetween:
    def test_leaves_the_signature_incomplete_and_is_mended_later(self, signature, monkeypatch):
        def crash(page, **given):
            raise RenderFailed("The document could not be made.")

        with monkeypatch.context() as patch:
            patch.setattr(sealing, "render_pdf", crash)
            with pytest.raises(RenderFailed):
                complete_signature(signature=signature, by=WORKER, at=NOW)
            assert complete_signatures(by=SYSTEM, at=NOW + timedelta(minutes=6)) == 0
            assert complete_signatures(by=SYSTEM, at=NOW + timedelta(minutes=7)) == 0
        assert HolderLink.objects.count() == 2
        assert complete_ids([signature.pk]) == set()
        later = NOW + timedelta(minutes=12)
        assert complete_signatures(by=SYSTEM, at=later) == 1
        assert complete_ids([signature.pk]) == {signature.pk}
        assert complete_signatures(by=SYSTEM, at=later) == 0

    def test_leaves_the_work_to_the_one_who_has_it(self, signature, monkeypatch):
        seen = []

        def meanwhile(page, **given):
            seen.append(complete_signature(signature=signature, by=SYSTEM, at=NOW))
            return rendered()

        monkeypatch.setattr(sealing, "render_pdf", meanwhile)
        assert complete_signature(signature=signature, by=WORKER, at=NOW) is not None
        assert seen == [None]
        assert HolderLink.objects.count() == SignedDocument.objects.count() == 1

    def test_with_a_newer_link_issued_meanwhile_stores_no_paper_with_a_dead_one(self, signature, monkeypatch):
        def slowly(page, **given):
            HolderLink.objects.update(ended_at=NOW)
            return rendered()

        monkeypatch.setattr(sealing, "render_pdf", slowly)
        assert complete_signature(signature=signature, by=WORKER, at=NOW) is None
        assert not SignedDocument.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestSixWorkersAtOnce:
    def test_make_one_document_with_a_living_link(self, cast, monkeypatch):
        pages = []

        def render(page, **given):
            pages.append(page)
            return rendered()

        monkeypatch.setattr(sealing, "render_pdf", render)
        signature = signed(answered(handed_over(cast)[0]))
        start = threading.Barrier(6)

        def work():
            try:
                start.wait()
                complete_signature(signature=signature, by=WORKER, at=NOW)
            finally:
                connection.close()

        threads = [threading.Thread(target=work) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        SignedDocument.objects.get()
        (page,) = pages
        assert HolderLink.objects.get(ended_at=None).token_digest == token_digest(
            Ceremony.objects.get().own_page
        )
        assert f"/my/{Ceremony.objects.get().own_page}/" in page
        assert not CopyGiven.objects.exists()
