"""What the library is narrowed to, as its address says it. No Django."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from urllib.parse import urlencode

# What the library can be narrowed to, by the word of its address.
SHOWN = {
    "unsaid": "Where nobody has said who is in it",
    "waiting": "Waiting for a look",
    "review": "In a post that waits for review",
    "expiring": "Ending within 30 days",
    "user": "Made by others",
}


@dataclass(frozen=True)
class Narrowing:
    """The kinds that every picture shown is of, the account that it may go on today, an upload of its series, a search.

    0 and "" are for none.
    """

    kinds: frozenset[str] = frozenset()
    account: int = 0
    search: str = ""
    series: int = 0

    @classmethod
    def asked(cls, kinds: Collection[str], account: int, search: str, series: int = 0) -> "Narrowing":
        """What an address asks for; kinds that are none are left out."""
        return cls(frozenset(kinds) & SHOWN.keys(), account, search, series)

    @property
    def is_any(self) -> bool:
        """Whether it narrows by anything but a search."""
        return bool(self.kinds or self.account or self.series)

    @property
    def address(self) -> str:
        """Its query string, the same for the same narrowing: it can be kept as a bookmark."""
        pairs = [("show", kind) for kind in SHOWN if kind in self.kinds]
        pairs += [("on", str(self.account))] if self.account else []
        pairs += [("of", str(self.series))] if self.series else []
        pairs += [("s", self.search)] if self.search else []
        return urlencode(pairs)

    def turned(self, kind: str) -> "Narrowing":
        """With this kind, or without it if it is there."""
        return replace(self, kinds=self.kinds ^ {kind})

    def turned_to(self, account: int) -> "Narrowing":
        """To what may go on this account, or on any if it was this one."""
        return replace(self, account=0 if self.account == account else account)
