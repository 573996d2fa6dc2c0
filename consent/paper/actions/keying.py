"""Key what stands on a scan, twice; settle what differs; only then it counts (R74)."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from consent.access.queries import day_begins, today_at
from consent.audit.ledger import record, recording
from consent.audit.queries import latest_position
from consent.audit.rules import Actor, instant
from consent.evidence.models import SignatureMark, SignedDocument
from consent.records.actions import OWN_PRINT_POINTS, FoundForm, record_found_consent
from consent.signing.actions import CONSENT_KINDS
from consent.signing.actions.preparing import locked, note, require_not_own
from consent.signing.actions.tying import note_ties
from consent.signing.granting import scope_of
from consent.signing.models import Ceremony, Exhibit
from consent.signing.offering import lists_of_scope
from consent.signing.queries import called
from consent.signing.rules import NotNow

from ..models import Comparison, Keying, Original, Scan
from ..queries import count_of, keyings_of, newest_scan, read_keying
from ..rules import FIRST, SECOND, Keyed, defects_of, differences, settled


class KeyedByTheSame(Exception):
    """Whoever keyed a form first does not compare it."""


class NotSettled(Exception):
    """Two people read it differently, and nobody has said yet what stands there."""


SAME = "You keyed this form in yourself. Someone else has to compare it with the paper."


def key_form(*, scan: Scan, keyed: Keyed, by: Actor, at: datetime) -> Keying:
    """Keep what one person read. The second time, by somebody else, it is compared; without a difference it counts.

    Raises `KeyedByTheSame` for a second keying by the first, `HandOverRefused` for a member's own form, `NotNow` if the
    scan is not the one that counts.
    """
    with recording(by=by, at=at):
        ceremony = _open(scan)
        require_not_own(ceremony, by.id)
        there = keyings_of(scan)
        if any(str(one.by_id) == by.id for one in there.values()):
            raise KeyedByTheSame(SAME)
        if len(there) > 1:
            raise NotNow("Two people have keyed this form already.")
        keying = Keying.objects.create(
            practice_id=scan.practice_id,
            scan=scan,
            turn=SECOND if there else FIRST,
            said=keyed.said,
            words=json.dumps(keyed.words),
            by_id=int(by.id),
            at=at,
        )
        facts = {"turn": keying.turn, "sha256": scan.document.sha256}
        record("paper.keyed", scan, person=ceremony.person_id, **facts)
        if there and not differences(read_keying(there[FIRST]), keyed):
            _compared(scan, ceremony, keyed, {}, by=by, at=at)
    return keying


def settle(*, scan: Scan, chosen: Mapping[str, str], by: Actor, at: datetime) -> Comparison:
    """Say of each difference whose reading stands; from now on the form is judged like any other.

    Raises `KeyedByTheSame` for whoever keyed first, `NotSettled` while a difference is left. Settled twice, the first
    stays.
    """
    with recording(by=by, at=at):
        done = Comparison.objects.filter(scan=scan).first()
        if done is not None:
            return done
        ceremony = _open(scan)
        there = keyings_of(scan)
        if len(there) < 2:
            raise NotSettled("A second person has to key this form first.")
        if str(there[FIRST].by_id) == by.id:
            raise KeyedByTheSame(SAME)
        first, second = (read_keying(there[turn]) for turn in (FIRST, SECOND))
        open_keys = {one.key for one in differences(first, second)}
        answers = {key: turn for key, turn in chosen.items() if key in open_keys and turn in (FIRST, SECOND)}
        if open_keys - answers.keys():
            raise NotSettled("Say for each line what stands on the paper.")
        return _compared(scan, ceremony, settled(first, second, answers), answers, by=by, at=at)


def say_original(
    *, scan: Scan, fate: str, place: str = "", done_on: date, by: Actor, at: datetime
) -> Original:
    """Write down what was done with the paper itself: kept where, destroyed when, given back (R74)."""
    with recording(by=by, at=at):
        original = Original.objects.create(
            practice_id=scan.practice_id,
            scan=scan,
            fate=Original.Fate(fate),
            place=place.strip()[:120],
            done_on=done_on,
            by_id=int(by.id),
            at=at,
        )
        person = scan.printing.ceremony.person_id
        record("paper.original_said", scan, person=person, fate=original.fate)
    return original


def _open(scan: Scan) -> Ceremony:
    """The request's row, taken, if this scan is the one that counts. Raises `NotNow`."""
    ceremony = locked(scan.printing.ceremony)
    if ceremony.state != Ceremony.State.PAPER:
        raise NotNow(f"This request is already {ceremony.get_state_display().lower()}.")
    if (newest := newest_scan(ceremony)) is not None and newest.pk != scan.pk:
        raise NotNow("The form was scanned again meanwhile. Use the newer scan.")
    return ceremony


