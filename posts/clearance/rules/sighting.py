"""What the word screen saw, as the gate asks about it: as a reason of its own, or accounted for by whom it is about.

A finding is accounted for when the author declared a person in the words and what of them the words use, and what was
seen is that: then the person's permission is asked for it, and covers it or does not (R2, R34).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from consent.people.rules import folded
from posts.content.rules import Claims, DeclaredPerson
from posts.screening.rules.crediting import credit_in
from posts.screening.rules.findings import Finding, Outcome

# Which elements of a declared person account for a type of finding. What is not here nobody's permission covers.
ACCOUNTED_BY = {
    "INITIALS": frozenset({"initials", "full_name"}),
    "RELATIVE": frozenset({"parent"}),
    "CITY_ZIP": frozenset({"city"}),
    "DATE": frozenset({"date"}),
    "AGE_OVER_89": frozenset({"age_over_89"}),
    "PHONE": frozenset({"phone"}),
    "EMAIL": frozenset({"email"}),
    "HANDLE": frozenset({"handle"}),
    "CARE_DETAIL": frozenset({"condition", "treatment", "before_after", "xray"}),
    # The whole text reads as if it told of one person: it does, and the author says of whom.
    "OTHER": frozenset({"condition", "treatment", "quote", "age", "date"}),
}
# Recognizers that speak of the whole text, or of details together.
TOGETHER = "words.combined"
OF_THE_WHOLE = frozenset({"words.classifier", TOGETHER})
NOT_APPROVED = "It is none of the replies approved before, so a second person reads it."
CREDITED = "It credits somebody by a social media name: whose is it?"
NAMING = frozenset({"first_name", "full_name", "parent"})
TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "sr", "sra", "srta", "don", "dona", "senor", "senora"}
    | {"little", "baby", "big", "our", "nuestra", "nuestro"}
)


@dataclass(frozen=True)
class Called:
    """The folded words that a person is called by: given names, and all names with the alias."""

    given: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sighting:
    """One thing that the word screen saw in a version: where, what the gate calls it, and the words themselves.

    `place` is caption, disclosure, alt or captions with the picture's number; `start` and `end` are code points of
    that text. The words are for the page that shows the post, and are kept nowhere.
    """

    place: str
    asset: int | None
    start: int
    end: int
    code: str
    kind: str
    words: str
    reason: str

    @property
    def id(self) -> str:
        """The finding's name among those of its version: the place and the type, nothing of the words."""
        return f"{self.place}:{self.start}-{self.end}:{self.kind}"


def sightings(
    outcome: Outcome, text: str, place: str, asset: int | None, *, is_reply: bool = False
) -> Iterator[Sighting]:
    """What of a text's outcome must not go out as it is, in reading order; the same words said twice are one sighting.

    A verdict that no single finding carries is about the whole text. So is a reply that nobody approved before: however
    harmless it reads, it needs a second look (R50).
    """
    if outcome.verdict == "no-phi":
        if is_reply and not outcome.clears_itself:
            yield Sighting(
                place, asset, 0, len(text), "RELATIONSHIP_CONFIRMED", "RELATIONSHIP", "", NOT_APPROVED
            )
        return
    told: set[tuple[str, str]] = set()
    for finding in sorted(outcome.findings, key=lambda one: (one.recognizer == TOGETHER, one.start, one.end)):
        # What is seen singly is told singly, and not once more together.
        if finding.recognizer == TOGETHER and told:
            continue
        words = text[finding.start : finding.end]
        key = (finding.type, folded(words))
        if finding.severity == "note" or key in told:
            continue
        told.add(key)
        code, kind = _code(finding)
        yield Sighting(place, asset, finding.start, finding.end, code, kind, words, finding.reason)
    if not told:
        code = (
            "RELATIONSHIP_CONFIRMED" if outcome.verdict == "confirms-relationship" else "DEID_REVIEW_REQUIRED"
        )
        kind = "RELATIONSHIP" if outcome.verdict == "confirms-relationship" else "OTHER"
        why = "It reads as if it told of one person."
        yield Sighting(place, asset, 0, len(text), code, kind, "", why)


def credited(text: str, place: str, asset: int | None, claims: Claims) -> Iterator[Sighting]:
    """Whom a post that repeats something credits by handle or address: nothing of any other post."""
    for start, end in credit_in(text, claims.origin_url) if claims.repeats else ():
        words = text[start:end]
        yield Sighting(place, asset, start, end, "PHI_DETECTED_UNLINKED", "HANDLE", words, CREDITED)


def without(credit: Collection[Sighting], seen: Iterable[Sighting]) -> Iterator[Sighting]:
    """What was seen, but for the addresses that are credit and told as such."""
    for one in seen:
        told = any(other.start < one.end and one.start < other.end for other in credit)
        if not (told and one.kind in ("HANDLE", "URL", "EMAIL")):
            yield one


def accounted_for(
    sighting: Sighting, people: Collection[DeclaredPerson], called: Mapping[int, Called]
) -> bool:
    """Whether a person declared in the words, or in the picture that the text describes, is whom it is about."""
    about = [one for one in people if one.asset is None or one.asset == sighting.asset]
    if sighting.kind == "NAME":
        return any(_is_name_of(sighting.words, one, called.get(one.person, Called())) for one in about)
    elements = ACCOUNTED_BY.get(sighting.kind, frozenset())
    return any(elements & set(one.elements) for one in about)


def naming(words: str) -> str:
    """The element that a name uses: the first name, or more."""
    return "full_name" if len(set(folded(words).split()) - TITLES) > 1 else "first_name"


def first_word(words: str) -> str:
    """The first word of a name that is no title; the words themselves if there is none."""
    return next((word for word in folded(words).split() if word not in TITLES), words)


def _is_name_of(words: str, declared: DeclaredPerson, called: Called) -> bool:
    """Whether the person is called so, no more of it than was declared: a first name is not the full one."""
    said = set(folded(words).split()) - TITLES
    if not said or not NAMING & set(declared.elements):
        return False
    return said <= (called.names if {"full_name", "parent"} & set(declared.elements) else called.given)


def _code(finding: Finding) -> tuple[str, str]:
    """The reason and the kind that a finding stands for."""
    if finding.type == "RELATIONSHIP_CONFIRMED":
        return "RELATIONSHIP_CONFIRMED", "RELATIONSHIP"
    if finding.recognizer in OF_THE_WHOLE:
        return "DEID_REVIEW_REQUIRED", "OTHER"
    return "PHI_DETECTED_UNLINKED" if finding.severity == "block" else "DEID_REVIEW_REQUIRED", finding.type
