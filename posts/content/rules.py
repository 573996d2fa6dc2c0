"""Exactly what would be sent, and its digest. An approval is given to a digest; one changed letter voids it (R43)."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from consent.audit.rules import canonical
from consent.wording.rules import SENSITIVE_CATEGORIES

CLAIM_NAMES = {
    "origin_url": "The address of the original",
    "quote_source": "What was said",
    "typical_result": "What people can usually expect",
    "procedures": "The list of procedures",
}


@dataclass(frozen=True)
class PayloadMedia:
    """A picture as it would be sent."""

    sha256: str
    storage_key: str
    media_type: str
    width: int
    height: int
    alt_text: str
    captions: str = ""


@dataclass(frozen=True)
class Claims:
    """What the author declares about the whole post beside its words (R20, R84-R89, R96).

    `origin_author` made what the post repeats; `connection` ties somebody to us; `quote_source` is what was said,
    word for word; `sale` says that the information itself is paid for; `story` is the number of the story that the post
    repeats, which this room does not know.
    """

    origin_url: str = ""
    origin_author: int | None = None
    connection: str = ""
    quote_source: str = ""
    atypical_result: bool = False
    typical_result: str = ""
    procedures: str = ""
    results_notice: bool = False
    unretouched: bool = False
    sensitive_category: str = ""
    sale: bool = False
    story: int | None = None

    @property
    def repeats(self) -> bool:
        """Whether the post repeats something that somebody else made."""
        return bool(self.origin_url or self.origin_author or self.story)

    @property
    def declared(self) -> dict[str, object]:
        """As the digest binds it. A post without a story has the digest that it had before there were stories."""
        fields = asdict(self)
        return fields if self.story is not None else {n: v for n, v in fields.items() if n != "story"}

    def still_of(self, there: "Claims") -> "Claims":
        """With what a post that repeats a story repeats, as it is `there`: no page says whose words they are, or which.

        Otherwise somebody's licence would cover words that they never said (R84, R96).
        """
        if there.story is None:
            return self
        names = ("story", "origin_url", "origin_author", "quote_source")
        return replace(self, **{name: getattr(there, name) for name in names})


NOTHING_CLAIMED = Claims()


@dataclass(frozen=True)
class DeclaredPerson:
    """Whom the author declared: in the words (`asset` None) or in a picture, with which elements."""

    person: int
    elements: tuple[str, ...]
    capacity: str
    asset: int | None = None


@dataclass(frozen=True)
class Payload:
    """One version to the byte, with the people declared in it: what a reviewer approves and an adapter is given."""

    version: int
    account: int
    kind: str
    format: str
    purpose: str
    paid: bool
    third_party_pays: bool
    caption: str
    disclosure: str
    media: tuple[PayloadMedia, ...]
    people: tuple[DeclaredPerson, ...]
    claims: Claims = NOTHING_CLAIMED
    recipients: tuple[int, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 over everything that would be sent and everyone declared, in hex."""
        content = {
            "version": self.version,
            "account": self.account,
            "kind": self.kind,
            "format": self.format,
            "purpose": self.purpose,
            "paid": self.paid,
            "third_party_pays": self.third_party_pays,
            "caption": self.caption,
            "disclosure": self.disclosure,
            "media": [[media.sha256, media.alt_text, media.captions] for media in self.media],
            "claims": self.claims.declared,
            "recipients": sorted(self.recipients),
            "people": [
                [person.person, list(person.elements), person.capacity, person.asset]
                for person in self.people
            ],
        }
        return hashlib.sha256(canonical(content)).hexdigest()

    @property
    def shown(self) -> str:
        """SHA-256 of what a reader would see, whichever channel it goes to: what a signer was shown is bound to it."""
        pictures = [(media.sha256, media.alt_text, media.captions) for media in self.media]
        return shown_digest(self.caption, self.disclosure, self.format, pictures)


def shown_digest(caption: str, disclosure: str, form: str, pictures: Sequence[tuple[str, str, str]]) -> str:
    """SHA-256 of what a reader would see, in hex: a changed letter, pixel, order or format gives another one (R25).

    `form` is the kind of post; each picture is the SHA-256 of its rendition, its alternative text, its captions.
    """
    seen = {
        "caption": caption,
        "disclosure": disclosure,
        "format": form,
        "pictures": [list(picture) for picture in pictures],
    }
    return hashlib.sha256(canonical(seen)).hexdigest()


