"""For what the word screen stopped at: whom it is about, in one tap, or that it is the practice's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from consent.access.doors import MemberRequest
from consent.people.models import Person
from consent.wording.rules import ELEMENTS
from posts.clearance.rules import ACCOUNTED_BY, Sighting, Spoken, naming
from posts.screening.rules.roster import REASON as ON_RECORD

from ..queries import VersionOnDesk

SAID_OF_AT_MOST = 4


@dataclass(frozen=True)
class Button:
    """A button beside a reason: a step of the composer, an address, words to know as ours, or the field to go to.

    `select` is the stretch of that field to select, in UTF-16 units, as browsers count.
    """

    label: str
    do: str = ""
    url: str = ""
    focus: str = ""
    ours: str = ""
    select: str = ""


def accounting(
    request: MemberRequest, said: Spoken, version: VersionOnDesk, called: Mapping[str, list[Person]]
) -> list[Button]:
    """For what the word screen saw: whom it is about, one tap each; or that it is the practice's own."""
    seen, account = said.sighting, version.account.pk
    if seen is None:
        return []
    here = {mention.person.pk: mention.person for mention in version.mentions}
    if seen.kind == "NAME":
        found = [
            Button(
                f"It is {person.alias}", do=f"tells:{account}:{person.pk}:{_number_of(naming(seen.words))}"
            )
            for person in {one.pk: one for one in (*called.get(seen.words, ()), *here.values())}.values()
            if person.pk not in here or person in called.get(seen.words, ())
        ]
    else:
        kinds = [key for key in ELEMENTS if key in ACCOUNTED_BY.get(seen.kind, ())]
        found = [
            Button(
                f"It is {person.alias}: {ELEMENTS[key]}", do=f"tells:{account}:{person.pk}:{_number_of(key)}"
            )
            for person in here.values()
            for key in kinds
        ]
    # The name of somebody on record is never ours.
    if seen.words and seen.reason != ON_RECORD and request.can("own_words.manage"):
        found.append(Button("This is ours", ours=f"{account}:{seen.id}"))
    return found[:SAID_OF_AT_MOST]


def _number_of(element: str) -> int:
    return list(ELEMENTS).index(element)


def stretch(version: VersionOnDesk, seen: Sighting) -> str:
    """Where in the words, as "first-last" in UTF-16 units."""
    text = version.typed.caption
    places = (len(text[:place].encode("utf-16-le")) // 2 for place in (seen.start, seen.end))
    return "-".join(map(str, places))