def _compared(
    scan: Scan, ceremony: Ceremony, keyed: Keyed, answers: Mapping[str, str], *, by: Actor, at: datetime
) -> Comparison:
    """The consent that stands on the paper, with every defect, and the end of the request."""
    position = latest_position("paper.came_back", scan)
    consent = record_found_consent(form=_found(scan, ceremony, keyed), by=by, at=at)
    note_ties(ceremony=ceremony, kept=_kept(keyed, at), by=by, at=at)
    signature = consent.signature
    assert signature is not None
    SignatureMark.objects.create(signature=signature, typed_name=keyed.name)
    SignedDocument.objects.create(
        practice_id=scan.practice_id, signature=signature, document=scan.document, ledger_seq=position
    )
    comparison = Comparison.objects.create(
        practice_id=scan.practice_id,
        scan=scan,
        consent=consent,
        settled=dict(answers),
        by_id=int(by.id),
        at=at,
    )
    # What was written by hand is with the signature's mark now, which a disposal erases.
    for keying in scan.keyings.all():
        keying.words = ""
        keying.save(update_fields=["words"])
    ceremony.state, ceremony.signature, ceremony.step = Ceremony.State.SIGNED, signature, "done"
    ceremony.answers = _kept(keyed, at)
    ceremony.filled, ceremony.text_sha256 = scan.printing.filled, scan.printing.text_sha256
    ceremony.finished_at = ceremony.returned_at = at
    ceremony.save()
    note(ceremony, "compared", by=by, at=at, text_sha256=scan.printing.text_sha256)
    record("consent.found_checked", consent, person=consent.person_id, sha256=scan.document.sha256)
    return comparison


def _found(scan: Scan, ceremony: Ceremony, keyed: Keyed) -> FoundForm:
    """The form as it lies on the table; what was prepared says what it is a form of."""
    form, count = ceremony.wording.form(), count_of(scan)
    defects = defects_of(
        keyed,
        signer=called(ceremony.signer),
        is_whole=count.is_whole,
        asks_assent=ceremony.asks_assent,
        must_say=[*lists_of_scope(ceremony.wording), *({"edits", "ties"} & form.asked)],
    )
    signed_at = _signed_at(scan, keyed)
    if keyed.signed_on is not None and signed_at is None:
        defects.append("misdated")
    keyings = keyings_of(scan)
    events: list[dict[str, Any]] = [
        {
            "kind": "printed",
            "at": instant(scan.printing.printed_at),
            "text_sha256": scan.printing.text_sha256,
        },
        {"kind": "came_back", "at": instant(scan.scanned_at), "sha256": scan.document.sha256},
        *({"kind": f"keyed_{turn}", "at": instant(one.at), "by": one.by_id} for turn, one in keyings.items()),
    ]
    return FoundForm(
        kind=CONSENT_KINDS[form.kind],
        wording=ceremony.wording,
        person=ceremony.person,
        signer=ceremony.signer,
        representation=ceremony.representation,
        location=ceremony.location,
        signed_at=signed_at or scan.scanned_at,
        scope=scope_of(ceremony.offered, _kept(keyed, scan.scanned_at), _work_of(ceremony), form.asked),
        statements=form.anchors,
        defects=defects,
        ends_on=keyed.ends_on,
        ends_event=keyed.ends_event,
        signer_language=ceremony.signer.language,
        interpreter=ceremony.interpreter,
        capacity_attested=ceremony.capacity_attested,
        capacity_attested_by=ceremony.prepared_by_id,
        privacy_notice=ceremony.privacy_notice,
        print_points=OWN_PRINT_POINTS,
        stands_alone=True,
        scan=scan.document,
        events=events,
    )


def _work_of(ceremony: Ceremony) -> Exhibit | None:
    """The picture that its author was asked about."""
    return ceremony.exhibit if ceremony.exhibit and ceremony.exhibit.is_work else None


def _signed_at(scan: Scan, keyed: Keyed) -> datetime | None:
    """When it was signed: on the day written, not before it was printed nor after it came back. None if that day
    cannot be right, or none is written."""
    day, printed = keyed.signed_on, scan.printing.printed_at
    if day is None:
        return None
    practice = scan.practice
    if not today_at(practice, printed) <= day <= today_at(practice, scan.scanned_at):
        return None
    return max(day_begins(practice, day), printed)


def _kept(keyed: Keyed, at: datetime) -> dict[str, object]:
    """The ticks as a ceremony keeps them, each with the instant at which it was known."""
    when = instant(at)
    ticks = {name: dict.fromkeys(sorted(keys), when) for name, keys in keyed.ticks.items()}
    ends = {"on": keyed.ends_on.isoformat() if keyed.ends_on else "", "event": keyed.ends_event, "at": when}
    return {**ticks, "ends": ends, "details": dict(keyed.details)}
