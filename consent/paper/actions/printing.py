"""Print a prepared form on paper, with its number and a code on every page; the request stays open (R70)."""

import secrets
from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.evidence.pages import page_count
from consent.evidence.render import RenderFailed, render_pdf
from consent.signing.actions.preparing import locked, note
from consent.signing.models import Ceremony
from consent.signing.queries import fields_as_json
from consent.signing.rules import NotNow

from ..models import Printing
from ..queries import blank_digest, blank_now, open_to_paper, printed_page
from ..rules import MAX_PAGES, new_number


def print_form(*, ceremony: Ceremony, by: Actor, at: datetime) -> Printing:
    """Put the request on paper. The same text printed again is the same form with the same number.

    Raises `NotNow` while the tablet is out, once it is answered and where a post is to be shown,
    `RenderFailed` if the form cannot be made.
    """
    _require_free(ceremony)
    filled = blank_now(ceremony, at)
    digest = blank_digest(ceremony, filled)
    there = Printing.objects.filter(ceremony=ceremony, text_sha256=digest).first()
    number = there.number if there else new_number(secrets.choice)
    pages = there.pages if there else page_count(render_pdf(printed_page(ceremony, filled, number)))
    if pages > MAX_PAGES:
        raise RenderFailed(f"The form has {pages} pages, more than {MAX_PAGES}. Shorten it.")
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        _require_free(ceremony)
        printing, _ = Printing.objects.get_or_create(
            ceremony=ceremony,
            text_sha256=digest,
            defaults={
                "practice_id": ceremony.practice_id,
                "number": number,
                "filled": fields_as_json(filled),
                "pages": pages,
                "printed_at": at,
                "printed_by_id": int(by.id),
            },
        )
        if ceremony.state != Ceremony.State.PAPER:
            ceremony.state = Ceremony.State.PAPER
            ceremony.save(update_fields=["state"])
        note(ceremony, "printed", by=by, at=at, number=printing.number)
        facts = {"printing": printing.pk, "pages": printing.pages, "text_sha256": digest}
        record("paper.printed", ceremony, person=ceremony.person_id, **facts)
    return printing


def _require_free(ceremony: Ceremony) -> None:
    if ceremony.state == Ceremony.State.OPEN:
        raise NotNow("The tablet is out with this form. Take it back first, then print it.")
    if ceremony.exhibit_id is not None:
        raise NotNow("This form is about one post, and paper cannot show it: have it signed on a screen.")
    if not open_to_paper(ceremony.state):
        raise NotNow(f"This form is already {ceremony.state}. Start a new one.")
