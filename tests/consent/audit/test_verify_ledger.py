"""Verification finds what was done behind the triggers, and names the first row that shows it."""

import hashlib
import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from consent.audit.checkpoints import take_checkpoint
from consent.audit.models import ChainHead, Checkpoint, LedgerEntry
from consent.audit.queries import CHUNK
from consent.audit.verify import verify_all, verify_chain
from tests.cast import NOW
from tests.flushing import guards_aside

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(write):
    return write(6)


def tamper(sql, *values):
    """As an intruder who first drops the triggers."""
    with guards_aside(connection), connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount


def drop(trigger, table):
    """As an intruder who leaves the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER {trigger}" + (f" ON {table}" if connection.vendor == "postgresql" else "")
        )


def change(chain, seq, **columns):
    with guards_aside(connection):
        assert LedgerEntry.objects.filter(chain=chain, seq=seq).update(**columns) == 1


class TestWholeChain:
    def test_is_called_whole(self, chain):
        verdict = verify_chain(chain)
        assert (verdict.entries, verdict.broken, verdict.broken_at) == (6, "", None)
        assert verdict.end == ChainHead.objects.get().hash

    def test_is_read_in_pieces(self, chain, monkeypatch):
        monkeypatch.setattr("consent.audit.queries.CHUNK", 2)
        assert CHUNK > 2
        assert verify_chain(chain).entries == 6

    def test_agrees_with_its_checkpoints(self, chain, write):
        take_checkpoint(at=NOW)
        write(1)
        take_checkpoint(at=NOW)
        verdict = verify_chain(chain)
        assert (verdict.checkpoints, verdict.broken) == (2, "")


class TestTampering:
    def test_a_changed_byte(self, chain):
        body = bytes(LedgerEntry.objects.get(seq=3).body)
        change(chain, 3, body=body.replace(b"user:7", b"user:8"))
        assert verify_chain(chain).broken == "entry 3 was changed: its content does not have its hash"

    @pytest.mark.parametrize(
        ("column", "value"),
        [("actor", "user:8"), ("event", "person.added"), ("subject", "person:1"), ("person", None)],
    )
    def test_a_changed_column(self, chain, column, value):
        change(chain, 4, **{column: value})
        assert verify_chain(chain).broken == f"entry 4 shows another {column} than was recorded"

    def test_a_changed_time(self, chain):
        change(chain, 4, at=NOW.replace(year=2020))
        assert verify_chain(chain).broken == "entry 4 shows another time than was recorded"

    def test_a_removed_row(self, chain):
        tamper("DELETE FROM consent_ledgerentry WHERE seq = 2")
        verdict = verify_chain(chain)
        assert (verdict.broken_at, verdict.broken) == (2, "entry 2 is missing; the next one is 3")

    def test_two_rows_that_changed_places(self, chain):
        for old, new in ((2, 99), (3, 2), (99, 3)):
            tamper("UPDATE consent_ledgerentry SET seq = %s WHERE seq = %s", new, old)
        assert verify_chain(chain).broken_at == 2

    def test_an_entry_written_anew_with_a_hash_that_fits(self, chain):
        entry = LedgerEntry.objects.get(seq=3)
        body = bytes(entry.body).replace(b"user:7", b"user:8")
        forged = hashlib.sha256(bytes.fromhex(entry.previous) + body).hexdigest()
        change(chain, 3, body=body, hash=forged, actor="user:8")
        assert verify_chain(chain).broken == "entry 4 does not follow entry 3: its previous hash differs"

    def test_a_tail_that_was_cut(self, chain):
        tamper("DELETE FROM consent_ledgerentry WHERE seq > 4")
        assert verify_chain(chain).broken == "entries 5 to 6 are missing: the tail was cut"

    def test_a_row_added_behind_the_end(self, chain):
        tamper("UPDATE consent_chainhead SET seq = 5")
        assert verify_chain(chain).broken == "entry 6 stands behind the end of the chain"

    def test_a_row_slipped_in_before_the_first(self, chain):
        columns = "chain, at, event, actor, subject, person, body, previous, hash"
        tamper(
            f"INSERT INTO consent_ledgerentry (seq, {columns})"
            f" SELECT 0, {columns} FROM consent_ledgerentry WHERE seq = 1"
        )
        assert "more rows than positions" in verify_chain(chain).broken


class TestTamperingAgainstCheckpoints:
    def cut_cleverly(self, chain, left):
        """Cut the tail and move the recorded end back, so that the chain by itself looks whole."""
        end = LedgerEntry.objects.get(chain=chain, seq=left).hash
        tamper("DELETE FROM consent_ledgerentry WHERE seq > %s", left)
        ChainHead.objects.update(seq=left, hash=end)

    def test_a_clever_cut(self, chain):
        take_checkpoint(at=NOW)
        self.cut_cleverly(chain, 4)
        verdict = verify_chain(chain)
        assert verdict.broken_at == 5
        assert "saw 6 entries, only 4 are left: the tail was cut" in verdict.broken

    def test_a_whole_chain_that_vanished(self, chain):
        take_checkpoint(at=NOW)
        tamper("DELETE FROM consent_ledgerentry")
        ChainHead.objects.all().delete()
        assert [verdict.broken_at for verdict in verify_all()] == [1]

    def test_a_checkpoint_moved_to_fit(self, chain):
        take_checkpoint(at=NOW)
        self.cut_cleverly(chain, 4)
        with guards_aside(connection):
            Checkpoint.objects.update(seq=4, hash=ChainHead.objects.get().hash)
        assert "has no valid signature" in verify_chain(chain).broken


class TestCommand:
    def said(self, **options):
        out = io.StringIO()
        try:
            call_command("verify_ledger", stdout=out, **options)
        except CommandError as error:
            return out.getvalue(), error.returncode
        return out.getvalue(), 0

    def test_says_in_a_sentence_that_a_chain_is_whole(self, chain):
        said, code = self.said(practice="riverbend")
        assert code == 0
        assert said.startswith("The chain of Riverbend Family Practice is whole: 6 entries, 0 checkpoints")

    def test_names_the_row_and_exits_with_one(self, chain):
        tamper("DELETE FROM consent_ledgerentry WHERE seq = 2")
        said, code = self.said()
        assert code == 1
        assert "BROKEN: the chain of Riverbend Family Practice, at entry 2: entry 2 is missing" in said

    def test_says_that_every_trigger_is_there(self, chain):
        said, code = self.said()
        assert code == 0
        assert re.search(r"All \d\d+ triggers that protect the record are in place\.", said)

    @pytest.mark.parametrize(
        ("table", "trigger"),
        [
            ("consent_ledgerentry", "guard_consent_ledgerentry_no_update"),
            ("consent_revocation", "guard_consent_revocation_no_delete"),
            ("posts_delivery", "guard_posts_delivery_update"),
        ],
    )
    def test_names_a_trigger_that_is_gone_whatever_it_guarded(self, chain, table, trigger):
        drop(trigger, table)
        said, code = self.said(practice="riverbend")
        assert code == 1
        assert f"The trigger {trigger} is missing." in said
        assert said.count("is missing") == 1
        assert "is whole: 6 entries" in said
        assert "are in place" not in said

    def test_says_both_when_a_chain_is_broken_and_a_trigger_gone(self, chain):
        tamper("DELETE FROM consent_ledgerentry WHERE seq = 2")
        drop("guard_consent_ledgerentry_no_update", "consent_ledgerentry")
        both = "1 of the chains is broken; 1 of the triggers that protect the record are missing"
        with pytest.raises(CommandError, match=both):
            call_command("verify_ledger", stdout=io.StringIO())

    def test_knows_no_unknown_practice(self, db):
        with pytest.raises(CommandError, match="no practice called 'nowhere'"):
            call_command("verify_ledger", practice="nowhere")
