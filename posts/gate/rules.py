"""The rules of the gate. One rule, one question; each yields its reasons as it decides. Reading order: `RULES`."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from consent.records.rules import Problem, Terms, Use, problems, uncovered, unlicensed

from .facts import AppearanceFacts, PictureFacts, PostFacts
from .reasons import Reason

PROTECTED_YEARS = 50
KIND_FOR = {"patient": "authorization", "visitor": "authorization", "staff": "release"}


def channel_is_open(facts: PostFacts) -> Iterator[Reason]:
    """Is there a channel at all, and one where a patient's withdrawal can be kept? (R4, R17)"""
    if not facts.channel.open:
        yield Reason("CHANNEL_CLOSED")
    if facts.people and not facts.channel.can_take_down:
        yield Reason("CHANNEL_CANNOT_TAKE_DOWN")
    if facts.format == "live":
        yield Reason("LIVE_UNSCREENED")


def pictures_are_ready(facts: PostFacts) -> Iterator[Reason]:
    """Is each picture free of hidden data, described, and do we know who is in it? (R33, R37, R92)"""
    for picture in facts.pictures:
        if not picture.metadata_stripped:
            yield Reason("METADATA_NOT_STRIPPED", asset=picture.asset)
        if not picture.people_known:
            yield Reason("FACE_UNLINKED", asset=picture.asset)
        if not picture.alt_text:
            yield Reason("A11Y_ALT_TEXT_MISSING", asset=picture.asset)


def everyone_agrees(facts: PostFacts) -> Iterator[Reason]:
    """Does each person have one consent that by itself covers exactly this use? (R1, R24, R25, R33)"""
    for appearance in facts.people:
        if not _out_of_protection(appearance, facts):
            yield from _nearest(appearance, facts)


def authors_license(facts: PostFacts) -> Iterator[Reason]:
    """For what others made: does the author's licence cover this use? A licence is no authorization (R96, R97)."""
    for picture in facts.pictures:
        if picture.user_content:
            yield from _licence(picture, facts)


def money_is_named(facts: PostFacts) -> Iterator[Reason]:
    """If someone pays us, does the post say so? (R87)"""
    if facts.third_party_pays and not facts.disclosure:
        yield Reason("FTC_MATERIAL_CONNECTION")


def someone_looked(facts: PostFacts) -> Iterator[Reason]:
    """Did another person attest that nobody else is named, shown or described, in exactly this? (R34, R38)"""
    if facts.final and facts.attested_digest != facts.digest:
        yield Reason("ATTESTATION_MISSING")


def it_was_approved(facts: PostFacts) -> Iterator[Reason]:
    """Was exactly this approved, by someone other than its author? (R43)"""
    if not facts.final:
        return
    if facts.approval is None or facts.approval.at > facts.at or facts.approval.by == facts.author:
        yield Reason("APPROVAL_MISSING")
    elif facts.approval.digest != facts.digest:
        yield Reason("CONTENT_CHANGED_SINCE_APPROVAL")


Rule = Callable[[PostFacts], Iterator[Reason]]
RULES: tuple[Rule, ...] = (
    channel_is_open,
    everyone_agrees,
    authors_license,
    pictures_are_ready,
    money_is_named,
    someone_looked,
    it_was_approved,
)


def _out_of_protection(appearance: AppearanceFacts, facts: PostFacts) -> bool:
    """Dead for more than fifty years: HIPAA protects no longer (45 CFR 160.103, 164.502(f); R30)."""
    died = appearance.person.deceased_on
    return died is not None and _years_later(died, PROTECTED_YEARS) < facts.at.date()


