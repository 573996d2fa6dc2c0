"""A renewal: the form as new, with what the old permission had allowed offered again; at the counter, or by link."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict

from consent.access.models import Practice
from consent.people.models import ContactPoint, Person, Representation
from consent.people.queries import identity_ids
from consent.people.rules import SignerRule
from consent.records.models import Consent
from consent.records.queries import dossiers
from consent.records.rules import ANY, Scope, Terms, left_to_withdraw
from consent.wording.models import Wording
from consent.wording.queries import wordings_on_offer

from .queries import last_privacy_notice

LISTS = ("elements", "platforms", "formats", "purposes")
# How an address was verified that only an account in public stands for.
ACCOUNT = "account"
NO_ADDRESS = "No e-mail address of theirs was verified at the counter."
CAME_BACK = "A message to their address came back. Ask for another one."
OTHER_FORM = "It was given on another kind of form."
PICTURE_BACK = "They took a picture back. The new form would allow it again, so tell them."


def renewed_consent(person: Person, asked: QueryDict) -> Consent | None:
    """The consent of the person that ``?renew=`` names, if there is one."""
    number = asked.get("renew", "")
    if not number.isdecimal() or len(number) > 18:
        return None
    return Consent.objects.filter(person__in=identity_ids(person), pk=int(number)).first()


def carried_over(consent: Consent, wording: Wording, at: datetime) -> dict[str, Any]:
    """What the preparing page ticks first: the old scope, without what was taken back, as far as the form offers it.

    The end is not carried over; the new one is counted from today.
    """
    terms = next(one for one in dossiers([consent.person_id])[consent.person_id].terms
                 if one.consent_id == consent.pk)  # fmt: skip
    scope = left_to_withdraw(terms, at)
    # A list of which nothing is left shows all of itself, so that somebody has to choose.
    return _still_offered(scope, wording) | {"paid": scope.paid}


def _still_offered(scope: Scope, wording: Wording) -> dict[str, list[str]]:
    """What of each list was allowed and is on the form; a list without any is left out."""
    offered = {name: [row[0] for row in wording.offers.get(name, ())] for name in LISTS}
    kept = {name: [key for key in offered[name] if key in getattr(scope, name)] for name in LISTS}
    return {name: keys for name, keys in kept.items() if keys}


@dataclass(frozen=True)
class ByLink:
    """How a renewal may go by link: to which address, on which form, who signs; or why only at the counter."""

    why_not: str = ""
    point: ContactPoint | None = None
    wording: Wording | None = None
    representation: Representation | None = None
    lists: Mapping[str, list[str]] = field(default_factory=dict)
    notice: str = ""

    @property
    def address(self) -> str:
        """Where the link would go; "" if it cannot."""
        return self.point.value if self.point and not self.why_not else ""


@dataclass(frozen=True)
class Renewed:
    """A permission to be asked for again: the row, its terms, and who signs today."""

    consent: Consent
    person: Person
    terms: Terms
    signer: SignerRule


def ways_by_link(practice: Practice, found: Iterable[Renewed], at: datetime) -> dict[int, ByLink]:
    """How each of these may be asked by link, by the id of the consent; a constant number of queries."""
    found = list(found)
    ids = {one.id for each in found for one in each.signer.representations}
    names = Representation.objects.select_related("representative", "verified_by")
    rights = names.prefetch_related("representative__names").in_bulk(ids)
    signers = {each.consent.pk: _signer(each, rights) for each in found}
    people = {signer.pk for signer, _ in signers.values() if signer is not None}
    points: dict[int, list[ContactPoint]] = {}
    for point in ContactPoint.objects.filter(person__in=people, kind="email").order_by("pk"):
        points.setdefault(point.person_id, []).append(point)
    forms: dict[tuple[str, str], Wording | None] = {}
    for each in found:
        signer, _ = signers[each.consent.pk]
        if signer is not None and (key := (each.signer.form, signer.language)) not in forms:
            forms[key] = next(iter(wordings_on_offer(practice, *key, at)), None)
    notice = last_privacy_notice(practice)
    return {
        each.consent.pk: _way(each, *signers[each.consent.pk], points, forms, notice, at) for each in found
    }


def _signer(
    each: Renewed, rights: Mapping[int, Representation]
) -> tuple[Person | None, Representation | None]:
    """Whoever signed last, if they still may; otherwise the person, or the only one who may sign for them."""
    may = [rights[one.id] for one in each.signer.representations if one.id in rights]
    last = next((one for one in may if one.pk == each.consent.representation_id), None)
    if last is None and each.signer.self_may_sign:
        return each.person, None
    right = last or (may[0] if len(may) == 1 else None)
    return (right.representative, right) if right else (None, None)


def _way(
    each: Renewed,
    signer: Person | None,
    right: Representation | None,
    points: Mapping[int, list[ContactPoint]],
    forms: Mapping[tuple[str, str], Wording | None],
    notice: str,
    at: datetime,
) -> ByLink:
    if signer is None:
        return ByLink("More than one may sign for them.")
    if not each.consent.wording.template.kind.startswith("authorization"):
        return ByLink(OTHER_FORM)  # a card, a release, a licence: what is sent would ask for more
    wording = forms[each.signer.form, signer.language]
    if wording is None:
        return ByLink("No form is in use in the language of whoever signs.")
    scope = left_to_withdraw(each.terms, at)
    lists = _still_offered(scope, wording)
    if ANY not in scope.posts & scope.assets or lists.keys() != set(LISTS):
        return ByLink("What it allowed has to be chosen anew.")
    if any(one.part.get("assets") for one in each.terms.revocations):
        return ByLink(PICTURE_BACK)
    if not notice:
        return ByLink("No version of the privacy notice is on record yet.")
    theirs = [one for one in points.get(signer.pk, ()) if is_verified(one)]
    point = next((one for one in theirs if one.bounced_at is None), None)
    if point is None:
        return ByLink(CAME_BACK if theirs else NO_ADDRESS)
    paid = {"paid": ["paid"] if scope.paid and "paid" in wording.offers else []}
    ends = {"ends": [row[0] for row in wording.offers.get("ends", ())]}
    return ByLink("", point, wording, right, {**lists, **paid, **ends}, notice)


def is_verified(point: ContactPoint, *, of_health: bool = True) -> bool:
    """Whether two members saw that it is the person's own: at the counter, or, if not `of_health`, by an account."""
    seen = point.verified_at is not None and None not in (point.verified_by_id, point.verified_witness_id)
    return seen and not (of_health and point.verified_how == ACCOUNT)
