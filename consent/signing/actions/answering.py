"""What the signer does on the way to the signature. Each act is the signer's own in every record."""

from datetime import datetime, timedelta

from consent.access.queries import today_at
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor, instant
from consent.evidence.glyphs import undrawable
from consent.records.actions import note_refusal, refuse_renewal

from ..models import Ceremony
from ..printing import undrawable_text
from ..queries import fields_as_json, filled_now, text_digest
from ..rules import (
    DISCLOSURE_VERSION,
    IDLE_AFTER,
    AnswerRefused,
    NotNow,
    Sent,
    answers_after,
    is_idle,
    require_move,
    step_after,
    step_before,
    steps_for,
)
from .preparing import finish, locked, note

TOUCHED_EVERY = timedelta(seconds=1)
EVENTS = {"welcome": "opened", "disclosure": "disclosure_accepted", "review": "read"}


def signer_of(ceremony: Ceremony) -> Actor:
    """The one who acts at the tablet."""
    return Actor("person", str(ceremony.signer_id))


def steps_of(ceremony: Ceremony) -> tuple[str, ...]:
    """The steps of this ceremony."""
    return steps_for(ceremony.wording.form().asked, asks_assent=ceremony.asks_assent)


def answer(*, ceremony: Ceremony, step: str, sent: Sent, by: Actor, at: datetime) -> Ceremony:
    """Keep what was marked on one screen and go on to the next; a screen that is no longer shown changes nothing.

    Reaching the review fixes the exact text and its SHA-256, before the signature (R69). A child's "no" ends it.
    Raises `AnswerRefused` if the screen is not filled in, or our fonts cannot print what it holds, `NotNow` if the
    ceremony is over.
    """
    with recording(by=by, at=at):
        ceremony = _open(ceremony, at)
        if step != ceremony.step or step == "sign":
            return ceremony
        today = today_at(ceremony.practice, at)
        ceremony.answers = answers_after(
            ceremony.wording.form(),
            ceremony.offered,
            ceremony.answers,
            step,
            sent,
            today=today,
            at=instant(at),
        )
        _require_printable_details(ceremony)
        if "no" in ceremony.answers.get("assent", {}):
            return _declined(ceremony, by=by, at=at)
        details = {"version": DISCLOSURE_VERSION} if step == "disclosure" else {}
        note(ceremony, EVENTS.get(step, f"answered_{step}"), by=by, at=at, **details)
        ceremony.step = step_after(steps_of(ceremony), step)
        if ceremony.step == "review":
            _fix_text(ceremony, by=by, at=at)
            if lacking := undrawable_text(ceremony, filled_now(ceremony, at)):
                raise AnswerRefused("cannot_print_form", characters=lacking)
        ceremony.last_seen_at = at
        ceremony.save()
    return ceremony


def step_back(*, ceremony: Ceremony, by: Actor, at: datetime) -> Ceremony:
    """Go back one screen; what was marked stays."""
    with recording(by=by, at=at):
        ceremony = _open(ceremony, at)
        ceremony.step = step_before(steps_of(ceremony), ceremony.step)
        if ceremony.step == "review":
            _fix_text(ceremony, by=by, at=at)
        ceremony.last_seen_at = at
        ceremony.save()
    return ceremony


def put_down(*, ceremony: Ceremony, by: Actor, at: datetime) -> Ceremony:
    """The signer is done with the tablet: from now on it shows nothing, as if it had been idle."""
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        ceremony.last_seen_at = at - IDLE_AFTER[ceremony.route]
        if ceremony.route != Ceremony.Route.TABLET:  # nobody brings one's own phone back
            ceremony.own_page = ""
            ceremony.returned_at = at if _has_copy(ceremony) else None
        ceremony.save(update_fields=["last_seen_at", "own_page", "returned_at"])
        note(ceremony, "put_down", by=by, at=at)
    return ceremony


