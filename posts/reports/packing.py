"""The pack of a repost: one ZIP file that a third party checks offline, with Python alone (`pack_check.py`).

It holds what was seen, what was asked in which words, both signed documents, what the gate decided, what went out and
what came down; the practice's whole ledger, which names nobody; and the checking script itself. The same facts give the
same bytes.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Model

from consent.audit import offline
from consent.audit.checkpoints import as_line, latest_checkpoints
from consent.audit.export import exported_lines
from consent.audit.queries import subject_of
from consent.audit.rules import instant, practice_chain
from consent.evidence.models import Document
from consent.files.store import read
from consent.media.queries import digest_of
from consent.people.models import Person

from . import pack_check
from .queries.reposts import Whole

Called = Callable[[Person], str]
Opened = Callable[[Document], bytes]
Noted = Callable[[str], None]
SNAPSHOTS = "snapshots"
READ_ME = """{practice}: the whole of a repost

Check it:   python3 check.py
It needs Python 3.11 and nothing else, and no network. It says whether every file is the one that the manifest names,
whether the practice's ledger is an unbroken chain, and whether each document, snapshot and message is the one that the
ledger took down when it happened; story.json, when the pack was made.

story.json      what was seen, who is who and who said so, what was asked, answered, decided, published and taken down
snapshots/      the public post as it was seen
documents/      the signed papers; their seals are PAdES signatures, which any PDF reader shows
message.txt     the message to the author as it was sent, without their link
ledger.jsonl    the practice's ledger: ids and digests, no names
"""


def packed(whole: Whole, *, called: Called, opened: Opened, noted: Noted) -> bytes:
    """The pack, as the bytes of a ZIP file.

    Args:
        whole: the request, as `whole_of` read it.
        called: what to call a person, as the member who asks may know them (R54).
        opened: reads a stored document, and takes down that it was opened.
        noted: takes down the SHA-256 of what the pack tells, before the ledger is copied into it.

    Raises `FileMissing` or `FileAltered` for a file that is no longer what it was.
    """
    chain = practice_chain(whole.request.practice_id)
    files, vouched = _seen(whole)
    for signed in whole.documents:
        name = f"documents/{signed.document_id}.pdf"
        files[name] = opened(signed.document)
        vouched.append({"file": name, "event": "document", "sha256": signed.document.sha256})
    files["story.json"] = _as_json(_told(whole, called))
    vouched.append(_vouched("story.json", "repost.packed", digest_of(files["story.json"]), whole.request))
    noted(digest_of(files["story.json"]))
    files |= {
        "README.txt": READ_ME.format(practice=whole.request.practice.name).encode(),
        "ledger.jsonl": "".join(exported_lines(chain)).encode(),
        "checkpoints.jsonl": _lines(as_line(mark) for mark in latest_checkpoints(chain)),
        "check.py": _source(pack_check.__file__),
        "offline.py": _source(offline.__file__),
    }
    files["manifest.json"] = _as_json(
        {
            "format": pack_check.FORMAT,
            "chain": chain,
            "files": {name: digest_of(data) for name, data in sorted(files.items())},
            "vouched": vouched,
        }
    )
    return _zipped(files)


def _seen(whole: Whole) -> tuple[dict[str, bytes], list[dict[str, str]]]:
    """The snapshots and the message as files, and where the ledger took each of them down."""
    request, story = whole.request, whole.request.story
    files, vouched = {"message.txt": request.as_sent.encode()}, []
    if request.as_sent:
        vouched.append(_vouched("message.txt", "repost.sent", request.sent_sha256, request))
    for number, snapshot in enumerate(whole.snapshots, 1):
        name = f"snapshots/{number}.json"
        told = {"address": story.address, "handle": story.handle}
        files[name] = _as_json(told | {"picture": snapshot.picture_sha256, "text": snapshot.text})
        vouched.append(_vouched(name, "story", snapshot.sha256, story))
        if snapshot.picture_key:
            files[f"snapshots/{number}.jpg"] = read(SNAPSHOTS, snapshot.picture_key)
    return files, vouched


def _vouched(name: str, event: str, sha256: str, about: Model) -> dict[str, str]:
    """A file, the event that took it down, and about what."""
    return {"file": name, "event": event, "sha256": sha256, "subject": subject_of(about)}


def _told(whole: Whole, called: Called) -> dict[str, Any]:
    """The whole of it as plain JSON: people as they may be called, staff by name, instants in UTC."""
    story = whole.request.story
    return {
        "story": {
            "number": story.pk,
            "address": story.address,
            "handle": story.handle,
            "posted_on": story.posted_on.isoformat(),
            "found_by": story.found_by.name,
            "found_at": instant(story.found_at),
            "gone_at": _when(story.gone_at),
        },
        "seen": [
            {"sha256": one.sha256, "taken_by": one.taken_by.name, "taken_at": instant(one.taken_at)}
            for one in whole.snapshots
        ],
        "who_is_who": [
            {
                "part": part.kind,
                "who": called(part.person) if part.person else part.words or "we do not know",
                "relation": part.relation,
                "age": part.age,
                "said_by": part.said_by.name,
                "said_at": instant(part.said_at),
                "until": _when(part.ended_at),
            }
            for part in whole.parts
        ],
        **_asked(whole),
        **_papers(whole, called),
        **_after(whole),
    }


def _asked(whole: Whole) -> dict[str, Any]:
    """What was asked, and the thread of what happened."""
    request = whole.request
    return {
        "request": {
            "number": request.pk,
            "standing": whole.row.standing,
            "asked": request.asked,
            "ends_on": request.ends_on.isoformat(),
            "owner": request.owner.name,
            "begun_at": instant(request.begun_at),
            "sent_by": request.sent_by.name if request.sent_by else None,
            "sent_at": _when(request.sent_at),
            "lapses_at": instant(request.lapses_at),
            "ended": request.ended,
        },
        "thread": [
            {
                "what": one.kind,
                "at": instant(one.at),
                "by": one.by.name if one.by else None,
                "words": one.words,
            }
            for one in request.events.all()
        ],
    }


def _papers(whole: Whole, called: Called) -> dict[str, Any]:
    """Both papers with what they allow, and what was taken back."""
    return {
        "papers": [
            {
                "kind": paper.form.kind,
                "of": called(paper.form.person),
                "signed_by": called(paper.form.ceremony.signer),
                "state": paper.form.ceremony.state,
                "consent": paper.terms.consent_id if paper.terms else None,
                "scope": paper.terms.scope.to_json() if paper.terms else None,
                "stands": paper.stands,
            }
            for paper in whole.row.papers
        ],
        "documents": [
            {
                "file": f"documents/{one.document_id}.pdf",
                "sha256": one.document.sha256,
                "seal": one.document.seal,
                "ledger_entry": one.ledger_seq,
            }
            for one in whole.documents
        ],
        "proofs_of_the_account": [
            {
                "noted_by": one.noted_by.name if one.noted_by else None,
                "noted_at": _when(one.noted_at),
                "confirmed_by": one.confirmed_by.name if one.confirmed_by else None,
                "confirmed_at": _when(one.confirmed_at),
            }
            for one in whole.proofs
        ],
        "withdrawals": [
            {
                "consent": one.consent_id,
                "part": one.part,
                "how": one.how,
                "received_at": instant(one.received_at),
            }
            for one in whole.revocations
        ],
    }


def _after(whole: Whole) -> dict[str, Any]:
    """What was reviewed, decided, published and taken down."""
    return {
        "reviews": [
            {
                "digest": one.digest,
                "submitted_by": one.submitted_by.name,
                "outcome": one.outcome,
                "decided_by": one.decided_by.name if one.decided_by else None,
                "decided_at": _when(one.decided_at),
            }
            for one in whole.reviews
        ],
        "decisions": [
            {
                "number": one.pk,
                "stage": one.stage,
                "account": one.account.handle,
                "at": instant(one.at),
                "allowed": one.allowed,
                "reasons": one.reasons,
                "rules": one.rules_version,
                "digest": one.digest,
            }
            for one in whole.decisions
        ],
        "publications": [
            {
                "account": one.account.handle,
                "platform": one.account.platform,
                "state": one.state,
                "published_at": _when(one.published_at),
                "address": one.remote_url,
                "digest": one.digest,
            }
            for one in whole.deliveries
        ],
        "takedowns": [
            {
                "account": one.delivery.account.handle,
                "why": one.why,
                "state": one.state,
                "owed_at": instant(one.owed_at),
                "deleted_at": _when(one.deleted_at),
                "closed_at": _when(one.closed_at),
            }
            for one in whole.takedowns
        ],
    }


def _when(at: datetime | None) -> str | None:
    return instant(at) if at else None


def _as_json(told: Any) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _lines(rows: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _source(path: str) -> bytes:
    return Path(path).read_bytes()


def _zipped(files: dict[str, bytes]) -> bytes:
    """The files in one archive, in order of their names, with one date: the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