def _years_later(day: date, years: int) -> date:
    """The same day, years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _nearest(appearance: AppearanceFacts, facts: PostFacts) -> Iterator[Reason]:
    """Nothing if one consent suffices alone; otherwise the reasons of the one that lacks least, newest first."""
    kind = KIND_FOR.get(appearance.capacity, "authorization")
    consents = [terms for terms in appearance.consents if terms.kind == kind]
    if not consents:
        code = "STAFF_RELEASE_MISSING" if kind == "release" else "NO_CONSENT"
        yield Reason(code, person=appearance.person.id)
        return
    against = {terms.consent_id: list(_against(terms, appearance, facts)) for terms in consents}
    newest_first = sorted(consents, key=lambda terms: (terms.signed_at, terms.consent_id), reverse=True)
    nearest = min(newest_first, key=lambda terms: len(against[terms.consent_id]))
    yield from _reasons(against[nearest.consent_id], appearance.person.id, nearest.consent_id)


def _against(terms: Terms, appearance: AppearanceFacts, facts: PostFacts) -> Iterator[Problem]:
    """Everything that keeps this one consent from covering this use."""
    for problem in problems(terms, appearance.person, facts.at):
        if terms.kind == "release" and problem.code in ("CONSENT_EXPIRED", "CONSENT_REVOKED"):
            yield Problem("STAFF_RELEASE_EXPIRED", problem.since)
        else:
            yield problem
    yield from uncovered(terms.scope, terms.revocations, _use(appearance, facts), facts.at)
    if terms.discloser != facts.channel.entity:
        yield Problem("DISCLOSER_MISMATCH")
    if facts.third_party_pays and terms.kind == "authorization" and "remuneration" not in terms.anchors:
        yield Problem("REMUNERATION_NOT_DISCLOSED")


def _use(appearance: AppearanceFacts, facts: PostFacts) -> Use:
    """Exactly what of this person would be used, where, how and why."""
    return Use(
        elements=appearance.elements,
        platform=facts.channel.platform,
        format=facts.format,
        purpose=facts.purpose,
        paid=facts.paid,
        assets=appearance.assets,
        post=facts.post,
    )


def _licence(picture: PictureFacts, facts: PostFacts) -> Iterator[Reason]:
    """The author's licence for one picture: missing, withdrawn, or too narrow."""
    author = picture.author
    licences = [terms for terms in picture.licences if terms.kind == "licence"]
    if author is None or not licences:
        yield Reason("UGC_LICENSE_MISSING", person=author.id if author else None, asset=picture.asset)
        return
    found = []
    for terms in licences:
        reasons = list(_licence_reasons(terms, picture, facts))
        if not reasons:
            return
        found.append(reasons)
    yield from min(found, key=len)


def _licence_reasons(terms: Terms, picture: PictureFacts, facts: PostFacts) -> Iterator[Reason]:
    """What keeps one licence from covering this use."""
    assert picture.author is not None
    author = picture.author.id
    for problem in problems(terms, picture.author, facts.at):
        code = {"CONSENT_REVOKED": "UGC_WITHDRAWN", "CONSENT_EXPIRED": "UGC_LICENSE_SCOPE"}.get(problem.code)
        yield Reason(
            code or problem.code, author, picture.asset, problem.keys, problem.since, terms.consent_id
        )
    use = Use(
        elements=frozenset(),
        platform=facts.channel.platform,
        format=facts.format,
        purpose=facts.purpose,
        paid=facts.paid,
        assets=frozenset({picture.asset}),
        post=facts.post,
    )
    narrow = list(unlicensed(terms.scope, terms.revocations, use, facts.at))
    if any(problem.code == "CONSENT_REVOKED" for problem in narrow):
        yield Reason("UGC_WITHDRAWN", author, picture.asset, consent=terms.consent_id)
    elif narrow:
        keys = tuple(key for problem in narrow for key in problem.keys)
        yield Reason("UGC_LICENSE_SCOPE", author, picture.asset, keys, consent=terms.consent_id)


def _reasons(found: Iterable[Problem], person: int, consent: int) -> Iterator[Reason]:
    """Problems of a consent as reasons against the post."""
    for problem in found:
        yield Reason(problem.code, person, None, problem.keys, problem.since, consent)


def sufficient(appearance: AppearanceFacts, facts: PostFacts) -> Terms | None:
    """The consent that covers this use alone, the newest if several: what a decision relies on."""
    kind = KIND_FOR.get(appearance.capacity, "authorization")
    for terms in sorted(
        appearance.consents, key=lambda terms: (terms.signed_at, terms.consent_id), reverse=True
    ):
        if terms.kind == kind and not any(_against(terms, appearance, facts)):
            return terms
    return None


def licensed_by(picture: PictureFacts, facts: PostFacts) -> Terms | None:
    """The licence that covers this use of the picture."""
    for terms in picture.licences:
        if terms.kind == "licence" and not any(_licence_reasons(terms, picture, facts)):
            return terms
    return None
