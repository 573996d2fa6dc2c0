"""For what the word screen stopped at: whom it is about, in one tap; that it is the practice's own; or without it."""

import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from consent.access.doors import MemberRequest
from consent.people.models import Person
from consent.wording.rules import ELEMENTS
from posts.clearance.queries import stretches_telling
from posts.clearance.rules import ACCOUNTED_BY, Sighting, Spoken, naming
from posts.screening.rules.roster import REASON as ON_RECORD

from ..queries import VersionOnDesk

SAID_OF_AT_MOST = 4
# What is most often meant, where several elements account for what was seen.
TOLD_AS = {
    "INITIALS": "initials",
    "RELATIVE": "parent",
    "CITY_ZIP": "city",
    "DATE": "date",
    "AGE_OVER_89": "age_over_89",
    "PHONE": "phone",
    "EMAIL": "email",
    "HANDLE": "handle",
    "CARE_DETAIL": "treatment",
}
# What a sentence can do without.
SPARE = frozenset({"DATE", "CITY_ZIP", "AGE_OVER_89", "PHONE", "EMAIL", "HANDLE", "URL"})


@dataclass(frozen=True)
class Button:
    """A button beside a reason: a step of the composer, an address, words to know as ours, or the field to go to.

    `select` is the stretch of that field to select, in UTF-16 units, as browsers count; `mend` settles a picture.
    """

    label: str
    do: str = ""
    url: str = ""
    focus: str = ""
    ours: str = ""
    select: str = ""
    mend: str = ""


def accounting(
    request: MemberRequest, said: Spoken, version: VersionOnDesk, called: Mapping[str, list[Person]]
) -> list[Button]:
    """For what the word screen saw: whom it is about, one tap each; that it is the practice's own; or without it."""
    seen, account = said.sighting, version.account.pk
    if seen is None:
        return []
    found = _named(seen, version, called) if seen.kind == "NAME" else _told(seen, version)
    found = found[:SAID_OF_AT_MOST]
    if is_spare(seen):
        found.append(Button(f"Leave out “{seen.words}”", do=f"strike:{account}:{mark_of(seen)}"))
    # The name of somebody on record is never ours.
    if seen.words and seen.reason != ON_RECORD and request.can("own_words.manage"):
        found.append(Button("This is ours", ours=f"{account}:{seen.id}"))
    return found


def without_saying(version: VersionOnDesk, person: int, keys: Iterable[str]) -> list[Button]:
    """For what somebody did not allow and the sentence can do without: the words out, in one tap."""
    account, caption = version.account.pk, version.typed.caption
    found = []
    for key in keys:
        words = [f"“{one.words}”" for one in spare_stretches(caption, [key])]
        if words:
            found.append(
                Button(f"Leave out {' and '.join(words)}", do=f"unsay:{account}:{person}:{_number_of(key)}")
            )
    return found


def spare_stretches(caption: str, keys: Collection[str]) -> list[Sighting]:
    """Where the words tell one of these elements, and could do without."""
    return [one for one in stretches_telling(caption, keys) if is_spare(one)]


def is_spare(seen: Sighting) -> bool:
    """Whether it is words of the caption that the sentence can do without."""
    return bool(seen.words) and seen.place == "caption" and seen.kind in SPARE


def mark_of(seen: Sighting) -> int:
    """A number for exactly these words at exactly this place: the step of a panel that is out of date does nothing."""
    return zlib.crc32(f"{seen.id}:{seen.words}".encode())


def _named(seen: Sighting, version: VersionOnDesk, called: Mapping[str, list[Person]]) -> list[Button]:
    """Whose name it is; and that all the rest is about them too."""
    account, named = version.account.pk, _number_of(naming(seen.words))
    here = {mention.person.pk: mention.person for mention in version.mentions}
    people = {one.pk: one for one in (*called.get(seen.words, ()), *here.values())}.values()
    rest = {
        TOLD_AS[one.sighting.kind]
        for one in version.answer.reasons
        if one.sighting is not None and one.sighting.kind in TOLD_AS
    }
    found = []
    for person in people:
        if person.pk in here and person not in called.get(seen.words, ()):
            continue
        if rest:
            told = sum(1 << _number_of(key) for key in (naming(seen.words), *rest))
            found.append(
                Button(f"It is {person.alias}, in all of this", do=f"tells_all:{account}:{person.pk}:{told}")
            )
        found.append(Button(f"It is {person.alias}", do=f"tells:{account}:{person.pk}:{named}"))
    return found


def _told(seen: Sighting, version: VersionOnDesk) -> list[Button]:
    """Of which person in the words it tells what."""
    kinds = [key for key in ELEMENTS if key in ACCOUNTED_BY.get(seen.kind, ())]
    return [
        Button(
            f"It is {mention.person.alias}: {ELEMENTS[key]}",
            do=f"tells:{version.account.pk}:{mention.person.pk}:{_number_of(key)}",
        )
        for mention in version.mentions
        for key in kinds
    ]


def _number_of(element: str) -> int:
    return list(ELEMENTS).index(element)


def stretch(version: VersionOnDesk, seen: Sighting) -> str:
    """Where in the words, as "first-last" in UTF-16 units."""
    text = version.typed.caption
    places = (len(text[:place].encode("utf-16-le")) // 2 for place in (seen.start, seen.end))
    return "-".join(map(str, places))
