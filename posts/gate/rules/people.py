"""Whose permission covers this use: one consent for each person, by itself; and the author's licence."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from consent.records.rules import (
    ANY,
    PersonFacts,
    Problem,
    Terms,
    Use,
    as_shown,
    kind_for,
    out_of_protection,
    problems,
    uncovered,
    unlicensed,
)

from ..facts import AppearanceFacts, AuthorFacts, PostFacts
from ..packs import pack_reasons_of_consent
from ..reasons import Reason

AUTHORIZATION, RELEASE, LICENCE = "authorization", "release", "licence"
# What of a use goes beyond a licence, as the reason names it; a place is named by its own key.
BEYOND_LICENCE = {
    "SCOPE_FORMAT": ("formats",),
    "SCOPE_PAID": ("paid",),
    "SCOPE_MEDIA": ("assets",),
    "SCOPE_STORY": ("story",),
    "SCOPE_POST_SPECIFIC": ("shown",),
    "SCOPE_EDITS": ("edits",),
    "SCOPE_LINK_ONLY": ("link_only",),
}


def everyone_agrees(facts: PostFacts) -> Iterator[Reason]:
    """Does each person have one consent that by itself covers exactly this use? (R1, R24, R25, R33)"""
    for appearance in facts.people:
        if not out_of_protection(appearance.person, facts.at):
            yield from _nearest(appearance, facts)
    yield from _author_is_a_patient(facts)


def _author_is_a_patient(facts: PostFacts) -> Iterator[Reason]:
    """A patient's story tells of a patient, whether or not the post says so: a licence alone is not enough (R97)."""
    author = facts.origin.author.person if facts.origin and facts.origin.story else None
    declared = {appearance.person.id for appearance in facts.people}
    if author is not None and author.patient and author.id not in declared:
        yield Reason("NO_CONSENT", person=author.id)


def sufficient(appearance: AppearanceFacts, facts: PostFacts) -> Terms | None:
    """The consent that covers this use alone, the newest if several: what a decision relies on."""
    return next(
        (terms for terms in _newest_first(appearance) if not any(_against(terms, appearance, facts))), None
    )


def licensed_by(author: AuthorFacts, assets: frozenset[str], facts: PostFacts) -> Terms | None:
    """The licence of `author` that covers this use of the pictures `assets`."""
    for terms in author.licences:
        if terms.kind == LICENCE and not any(licence_problems(terms, author, assets, facts)):
            return terms
    return None


def licence_problems(
    terms: Terms, author: AuthorFacts, assets: frozenset[str], facts: PostFacts
) -> Iterator[Problem]:
    """What keeps one licence from covering this use: withdrawn, or too narrow (R96, R97).

    Without `assets` it is about words: a licence that names pictures covers those beside one of them alone, unless it
    names the story, whose words it then is about as well.
    """
    assert author.person is not None
    scope = terms.scope
    beside = scope.assets & {ANY, *(picture.asset for picture in facts.pictures)}
    if not assets and scope.assets and not beside and not scope.stories:
        yield Problem("UGC_LICENSE_SCOPE", keys=("words",))
    for problem in problems(terms, author.person, facts.at):
        if problem.code == "CONSENT_EXPIRED":
            yield Problem("UGC_LICENSE_SCOPE", problem.since, ("ended",))
        else:
            code = "UGC_WITHDRAWN" if problem.code == "CONSENT_REVOKED" else problem.code
            yield Problem(code, problem.since, problem.keys)
    use = _use_of_work(author.person.id, assets, facts)
    for problem in unlicensed(scope, terms.revocations, use, facts.at):
        if problem.code == "CONSENT_REVOKED":
            yield Problem("UGC_WITHDRAWN", problem.since, problem.keys)
        else:
            yield Problem("UGC_LICENSE_SCOPE", problem.since, BEYOND_LICENCE.get(problem.code, problem.keys))


def approved_as_shown(facts: PostFacts) -> list[tuple[int, Terms]] | None:
    """Those whose words the post quotes, each with the consent of theirs that names exactly this post as it is shown.

    None unless all of them gave one that holds: nobody's words are changed behind their back (16 CFR 255.1(b); R84).
    """
    speakers = [(one.person, one.consents) for one in facts.people if "quote" in one.elements]
    if facts.origin is not None:
        author = facts.origin.author
        if author.person is None:
            return None
        speakers.append((author.person, author.licences))
    found = [(person.id, _as_shown(person, consents, facts)) for person, consents in speakers]
    approved = [(person, terms) for person, terms in found if terms is not None]
    return approved if approved and len(approved) == len(found) else None


