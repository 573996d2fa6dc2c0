"""The script that verifies a sealed PDF without Postern: it agrees with us, and shares no code with us."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from consent.evidence import offline
from consent.evidence.actions import sealing_keys
from consent.evidence.queries import document_bytes
from consent.evidence.sealing import seal_pdf
from door.places import ROOT
from tests.cast import NOW, Cast
from tests.seals import ATTACKS, WORKER, lasting_document, rendered, sealed, sealed_document

pytestmark = pytest.mark.django_db
SCRIPT = ROOT / "consent" / "evidence" / "offline.py"


@pytest.fixture
def cast():
    return Cast()


def roots(cast, practice=None):
    return [sealing_keys(practice=practice or cast.practice, by=WORKER, at=NOW).authority.certificate]


def run(*arguments):
    """The script alone, in Python's isolated mode."""
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), *map(str, arguments)], capture_output=True, text=True, check=False
    )


class TestTheScript:
    def test_says_who_sealed_it_when_and_where_it_is_recorded(self, cast, tmp_path):
        document = sealed_document(cast.practice)
        pdf, authority, ledger = (tmp_path / name for name in ("form.pdf", "authority.pem", "ledger.jsonl"))
        pdf.write_bytes(document_bytes(document))
        call_command("seal_certificate", "riverbend", "--export", str(authority))
        assert document.certificate is not None
        done = run(pdf, "--authority", authority)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("VALID")
        assert document.certificate.fingerprint in done.stdout
        assert "2026-11-23 15:00:00" in done.stdout
        call_command("export_ledger", "--to", str(ledger))
        assert "Recorded as entry" in run(pdf, "--authority", authority, "--ledger", ledger).stdout

    def test_verifies_what_was_made_to_last(self, cast):
        said = offline.verify(document_bytes(lasting_document(cast.practice)), roots(cast))
        assert said[-1] == "Time stamp of 2026-11-23 15:02:00+00:00."

    def test_needs_neither_postern_nor_pyhanko(self):
        text = Path(SCRIPT).read_text(encoding="utf-8")
        assert not any(
            name in text
            for name in ("import consent", "from consent", "import pyhanko", "from pyhanko", "django")
        )

    @pytest.mark.parametrize("lasting", [False, True])
    @pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.__name__)
    def test_finds_every_attack_but_bits_that_nobody_signs(self, cast, attack, lasting):
        document = (lasting_document if lasting else sealed_document)(cast.practice)
        changed = attack(document_bytes(document))
        if attack.__name__ == "bit_in_what_is_not_signed":
            return
        with pytest.raises((offline.NotValid, ValueError, KeyError, TypeError, AttributeError)):
            offline.verify(changed, roots(cast))

    def test_trusts_no_other_practice(self, cast):
        theirs = sealing_keys(practice=cast.other_practice, by=WORKER, at=NOW)
        forged = seal_pdf(rendered(), theirs.identity, theirs.stamper(NOW), at=NOW).data
        with pytest.raises(offline.NotValid, match="root that you gave"):
            offline.verify(forged, roots(cast))

    def test_takes_two_seals_for_none(self, cast):
        keys = sealing_keys(practice=cast.practice, by=WORKER, at=NOW)
        twice = seal_pdf(sealed(cast.practice).data, keys.identity, keys.stamper(NOW), at=NOW, field="Second")
        with pytest.raises(offline.NotValid, match="2 seals"):
            offline.verify(twice.data, roots(cast))
