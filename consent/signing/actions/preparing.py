"""Staff prepare, a second one witnesses, the tablet is handed over. Staff never sign (design 8; R71)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from consent.access.models import Location
from consent.access.queries import today_at
from consent.access.rules import on_one_line
from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.media.models import Asset
from consent.people.models import Person, Representation
from consent.people.queries import is_own, signer_rule
from consent.wording.actions import freeze
from consent.wording.models import Wording
from consent.wording.queries import wordings_on_offer

from ..models import Ceremony, CeremonyEvent, Exhibit, SignerLink
from ..offering import is_licence, is_of_health, lists_of_scope, works_of
from ..printing import printing_refusal
from ..queries import (
    RELATED,
    check_stands,
    filled_now,
    open_exhibits,
    token_digest,
)
from ..rules import require_move
from .exhibiting import show_work, work_of

LONGEST_YEARS = 1
OWN_FORM = "Nobody asks, checks or sends a form about themselves. A colleague does it."
UNCHECKED = "A colleague has to check who signs first. A check counts for half an hour, and for opening the form once."


class PrepareRefused(Exception):
    """The consent cannot be asked for like this; the sentence says what to do first."""


class HandOverRefused(Exception):
    """The tablet stays at the desk; the sentence says what is missing."""


@dataclass(frozen=True)
class Offer:
    """What the signer may tick: keys by list, the latest end, and what the form's fields say.

    With an `exhibit` the form is for that one post, exactly as it is shown; otherwise for more than one, of which
    `post` may say in words what they are about: an event. `work` is what an author made, in words or by its address,
    for a licence; a `picture` of theirs is shown to them. `story` is the number of the story that the form
    belongs to: a licence is for it, and a permission about health is asked beside it.
    """

    lists: Mapping[str, list[str]]
    ends_on: date
    exhibit: Exhibit | None = None
    post: str = ""
    picture: Asset | None = None
    work: str = ""
    story: int | None = None
    company: str = ""
    receives: str = ""
    interpreter: str = ""
    privacy_notice: str = ""
    capacity_attested: bool = field(default=False)

    @property
    def named(self) -> str:
        """What the licence is about, in words."""
        return work_of(self.picture) if self.picture else on_one_line(self.work)

    def to_json(self) -> dict[str, Any]:
        """As kept with the ceremony: sorted lists, the end as ISO."""
        words = {"company": self.company, "receives": self.receives}
        if self.post:
            words["post"] = self.post
        lists = {name: sorted(keys) for name, keys in self.lists.items()}
        one = ["one"] if self.exhibit else ["several"]
        work: dict[str, Any] = {"work": self.named} if self.named else {}
        if self.story:
            work["story"] = self.story
        return {**lists, "only_this_post": one, "ends_on": self.ends_on.isoformat(), **words, **work}


def prepare(
    *,
    person: Person,
    wording: Wording,
    representation: Representation | None,
    location: Location,
    offer: Offer,
    by: Actor,
    at: datetime,
) -> Ceremony:
    """Make a ceremony ready: who signs which form, and what is offered. Freezes the wording (R43).

    Raises `PrepareRefused` when the wrong person would sign, a member would ask themselves, the end is not in the year
    to come, the signer does not read the form's language and has no interpreter, the front desk has not attested that
    they can decide, or no font of ours can print a name or word that the document would hold.
    """
    signer = representation.representative if representation else person
    if is_own(by.id, person, signer):
        raise PrepareRefused(OWN_FORM)
    require_signer(person, wording, representation, at)
    _require_offer(person, wording, signer, offer, at)
    _require_exhibit(person, wording, offer)
    with recording(by=by, at=at):
        exhibit = show_work(asset=offer.picture, by=by, at=at) if offer.picture else offer.exhibit
        ceremony = Ceremony.objects.create(
            practice_id=person.practice_id,
            person=person,
            signer=signer,
            role="personal_representative" if representation else "self",
            representation=representation,
            wording=freeze(wording=wording, by=by, at=at),
            location=location,
            offered=offer.to_json(),
            exhibit=exhibit,
            asks_assent=bool(representation) and signer_rule(person, at, identify=True).asks_assent,
            interpreter=offer.interpreter.strip(),
            privacy_notice=offer.privacy_notice.strip(),
            prepared_by_id=int(by.id),
            prepared_at=at,
            capacity_attested=True,
        )
        if refusal := printing_refusal(ceremony, filled_now(ceremony, at)):
            raise PrepareRefused(refusal)
        note(ceremony, "prepared", by=by, at=at)
        shown = {"exhibit": exhibit.pk} if exhibit else {}
        record(
            "ceremony.prepared", ceremony, person=person.pk, wording=wording.pk, role=ceremony.role, **shown
        )
    return ceremony


def hand_over(*, ceremony: Ceremony, by: Actor, at: datetime) -> str:
    """Give the tablet to the signer; returns the token that only this tablet gets. Its digest alone is kept.

    Raises `HandOverRefused` unless the preparer does it, about somebody else, an identity check stands and the names on
    the form can be printed; `NotNow` if it is answered.
    """
    token = secrets.token_urlsafe(32)
    # Only read, so before the transaction: no other tablet waits for it.
    if refusal := printing_refusal(ceremony, filled_now(ceremony, at)):
        raise HandOverRefused(refusal)
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        require_move(ceremony.state, "open")
        if str(ceremony.prepared_by_id) != by.id:
            raise HandOverRefused(
                f"{ceremony.prepared_by} prepared this and hands it over, or you start anew."
            )
        require_not_own(ceremony, by.id)
        if not check_stands(ceremony, at):
            raise HandOverRefused(UNCHECKED)
        end_links(ceremony, at)
        ceremony.state = Ceremony.State.OPEN
        ceremony.route, ceremony.contact_point = Ceremony.Route.TABLET, None
        ceremony.sent_at = ceremony.expires_at = None
        ceremony.token_digest = token_digest(token)
        ceremony.handed_over_at = ceremony.last_seen_at = at
        ceremony.returned_at = None
        ceremony.pin_failures = 0
        ceremony.save()
        note(ceremony, "handed_over", by=by, at=at)
        record("ceremony.handed_over", ceremony, person=ceremony.person_id)
    return token


def require_not_own(ceremony: Ceremony, user_id: int | str) -> None:
    """Raise `HandOverRefused` if this member would prepare, check or send a form about themselves (R71)."""
    if is_own(user_id, ceremony.person, ceremony.signer):
        raise HandOverRefused(OWN_FORM)


def abandon(*, ceremony: Ceremony, by: Actor, at: datetime) -> Ceremony:
    """Stop here: no answer is asked for any more, and a tablet that is still out shows nothing. Raises `NotNow`."""
    with recording(by=by, at=at):
        ceremony = locked(ceremony)
        require_move(ceremony.state, "abandoned")
        finish(ceremony, Ceremony.State.ABANDONED, at)
        ceremony.returned_at = at
        ceremony.save()
        note(ceremony, "abandoned", by=by, at=at)
        record("ceremony.abandoned", ceremony, person=ceremony.person_id)
    return ceremony


def finish(ceremony: Ceremony, state: Ceremony.State, at: datetime) -> None:
    """End a ceremony without a signature: what was ticked on the way is forgotten. The caller saves."""
    ceremony.state = state
    ceremony.finished_at = at
    ceremony.answers, ceremony.filled, ceremony.text_sha256 = {}, "", ""


def end_links(ceremony: Ceremony, at: datetime) -> None:
    """No address that was given out opens the form any more. In the caller's transaction."""
    SignerLink.objects.filter(ceremony=ceremony, ended_at=None).update(ended_at=at)


