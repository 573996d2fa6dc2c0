"""Read a chain from its first entry to its end and name the first thing that is not as it was recorded."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from consent.keys.ring import KeyMissing

from .checkpoints import is_genuine
from .models import ChainHead, Checkpoint
from .queries import Row, all_chains, entries_up_to, raw_entries
from .rules import GENESIS, entry_hash

SEARCHABLE = ("event", "actor", "subject", "person")


class ChainBroken(Exception):
    """The chain is not whole. `seq` is the first position that shows it; the message says why."""

    def __init__(self, seq: int, why: str) -> None:
        super().__init__(why)
        self.seq = seq


@dataclass(frozen=True)
class Verdict:
    """How a chain was found: its length, its last hash and its checkpoints; what is broken, or an empty text."""

    chain: str
    entries: int
    end: str
    checkpoints: int
    broken: str = ""
    broken_at: int | None = None


def verify_all() -> Iterator[Verdict]:
    """A verdict on every chain."""
    return map(verify_chain, all_chains())


def verify_chain(chain: str) -> Verdict:
    """Check positions, links, hashes over the stored bytes, searchable columns, the head and the checkpoints."""
    checkpoints = list(Checkpoint.objects.filter(chain=chain).order_by("seq"))
    walk = _Walk(chain, {checkpoint.seq: checkpoint for checkpoint in checkpoints})
    try:
        walk.to_the_end()
        for checkpoint in checkpoints:
            _require_genuine(checkpoint, walk.seq)
    except ChainBroken as error:
        return Verdict(chain, walk.seq, walk.end, len(checkpoints), str(error), error.seq)
    return Verdict(chain, walk.seq, walk.end, len(checkpoints))


class _Walk:
    """A walk along the chain: how far it came, and the hash it stands on."""

    def __init__(self, chain: str, checkpoints: dict[int, Checkpoint]) -> None:
        self.chain = chain
        self.checkpoints = checkpoints
        self.seq = 0
        self.end = GENESIS

    def to_the_end(self) -> None:
        """Walk until the head; what is appended meanwhile is walked as well. Raises `ChainBroken`."""
        while True:
            before = self.seq
            for row in raw_entries(self.chain, self.seq):
                self._step(row)
            head = ChainHead.objects.filter(chain=self.chain).first()
            seq, end = (head.seq, head.hash) if head else (0, GENESIS)
            if seq <= self.seq or before == self.seq:
                break
        if seq > self.seq:
            raise ChainBroken(self.seq + 1, f"entries {self.seq + 1} to {seq} are missing: the tail was cut")
        if seq < self.seq:
            raise ChainBroken(seq + 1, f"entry {seq + 1} stands behind the end of the chain")
        if end != self.end:
            raise ChainBroken(seq, f"the recorded end of the chain does not have the hash of entry {seq}")
        if entries_up_to(self.chain, seq) != seq:
            raise ChainBroken(seq, f"there are more rows than positions up to entry {seq}")

    def _step(self, row: Row) -> None:
        seq, hash_, previous, body, *columns, at = row
        expected = self.seq + 1
        if seq != expected:
            raise ChainBroken(expected, f"entry {expected} is missing; the next one is {seq}")
        if previous != self.end:
            raise ChainBroken(seq, f"entry {seq} does not follow entry {seq - 1}: its previous hash differs")
        body = bytes(body)
        if entry_hash(previous, body) != hash_:
            raise ChainBroken(seq, f"entry {seq} was changed: its content does not have its hash")
        self._compare_columns(seq, body, columns, at)
        checkpoint = self.checkpoints.get(seq)
        if checkpoint is not None and checkpoint.hash != hash_:
            raise ChainBroken(seq, f"entry {seq} is not the one that the checkpoint of {checkpoint.at} saw")
        self.seq, self.end = seq, hash_

    def _compare_columns(self, seq: int, body: bytes, columns: list[object], at: str | datetime) -> None:
        try:
            content = json.loads(body)
            recorded_at = datetime.fromisoformat(content["at"])
            place = content["chain"], content["seq"]
            recorded = [content[name] for name in SEARCHABLE]
        except (ValueError, KeyError, TypeError) as error:
            raise ChainBroken(seq, f"the content of entry {seq} cannot be read") from error
        if place != (self.chain, seq):
            raise ChainBroken(seq, f"entry {seq} was recorded as entry {place[1]} of {place[0]}")
        if recorded != columns:
            wrong = [name for name, a, b in zip(SEARCHABLE, recorded, columns, strict=True) if a != b]
            raise ChainBroken(seq, f"entry {seq} shows another {wrong[0]} than was recorded")
        if recorded_at != (datetime.fromisoformat(at).replace(tzinfo=UTC) if isinstance(at, str) else at):
            raise ChainBroken(seq, f"entry {seq} shows another time than was recorded")


def _require_genuine(checkpoint: Checkpoint, length: int) -> None:
    seq, at = checkpoint.seq, checkpoint.at
    try:
        genuine = is_genuine(checkpoint)
    except KeyMissing as error:
        raise ChainBroken(seq, f"the checkpoint of {at} cannot be verified: {error}") from error
    if not genuine:
        raise ChainBroken(seq, f"the checkpoint of {at} at entry {seq} has no valid signature")
    if seq > length:
        raise ChainBroken(
            length + 1, f"the checkpoint of {at} saw {seq} entries, only {length} are left: the tail was cut"
        )
