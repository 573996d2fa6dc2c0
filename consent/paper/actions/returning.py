"""A form came back: its pages find their request by their codes, and are kept as one scan of it (R74)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.evidence.actions import store_document
from consent.evidence.pages import pdf_of_pages
from consent.media.scans import PageRead
from consent.people.rules import FieldRefused, said
from consent.signing.models import Ceremony

from ..models import Printing, Scan
from ..queries import printed_forms
from ..rules import PageFound, found_pages, read_number, shown_number

NOBODYS = "No form with this number was printed here. Look at the number at the top of each page."


@dataclass
class Returned:
    """What became of the pages: the scans that were kept, and what to know about the others."""

    scans: list[Scan] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


def keep_scans(
    *, practice: Practice, pages: Sequence[PageRead], typed: str = "", by: Actor, at: datetime
) -> Returned:
    """Keep the pages of each printed form as a scan of it; the same scan sent twice is one.

    Pages without a readable code belong to the form that somebody typed the number of, or to the only one there is.
    Pages of a form that nobody printed here are named and not kept. Raises `FieldRefused` on ``number`` if no request
    can be found for them.
    """
    found = found_pages([page.codes for page in pages])
    named = _typed(practice, typed)
    numbers = {one.number for one in found if one.number}
    known = {one.number: one for one in printed_forms(practice).filter(number__in=numbers)}
    home = named or _only(known)
    by_form: dict[str, list[PageFound]] = defaultdict(list)
    for one in found:
        form = known.get(one.number) if one.number else home
        by_form[form.number if form else ""].append(one)
    returned = Returned(sentences=_strangers(by_form.pop("", []), bool(known)))
    forms = known | ({named.number: named} if named else {})
    with recording(by=by, at=at):
        for number, places in by_form.items():
            form = forms[number]
            if closed := _closed(form):
                returned.sentences.append(closed)
                continue
            chosen = [(one, pages[one.place - 1]) for one in places]
            returned.scans.append(_kept(form, chosen, is_typed=named is not None, by=by, at=at))
    return returned


def _typed(practice: Practice, typed: str) -> Printing | None:
    """The form whose number somebody typed. Raises `FieldRefused`."""
    if not typed.strip():
        return None
    number = read_number(typed)
    if not number:
        raise FieldRefused("number", "One character of this number is wrong. It looks like 4K7M-9XTH.")
    form = printed_forms(practice).filter(number=number).first()
    if form is None:
        raise FieldRefused("number", NOBODYS)
    return form


def _only(known: dict[str, Printing]) -> Printing | None:
    """The form that pages without a code belong to, if there is just one."""
    return next(iter(known.values())) if len(known) == 1 else None


def _strangers(pages: list[PageFound], some_known: bool) -> list[str]:
    """What to say of pages that belong to no form here. Raises `FieldRefused` if nothing else is there, or if they
    may belong to any of several forms."""
    unread = [str(one.place) for one in pages if not one.number]
    foreign = [str(one.place) for one in pages if one.number]
    if unread and some_known:
        raise FieldRefused(
            "number",
            f"There are several forms, and the code on page {', '.join(unread)} cannot be read."
            " Send each form by itself.",
        )
    if unread:
        raise FieldRefused(
            "number",
            "No code could be read. Type the request number at the top of the form, and send it once more.",
        )
    if foreign and not some_known:
        raise FieldRefused("number", NOBODYS)
    return [
        f"Page {place} belongs to a form that was not printed here. It was not kept." for place in foreign
    ]


def _closed(form: Printing) -> str:
    """Why a form that comes back now changes nothing; empty while its request is on paper."""
    ceremony, number = form.ceremony, shown_number(form.number)
    if ceremony.state == Ceremony.State.PAPER:
        return ""
    if ceremony.signature is not None:
        day = said((ceremony.finished_at or ceremony.signature.signed_at).date())
        return f"Request {number} was answered already, on {day}. This scan was not kept."
    return f"Request {number} is closed ({ceremony.get_state_display().lower()}). This scan was not kept."


def _kept(
    form: Printing, pages: list[tuple[PageFound, PageRead]], *, is_typed: bool, by: Actor, at: datetime
) -> Scan:
    """The scan of one form: its pages in the order of their numbers, those without one at the end."""
    pages = sorted(pages, key=lambda one: (one[0].page == 0, one[0].page, one[0].place))
    data, starts = pdf_of_pages([(read.jpeg, read.width, read.height) for _, read in pages])
    document = store_document(practice=form.practice, kind="scan", data=data, by=by, at=at)
    rows = [
        {
            "page": found.page if found.page <= form.pages else 0,
            "start": start,
            "size": len(read.jpeg),
            "width": read.width,
            "height": read.height,
        }
        for (found, read), start in zip(pages, starts, strict=True)
    ]
    scan, is_new = Scan.objects.get_or_create(
        printing=form,
        document=document,
        defaults={
            "practice_id": form.practice_id,
            "pages": rows,
            "is_typed": is_typed,
            "scanned_at": at,
            "scanned_by_id": int(by.id),
        },
    )
    if is_new:
        facts = {"ceremony": form.ceremony_id, "sha256": document.sha256, "pages": len(rows)}
        record("paper.came_back", scan, person=form.ceremony.person_id, **facts)
    return scan