def locked(ceremony: Ceremony) -> Ceremony:
    """The ceremony's row as it is now, taken for update."""
    rows = Ceremony.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related(*RELATED).get(pk=ceremony.pk)


def note(ceremony: Ceremony, kind: str, *, by: Actor, at: datetime, **details: Any) -> None:
    """Keep a step of the ceremony."""
    CeremonyEvent.objects.create(
        practice_id=ceremony.practice_id, ceremony=ceremony, kind=kind, at=at, actor=str(by), details=details
    )


def require_signer(
    person: Person, wording: Wording, representation: Representation | None, at: datetime
) -> None:
    """The law's signer on the law's form (45 CFR 164.502(g); R7, R26-R30). Raises `PrepareRefused`."""
    rule = signer_rule(person, at, identify=True)
    if representation is None and not rule.self_may_sign:
        raise PrepareRefused(" ".join(rule.sentences))
    if representation is not None and representation.pk not in {one.id for one in rule.representations}:
        raise PrepareRefused(
            "This authority is not verified, or does not hold for this person today. Look at the paper first."
        )
    lines = {row[0] for row in wording.offers.get("authorities", ())}
    if representation is not None and representation.authority not in lines:
        right = representation.get_authority_display().lower()
        raise PrepareRefused(f"This form has no line for somebody who signs as {right}. Choose another form.")
    kind = wording.template.kind
    if kind.startswith("authorization") and kind != rule.form:
        raise PrepareRefused("This is not the form for somebody of this age. Choose the other one.")
    if wording not in wordings_on_offer(person.practice, kind, wording.language, at):
        raise PrepareRefused("This version of the form is not in use any more. Choose the current one.")


