"""Duties about people: tablets to hand over, requests to put in writing, permissions that end soon."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from consent.evidence.models import CopyGiven
from consent.paper.queries import scans_waiting
from consent.people.queries import shown_name
from consent.records.models import Consent, Hold
from consent.records.queries import dossiers, open_reasks, unanswered, unsettled
from consent.records.rules import ends_at, holds
from consent.signing.models import Ceremony
from consent.signing.queries import ceremonies_waiting, documents_unmade, exhibits_to_prepare
from consent.signing.requests_out import requests_out
from consent.signing.rules.unmade import UNMADE
from posts.portal.models import Question

from ..rules import SHOWN, SOON, STOPPED, WAITS, Row
from .desk import Desk
from .renewing import authority_ended, coming_of_age

ASK_AGAIN = timedelta(days=90)
_NEVER = datetime.max.replace(tzinfo=UTC)


def ceremonies(desk: Desk) -> Iterator[Row]:
    """Forms that are ready for the tablet, or with somebody at it."""
    waiting = list(ceremonies_waiting(desk.practice, desk.at)[:SHOWN])
    names = desk.names({one.person_id for one in waiting})
    for one in waiting:
        name = names[one.person_id]
        if one.route == Ceremony.Route.PHONE:
            sentence, button = f"{name} has the form on their own phone.", "Look"
        elif one.state == Ceremony.State.OPEN:
            sentence, button = f"The tablet is with {name}.", "Look"
        elif one.witness_id is None:
            sentence, button = f"{name}: the form is ready. A colleague checks who signs.", "Continue"
        else:
            sentence, button = f"{name}: the form is ready and witnessed.", "Hand over the tablet"
        yield Row(WAITS, sentence, "signing:ceremony", one.pk, button, one.prepared_at, "prepared")


def posts_to_sign(desk: Desk) -> Iterator[Row]:
    """Posts that somebody is to be asked about, exactly as they stand (design 8)."""
    waiting = list(exhibits_to_prepare(desk.practice)[:SHOWN])
    names = desk.names({one.person_id for one in waiting})
    for one in waiting:
        what = "for a licence for what they made" if one.is_work else "to sign exactly one post"
        sentence = f"{names[one.person_id]} is to be asked {what}: “{one.title}”."
        yield Row(
            WAITS,
            sentence,
            "signing:prepare",
            one.person_id,
            "Prepare",
            one.made_at,
            "asked for",
            f"?exhibit={one.pk}",
        )


def requests_back(desk: Desk) -> Iterator[Row]:
    """Forms sent by link whose message came back, or whose time ran out without an answer."""
    words = {
        "bounced": "the message came back. Ask for another address",
        "expired": "the link ran out unanswered",
    }
    for one in requests_out(desk.practice, desk.at)[:SHOWN]:
        if one.state in words:
            row, sentence = one.ceremony, f"{one.name}: {words[one.state]}."
            yield Row(STOPPED, sentence, "signing:ceremony", row.pk, "Look at it", row.sent_at, "sent")


def unmade_documents(desk: Desk) -> Iterator[Row]:
    """Signed forms whose document could not be made: until it is, the permission does not count (R73)."""
    found = list(documents_unmade(desk.practice)[:SHOWN])
    names = desk.names({one.person_id for one in found})
    for one in found:
        sentence = (
            f"The document of {names[one.person_id]}’s form could not be made: {UNMADE[one.unmade_why][0]}."
        )
        yield Row(STOPPED, sentence, "signing:ceremony", one.pk, "See what to do", one.unmade_since, "since")


def requests_to_stop(desk: Desk) -> Iterator[Row]:
    """People on hold, whose wish is to be put in writing or taken back (R17)."""
    rows = Hold.objects.filter(practice=desk.practice, lifted_at=None, note=Hold.ORAL_REQUEST)
    standing = list(rows.order_by("placed_at")[:SHOWN])
    names = desk.names({hold.person_id for hold in standing})
    for hold in standing:
        sentence = f"{names[hold.person_id]} asked us to stop. Put it in writing with them."
        yield Row(STOPPED, sentence, "records:person", hold.person_id, "Open", hold.placed_at, "since")


def disagreements(desk: Desk) -> Iterator[Row]:
    """Where two who may sign disagree: a no until compliance settles it."""
    open_still = list(unsettled(desk.practice)[:SHOWN])
    names = desk.names({one.person_id for one in open_still})
    settles = desk.can("consent.settle")
    wish, button = ("Settle it.", "Settle it") if settles else ("It waits for a compliance officer.", "Open")
    for one in open_still:
        sentence = f"{names[one.person_id]}: two who may sign disagree. {wish}"
        yield Row(STOPPED, sentence, "records:person", one.person_id, button, one.recorded_at, "since")


def ending_soon(desk: Desk) -> Iterator[Row]:
    """People whose last permission ends within 30, 60 or 90 days, the first to end first."""
    ending = Consent.objects.filter(
        practice=desk.practice, ends_at__gt=desk.at, ends_at__lte=desk.at + ASK_AGAIN
    )
    people = dict.fromkeys(ending.order_by("ends_at").values_list("person_id", flat=True)[: SHOWN * 2])
    names = desk.names(people)
    for person_id, dossier in dossiers(people).items():
        living = [one for one in dossier.terms if holds(one, dossier.person, desk.at)]
        ends = max((ends_at(one, dossier.person) or _NEVER for one in living), default=_NEVER)
        if ends - desk.at <= ASK_AGAIN:
            last = ends - timedelta(microseconds=1)
            sentence = (
                f"{names[person_id]}: the permission ends {_within(ends - desk.at)}. Ask again in time."
            )
            yield Row(SOON, sentence, "reports:renewals", None, "Ask again", last, "last valid")


def new_adults(desk: Desk) -> Iterator[Row]:
    """Whoever turns 18 or did, and has not been asked. The day is the birthday, so few may see it (R28, R54)."""
    if not desk.can("person.identify"):
        return
    for person, turning in list(coming_of_age(desk.practice, desk.at).items())[:SHOWN]:
        name = shown_name(person, identify=True)
        if turning.is_adult:
            group, sentence, before = (
                WAITS,
                f"{name} is 18 and decides now. What a parent allowed has ended. Ask them.",
                "since",
            )
        else:
            group, sentence, before = (
                SOON,
                f"{name} turns 18. What a parent allowed ends that day. Talk with them in time.",
                "on",
            )
        yield Row(group, sentence, "records:person", person.pk, "Open", turning.decides_from, before)


def signers_gone(desk: Desk) -> Iterator[Row]:
    """Whose permission ended because its signer may sign no more: ask whoever may sign now (R26)."""
    for person, (facts, terms) in list(authority_ended(desk.practice, desk.at).items())[:SHOWN]:
        name = shown_name(person, identify=desk.can("person.identify"))
        sentence = f"{name}: who signed may sign no more, so the permission has ended. "
        sentence += " ".join(facts.signer.sentences[1:]) or "Ask them."
        since = terms.authority_ended_at
        yield Row(WAITS, sentence, "records:person", person.pk, "Open", since, "since")


def asked_again(desk: Desk) -> Iterator[Row]:
    """Requests that wait for an answer, and were not sent by link; a signature or a no thanks ends them."""
    out = {one.ceremony.person_id for one in requests_out(desk.practice, desk.at)}
    waiting = [one for one in unanswered(desk.practice, desk.at) if one.person_id not in out][:SHOWN]
    names = desk.names({one.person_id for one in waiting})
    for one in waiting:
        sentence = f"{names[one.person_id]} is to be asked again. Prepare the form when they are here."
        yield Row(WAITS, sentence, "records:person", one.person_id, "Open", one.asked_at, "asked")


def _within(left: timedelta) -> str:
    """30, 60 or 90 days: how soon to ask."""
    return next(f"within {days} days" for days in (30, 60, 90) if left <= timedelta(days=days))


def found_to_check(desk: Desk) -> Iterator[Row]:
    """Forms on paper that one person keyed in and another has yet to compare with the paper (R74)."""
    rows = Consent.objects.filter(
        practice=desk.practice, found=True, signature__signed_document=None, invalidations=None
    )
    waiting = list(rows.order_by("recorded_at", "pk")[:SHOWN])
    names = desk.names({consent.person_id for consent in waiting})
    for consent in waiting:
        own = consent.recorded_by == f"user:{desk.member.user_id}"
        wish = "A colleague compares it with the paper." if own else "Compare it with the paper."
        sentence = f"The form of {names[consent.person_id]} was keyed in. {wish}"
        button = "Look" if own else "Compare it"
        yield Row(
            WAITS,
            sentence,
            "records:check_found_consent",
            consent.pk,
            button,
            consent.recorded_at,
            "recorded",
        )


def to_ask_again(desk: Desk) -> Iterator[Row]:
    """People who signed a form that has changed in something that matters, and are to sign the new one."""
    waiting = list(open_reasks(desk.practice)[:SHOWN])
    names = desk.names({reask.person_id for reask in waiting})
    for reask in waiting:
        sentence = f"{names[reask.person_id]}: the form has changed. Ask again when they are here."
        yield Row(WAITS, sentence, "records:person", reask.person_id, "Open", reask.asked_at, "since")


def forms_that_came_back(desk: Desk) -> Iterator[Row]:
    """Scans of forms that were printed here, which nobody, or only one person, has keyed in (R74)."""
    waiting = scans_waiting(desk.practice)[:SHOWN]
    names = desk.names({scan.printing.ceremony.person_id for scan in waiting})
    for scan in waiting:
        by = {one.by_id for one in scan.keyings.all()}
        name = names[scan.printing.ceremony.person_id]
        if not by:
            sentence, button = f"The form of {name} came back. Key in what stands on it.", "Key it in"
        elif desk.member.user_id in by and len(by) == 1:
            sentence, button = f"The form of {name} was keyed in. A colleague compares it.", "Look"
        else:
            sentence, button = f"The form of {name} was keyed in. Compare it with the scan.", "Compare it"
        yield Row(WAITS, sentence, "paper:scan", scan.pk, button, scan.scanned_at, "scanned")


def copies_owed(desk: Desk) -> Iterator[Row]:
    """Signed forms of which nobody got a copy: until then they allow nothing (45 CFR 164.508(c)(4); R12)."""
    copied = CopyGiven.objects.filter(practice=desk.practice).values("signature")
    rows = Consent.objects.filter(practice=desk.practice, signature__isnull=False).exclude(
        signature__in=copied
    )
    owed = list(rows.exclude(revocations__part={}).order_by("signed_at")[:SHOWN])
    names = desk.names({consent.person_id for consent in owed})
    for consent in owed:
        sentence = f"{names[consent.person_id]} signed and has no copy yet, so the permission does not count."
        yield Row(WAITS, sentence, "records:person", consent.person_id, "Open", consent.signed_at, "signed")


def questions(desk: Desk) -> Iterator[Row]:
    """What people asked on their own pages and nobody has answered."""
    waiting = Question.objects.filter(practice=desk.practice, answered_at=None)
    asked = list(waiting.select_related("link__representation").order_by("asked_at", "pk")[:SHOWN])
    askers = {
        one.pk: one.link.representation.representative_id if one.link.representation else one.person_id
        for one in asked
    }
    names = desk.names(set(askers.values()))
    for one in asked:
        sentence = f"{names[askers[one.pk]]} asked a question on the own page."
        yield Row(WAITS, sentence, "portal:answer", one.pk, "Answer it", one.asked_at, "asked")
