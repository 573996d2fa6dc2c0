"""From the signature to the sealed document, against bare WeasyPrint and pyHanko on the same page; the thank-you."""

import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.test import Client
from django.utils import timezone

from consent.access.middleware import TABLET_COOKIE
from consent.access.models import Practice, User
from consent.audit.rules import Actor
from consent.evidence.actions import sealing_keys
from consent.evidence.actions.certificates import SealingKeys
from consent.evidence.models import Signature
from consent.evidence.render import FONTS, FONTS_CONF
from consent.signing.actions import complete_signature
from consent.signing.completion import SealFacts, record_of
from consent.signing.models import Ceremony
from consent.signing.paper import signed_page
from consent.signing.queries import RELATED, signing_entry
from tests.bench.timing import Row, Times
from tests.cast import Cast, make_practice
from tests.ceremonies import answered, handed_over, scribble

WORKER = Actor("worker", "bench")
FEWEST, MOST = 3, 20


class Elsewhere(Cast):
    """The same people in a practice of their own, with the real forms: the other rows' forms are of one line."""

    @cached_property
    def practice(self) -> Practice:
        return make_practice("sealing", "Sealing Family Practice")

    def staff(self, name: str, role: str, practice: Practice | None = None) -> User:
        return super().staff(f"{name}.of.sealing", role, practice)


def bench_sealing(rounds: int) -> Iterator[Row]:
    """Sealed documents a minute of one worker, and how long the signer waits for the thank-you."""
    cast = Elsewhere()
    waited = [_signed(cast) for _ in range(max(FEWEST, min(rounds, MOST)) + 1)]
    keys = sealing_keys(practice=cast.practice, by=WORKER, at=timezone.now())
    bare = _Bare(keys)
    ours, theirs = [], []
    for signature in Signature.objects.filter(
        practice=cast.practice, signed_document=None, ceremony__isnull=False
    ).order_by("pk"):
        page, record = _page_of(signature, keys)
        ours.append(_timed(partial(complete_signature, signature=signature, by=WORKER, at=timezone.now())))
        theirs.append(_timed(partial(bare, page, record)))
    # The first of each warms up.
    mine, plain = _times(ours[1:]), _times(theirs[1:])
    rate = f"{60_000 / mine.median:,.0f} documents/min and worker"
    yield Row("from the signature to the sealed document", mine, plain, "<= 1.25x", rate)
    yield Row("sign, and be thanked", _times(waited[1:]), plain, "<= 150 ms", "the document comes after")


def _times(taken: list[float]) -> Times:
    return Times(statistics.median(taken), min(taken))


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def _signed(cast: Cast) -> float:
    """One signature at the tablet: the milliseconds until the thank-you page is there."""
    now = timezone.now()
    ceremony, token = handed_over(cast, at=now)
    answered(ceremony, at=now)
    client = Client(headers={"User-Agent": "A tablet"}, SERVER_NAME="localhost")
    client.cookies[TABLET_COOKIE] = token
    sent = {"method": "drawn", "drawing": scribble()}
    took = _timed(partial(client.post, "/tablet/sign/", sent, follow=True))
    assert Ceremony.objects.get(pk=ceremony.pk).state == Ceremony.State.SIGNED
    return took


def _page_of(signature: Signature, keys: SealingKeys) -> tuple[str, bytes]:
    """The page and record that would be made of a signature."""
    ceremony = Ceremony.objects.select_related(*RELATED).get(signature=signature)
    entry = signing_entry(signature.consent.pk, signature.practice_id)
    facts = SealFacts.of(keys, "")
    return signed_page(ceremony, signature, entry, facts, "t" * 43), record_of(
        ceremony, signature, entry, facts
    )


class _Bare:
    """WeasyPrint and pyHanko as their manuals begin: in this process, nothing shared, the key read each time."""

    def __init__(self, keys: SealingKeys) -> None:
        # WeasyPrint reads its fonts' configuration once; with other fonts the page would be another.
        self.folder = tempfile.TemporaryDirectory()
        conf = Path(self.folder.name) / "fonts.conf"
        dirs = "".join(f"<dir>{one}</dir>" for one in FONTS)
        conf.write_text(FONTS_CONF.format(fonts=dirs, cache=self.folder.name), "utf-8")
        os.environ["FONTCONFIG_FILE"] = str(conf)
        self.keys = keys

    def __call__(self, page: str, record: bytes) -> bytes:
        """The page, attached record and time stamp as ours has them."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
        from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
        from pyhanko_certvalidator.registry import SimpleCertificateStore
        from weasyprint import HTML, Attachment

        attached = [Attachment(string=record.decode(), name="record.json", relationship="Data")]
        pdf = HTML(string=page).write_pdf(pdf_variant="pdf/a-3a", attachments=attached)
        identity = self.keys.identity
        der = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        chain = [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in identity.chain]
        certificate = asn1_x509.Certificate.load(identity.certificate.public_bytes(Encoding.DER))
        signer = SimpleSigner(
            certificate, asn1_keys.PrivateKeyInfo.load(der), SimpleCertificateStore.from_certs(chain)
        )
        signed: io.BytesIO = sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf)),
            PdfSignatureMetadata(field_name="Seal", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES),
            signer,
            timestamper=self.keys.stamper(timezone.now()),
            new_field_spec=SigFieldSpec("Seal"),
        )
        return signed.getvalue()
