#!/usr/bin/env python3
"""Verify an exported ledger without Postern: this file needs nothing but Python 3.11.

    python3 offline.py ledger.jsonl [--checkpoints checkpoints.jsonl] [--key <public key in hex>]

It reads each line's stored bytes, hashes them with the previous entry's hash, and compares. With a file of
checkpoints it also checks their Ed25519 signatures (RFC 8032) and that no tail was cut. `--key` is the public key
that you were given by another way; without it a checkpoint vouches only for a file made with the same key.
"""

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

GENESIS = "0" * 64

# Edwards curve 25519 of RFC 8032, section 5.1.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


class Broken(Exception):
    """The file is not a whole chain, or not what the checkpoint saw."""


def body_of(line: dict[str, Any]) -> bytes:
    """The bytes that were stored and hashed."""
    return base64.b64decode(line["body_base64"]) if "body_base64" in line else line["body"].encode()


def walk(lines: Iterable[str]) -> dict[str, dict[int, str]]:
    """The hash of each entry, by chain and position. Raises `Broken` at the first that does not fit."""
    chains: dict[str, dict[int, str]] = {}
    for number, text in enumerate(lines, 1):
        try:
            line = json.loads(text)
            body = body_of(line)
            content = json.loads(body)
            chain, seq, previous, given = line["chain"], line["seq"], line["previous"], line["hash"]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Broken(f"Line {number} cannot be read.") from error
        hashes = chains.setdefault(chain, {})
        if seq != len(hashes) + 1:
            raise Broken(f"{chain}: entry {len(hashes) + 1} is missing; line {number} holds entry {seq}.")
        if previous != hashes.get(seq - 1, GENESIS):
            raise Broken(f"{chain}: entry {seq} does not follow entry {seq - 1}.")
        if hashlib.sha256(bytes.fromhex(previous) + body).hexdigest() != given:
            raise Broken(f"{chain}: entry {seq} was changed: its content does not have its hash.")
        if (content.get("chain"), content.get("seq")) != (chain, seq):
            raise Broken(f"{chain}: entry {seq} was recorded elsewhere.")
        hashes[seq] = given
    return chains


def compare(chains: dict[str, dict[int, str]], lines: Iterable[str], key: str) -> Iterator[str]:
    """Check each checkpoint of an exported chain and say which public keys signed. Raises `Broken`."""
    for text in lines:
        mark = json.loads(text)
        if key and mark["public_key"] != key:
            raise Broken(f"A checkpoint of {mark['chain']} is signed with another key than the one you gave.")
        signed = {name: mark[name] for name in ("at", "chain", "hash", "key", "seq")}
        message = json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        if not verifies(bytes.fromhex(mark["public_key"]), message, bytes.fromhex(mark["signature"])):
            raise Broken(f"The checkpoint of {mark['chain']} at entry {mark['seq']} has no valid signature.")
        if mark["chain"] not in chains:
            continue
        hashes = chains[mark["chain"]]
        if mark["seq"] > len(hashes):
            raise Broken(
                f"{mark['chain']}: {mark['seq']} entries at {mark['at']}, {len(hashes)} now: the tail was cut."
            )
        if hashes[mark["seq"]] != mark["hash"]:
            raise Broken(f"{mark['chain']}: entry {mark['seq']} is not the one seen at {mark['at']}.")
        yield f"{mark['chain']}: agrees with the checkpoint of {mark['at']}, key {mark['public_key']}."


def verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is an Ed25519 signature of `message` under `public`."""
    key, first, s = decoded(public), decoded(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or first is None or s >= L or len(signature) != 64:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(digest, "little") % L
    left, right = times(s, BASE), added(first, times(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 == (left[1] * right[2] - right[1] * left[2]) % P


def added(a: Point, b: Point) -> Point:
    """The sum of two points, in extended coordinates."""
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    u, v = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, v - u, v + u, t + s
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, point: Point) -> Point:
    """The point, `factor` times."""
    result: Point = (0, 1, 1, 0)
    while factor:
        result = added(result, point) if factor & 1 else result
        point, factor = added(point, point), factor >> 1
    return result


def decoded(encoded: bytes) -> Point | None:
    """The point that 32 bytes stand for, or None."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


BASE = decoded((4 * pow(5, -1, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def main() -> int:
    """0 if all is whole, otherwise 1; what was found is said in sentences."""
    parser = argparse.ArgumentParser(description="Verify an exported ledger.")
    parser.add_argument("ledger")
    parser.add_argument("--checkpoints")
    parser.add_argument("--key", default="")
    given = parser.parse_args()
    try:
        with open(given.ledger, encoding="utf-8") as file:
            chains = walk(file)
        said = [f"{name}: whole, {len(hashes)} entries." for name, hashes in chains.items()]
        if given.checkpoints:
            with open(given.checkpoints, encoding="utf-8") as file:
                said += compare(chains, file, given.key)
    except Broken as error:
        sys.stdout.write(f"BROKEN. {error}\n")
        return 1
    sys.stdout.write("\n".join([*said, ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
