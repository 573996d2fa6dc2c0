"""A worker killed between the signature and the seal loses nothing: the next one seals exactly what was signed."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from consent.evidence.models import Document, SignedDocument
from consent.evidence.queries import document_bytes, seal_problems
from consent.records.actions import token_digest
from consent.records.models import HolderLink
from consent.signing.actions import complete_signatures
from consent.signing.models import Ceremony
from door.places import ROOT
from tests.cast import Cast
from tests.ceremonies import answered, handed_over, signed
from tests.consent.signing.test_complete_signature import record_in
from tests.seals import WORKER

# Where it dies: with the link issued, with the page made, with the seal made, with the file stored and no row yet.
POINTS = {
    "after the claim": "consent.signing.actions.sealing.render_pdf",
    "after rendering": "consent.signing.actions.sealing.seal_pdf",
    "after sealing": "consent.signing.actions.sealing.seal",
    "after storing": "consent.evidence.actions.documents.Document.objects.get_or_create",
}
CHILD = """
import os, signal, sys
import django
django.setup()
from unittest.mock import patch
from django.utils import timezone
from consent.audit.rules import Actor
from consent.signing.actions import complete_signatures
with patch(sys.argv[1], lambda *given, **named: os.kill(os.getpid(), signal.SIGKILL)):
    complete_signatures(by=Actor("worker", "dying"), at=timezone.now())
"""


@pytest.mark.django_db(transaction=True)
class TestAWorkerKilled:
    @pytest.mark.parametrize("point", POINTS)
    def test_leaves_all_to_the_next(self, process_env, point):
        now = timezone.now()
        signature = signed(answered(handed_over(Cast(), at=now)[0], at=now), at=now)
        env = {**process_env, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT)}
        died = subprocess.run([sys.executable, "-c", CHILD, POINTS[point]], env=env, cwd=ROOT, check=False)
        assert died.returncode == -9
        assert not SignedDocument.objects.exists()
        assert complete_signatures(by=WORKER, at=timezone.now()) == 0  # the dead one's lease still runs
        assert complete_signatures(by=WORKER, at=timezone.now() + timedelta(minutes=2)) == 1
        document = Document.objects.get()
        data = document_bytes(document)
        assert seal_problems(document, data) == ()
        assert json.loads(record_in(data))["points"]["2_digests"]["text_sha256"] == signature.text_sha256
        printed = token_digest(Ceremony.objects.get().own_page)
        assert HolderLink.objects.filter(token_digest=printed, ended_at=None).exists()
        connection.close()
