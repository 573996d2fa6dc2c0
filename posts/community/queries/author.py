"""What the author's pages show, read: what we ask for in their language."""

from dataclasses import dataclass
from datetime import date

from consent.access.models import Practice
from consent.signing.offering import LICENCE
from consent.wording.models import Wording
from consent.wording.rules import EDITS, FORMATS, PLATFORMS

from ..models import RepostRequest

LISTS = {"platforms": PLATFORMS, "formats": FORMATS, "edits": EDITS}


@dataclass(frozen=True)
class AskedFor:
    """What we ask for, each list in words, and until when."""

    platforms: list[str]
    formats: list[str]
    edits: list[str]
    paid: bool
    ends_on: date


def asked_for(request: RepostRequest, language: str) -> AskedFor:
    """What the request asks for, in the words of the licence in that language."""
    labels = _labels(request.practice, language)
    said = {name: [labels[name].get(key, key) for key in request.asked[name]] for name in LISTS}
    return AskedFor(**said, paid=bool(request.asked["paid"]), ends_on=request.ends_on)


def _labels(practice: Practice, language: str) -> dict[str, dict[str, str]]:
    wordings = Wording.objects.filter(practice=practice, template__kind=LICENCE, language=language)
    wording = wordings.order_by("-pk").first()
    offers = wording.offers if wording else {}
    return {name: usual | {row[0]: row[1] for row in offers.get(name, ())} for name, usual in LISTS.items()}