def decline(*, ceremony: Ceremony, by: Actor, at: datetime) -> Ceremony:
    """No thanks: needs no reason, leaves no consent and nothing of what was ticked (R16).

    Where another representative has allowed it, the two disagree.
    """
    with recording(by=by, at=at):
        ceremony = _declined(_open(ceremony, at), by=by, at=at)
        refuse_renewal(person=ceremony.person, said_by=ceremony.signer, how="form", by=by, at=at)
        if ceremony.representation is not None:
            note_refusal(objector=ceremony.representation, by=by, at=at)
    return ceremony


def choose_paper(*, ceremony: Ceremony, by: Actor, at: datetime) -> Ceremony:
    """The signer would rather have it on paper, which is always possible and free (15 USC 7001(c); R70).

    The request stays open until the paper comes back; what was ticked on the way is forgotten.
    """
    with recording(by=by, at=at):
        ceremony = _open(ceremony, at)
        require_move(ceremony.state, "paper")
        finish(ceremony, Ceremony.State.PAPER, at)
        ceremony.finished_at = None
        ceremony.last_seen_at = at
        ceremony.save()
        note(ceremony, "paper_chosen", by=by, at=at)
        record("ceremony.paper_chosen", ceremony, person=ceremony.person_id)
    return ceremony


def touch(*, ceremony: Ceremony, ago: timedelta = timedelta(), by: Actor, at: datetime) -> None:
    """A hand was on the tablet `ago`, so it is not idle. Nothing else happened; the ledger is told nothing."""
    with recording(by=by, at=at):
        seen = Ceremony.objects.filter(pk=ceremony.pk, last_seen_at__lt=at - ago - TOUCHED_EVERY)
        if not is_idle(ceremony.route, ceremony.last_seen_at, at):
            seen.update(last_seen_at=at - ago)


def require_held(ceremony: Ceremony, at: datetime) -> None:
    """Raise `NotNow` unless somebody holds the form: not idle, and a request by link not run out."""
    over = ceremony.expires_at is not None and ceremony.expires_at <= at
    if over or is_idle(ceremony.route, ceremony.last_seen_at, at):
        raise NotNow("This form is no longer open. Please give the tablet back to the front desk.")


def _has_copy(ceremony: Ceremony) -> bool:
    return ceremony.signature is not None and ceremony.signature.copies.exists()


def _open(ceremony: Ceremony, at: datetime) -> Ceremony:
    """The ceremony's row, taken, if somebody still answers it."""
    ceremony = locked(ceremony)
    require_held(ceremony, at)
    if ceremony.state != Ceremony.State.OPEN:
        raise NotNow("This form is no longer open. Please give the tablet back to the front desk.")
    return ceremony


def _require_printable_details(ceremony: Ceremony) -> None:
    """What was written beside a mark can be printed. Raises `AnswerRefused` naming the line and the characters."""
    labels = {one.key: one.label for lines in ceremony.wording.form().offers.values() for one in lines}
    for key, words in ceremony.answers["details"].items():
        if lacking := undrawable(words):
            raise AnswerRefused("cannot_print", label=labels[key], characters=lacking)


def _fix_text(ceremony: Ceremony, *, by: Actor, at: datetime) -> None:
    """What will be signed is what is shown from here on; it is read once more."""
    ceremony.answers.pop("read", None)
    filled = filled_now(ceremony, at)
    ceremony.filled = fields_as_json(filled)
    ceremony.text_sha256 = text_digest(ceremony, filled)
    note(ceremony, "text_fixed", by=by, at=at, sha256=ceremony.text_sha256)


def _declined(ceremony: Ceremony, *, by: Actor, at: datetime) -> Ceremony:
    require_move(ceremony.state, "declined")
    finish(ceremony, Ceremony.State.DECLINED, at)
    ceremony.last_seen_at = at
    ceremony.save()
    note(ceremony, "declined", by=by, at=at)
    record("ceremony.declined", ceremony, person=ceremony.person_id)
    return ceremony
