"""Propose a reply that may be sent to anybody, confirm it, retire it."""

from datetime import datetime

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.rules import folded
from consent.workforce.queries import qualifications

from .models import CannedReply
from .rules import REPLY_LENGTH, checked_reply


class TakesAnother(Exception):
    """It takes two people: whoever proposed a reply does not approve it (R46, R50)."""


class NotQualified(Exception):
    """Whoever approves is trained, and has signed the policy in force (R61)."""


class NotWaiting(Exception):
    """The reply was approved or retired before."""


def propose_canned_reply(
    *, practice: Practice, language: str, text: str, by: Actor, at: datetime
) -> CannedReply:
    """Ask that these words may be sent to anybody; words that are known already stay as they are.

    Raises `NotAReply` when the reply screen stops them (R50).
    """
    clean = checked_reply(text)
    with recording(by=by, at=at):
        reply, is_new = CannedReply.objects.get_or_create(
            practice=practice,
            folded=folded(clean)[:REPLY_LENGTH],
            retired_at=None,
            defaults={
                "language": language,
                "text": clean,
                "proposed_by_id": int(by.id),
                "proposed_at": at,
            },
        )
        if is_new:
            record("canned_reply.proposed", reply, language=language)
    return reply


def confirm_canned_reply(*, reply: CannedReply, by: Actor, at: datetime) -> CannedReply:
    """A qualified other person agrees: from now on these words clear themselves.

    The screen reads them once more, since it may have learned since. Raises `NotWaiting`, `TakesAnother`,
    `NotQualified`, `NotAReply`.
    """
    with recording(by=by, at=at):
        reply = _locked(reply)
        user = int(by.id)
        if reply.confirmed_at is not None or reply.retired_at is not None:
            raise NotWaiting("It was approved or retired before.")
        if user == reply.proposed_by_id:
            raise TakesAnother("It takes two people. Ask someone else to approve it.")
        found = qualifications(reply.practice, [user], at)[user]
        if not found.qualified:
            raise NotQualified(f"You cannot approve yet. {' '.join(found.missing)}")
        checked_reply(reply.text)
        reply.confirmed_by_id, reply.confirmed_at = user, at
        reply.save(update_fields=["confirmed_by", "confirmed_at"])
        record("canned_reply.confirmed", reply)
    return reply


def retire_canned_reply(*, reply: CannedReply, by: Actor, at: datetime) -> CannedReply:
    """It clears itself no longer; a reply on its way out waits for people. Retired once, it stays so."""
    with recording(by=by, at=at):
        reply = _locked(reply)
        if reply.retired_at is None:
            reply.retired_by_id, reply.retired_at = int(by.id), at
            reply.save(update_fields=["retired_by", "retired_at"])
            record("canned_reply.retired", reply)
    return reply


def _locked(reply: CannedReply) -> CannedReply:
    rows = CannedReply.objects.select_for_update(no_key=True, of=("self",)).select_related("practice")
    return rows.get(pk=reply.pk)
