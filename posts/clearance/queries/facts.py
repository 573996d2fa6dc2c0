"""The facts of versions for the gate, and its verdicts: as many queries for one version as for a hundred."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from posts.content.models import Post, Version
from posts.content.queries import Content, content_of, contents, living_versions
from posts.gate.decide import Verdict, decide
from posts.gate.facts import PostFacts

from ..rules import Sighting
from .reader import Reader


@dataclass(frozen=True)
class Ruling:
    """A version, the facts that were read about it, the gate's verdict, and what the word screen saw in it.

    `quoting` is what was said, and the words that quote it.
    """

    version: Version
    facts: PostFacts
    verdict: Verdict
    sightings: tuple[Sighting, ...] = ()
    quoting: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Imagined:
    """The gate's verdict on a content that nobody has saved, its facts, and what the word screen saw in it."""

    facts: PostFacts
    verdict: Verdict
    sightings: tuple[Sighting, ...]
    quoting: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Outlook:
    """A version and what is on record about it: the gate can be asked about any instant, and reads nothing more."""

    version: Version
    reader: Reader

    def ruling(self, at: datetime, *, final: bool = True) -> Ruling:
        """The gate's verdict at `at` from the facts as they then are: what is on record may begin or end later."""
        facts = self.reader.facts(self.version.pk, at, final=final)
        number = self.version.pk
        seen, quoting = self.reader.sightings(number), self.reader.quoting(number)
        return Ruling(self.version, facts, decide(facts), seen, quoting)

    def turns(self, at: datetime, until: datetime) -> list[datetime]:
        """The instants after `at`, up to `until`, at which the verdict may change by itself, in order."""
        return self.reader.turns(self.version.pk, at, until)


def outlooks(versions: Iterable[Version]) -> list[Outlook]:
    """Each version with everything on record about it, read now and all at once."""
    versions = list(versions)
    reader = Reader.of(contents([version.pk for version in versions]))
    return [Outlook(version, reader) for version in versions]


def rulings(versions: Iterable[Version], at: datetime, *, final: bool) -> list[Ruling]:
    """The gate's verdict on each version at the instant `at`, everything read now and all at once.

    `final` asks whether it may go out now; otherwise approval and attestation are left aside.
    """
    return [one.ruling(at, final=final) for one in outlooks(versions)]


def preview(post: Post, at: datetime) -> list[Ruling]:
    """What each channel of the post would answer, were it approved as it stands."""
    return rulings(living_versions(post), at, final=False)


def imagined(found: Iterable[Content], at: datetime) -> list[Imagined]:
    """The gate's verdict on contents that nobody has saved, were they approved: what the composer asks while typing."""
    by_version = {content.version: content for content in found}
    reader = Reader.of(by_version)
    facts = [reader.facts(number, at, final=False) for number in by_version]
    return [
        Imagined(one, decide(one), reader.sightings(one.version), reader.quoting(one.version))
        for one in facts
    ]


def people_of(version: Version) -> list[int]:
    """Everyone the version rests on, in id order: mentioned, shown, licensing author."""
    return content_of(version).people
