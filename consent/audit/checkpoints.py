"""Signed statements of where each chain ended. Sent away, they show a tail that was cut later.

A checkpoint is signed with Ed25519 by a key derived from the key ring. It is no event itself: otherwise each would
give the next one something to sign, for ever.
"""

from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db.models import Exists, OuterRef

from consent.keys.ring import key_ring

from .models import ChainHead, Checkpoint
from .rules import instant, statement

EVERY = timedelta(hours=1)
PURPOSE = "ledger checkpoint"


def checkpoint_due(at: datetime) -> bool:
    """Whether the last checkpoint of the installation is an hour old, or there is none."""
    last = Checkpoint.objects.order_by("-pk").first()
    return last is None or last.at <= at - EVERY


def take_due_checkpoint(*, at: datetime) -> bool:
    """The worker's step: take a checkpoint if one is due; whether there was anything to sign."""
    return checkpoint_due(at) and bool(take_checkpoint(at=at))


def take_checkpoint(*, at: datetime) -> list[Checkpoint]:
    """Sign where every chain ends now; chains that stood still since their last checkpoint are left out.

    Two workers at once take one checkpoint between them.
    """
    already = Checkpoint.objects.filter(chain=OuterRef("chain"), seq=OuterRef("seq"))
    moved = ChainHead.objects.filter(~Exists(already), seq__gt=0).order_by("chain")
    key = key_ring().current
    taken = []
    for head in moved:
        signed = _signing_key(key).sign(_statement_of(head, at, key)).hex()
        checkpoint, made = Checkpoint.objects.get_or_create(
            chain=head.chain,
            seq=head.seq,
            defaults={"hash": head.hash, "at": at, "key_id": key, "signature": signed},
        )
        taken += [checkpoint] if made else []
    return taken


def latest_checkpoints(*chains: str) -> list[Checkpoint]:
    """The last checkpoint of each of `chains`, or of every chain."""
    later = Checkpoint.objects.filter(chain=OuterRef("chain"), seq__gt=OuterRef("seq"))
    latest = Checkpoint.objects.filter(~Exists(later)).order_by("chain")
    return list(latest.filter(chain__in=chains) if chains else latest)


def is_genuine(checkpoint: Checkpoint) -> bool:
    """Whether the signature is ours and fits. Raises `KeyMissing` if the key ring has lost the key."""
    public = _signing_key(checkpoint.key_id).public_key()
    try:
        public.verify(
            bytes.fromhex(checkpoint.signature), _statement_of(checkpoint, checkpoint.at, checkpoint.key_id)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def as_line(checkpoint: Checkpoint) -> dict[str, Any]:
    """The checkpoint as one line of a file: the statement, its signature, and the public key that verifies it."""
    return {
        "chain": checkpoint.chain,
        "seq": checkpoint.seq,
        "hash": checkpoint.hash,
        "at": instant(checkpoint.at),
        "key": checkpoint.key_id,
        "signature": checkpoint.signature,
        "public_key": _signing_key(checkpoint.key_id).public_key().public_bytes_raw().hex(),
    }


def _signing_key(key_id: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(key_ring().derive(PURPOSE, key_id))


def _statement_of(end: ChainHead | Checkpoint, at: datetime, key: str) -> bytes:
    return statement(chain=end.chain, seq=end.seq, head=end.hash, at=instant(at), key=key)
