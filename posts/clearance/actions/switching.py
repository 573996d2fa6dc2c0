"""Turn a state's rule on or off, on the advice of the practice's counsel, with name and reason."""

from datetime import datetime

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from posts.gate.packs import PACKS

from ..models import PackSwitch


class NoSuchRule(ValueError):
    """No pack has a rule of this code."""


class CounselMissing(ValueError):
    """A switch names the counsel who advised it, and why."""


def switch_pack_rule(
    *, practice: Practice, code: str, is_on: bool, counsel: str, why: str, by: Actor, at: datetime
) -> PackSwitch:
    """Let a state's rule count or not from now on, for this practice. Raises `NoSuchRule` and `CounselMissing`."""
    if code not in {rule.code for rule in PACKS}:
        raise NoSuchRule("There is no such rule.")
    if not counsel.strip() or not why.strip():
        raise CounselMissing("Name the counsel who advised this, and why. It is kept with the switch.")
    with recording(by=by, at=at):
        switch = PackSwitch.objects.create(
            practice=practice,
            code=code,
            is_on=is_on,
            counsel=counsel.strip()[:120],
            why=why.strip()[:500],
            switched_by_id=int(by.id),
            switched_at=at,
        )
        record("pack.switched", switch, code=code, on=is_on)
    return switch
