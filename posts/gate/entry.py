"""What the catalogue says about one code."""

from dataclasses import dataclass
from typing import Literal

Weight = Literal["HARD", "REVIEW"]


@dataclass(frozen=True)
class Entry:
    """One code of the catalogue. `remedy` is the key of the button that mends it (`REMEDIES`)."""

    weight: Weight
    sentence: str
    because: str
    remedy: str
    citation: str
