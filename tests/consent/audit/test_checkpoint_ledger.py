"""Signed statements of where the chains ended."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command

from consent.audit.checkpoints import is_genuine, latest_checkpoints, take_checkpoint, take_due_checkpoint
from consent.audit.models import ChainHead, Checkpoint
from consent.keys.ring import rotate
from consent.outbox.models import OutgoingMail
from tests.cast import NOW

pytestmark = pytest.mark.django_db


class TestTaking:
    def test_signs_where_the_chain_ends(self, write):
        chain = write(3)
        (checkpoint,) = take_checkpoint(at=NOW)
        assert (checkpoint.chain, checkpoint.seq) == (chain, 3)
        assert checkpoint.hash == ChainHead.objects.get(chain=chain).hash
        assert is_genuine(checkpoint)

    def test_leaves_out_a_chain_that_stood_still(self, write):
        write(1)
        take_checkpoint(at=NOW)
        assert take_checkpoint(at=NOW + timedelta(hours=1)) == []

    def test_is_done_every_hour_by_the_worker(self, write):
        write(1)
        assert take_due_checkpoint(at=NOW)
        write(1)
        assert not take_due_checkpoint(at=NOW + timedelta(minutes=59))
        assert take_due_checkpoint(at=NOW + timedelta(minutes=60))
        assert not take_due_checkpoint(at=NOW + timedelta(minutes=180))

    def test_stays_genuine_after_a_rotation(self, write):
        write(1)
        take_checkpoint(at=NOW)
        rotate(settings.KEYS_FILE)
        write(1)
        take_checkpoint(at=NOW)
        both = list(Checkpoint.objects.all())
        assert len({checkpoint.key_id for checkpoint in both}) == 2
        assert all(is_genuine(checkpoint) for checkpoint in both)

    @pytest.mark.parametrize(
        ("field", "value"), [("seq", 2), ("hash", "0" * 64), ("signature", "00"), ("signature", "x")]
    )
    def test_is_no_longer_genuine_when_changed(self, write, field, value):
        write(1)
        (checkpoint,) = take_checkpoint(at=NOW)
        setattr(checkpoint, field, value)
        assert not is_genuine(checkpoint)


class TestSendingAway:
    def test_adds_the_last_of_each_chain_to_a_file(self, write, tmp_path):
        chain = write(2)
        file = tmp_path / "checkpoints.jsonl"
        call_command("checkpoint_ledger", to=file, verbosity=0)
        write(1)
        call_command("checkpoint_ledger", to=file, verbosity=0)
        lines = [json.loads(line) for line in file.read_text().splitlines()]
        assert [(line["chain"], line["seq"]) for line in lines] == [(chain, 2), (chain, 3)]
        assert [checkpoint.seq for checkpoint in latest_checkpoints()] == [3]

    def test_mails_it_to_the_privacy_officer(self, write, practice):
        write(2)
        call_command("checkpoint_ledger", mail=True)
        mail = OutgoingMail.objects.get()
        assert (mail.recipient, mail.practice_id) == (practice.privacy_email, practice.pk)
        assert Checkpoint.objects.get().signature in mail.body