def _as_shown(person: PersonFacts, consents: Iterable[Terms], facts: PostFacts) -> Terms | None:
    """A consent that was given with exactly this before their eyes, of which nothing was taken back."""
    exactly = as_shown(facts.post, facts.shown)
    for terms in consents:
        named = bool(facts.shown) and exactly in terms.scope.posts
        if named and not terms.revocations and not any(problems(terms, person, facts.at)):
            return terms
    return None


def _newest_first(appearance: AppearanceFacts) -> list[Terms]:
    """The consents of the right kind: a release for staff, an authorization for everyone else (R32)."""
    kind = kind_for(appearance.capacity)
    fitting = [terms for terms in appearance.consents if terms.kind == kind]
    return sorted(fitting, key=lambda terms: (terms.signed_at, terms.consent_id), reverse=True)


def _nearest(appearance: AppearanceFacts, facts: PostFacts) -> Iterator[Reason]:
    """Nothing if one consent suffices alone; otherwise the reasons of the one that lacks least, newest first."""
    consents = _newest_first(appearance)
    if not consents:
        release = kind_for(appearance.capacity) == RELEASE
        yield Reason("STAFF_RELEASE_MISSING" if release else "NO_CONSENT", person=appearance.person.id)
        return
    if sufficient(appearance, facts) is not None:
        return
    against = {terms.consent_id: list(_against(terms, appearance, facts)) for terms in consents}
    nearest = min(consents, key=lambda terms: len(against[terms.consent_id]))
    yield from _reasons(against[nearest.consent_id], appearance.person.id, nearest.consent_id)


def _against(terms: Terms, appearance: AppearanceFacts, facts: PostFacts) -> Iterator[Problem]:
    """Everything that keeps this one consent from covering this use."""
    for problem in problems(terms, appearance.person, facts.at):
        if terms.kind == RELEASE and problem.code in ("CONSENT_EXPIRED", "CONSENT_REVOKED"):
            yield Problem("STAFF_RELEASE_EXPIRED", problem.since)
        else:
            yield problem
    use = _use(appearance.elements, appearance.assets, facts)
    if terms.kind == RELEASE:
        # A release allows the use of a likeness; naming recipients is what an authorization does (R4).
        use = replace(use, recipients=frozenset())
    yield from uncovered(terms.scope, terms.revocations, use, facts.at)
    if terms.discloser != facts.channel.entity:
        yield Problem("DISCLOSER_MISMATCH")
    if terms.kind == AUTHORIZATION:
        yield from _not_told_of_money(terms, facts)
        for code in pack_reasons_of_consent(terms, appearance, facts):
            yield Problem(code)


def _not_told_of_money(terms: Terms, facts: PostFacts) -> Iterator[Problem]:
    """If somebody pays us, for the post or for the information itself, the signed form says so (R19, R20)."""
    if facts.third_party_pays and "remuneration" not in terms.anchors:
        yield Problem("REMUNERATION_NOT_DISCLOSED")
    if facts.sale and "sale" not in terms.anchors:
        yield Problem("SALE_NOT_DISCLOSED")


def _use(elements: frozenset[str], assets: frozenset[str], facts: PostFacts) -> Use:
    """Exactly what would be used, where, how, why, and who else would get it.

    Who acts for us under an agreement is no recipient of their own (45 CFR 164.502(e); R66).
    """
    outsiders = {one.id for one in facts.recipients if not (one.acts_for_us and one.agreement)}
    return Use(
        elements=elements,
        platform=facts.channel.platform,
        format=facts.format,
        purpose=facts.purpose,
        paid=facts.paid,
        assets=assets,
        post=facts.post,
        recipients=frozenset(outsiders),
        shown=facts.shown,
    )


def _use_of_work(author: int, assets: frozenset[str], facts: PostFacts) -> Use:
    """What would be used of a work: of the pictures `assets`, or without them of the words (R84, R96).

    A picture is always copied. Words are where the post quotes, or shows a picture that may be the author's.
    """
    quote = facts.claims.quote
    theirs = [
        one.author.person is None or one.author.person.id == author for one in facts.pictures if one.author
    ]
    shown = [picture.edited for picture in facts.pictures if picture.asset in assets]
    return replace(
        _use(frozenset(), assets, facts),
        story=facts.origin.story if facts.origin else None,
        edited=any(shown) if assets else quote not in ("none", "whole"),
        copied=bool(assets) or quote != "none" or any(theirs),
    )


def _reasons(found: Iterable[Problem], person: int, consent: int) -> Iterator[Reason]:
    """Problems of a consent as reasons against the post."""
    for problem in found:
        yield Reason(problem.code, person=person, keys=problem.keys, since=problem.since, consent=consent)
