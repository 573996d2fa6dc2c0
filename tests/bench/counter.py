"""An adult signs at the counter, in Chromium: how often hands tap and type, and how long the machine makes them wait.

No person was timed. What a person adds is reading, deciding, and a moment for each tap.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Locator, Page

from consent.people.models import Person
from consent.signing.models import Ceremony
from tests.bench.chromium import browsing, serving
from tests.bench.sealing import Elsewhere
from tests.cast import PIN, make_person
from tests.ceremonies import prepared
from tests.desk import as_
from tests.journeys.signing import TABLET, draw_by_finger

ADULT = date(1980, 1, 1)
DESK, SIGNER, BACK = "at the desk, to the hand-over", "the signer, to the thank-you", "back at the desk"
TICKS = (
    ("face", "first_name"),
    ("website",),
    ("post", "several"),
    ("testimonial",),
    ("offered",),
    ("yes",),
)  # what is marked on each screen between the disclosure and the signature


@dataclass
class Effort:
    """What one part of a walk asks of people and of the machine."""

    taps: int = 0
    keys: int = 0
    strokes: int = 0
    seconds: float = 0.0


@dataclass
class Hands:
    """Somebody at the tablet, who taps and types one after the other and never hesitates."""

    page: Page
    parts: dict[str, Effort] = field(default_factory=lambda: defaultdict(Effort))
    now: Effort = field(default_factory=Effort)

    @contextmanager
    def doing(self, part: str) -> Iterator[None]:
        """All that is done inside belongs to `part`."""
        self.now, begin = self.parts[part], time.perf_counter()
        yield
        self.now.seconds += time.perf_counter() - begin

    def tap(self, *targets: Locator) -> None:
        """A finger on each."""
        for target in targets:
            target.tap()
            self.now.taps += 1

    def leave(self, target: Locator) -> None:
        """A finger on what leads to the next page, until that has loaded."""
        with self.page.expect_navigation():
            self.tap(target)

    def type(self, target: Locator, text: str) -> None:
        """Into the field, and key by key."""
        self.tap(target)
        self.page.keyboard.type(text)
        self.now.keys += len(text)

    def choose(self, target: Locator, value: str) -> None:
        """One of a list that opens: two taps."""
        target.select_option(value)
        self.now.taps += 2

    def draw(self) -> None:
        """The signature, in one stroke."""
        draw_by_finger(self.page)
        self.now.strokes += 1


@dataclass(frozen=True)
class Part:
    """One line of the report."""

    what: str
    efforts: list[Effort]

    def __str__(self) -> str:
        first, seconds = self.efforts[0], [one.seconds for one in self.efforts]
        return (
            f"{self.what:<34} {first.taps:>3} taps {first.keys:>3} keys {first.strokes} stroke   "
            f"machine {statistics.median(seconds):>5.1f} s median {max(seconds):>5.1f} s worst"
        )


def bench_counter(walks: int) -> list[Part]:
    """So many adults, one after the other, on one emulated tablet; the first warms up and does not count."""
    cast = Elsewhere()
    people = [make_person(cast.practice, f"Pat{one}", "Counter", ADULT) for one in range(walks + 2)]
    prepared(cast, people.pop(), at=timezone.now())  # from here on the desk's form knows the privacy notice
    # Signed in before the browser starts: inside its loop Django would open another connection, and leave it open.
    value, witness = as_(cast.finn).cookies[settings.SESSION_COOKIE_NAME].value, str(cast.freya.pk)
    size = {"width": TABLET["width"], "height": TABLET["height"]}
    with serving() as address, browsing(viewport=size, has_touch=True, is_mobile=True) as page:
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}]
        )
        records = [f"{address}/p/{cast.practice.slug}/people/{person.pk}/" for person in people]
        done = [_walk(page, record, witness) for record in records]
    _require_signed(people)
    return [Part(f"counter, {part}", [hands.parts[part] for hands in done[1:]]) for part in done[0].parts]


def _walk(page: Page, record: str, witness: str) -> Hands:
    hands = Hands(page)
    page.goto(record)
    with hands.doing(DESK):
        hands.leave(page.get_by_role("link", name="Start a consent"))
        hands.tap(page.locator("[name=capacity_attested]"))
        hands.leave(page.get_by_role("button", name="Go on to the witness"))
        hands.tap(page.get_by_label("I looked at a photo ID"))
        hands.choose(page.locator("[name=witness]"), witness)
        hands.type(page.locator("[name=pin]"), PIN)
        hands.leave(page.get_by_role("button", name="I witness this"))
        hands.leave(page.get_by_role("button", name="Hand over the tablet"))
    with hands.doing(SIGNER):
        _sign(hands, page)
    with hands.doing(BACK):
        hands.leave(page.get_by_role("button", name="Done: give the tablet back"))
        hands.type(page.locator("[name=pin]"), PIN)
        hands.leave(page.get_by_role("button", name="Take the tablet back"))
    return hands


def _sign(hands: Hands, page: Page) -> None:
    forward = page.locator(".answers .btn-primary")
    hands.leave(forward)
    hands.leave(page.get_by_role("button", name="Yes, on this screen"))
    for ticks in TICKS:
        hands.tap(*(page.locator(f"input[value={key}]:not([type=hidden])") for key in ticks))
        hands.leave(forward)
    hands.draw()
    hands.leave(forward)
    if page.locator("h1").inner_text() != "Thank you":
        raise SystemExit(f"Nobody was thanked: {page.locator('main').inner_text()}")


def _require_signed(people: list[Person]) -> None:
    signed = Ceremony.objects.filter(person__in=people, state=Ceremony.State.SIGNED).count()
    if signed != len(people):
        raise SystemExit(f"{signed} of {len(people)} signed.")
