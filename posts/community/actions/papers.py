"""The papers of a request: the author's licence, and an authorization for each patient. Never one (R15, R96)."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from consent.audit.rules import Actor
from consent.people.models import Person, Representation
from consent.people.queries import signer_rule
from consent.signing.actions import Offer, PrepareRefused, abandon, make_exhibit, prepare
from consent.signing.models import Ceremony, Exhibit
from consent.signing.offering import LICENCE, wordings_for
from consent.signing.queries import UNANSWERED
from consent.signing.rules import NotNow
from consent.wording.models import Wording
from posts.content.models import Post
from posts.content.queries import contents, living_versions
from posts.planning.queries import preview_for, preview_for_author

from ..models import Part, RepostRequest, RequestForm, Story
from ..rules import Terms

LISTS = ("platforms", "formats", "edits")
# What a licence asks about ties to us is the author's to say: everything on the form is offered.
SAID_BY_AUTHOR = ("ties",)


def prepare_papers(
    *, request: RepostRequest, parts: Iterable[Part], terms: Terms, by: Actor, at: datetime
) -> list[RequestForm]:
    """Make the papers of a request ready, in the caller's transaction.

    An author whose birth date we do not know is asked for it on their page first; their licence is made ready then.
    Raises `PrepareRefused` with a sentence that says of whose paper.
    """
    made = []
    parts = list(parts)
    patients = {part.person: part for part in parts if part.relation == Part.Relation.PATIENT and part.person}
    author = next(part.person for part in parts if part.kind == Part.Kind.AUTHOR and part.person)
    if author.date_of_birth is not None or author in patients:
        made.append(prepare_licence(request=request, author=author, terms=terms, by=by, at=at))
    return made + [_authorization(request, person, terms, by, at) for person in patients]


def prepare_licence(
    *, request: RepostRequest, author: Person, terms: Terms, by: Actor, at: datetime
) -> RequestForm:
    """The author's licence for this story: where, in which form, with which edits, until when."""
    wording = _wording(author, LICENCE, at)
    lists = {name: list(getattr(terms, name)) for name in LISTS} | {
        name: [row[0] for row in wording.offers.get(name, ())] for name in SAID_BY_AUTHOR
    }
    offer = Offer(
        lists=_offered(author, wording, lists, terms),
        ends_on=terms.ends_on,
        exhibit=_exhibit(preview_for_author(request.post, author).pages, request.post, author, by, at),
        work=_work(request.story),
        story=request.story_id,
        interpreter="",
        capacity_attested=True,
    )
    return _kept(request, RequestForm.Kind.LICENCE, author, wording, offer, by, at)


def take_back(*, request: RepostRequest, by: Actor, at: datetime) -> None:
    """No paper of the request waits for an answer any more, in the caller's transaction."""
    waiting = Ceremony.objects.filter(request_form__request=request, state__in=UNANSWERED)
    for ceremony in waiting:
        with suppress(NotNow):  # answered at this very instant: what was signed stands
            abandon(ceremony=ceremony, by=by, at=at)


def _authorization(
    request: RepostRequest, person: Person, terms: Terms, by: Actor, at: datetime
) -> RequestForm:
    """A patient's own form, for exactly what the post shows or says of them."""
    wording = _wording(person, signer_rule(person, at, identify=False).form, at)
    lists = {
        "elements": sorted(_elements(request.post, person)),
        "platforms": list(terms.platforms),
        "formats": list(terms.formats),
        "purposes": [request.post.purpose],
    }
    if not lists["elements"]:
        raise PrepareRefused(
            f"Say in the post what it tells or shows of {person.alias}, and save it. Then ask."
        )
    found = preview_for(request.post, person)
    if found.refusal:
        raise PrepareRefused(found.refusal)
    offer = Offer(
        lists=_offered(person, wording, lists, terms),
        ends_on=terms.ends_on,
        exhibit=_exhibit(found.pages, request.post, person, by, at),
        story=request.story_id,
        privacy_notice=terms.privacy_notice,
        capacity_attested=True,
    )
    return _kept(request, RequestForm.Kind.AUTHORIZATION, person, wording, offer, by, at)


def _kept(
    request: RepostRequest,
    kind: RequestForm.Kind,
    person: Person,
    wording: Wording,
    offer: Offer,
    by: Actor,
    at: datetime,
) -> RequestForm:
    ceremony = prepare(
        person=person,
        wording=wording,
        representation=_representation(person, at),
        location=request.story.location,
        offer=offer,
        by=by,
        at=at,
    )
    return RequestForm.objects.create(
        practice_id=request.practice_id, request=request, kind=kind, person=person, ceremony=ceremony
    )


def _wording(person: Person, kind: str, at: datetime) -> Wording:
    """The form of this kind in use in the person's language."""
    also = LICENCE if kind == LICENCE else ""
    found = [
        one
        for one in wordings_for(person, kind if kind != LICENCE else "", at, also)
        if one.template.kind == kind and one.language == person.language
    ]
    if not found:
        raise PrepareRefused(
            f"There is no form for {person.alias} in their language. Put one into use first."
        )
    return found[0]


def _offered(
    person: Person, wording: Wording, lists: dict[str, list[str]], terms: Terms
) -> dict[str, list[str]]:
    """What is asked, list by list, as far as the form asks it. Raises `PrepareRefused` for what it cannot ask."""
    asked = {}
    for name, keys in lists.items():
        lines = {row[0] for row in wording.offers.get(name, ())}
        if not lines:
            continue
        if missing := sorted(set(keys) - lines):
            raise PrepareRefused(
                f"The form for {person.alias} has no line for {', '.join(missing)}. Ask for less, or add the line."
            )
        asked[name] = keys
    paid = ["paid"] if terms.paid and wording.offers.get("paid") else []
    return asked | {"paid": paid}


def _elements(post: Post, person: Person) -> set[str]:
    """What the post as it is saved shows or tells of the person."""
    held = contents([version.pk for version in living_versions(post)]).values()
    declared = (one for content in held for one in content.payload.people if one.person == person.pk)
    return {element for one in declared for element in one.elements}


def _representation(person: Person, at: datetime) -> Representation | None:
    """Who signs for the person, if they may not sign themselves. Raises `PrepareRefused` where nobody may yet."""
    rule = signer_rule(person, at, identify=False)
    if rule.self_may_sign:
        return None
    if not rule.representations:
        raise PrepareRefused(" ".join(rule.sentences))
    return Representation.objects.get(pk=rule.representations[0].id)


def _exhibit(
    pages: Iterable[dict[str, object]], post: Post, person: Person, by: Actor, at: datetime
) -> Exhibit | None:
    """The post as the signer will see it; None where it would show them somebody else."""
    pages = list(pages)
    if not pages:
        return None
    return make_exhibit(person=person, post=post.pk, title=post.title, pages=pages, by=by, at=at)


def _work(story: Story) -> str:
    """The story as a licence names it."""
    day = f"{story.posted_on.day} {story.posted_on:%b %Y}"
    return f"{story.address or 'post'} ({story.handle}, {day})"
