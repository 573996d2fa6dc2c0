"""Which pages came back: of which request each is, and what is missing, twice there, or somebody else's. No Django."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .numbers import read_code


@dataclass(frozen=True)
class PageFound:
    """One page of a scan at its `place`, counted from one: the request and page that its code says, if it says any."""

    place: int
    number: str = ""
    page: int = 0


@dataclass(frozen=True)
class Count:
    """The pages of one form against what was printed."""

    printed: int
    missing: tuple[int, ...]
    twice: tuple[int, ...]
    unread: int

    @property
    def is_whole(self) -> bool:
        """Whether each page is there. One whose code cannot be read may be any that is missing."""
        return len(self.missing) <= self.unread

    @property
    def sentences(self) -> list[str]:
        """What to know about the pages, each as a sentence; nothing to say is an empty list."""
        said = []
        if self.missing:
            said.append(
                f"{_pages(self.missing)} of {self.printed} did not come with a code that can be read."
            )
        if self.unread:
            said.append(f"{self.unread} page{'s' if self.unread > 1 else ''} came without a readable code.")
        if self.twice:
            said.append(f"{_pages(self.twice)} came more than once.")
        if not self.is_whole:
            said.append(
                "The form is not whole. Scan it again with every page, or it is recorded as defective."
            )
        return said


def found_pages(codes: Iterable[Sequence[str]]) -> list[PageFound]:
    """Each page as its codes say, in the order of the scan. Foreign codes on the paper do not matter."""
    pages = []
    for place, texts in enumerate(codes, start=1):
        ours = next((code for text in texts if (code := read_code(text)) is not None), None)
        pages.append(PageFound(place, ours.number, ours.page) if ours else PageFound(place))
    return pages


def counted(pages: Iterable[int], printed: int) -> Count:
    """The count of one form: `pages` are the numbers its codes say, 0 for a page without a readable one."""
    times = Counter(pages)
    return Count(
        printed=printed,
        missing=tuple(page for page in range(1, printed + 1) if not times[page]),
        twice=tuple(sorted(page for page, often in times.items() if page and often > 1)),
        unread=times[0],
    )


def _pages(numbers: Sequence[int]) -> str:
    *before, last = (str(number) for number in numbers)
    return f"Pages {', '.join(before)} and {last}" if before else f"Page {last}"
