#!/usr/bin/env python3
"""Check the pack of a repost without Postern: this file and `offline.py` beside it need nothing but Python 3.11.

    python3 check.py [--key <public key of the checkpoints, in hex>]

Run it in the folder that the pack was unpacked into. It reads nothing else and asks no network.
"""

import argparse
import hashlib
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FORMAT = "postern repost pack 1"
# The events that take down a digest of each kind of file.
TAKEN_DOWN = {
    "document": {"document.stored", "document.sealed", "document.renewed"},
    "story": {"story.found", "story.seen_again"},
    "repost.sent": {"repost.sent"},
    "repost.packed": {"repost.packed"},
}


class Broken(Exception):
    """The pack is not what it was when it was made."""


def checked(folder: Path, key: str = "") -> Iterator[str]:
    """What holds, a sentence each. Raises `Broken` at the first thing that does not."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    if manifest.get("format") != FORMAT:
        raise Broken("This is no pack that this script knows.")
    yield f"{_files(folder, manifest)} files are those that the manifest names."
    yield from _chain(folder, manifest["chain"], key)
    events = _digests(folder)
    for one in manifest["vouched"]:
        _vouched(folder, one, events)
    yield f"{len(manifest['vouched'])} of them are in the ledger, taken down when it happened."


def _files(folder: Path, manifest: dict[str, Any]) -> int:
    """How many files there are, each with its digest, and no other."""
    named = manifest["files"]
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    if extra := sorted(found - set(named) - {"manifest.json"}):
        raise Broken(f"{extra[0]} does not belong to the pack.")
    for name, digest in named.items():
        path = folder / name
        if not path.is_file():
            raise Broken(f"{name} is missing.")
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise Broken(f"{name} was changed.")
    return len(named)


def _chain(folder: Path, chain: str, key: str) -> Iterator[str]:
    """The ledger is whole, and agrees with its checkpoints. `offline.py` lies beside this file in the pack."""
    sys.path.insert(0, str(folder))
    offline = importlib.import_module("offline")
    try:
        with (folder / "ledger.jsonl").open(encoding="utf-8") as lines:
            chains = offline.walk(lines)
        if set(chains) - {chain}:
            raise Broken("The ledger holds another chain than the practice's.")
        yield f"The ledger is whole: {len(chains.get(chain, ()))} entries."
        with (folder / "checkpoints.jsonl").open(encoding="utf-8") as lines:
            yield from offline.compare(chains, lines, key)
    except offline.Broken as error:
        raise Broken(str(error)) from error


def _digests(folder: Path) -> dict[str, set[tuple[str, str]]]:
    """The digests that the ledger took down, by event, each with what it is about."""
    found: dict[str, set[tuple[str, str]]] = {}
    with (folder / "ledger.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            body = json.loads(json.loads(line).get("body") or "{}")
            digest = body.get("facts", {}).get("sha256")
            if digest:
                found.setdefault(body["event"], set()).add((digest, body["subject"]))
    return found


def _vouched(folder: Path, one: dict[str, str], events: dict[str, set[tuple[str, str]]]) -> None:
    """One file is what the ledger took down. A snapshot's digest is over its words and the digest of its picture."""
    data = (folder / one["file"]).read_bytes()
    if one["event"] == "story":
        told = json.loads(data)
        data = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        picture = (folder / one["file"]).with_suffix(".jpg")
        if told["picture"] and hashlib.sha256(picture.read_bytes()).hexdigest() != told["picture"]:
            raise Broken(f"{picture.name} is not the picture of this snapshot.")
    digest = hashlib.sha256(data).hexdigest()
    known = [pair for event in TAKEN_DOWN[one["event"]] for pair in events.get(event, ())]
    about = {subject for told, subject in known if told == digest}
    # A document is known by its digest alone; everything else belongs to this request or its story.
    is_about = bool(about) if one["event"] == "document" else one.get("subject") in about
    if digest != one["sha256"] or not is_about:
        raise Broken(f"{one['file']} is not what the ledger took down.")


def main() -> int:
    """0 if all holds, otherwise 1; what was found is said in sentences."""
    parser = argparse.ArgumentParser(description="Check the pack of a repost.")
    parser.add_argument("--key", default="")
    given = parser.parse_args()
    try:
        said = list(checked(Path(__file__).resolve().parent, given.key))
    except (Broken, OSError, ValueError, KeyError) as error:
        sys.stdout.write(f"BROKEN. {error}\n")
        return 1
    sys.stdout.write("\n".join([*said, "The pack is whole.", ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