def _require_offer(person: Person, wording: Wording, signer: Person, offer: Offer, at: datetime) -> None:
    today = today_at(person.practice, at)
    if not today < offer.ends_on <= in_a_year(today):
        raise PrepareRefused("The permission ends on a day after today, at most one year from now.")
    require_lists(offer, wording)
    if is_licence(wording) and not offer.named:
        raise PrepareRefused("Say what they made: its address, or a few words.")
    if not offer.capacity_attested:
        raise PrepareRefused(
            "Ask only somebody who is awake, calm, not sedated in the last 24 hours, and has time."
        )
    if signer.language != wording.language and not offer.interpreter.strip():
        raise PrepareRefused(
            "The form is not in the signer's language. Name the interpreter, or choose another form."
        )


def require_lists(offer: Offer, wording: Wording) -> None:
    """Something is offered on each list, and a privacy notice is named. Raises `PrepareRefused`."""
    if not all(offer.lists.get(name) for name in lists_of_scope(wording)):
        raise PrepareRefused("Offer at least one line on each list: what, where, which kind, and why.")
    if is_of_health(wording) and not offer.privacy_notice.strip():
        raise PrepareRefused("Write down which version of the privacy notice the person was given.")


def _require_exhibit(person: Person, wording: Wording, offer: Offer) -> None:
    """What is shown is this person's, and the form is about it: one post, or a picture that they made."""
    exhibit, picture = offer.exhibit, offer.picture
    if picture is not None and not (is_licence(wording) and works_of(person).filter(pk=picture.pk).exists()):
        raise PrepareRefused("A picture is shown to whoever made it, with the licence. Choose another.")
    if exhibit is None:
        return
    if picture is not None:
        raise PrepareRefused("Show them their picture, or the post as it would look. Choose one of them.")
    if exhibit.is_work or exhibit not in open_exhibits(person.practice, person):
        raise PrepareRefused("This post waits for no answer of this person. Choose another, or ask anew.")
    if "only_this_post" not in wording.offers and not is_licence(wording):
        raise PrepareRefused(
            "This form does not ask about one post. Choose another form, or more than one post."
        )


def in_a_year(day: date) -> date:
    """The same day of the next year; for 29 February the 28th."""
    try:
        return day.replace(year=day.year + LONGEST_YEARS)
    except ValueError:
        return day.replace(year=day.year + LONGEST_YEARS, day=28)
