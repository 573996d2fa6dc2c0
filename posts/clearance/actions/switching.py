"""Turn a state's rule on or off, on the advice of the practice's counsel, with name and reason."""

from datetime import datetime

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from posts.gate.packs import PACKS

from ..models import PackSwitch
from .locks import one_at_a_time


class NoSuchRule(ValueError):
    """No pack has a rule of this code."""


class SwitchedMeanwhile(Exception):
    """Somebody switched the rule since the page was opened: what was decided there is no longer about this."""

    def __init__(self, last: PackSwitch) -> None:
        super().__init__(
            f"{last.switched_by.name} turned this rule {'on' if last.is_on else 'off'} while the page was open. "
            "Nothing else was changed; look at it again."
        )


class CounselMissing(ValueError):
    """A switch names the counsel who advised it, and why."""


def switch_pack_rule(
    *,
    practice: Practice,
    code: str,
    is_on: bool,
    counsel: str,
    why: str,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> PackSwitch:
    """Let a state's rule count or not from now on, for this practice; the latest switch sent again is that switch.

    `seen` is the latest switch that the page showed, 0 if there was none. Raises `NoSuchRule`, `CounselMissing`, and
    `SwitchedMeanwhile` if there is a later one.
    """
    if code not in {rule.code for rule in PACKS}:
        raise NoSuchRule("There is no such rule.")
    if not counsel.strip() or not why.strip():
        raise CounselMissing("Name the counsel who advised this, and why. It is kept with the switch.")
    said = {
        "is_on": is_on,
        "counsel": counsel.strip()[:120],
        "why": why.strip()[:500],
        "switched_by_id": int(by.id),
    }
    with recording(by=by, at=at):
        one_at_a_time(practice)
        rows = PackSwitch.objects.filter(practice=practice, code=code).select_related("switched_by")
        last = rows.order_by("-pk").first()
        if last is not None and all(getattr(last, name) == value for name, value in said.items()):
            return last
        if last is not None and seen not in (None, last.pk):
            raise SwitchedMeanwhile(last)
        switch = PackSwitch.objects.create(practice=practice, code=code, switched_at=at, **said)
        record("pack.switched", switch, code=code, on=is_on)
    return switch
