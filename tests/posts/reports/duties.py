"""Duties of every kind, as many of each as wanted, through the real actions where one exists."""

from datetime import date, timedelta

from consent.audit.rules import Actor
from consent.outbox.models import OutgoingMail
from consent.people.models import Person
from consent.records.actions import issue_holder_link, place_hold
from consent.signing.models import Ceremony
from posts.clearance.actions import propose_clearing, record_finding
from posts.clearance.models import Clearing, Review
from posts.content.models import Version
from posts.gate.reasons import Reason
from posts.portal.actions import ask_question
from posts.portal.models import Question
from posts.publishing.actions import schedule
from posts.publishing.actions.tasks import record_found
from posts.publishing.models import Delivery
from tests.cast import NOW, Cast, by, make_person
from tests.consents import given_wording, signed_consent
from tests.posts.outgoing import approved, given_account, given_version

SOON = NOW + timedelta(minutes=5)


def given_person(cast: Cast, number: int) -> Person:
    """One of many: Pat1, Pat2, …"""
    return make_person(cast.practice, f"Pat{number}", "Many", date(1980, 1, 1))


def given_ceremony(cast: Cast, person: Person) -> Ceremony:
    """A form for the person, witnessed and ready for the tablet."""
    return Ceremony.objects.create(
        practice=cast.practice,
        person=person,
        signer=person,
        role="self",
        wording=given_wording(cast),
        location=cast.location,
        offered={},
        privacy_notice="2026-01",
        prepared_by=cast.finn,
        prepared_at=NOW,
        witness=cast.freya,
        witnessed_at=NOW,
    )


def given_review(cast: Cast, version: Version, outcome: str = "waiting") -> Review:
    """Dan's post, sent for review; or what Eve made of it."""
    decided = (
        {"decided_by": cast.eve, "decided_at": NOW, "comment": "Say less."} if outcome != "waiting" else {}
    )
    return Review.objects.create(
        practice=cast.practice,
        post=version.post,
        digest="0" * 64,
        submitted_by=cast.dan,
        submitted_at=NOW,
        outcome=outcome,
        **decided,
    )


def given_clearing(cast: Cast, version: Version) -> Clearing:
    """Eve saw a name in the version; Dan asks to clear it."""
    finding = record_finding(
        version=version, code="PHI_DETECTED_UNLINKED", kind="NAME", by=by(cast.eve), at=NOW
    )
    reason = Reason(finding.code, keys=(finding.kind,), finding=str(finding.pk))
    return propose_clearing(
        version=version, fingerprint=reason.fingerprint, why="It is our street.", by=by(cast.dan), at=NOW
    )


def given_delivery(cast: Cast, adapter: str = "wall", state: str = "scheduled") -> Delivery:
    """An approved post on its way; or come back, or stopped."""
    version = approved(cast, given_version(cast, given_account(cast, adapter)))
    delivery = schedule(version=version, due_at=SOON, by=by(cast.dan), at=NOW)
    if state != "scheduled":
        delivery.state, delivery.why = state, "It is too late."
        delivery.save()
    return delivery


def given_question(cast: Cast, person: Person) -> Question:
    """The person asked something on their own page."""
    link, _ = issue_holder_link(person=person, representation=None, by=by(cast.finn), at=NOW)
    asker = Actor("person", str(person.pk))
    return ask_question(link=link, words="How long is it up?", language="es", known=True, by=asker, at=NOW)


def given_unmade(cast: Cast, person: Person) -> None:
    """A signed form whose document could not be made."""
    ceremony = given_ceremony(cast, person)
    ceremony.signature = signed_consent(cast, person, complete=False, copied=False).signature
    ceremony.state, ceremony.unmade_why, ceremony.unmade_since = Ceremony.State.SIGNED, "letters", NOW
    ceremony.save()


def given_duties(cast: Cast, number: int) -> None:
    """`number` of every kind of duty."""
    for one in range(number):
        person = given_person(cast, one)
        place_hold(person=person, by=by(cast.finn), at=NOW)
        given_ceremony(cast, person)
        given_question(cast, person)
        ending = given_person(cast, 1000 + one)
        signed_consent(cast, ending, ends_on=(NOW + timedelta(days=20)).date())
        signed_consent(cast, person, copied=False)
        given_unmade(cast, given_person(cast, 2000 + one))
        wall = given_account(cast)
        for outcome in ("waiting", "returned", "approved"):
            given_review(cast, given_version(cast, wall), outcome)
        given_clearing(cast, given_version(cast, wall))
        for adapter, state in (
            ("wall", "scheduled"),
            ("by_hand", "scheduled"),
            ("wall", "returned"),
            ("wall", "blocked"),
        ):
            given_delivery(cast, adapter, state)
        record_found(
            account=given_account(cast, "by_hand"),
            address=f"https://example.org/{one}",
            seen_on=NOW.date(),
            people=[person],
            people_unknown=False,
            by=by(cast.dan),
            at=NOW,
        )
        OutgoingMail.objects.create(
            practice_id=cast.practice.pk,
            kind="copy",
            subject="Your copy",
            state="stuck",
            last_error="No such mailbox.",
            created_at=NOW,
            not_before=NOW,
        )
