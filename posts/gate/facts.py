"""The facts of one version at one instant, as the gate is handed them. Frozen; knowing nothing means no.

A default is what it means to know nothing, and closes the gate. What would open it by being forgotten (a finding, a
payer, a person) has no default: facts without it cannot be made. Everything here is identifiers, keys, digests and
instants; a Decision keeps its facts (`kept.forgettable`), and they name nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from consent.records.rules import PersonFacts, Terms


@dataclass(frozen=True)
class ChannelFacts:
    """Where it would go."""

    account: int
    platform: str
    audience: str
    entity: str
    open: bool = False
    can_take_down: bool = False
    takes_video: bool = False


@dataclass(frozen=True, kw_only=True)
class PlaceFacts:
    """Where the practice speaks from: a location of the post or of the channel, on the day in question (R75-R80).

    `small` says that fewer than 20,000 people live there: a detail identifies sooner (R35). `part2` marks a program
    under 42 CFR Part 2 (R82).
    """

    state: str
    profession: str
    hospital: bool
    part2: bool
    small: bool


@dataclass(frozen=True)
class AppearanceFacts:
    """A person whom the version shows or mentions: what is used of them, in which pictures, and their consents.

    `capacity` is patient unless someone said otherwise. `in_words` are the elements that the text uses,
    `in_pictures` those that the assets show.
    """

    person: PersonFacts
    capacity: str = "patient"
    in_words: frozenset[str] = frozenset()
    in_pictures: frozenset[str] = frozenset()
    assets: frozenset[str] = frozenset()
    consents: tuple[Terms, ...] = ()

    @property
    def elements(self) -> frozenset[str]:
        """Everything of the person that is used."""
        return self.in_words | self.in_pictures


@dataclass(frozen=True)
class AuthorFacts:
    """Who made what someone else made, and the licences they gave; None is an author nobody knows (R96)."""

    person: PersonFacts | None = None
    licences: tuple[Terms, ...] = ()


@dataclass(frozen=True)
class PictureFacts:
    """An asset in the version.

    `unnamed` is the number of people in it whom nobody named or covered, None if nobody has said. `taken_by` is
    workforce, author or third_party; `capture_cover` what made a third party's camera lawful: an agreement, or
    permissions signed before (R40). `author` is set for what someone else made. `edited` says that something in it was
    cut away or covered. `detected` says that every detector ran over exactly these pixels, `looked_over` that nothing
    was seen in them or a person has looked over it all (R38).
    """

    asset: str
    sha256: str
    position: int
    kind: str = ""
    metadata_stripped: bool = False
    alt_text: bool = False
    captions: bool = False
    unnamed: int | None = None
    taken_by: str = ""
    capture_cover: str = ""
    captured_on: date | None = None
    author: AuthorFacts | None = AuthorFacts()
    edited: bool = True
    detected: bool = False
    looked_over: bool = False


@dataclass(frozen=True)
class OriginFacts:
    """The public post that this one repeats: its author's licences, and since when the original is gone (R97).

    `story` is its number where it is a story that somebody told us of; a licence that names a story is for that one.
    """

    author: AuthorFacts
    gone_since: datetime | None
    story: int | None = None


@dataclass(frozen=True)
class RecipientFacts:
    """A third party that would receive it: an agency, the press. `agreement` is a business associate's (R66).

    `works_with_us` says that it is on the practice's list, and that nobody has taken it off.
    """

    id: str
    acts_for_us: bool = True
    agreement: bool = False
    works_with_us: bool = False


@dataclass(frozen=True, kw_only=True)
class FindingFacts:
    """Something that identifies, seen by a detector or a person, and not yet accounted for (R34-R38, R50).

    `code` is the REVIEW reason it stands for, `kind` a type of table A-18, `asset` the picture it was seen in.
    """

    id: str
    code: str
    kind: str
    asset: str | None


@dataclass(frozen=True)
class ClearingFacts:
    """A REVIEW finding cleared by two people in all, for exactly one digest (R46)."""

    fingerprint: str
    digest: str
    proposed_by: int
    confirmed_by: int
    confirmer_qualified: bool = False


@dataclass(frozen=True)
class ApprovalFacts:
    """An approval, the digest it was given to, and whether its giver was trained and had attested the policy (R61)."""

    digest: str
    by: int
    at: datetime
    qualified: bool = False


@dataclass(frozen=True)
class ScreeningFacts:
    """Whether detectors must have run over exactly this, and whether they did (R44).

    `pictures` says that they must have looked at each picture too, as the practice has set.
    """

    required: bool = True
    ran: bool = False
    pictures: bool = True


@dataclass(frozen=True, kw_only=True)
class ClaimFacts:
    """What the words claim or leave out (R84-R89).

    `quote` is none, whole, cut or unsourced; `connections` the keys of what ties the person or a payer to us;
    `compensated` whether the person got something for it; `disclosed` whether the post says so.
    """

    quote: str = "unsourced"
    connections: frozenset[str]
    compensated: bool
    disclosed: bool = False
    atypical_result: bool
    typical_result_stated: bool = False
    procedures_named: bool = False
    results_notice: bool = False
    unretouched: bool = False


@dataclass(frozen=True, kw_only=True)
class PostFacts:
    """All that the gate may know. `final` asks "may it go out now?"; otherwise "could it, once approved?".

    `shown` is the digest of what a reader would see; "" is like nothing that was ever shown to a signer.
    `switches` are the pack rules that the practice's counsel turned on or off, by code.
    """

    at: datetime
    final: bool
    post: str
    version: int
    kind: str
    digest: str
    channel: ChannelFacts
    places: tuple[PlaceFacts, ...] = ()
    switches: Mapping[str, bool]
    format: str
    purpose: str
    paid: bool = True
    third_party_pays: bool
    sale: bool
    sensitive_category: str
    premature_upload_at: datetime | None
    people: tuple[AppearanceFacts, ...]
    pictures: tuple[PictureFacts, ...]
    origin: OriginFacts | None
    recipients: tuple[RecipientFacts, ...]
    claims: ClaimFacts
    findings: tuple[FindingFacts, ...]
    clearings: tuple[ClearingFacts, ...] = ()
    screening: ScreeningFacts = ScreeningFacts()
    author: int | None = None
    approval: ApprovalFacts | None = None
    attested_digest: str = ""
    shown: str = ""
