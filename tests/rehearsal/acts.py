"""What closes the gate, aimed at somebody about whom something is being prepared or sent at this moment."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from consent.audit.rules import Actor
from consent.people.actions import (
    NotMergeable,
    end_representation,
    exclude_representation,
    merge_people,
    record_death,
)
from consent.records.actions import (
    NothingToRevoke,
    invalidate,
    lift_hold,
    place_hold,
    record_ending_event,
    revoke,
)
from consent.records.models import Consent
from posts.publishing.models import AttemptReliance
from tests.cast import by
from tests.rehearsal.practice import Practice, Subject

PARTS: tuple[dict[str, list[str]], ...] = (
    {"elements": ["face"]},
    {"elements": ["first_name"]},
    {"platforms": ["instagram"]},
    {"elements": ["quote"]},
)
HELD_SECONDS = 0.5, 4.0
Act = Callable[[Practice, Subject], None]


@dataclass(frozen=True)
class Target:
    """Somebody on whose consent an open attempt rests."""

    subject: Subject
    delivery: int
    owner: str


def targets(practice: Practice) -> list[Target]:
    """Everyone about whom something is under way and who has not been aimed at before."""
    rows = AttemptReliance.objects.filter(
        attempt__ended_at=None, delivery__state__in=["claimed", "sending"]
    ).values_list("person_id", "delivery_id", "delivery__owner")
    living = practice.living
    return [
        Target(living[person], delivery, owner)
        for person, delivery, owner in rows.order_by("pk")
        if person in living
    ]


def strike(practice: Practice, subject: Subject, chance: random.Random, first: bool) -> str:
    """Do one of the acts to them, through the real action; which it was. The first is always a withdrawal."""
    act = withdrawn if first else _choose(chance, subject.consent)
    del practice.living[subject.person.pk]
    try:
        act(practice, subject)
    except (NothingToRevoke, NotMergeable):
        return ""
    return act.__name__


def lift_due(practice: Practice) -> None:
    """Those who asked orally to wait for a moment have made up their minds."""
    for entry in [one for one in practice.held if one[0] <= timezone.now()]:
        practice.held.remove(entry)
        _, hold, subject = entry
        lift_hold(hold=hold, by=by(practice.cast.finn), at=timezone.now())
        practice.living[subject.person.pk] = subject


def withdrawn(practice: Practice, subject: Subject) -> None:
    revoke(consent=subject.consent, how="desk", **_signed(practice))


def withdrawn_in_part(practice: Practice, subject: Subject) -> None:
    revoke(consent=subject.consent, part=practice.chance.choice(PARTS), how="desk", **_signed(practice))


def held(practice: Practice, subject: Subject) -> None:
    hold = place_hold(person=subject.person, **_signed(practice))
    if practice.chance.random() < 0.5:
        seconds = practice.chance.uniform(*HELD_SECONDS)
        practice.held.append((timezone.now() + timedelta(seconds=seconds), hold, subject))


def died(practice: Practice, subject: Subject) -> None:
    yesterday = (timezone.now() - timedelta(days=1)).date()
    record_death(person=subject.person, died_on=yesterday, **_signed(practice))


def invalidated(practice: Practice, subject: Subject) -> None:
    invalidate(consent=subject.consent, reason="false_information", **_signed(practice))


def merged(practice: Practice, subject: Subject) -> None:
    """With a record that is on hold, or of somebody dead; either may be the main one."""
    twin = practice.stranger()
    if practice.chance.random() < 0.6:
        place_hold(person=twin, **_signed(practice))
    else:
        record_death(person=twin, died_on=(timezone.now() - timedelta(days=1)).date(), **_signed(practice))
    halves = [subject.person, twin]
    practice.chance.shuffle(halves)
    merge_people(person=halves[0], into=halves[1], **_signed(practice))


def treatment_ended(practice: Practice, subject: Subject) -> None:
    record_ending_event(
        person=subject.person, kind="end_of_treatment", occurred_at=timezone.now(), **_signed(practice)
    )


def authority_ended(practice: Practice, subject: Subject) -> None:
    end_representation(representation=_authority(subject), **_signed(practice))


def representative_excluded(practice: Practice, subject: Subject) -> None:
    exclude_representation(representation=_authority(subject), **_signed(practice))


ANYONE: dict[Act, int] = {
    withdrawn: 30,
    withdrawn_in_part: 20,
    held: 14,
    invalidated: 10,
    died: 8,
    merged: 8,
}
OF_A_CHILD: dict[Act, int] = {authority_ended: 25, representative_excluded: 25}
WITH_AN_EVENT: dict[Act, int] = {treatment_ended: 50}


def _choose(chance: random.Random, consent: Consent) -> Act:
    acts = dict(ANYONE)
    if consent.representation_id:
        acts |= OF_A_CHILD
    if consent.ends_event:
        acts |= WITH_AN_EVENT
    return chance.choices(list(acts), list(acts.values()))[0]


def _authority(subject: Subject) -> Any:
    assert subject.consent.representation is not None
    return subject.consent.representation


def _signed(practice: Practice) -> dict[str, Any]:
    """Whose hand, and when."""
    actor: Actor = by(practice.cast.finn)
    return {"by": actor, "at": timezone.now()}
