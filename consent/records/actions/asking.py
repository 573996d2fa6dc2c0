"""Have somebody asked again, because a form they signed has changed in something that matters; or stop asking."""

from collections.abc import Collection
from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.wording.models import Wording

from ..models import Reask
from ..queries import signed_versions


class NothingToAsk(Exception):
    """Nobody has to be asked again; the sentence says why."""


def ask_again(*, wording: Wording, people: Collection[int], why: str, by: Actor, at: datetime) -> list[Reask]:
    """Ask these people, by id, to sign the changed form; whoever was asked already is not asked twice.

    Raises `NothingToAsk` if the version changed nothing that matters, or nobody was chosen among those whose
    permission rests on an earlier version.
    """
    if wording.change != Wording.Change.MATERIAL:
        raise NothingToAsk("This version changed only a slip of the pen, so nobody is asked again.")
    chosen = {one.person_id for one in signed_versions(wording, at).yet} & set(people)
    if not chosen:
        raise NothingToAsk("Choose at least one person who has yet to sign it.")
    asked = []
    with recording(by=by, at=at):
        for person_id in sorted(chosen):
            reask, is_new = Reask.objects.get_or_create(
                person_id=person_id,
                wording=wording,
                defaults={
                    "practice_id": wording.practice_id,
                    "why": why.strip(),
                    "asked_by_id": int(by.id),
                    "asked_at": at,
                },
            )
            if is_new:
                record("reask.asked", reask, person=person_id, wording=wording.pk)
                asked.append(reask)
    return asked


def close_reask(*, reask: Reask, why: str, by: Actor, at: datetime) -> Reask:
    """Stop asking: they said no, or it is not needed any more. Closed once; a second time changes nothing."""
    with recording(by=by, at=at):
        reask = Reask.objects.select_for_update(no_key=True).get(pk=reask.pk)
        if reask.closed_at is None:
            reask.closed_at, reask.closed_by_id, reask.closed_why = at, int(by.id), Reask.Closed(why)
            reask.save(update_fields=["closed_at", "closed_by", "closed_why"])
            record("reask.closed", reask, person=reask.person_id, wording=reask.wording_id, why=why)
    return reask
