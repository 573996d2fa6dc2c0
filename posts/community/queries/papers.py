"""The papers of whoever has opened one of them on their device, read: each with its state, and which comes next."""

from dataclasses import dataclass
from datetime import datetime

from consent.people.queries import shown_name
from consent.signing.actions import can_open
from consent.signing.models import Ceremony
from consent.signing.queries import UNANSWERED

from ..models import RequestForm
from .proofs import forms_of_author, licence_of


@dataclass(frozen=True)
class PaperRow:
    """A paper as its signer sees it: the licence or not, whom it is about if not them, and how far it is."""

    is_licence: bool
    about: str
    state: str


@dataclass(frozen=True)
class PapersInHand:
    """The papers of one signer: `next` is "read" while one is open here, "next" where one follows, else empty."""

    rows: list[PaperRow]
    licence: Ceremony
    next: str


def papers_in_hand(ceremony: Ceremony, at: datetime) -> PapersInHand | None:
    """The papers of the request that this form, open on the signer's device, belongs to; None if to no request."""
    form = RequestForm.objects.filter(ceremony=ceremony).select_related("request__practice").first()
    if form is None:
        return None
    forms, licence = forms_of_author(form.request), licence_of(form.request)
    if licence is None or ceremony.signer_id not in {one.ceremony.signer_id for one in forms}:
        forms, licence = [form], form
    rows = [_row(one, ceremony, at) for one in forms]
    waits = ceremony.state in UNANSWERED
    follows = ceremony.state == Ceremony.State.SIGNED and any(row.state == "then" for row in rows)
    shown = next((one.ceremony for one in forms if one.pk == licence.pk), ceremony)
    return PapersInHand(rows, shown, "read" if waits else "next" if follows else "")


def _row(form: RequestForm, here: Ceremony, at: datetime) -> PaperRow:
    other = form.ceremony.person_id != form.ceremony.signer_id
    about = shown_name(form.ceremony.person, identify=True) if other else ""
    return PaperRow(form.kind == RequestForm.Kind.LICENCE, about, _state(form.ceremony, here, at))


def _state(ceremony: Ceremony, here: Ceremony, at: datetime) -> str:
    """Signed, declined, now, then, at the desk, or ended: the key of a word."""
    if ceremony.state not in UNANSWERED:
        return {Ceremony.State.SIGNED: "signed", Ceremony.State.DECLINED: "declined"}.get(
            Ceremony.State(ceremony.state), "ended"
        )
    if ceremony.pk == here.pk:
        return "now"
    point = here.contact_point
    return "then" if point is not None and can_open(ceremony, point, at) else "desk"