def combined_digest(digests: list[str]) -> str:
    """One digest for all versions of a post, whatever their order."""
    return hashlib.sha256("".join(sorted(digests)).encode("ascii")).hexdigest()


# Longest texts, in characters. Networks have shorter limits of their own (posts.planning.rules).
CAPTION_LIMIT, TITLE_LIMIT, ALT_LIMIT, DISCLOSURE_LIMIT = 20_000, 120, 2_000, 300
CAPTIONS_LIMIT, CLAIM_LIMITS = (
    100_000,
    {"origin_url": 500, "quote_source": 5_000, "typical_result": 500, "procedures": 300},
)


# So many words in a row are a quote of them.
IN_A_ROW = 3

# Characters that XML cannot hold, so no feed could: one of them would break the whole wall's.
UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class ContentRefused(ValueError):
    """Something written cannot be kept: `field` names it, the message says what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def checked_title(text: str) -> str:
    """The post's name for the list. Raises `ContentRefused`."""
    if not text.strip():
        raise ContentRefused("title", "Give the post a name, for your own list.")
    return _fitting("title", "The name of the post", text.strip(), TITLE_LIMIT)


def checked_caption(text: str, channel: str) -> str:
    """The words, to the letter as typed, with line ends of one kind. Raises `ContentRefused`."""
    return _fitting("caption", f"The text for {channel}", text.replace("\r\n", "\n"), CAPTION_LIMIT)


def checked_alt(text: str, number: int) -> str:
    """A picture's description. Raises `ContentRefused`."""
    return _fitting("alt_text", f"The description of picture {number}", text, ALT_LIMIT)


def checked_disclosure(text: str) -> str:
    """The sentence that says who pays. Raises `ContentRefused`."""
    return _fitting("disclosure", "The sentence that says who pays", text.strip(), DISCLOSURE_LIMIT)


def checked_captions(text: str, number: int) -> str:
    """A video's captions. Raises `ContentRefused`."""
    return _fitting("captions", f"The captions of video {number}", text, CAPTIONS_LIMIT)


def checked_claims(claims: Claims) -> Claims:
    """The declarations, each short enough and of a known kind. Raises `ContentRefused`."""
    for field, limit in CLAIM_LIMITS.items():
        _fitting(field, CLAIM_NAMES[field], getattr(claims, field), limit)
    if claims.origin_url and not claims.origin_url.startswith(("https://", "http://")):
        raise ContentRefused("origin_url", "Give the whole address of the original, beginning with https://.")
    if claims.sensitive_category and claims.sensitive_category not in SENSITIVE_CATEGORIES:
        raise ContentRefused("sensitive_category", "Choose the sensitive subject from the list.")
    return claims


def quoted_in(claims: Claims, caption: str, *, quotes_someone: bool) -> str:
    """Whether the words quote what was said: none, whole, cut or unsourced. Marks and spaces do not count (R84, R89).

    A quote is whole only if everything that was said stands in the words. A post that repeats a story holds its words
    in any case; it quotes none of them, for a link alone, while no three in a row stand in the caption.
    """
    if not claims.quote_source.strip():
        return "unsourced" if quotes_someone else "none"
    said, told = _plain(claims.quote_source), _plain(caption)
    if said in told:
        return "whole"
    return "cut" if claims.story is None or quotes_someone or _in_part(said, told) else "none"


def _in_part(said: str, told: str) -> bool:
    """Whether some words of what was said stand in a row in what is told; both as `_plain` makes them."""
    words, around = said.split(), f" {told} "
    return any(
        f" {' '.join(words[first : first + IN_A_ROW])} " in around
        for first in range(len(words) - IN_A_ROW + 1)
    )


def stated_in(text: str, caption: str, disclosure: str) -> bool:
    """Whether a sentence that must be in the post really is."""
    return bool(_plain(text)) and _plain(text) in _plain(f"{caption} {disclosure}")


def _plain(text: str) -> str:
    """Letters and digits in order, case and everything between them aside."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _fitting(field: str, name: str, text: str, limit: int) -> str:
    """`text`, if it can be stored and is short enough."""
    if UNSENDABLE.search(text):
        raise ContentRefused(field, f"{name} holds a character that cannot be stored. Type it again.")
    if len(text) > limit:
        over = len(text) - limit
        raise ContentRefused(
            field,
            f"{name} is {len(text):,} characters long; at most {limit:,} are kept. Shorten it by {over:,}.",
        )
    return text
