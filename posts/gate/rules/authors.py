"""For what others made: the author's licence. A licence is no authorization, and the reverse (R96, R97)."""

from collections.abc import Iterator

from ..facts import AuthorFacts, PostFacts
from ..reasons import Reason
from .people import LICENCE, licence_problems


def authors_license(facts: PostFacts) -> Iterator[Reason]:
    """Does the licence of whoever made it cover this use, and is the original still there?"""
    if facts.origin is not None:
        if facts.origin.gone_since is not None and facts.origin.gone_since <= facts.at:
            author = facts.origin.author.person
            yield Reason("UGC_WITHDRAWN", person=author.id if author else None, since=facts.origin.gone_since)
        yield from _licence(facts.origin.author, None, facts)
    for picture in facts.pictures:
        if picture.author is not None:
            yield from _licence(picture.author, picture.asset, facts)


def _licence(author: AuthorFacts, asset: str | None, facts: PostFacts) -> Iterator[Reason]:
    """The author's licence for the words (`asset` None) or a picture: missing, withdrawn, or too narrow."""
    who = author.person.id if author.person else None
    licences = [terms for terms in author.licences if terms.kind == LICENCE]
    if who is None or not licences:
        yield Reason("UGC_LICENSE_MISSING", person=who, asset=asset)
        return
    assets = frozenset({asset}) if asset else frozenset[str]()
    against = [
        [
            Reason(p.code, person=who, asset=asset, keys=p.keys, since=p.since, consent=terms.consent_id)
            for p in licence_problems(terms, author, assets, facts)
        ]
        for terms in licences
    ]
    yield from min(against, key=len)
