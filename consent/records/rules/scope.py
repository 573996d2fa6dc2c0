"""What one consent covers, and what of an intended use it does not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

ANY = "*"
AS_IT_IS, CUT_TO_FIT, LINK_ONLY = "as_it_is", "cut_to_fit", "link_only"
STORY = "story:"


@dataclass(frozen=True)
class Problem:
    """Why a consent does not hold: a reason code, since when, and the keys it concerns."""

    code: str
    since: datetime | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scope:
    """What one consent covers. Nothing is covered that is not listed; ``*`` in `assets` or `posts` means any.

    A post is named by its number, or as ``number#digest``: only that post, exactly as it was shown to the signer.
    `series` says that the signed text allows a named series of electronic disclosures (Tex. H&S 181.154; R77).
    A licence may name a story, as ``story:7``. Its `formats`, `edits` and `posts` limit it only if `asked` names them:
    a list that was asked and left empty allows none of it, one that was not asked limits nothing. What was stored
    before these were read names no `asked`, so it covers what it covered.
    """

    elements: frozenset[str] = frozenset()
    platforms: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    paid: bool = False
    assets: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    series: bool = False
    edits: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    LISTS = ("elements", "platforms", "formats", "purposes", "assets", "posts", "recipients")
    OF_LICENCE = ("edits", "asked")
    MAY_SAY_ANY = ("assets", "posts")

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Scope":
        """Read a stored scope; a list that is missing covers nothing."""
        names = (*cls.LISTS, *cls.OF_LICENCE)
        lists = {name: frozenset(str(key) for key in stored.get(name, ())) for name in names}
        for name in names:
            if name not in cls.MAY_SAY_ANY:
                lists[name] -= {ANY}
        return cls(paid=stored.get("paid") is True, series=stored.get("series") is True, **lists)

    def to_json(self) -> dict[str, Any]:
        """The scope as stored: sorted lists. What only licences say is left out where nothing of it was asked."""
        licence = {name: sorted(getattr(self, name)) for name in self.OF_LICENCE} if self.asked else {}
        return {
            **{name: sorted(getattr(self, name)) for name in self.LISTS},
            "paid": self.paid,
            "series": self.series,
            **licence,
        }

    @property
    def stories(self) -> frozenset[str]:
        """The stories that a licence names; it covers no other."""
        return frozenset(name for name in self.posts if name.startswith(STORY))


@dataclass(frozen=True)
class RevocationFact:
    """A revocation as the rules see it; an empty `part` takes back everything."""

    received_at: datetime
    part: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Use:
    """Exactly one intended use: what of a person is shown or said, where, how and why (R25).

    `shown` is the digest of what a reader would see; "" is like nothing that was ever shown to a signer. `story` is the
    number of the story that the post repeats. Of what an author made, `edited` says that something was cut or covered,
    `copied` that more goes out than its address.
    """

    elements: frozenset[str]
    platform: str
    format: str
    purpose: str
    paid: bool
    assets: frozenset[str]
    post: str
    recipients: frozenset[str] = frozenset()
    shown: str = ""
    story: int | None = None
    edited: bool = True
    copied: bool = True


def as_shown(post: str, digest: str) -> str:
    """How a scope names one post exactly as it was shown."""
    return f"{post}#{digest}"


def uncovered(
    scope: Scope, revocations: Iterable[RevocationFact], use: Use, at: datetime
) -> Iterator[Problem]:
    """What of `use` one consent does not cover by itself; consents are never stitched together (R24, R25)."""
    yield from _beyond("SCOPE_ELEMENT", use.elements, scope.elements)
    yield from _beyond("SCOPE_CHANNEL", frozenset({use.platform}), scope.platforms)
    yield from _beyond("SCOPE_FORMAT", frozenset({use.format}), scope.formats)
    yield from _beyond("SCOPE_PURPOSE", frozenset({use.purpose}), scope.purposes)
    if use.paid and not scope.paid:
        yield Problem("SCOPE_PAID")
    yield from _beyond("SCOPE_MEDIA", use.assets, scope.assets)
    if not _names_post(scope, use):
        yield Problem("SCOPE_POST_SPECIFIC", keys=(use.post,))
    yield from _beyond("SCOPE_RECIPIENT", use.recipients, scope.recipients)
    yield from _taken_back(revocations, use, at)


def unlicensed(
    scope: Scope, revocations: Iterable[RevocationFact], use: Use, at: datetime
) -> Iterator[Problem]:
    """What of `use` an author's licence does not cover: it names works, places and how, nothing about people (R96)."""
    yield from _beyond("SCOPE_CHANNEL", frozenset({use.platform}), scope.platforms)
    if "formats" in scope.asked:
        yield from _beyond("SCOPE_FORMAT", frozenset({use.format}), scope.formats)
    if use.paid and not scope.paid:
        yield Problem("SCOPE_PAID")
    yield from _beyond("SCOPE_MEDIA", use.assets, scope.assets)
    yield from _of_another_story(scope, use)
    yield from _not_so_edited(scope, use)
    yield from _taken_back(revocations, use, at)


def _of_another_story(scope: Scope, use: Use) -> Iterator[Problem]:
    """A licence for a story is for no other; one given for a post as it was shown is for that alone."""
    if scope.stories:
        if f"{STORY}{use.story}" not in scope.stories:
            yield Problem("SCOPE_STORY")
    elif "posts" in scope.asked and not _names_post(scope, use):
        yield Problem("SCOPE_POST_SPECIFIC", keys=(use.post,))


def _not_so_edited(scope: Scope, use: Use) -> Iterator[Problem]:
    """As it is, cut to fit, or a link alone: whoever marked the link wants no copy of it to go out."""
    if "edits" not in scope.asked:
        return
    if use.copied and (LINK_ONLY in scope.edits or not scope.edits):
        yield Problem("SCOPE_LINK_ONLY")
    elif use.copied and use.edited and CUT_TO_FIT not in scope.edits:
        yield Problem("SCOPE_EDITS")


def _names_post(scope: Scope, use: Use) -> bool:
    """Whether the post is granted: any, this one, or this one exactly as it was shown."""
    exactly = {as_shown(use.post, use.shown)} if use.shown else set()
    return bool(scope.posts & {ANY, use.post, *exactly})


def _beyond(code: str, used: frozenset[str], granted: frozenset[str]) -> Iterator[Problem]:
    """What is used and not granted; a granted ``*`` stands for any."""
    if ANY not in granted and used - granted:
        yield Problem(code, keys=tuple(sorted(used - granted)))


def _taken_back(revocations: Iterable[RevocationFact], use: Use, at: datetime) -> Iterator[Problem]:
    """Partial revocations that touch the use (R17)."""
    used = {"elements": use.elements, "platforms": frozenset({use.platform}), "assets": use.assets}
    for revocation in revocations:
        if not revocation.part or revocation.received_at > at:
            continue
        touched = [key for name, keys in revocation.part.items() for key in used.get(name, keys) & keys]
        if touched:
            yield Problem("CONSENT_REVOKED", revocation.received_at, tuple(sorted(touched)))
