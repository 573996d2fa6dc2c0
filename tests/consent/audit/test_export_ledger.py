"""The exported file, verified by the stand-alone script in a Python that has nothing but its standard library."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from consent.audit import offline

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(write, tmp_path):
    """The two files that are given away."""
    write(4)
    call_command("export_ledger", to=tmp_path / "ledger.jsonl")
    call_command("checkpoint_ledger", to=tmp_path / "checkpoints.jsonl")
    return tmp_path


def verify(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", offline.__file__, "ledger.jsonl", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def lines(file):
    return [json.loads(line) for line in file.read_text().splitlines()]


def rewrite(file, content):
    file.write_text("".join(json.dumps(line) + "\n" for line in content))


class TestOfflineScript:
    def test_calls_a_whole_chain_whole(self, exported):
        shown = verify(exported)
        assert (shown.returncode, shown.stderr) == (0, "")
        assert "whole, 4 entries." in shown.stdout

    def test_finds_a_changed_body(self, exported):
        content = lines(exported / "ledger.jsonl")
        content[1]["body"] = content[1]["body"].replace("user:7", "user:8")
        rewrite(exported / "ledger.jsonl", content)
        shown = verify(exported)
        assert shown.returncode == 1
        assert "entry 2 was changed" in shown.stdout

    def test_finds_a_missing_entry(self, exported):
        content = lines(exported / "ledger.jsonl")
        rewrite(exported / "ledger.jsonl", [content[0], *content[2:]])
        assert "entry 2 is missing" in verify(exported).stdout

    def test_agrees_with_a_checkpoint(self, exported):
        key = lines(exported / "checkpoints.jsonl")[0]["public_key"]
        shown = verify(exported, "--checkpoints", "checkpoints.jsonl", "--key", key)
        assert shown.returncode == 0
        assert "agrees with the checkpoint of 20" in shown.stdout

    def test_finds_a_cut_tail_by_the_checkpoint(self, exported):
        rewrite(exported / "ledger.jsonl", lines(exported / "ledger.jsonl")[:3])
        assert verify(exported).returncode == 0
        shown = verify(exported, "--checkpoints", "checkpoints.jsonl")
        assert shown.returncode == 1
        assert "4 entries at" in shown.stdout
        assert "the tail was cut" in shown.stdout

    def test_refuses_a_checkpoint_signed_by_somebody_else(self, exported):
        shown = verify(exported, "--checkpoints", "checkpoints.jsonl", "--key", "00" * 32)
        assert "signed with another key" in shown.stdout

    def test_refuses_a_changed_checkpoint(self, exported):
        content = lines(exported / "checkpoints.jsonl")
        content[0]["seq"] = 3
        rewrite(exported / "checkpoints.jsonl", content)
        assert "no valid signature" in verify(exported, "--checkpoints", "checkpoints.jsonl").stdout


class TestOfflineSignatures:
    """The script's own Ed25519, against the vectors of RFC 8032, section 7.1."""

    @pytest.mark.parametrize(
        ("public", "message", "signature"),
        [
            (
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            ),
            (
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            ),
        ],
    )
    def test_accept_the_true_and_refuse_the_changed(self, public, message, signature):
        key, signed = bytes.fromhex(public), bytes.fromhex(signature)
        assert offline.verifies(key, bytes.fromhex(message), signed)
        assert not offline.verifies(key, bytes.fromhex(message) + b"!", signed)
        assert not offline.verifies(key, bytes.fromhex(message), signed[:-1] + b"\x01")
