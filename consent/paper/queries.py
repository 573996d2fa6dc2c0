"""Forms on paper, read: what was printed, what came back, what waits for a second pair of eyes."""

import base64
import hashlib
import json
from dataclasses import replace
from datetime import datetime

import segno
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from consent.access.models import Practice, User
from consent.evidence.models import SignedDocument
from consent.signing.models import Ceremony
from consent.signing.queries import filled_now
from consent.wording.rules import Answers, FilledForm, FormContent, rendered_sections, rendered_text

from .models import Keying, Printing, Scan
from .rules import MAX_PAGES, Count, Keyed, code_text, counted, shown_number

RELATED = ("printing__ceremony__person", "printing__ceremony__signer", "document", "scanned_by")
CEREMONY = (
    "printing__ceremony__practice",
    "printing__ceremony__wording__template",
    "printing__ceremony__location",
    "printing__ceremony__representation",
    "printing__ceremony__prepared_by",
)


def printed_forms(practice: Practice) -> QuerySet[Printing]:
    """Every form that this practice printed with a number."""
    return Printing.objects.filter(practice=practice).select_related(
        "practice", "ceremony__wording__template", "ceremony__person", "ceremony__signature"
    )


def scan_of(practice: Practice, pk: int) -> Scan:
    """One scan of the practice with its request. Raises Http404 for anything else."""
    return get_object_or_404(Scan.objects.select_related(*RELATED, *CEREMONY), practice=practice, pk=pk)


def page_of(scan: Scan, place: int) -> dict[str, int]:
    """Where the page at `place`, counted from one, lies in the scan. Raises Http404."""
    if not 1 <= place <= len(scan.pages):
        raise Http404
    page: dict[str, int] = scan.pages[place - 1]
    return page


def scans_waiting(practice: Practice) -> list[Scan]:
    """Those that are not compared yet, of requests still on paper, oldest first; of one request the newest only."""
    rows = (
        Scan.objects.select_related(*RELATED)
        .prefetch_related("keyings__by")
        .filter(practice=practice, comparison=None, printing__ceremony__state=Ceremony.State.PAPER)
    )
    newest = {scan.printing.ceremony_id: scan for scan in rows.order_by("pk")}
    return sorted(newest.values(), key=lambda scan: scan.pk)


def newest_scan(ceremony: Ceremony) -> Scan | None:
    """The scan that counts: a form that is scanned again is keyed again."""
    return Scan.objects.filter(printing__ceremony=ceremony).order_by("-pk").first()


def replaced_scans(practice: Practice) -> list[Scan]:
    """Scans of signed forms that a newer scan replaced before two people had read them: no signature rests on them."""
    unsigned = Scan.objects.exclude(printing__ceremony__state=Ceremony.State.SIGNED)
    rows = Scan.objects.filter(practice=practice, printing__ceremony__signature__consent__isnull=False)
    rows = rows.exclude(document__in=SignedDocument.objects.values("document"))
    rows = rows.exclude(document__in=unsigned.values("document"))
    return list(rows.select_related("document", "printing__ceremony__signature__consent").order_by("pk"))


def on_paper(practice: Practice) -> QuerySet[Ceremony]:
    """The requests that went out on paper and have not come back."""
    rows = Ceremony.objects.filter(practice=practice, state=Ceremony.State.PAPER)
    back = Scan.objects.filter(practice=practice).values("printing__ceremony")
    return rows.exclude(pk__in=back).select_related("person", "signer").order_by("prepared_at")


def count_of(scan: Scan) -> Count:
    """The pages that came back against those that were printed."""
    return counted((page["page"] for page in scan.pages), scan.printing.pages)


def keyings_of(scan: Scan) -> dict[str, Keying]:
    """The keyings of a scan, by turn."""
    return {one.turn: one for one in scan.keyings.select_related("by")}


def read_keying(keying: Keying) -> Keyed:
    """What was keyed. Once the two are settled, without what was written by hand."""
    return Keyed.read(keying.said, json.loads(keying.words or "{}"))


def may_key(scan: Scan, user: User) -> bool:
    """Whether `user` may key this scan: once, and not after two have."""
    by = scan.keyings.values_list("by_id", flat=True)
    return len(by) < 2 and user.pk not in by


def blank_form(ceremony: Ceremony) -> FormContent:
    """The form with lines to write on where the tablet would say that nothing was chosen."""
    form = ceremony.wording.form()
    line = form.phrases["blank"]
    return replace(form, phrases={**form.phrases, "no_date": line, "no_event": line})


def blank_now(ceremony: Ceremony, at: datetime) -> FilledForm:
    """What stands in the form's fields at `at`, with nothing marked."""
    return replace(filled_now(ceremony, at), answers=Answers())


def blank_digest(ceremony: Ceremony, filled: FilledForm) -> str:
    """The SHA-256 of the exact text that is printed."""
    return hashlib.sha256(rendered_text(blank_form(ceremony), filled).encode()).hexdigest()


def printed_page(ceremony: Ceremony, filled: FilledForm, number: str) -> str:
    """The form as one page that brings everything with it, its number and a code at the top of every sheet."""
    form = blank_form(ceremony)
    return render_to_string(
        "paper/print_form.html",
        {
            "form": form,
            "sections": rendered_sections(form, filled),
            "ends": form.offers.get("ends", ()) if "ends" in form.asked else (),
            "practice": ceremony.practice,
            "number": shown_number(number),
            "codes": [(page, _drawn(number, page)) for page in range(1, MAX_PAGES + 1)],
            "spanish": form.language.startswith("es"),
        },
    )


def printed_again(printing: Printing) -> str:
    """The same page once more, from what stood in it."""
    return printed_page(printing.ceremony, FilledForm(**json.loads(printing.filled)), printing.number)


def open_to_paper(state: str) -> bool:
    """Whether a request at this point may be printed: not while the tablet is out, not once it is answered."""
    return state in (Ceremony.State.PREPARED, Ceremony.State.PAPER)


def _drawn(number: str, page: int) -> str:
    """The code of one page as the address of a picture, 18 mm wide."""
    code = segno.make(code_text(number, page), error="h", micro=False)
    svg = code.svg_inline(scale=1, border=4, light="#ffffff", svgclass=None, lineclass=None, omitsize=True)
    sized = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" width="18mm" height="18mm" ', 1)
    return "data:image/svg+xml;base64," + base64.b64encode(sized.encode()).decode()
