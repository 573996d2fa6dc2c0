"""The word screen while one types: from the keystroke that ends a name until it is underlined, in Chromium."""

import math
import statistics
from dataclasses import dataclass

from django.conf import settings
from playwright.sync_api import Page

from tests.bench.chromium import browsing, serving
from tests.bench.panel import AIM_MS, BETWEEN_KEYS_MS
from tests.cast import Cast
from tests.desk import as_, at
from tests.drafts import a_channel, a_post, a_version

# Each ends with the letter that makes it a finding; the words before it are typed as well.
NAMES = ("Walter Whitcombe", "Marisol Vega", "Gerald Pruitt", "Denise Okafor", "Harold Lindqvist")
BEFORE = "Chemotherapy is over for "
# Notes the last key, and when a mark under the field that holds the whole name has been painted.
STOPWATCH = """() => {
  const watch = (window.stopwatch = { key: 0, painted: 0, name: "" });
  const marked = () => [...document.querySelectorAll(".marked-under mark")].some(
    (mark) => watch.name && mark.textContent.includes(watch.name));
  document.addEventListener("keydown", () => Object.assign(watch, { key: performance.now(), painted: 0 }), true);
  new MutationObserver(() => {
    if (watch.painted || !marked()) return;
    const { key } = watch;
    requestAnimationFrame(() => setTimeout(() => {
      if (watch.key !== key || watch.painted) return;
      watch.painted = performance.now();
      document.body.dataset.underlined = watch.name;
    }));
  }).observe(document.querySelector(".desk-left"), { childList: true, subtree: true });
}"""


@dataclass(frozen=True)
class Underlined:
    """Milliseconds from the last key of each name until it was underlined."""

    waits: list[float]

    def __str__(self) -> str:
        found = sorted(self.waits)
        late = found[math.ceil(0.95 * len(found)) - 1]
        return (
            f"{f'composer, keystroke to underline, {len(found)} names':<44} "
            f"{statistics.median(found):>9.0f} ms median {late:>6.0f} ms p95  aim < {AIM_MS} ms"
        )


def bench_typing(cast: Cast, words: int) -> Underlined:
    """Type names into the caption of a post for one channel, and wait for each to be underlined."""
    cast.practice.screens_words = True
    cast.practice.save(update_fields=["screens_words"])
    post = a_post(cast)
    a_version(cast, post, a_channel(cast), caption="x")
    value = as_(cast.dan).cookies[settings.SESSION_COOKIE_NAME].value
    with serving() as address, browsing() as page:
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}]
        )
        page.goto(address + at("planning:compose", post.pk))
        page.evaluate(STOPWATCH)
        waits = [_one_name(page, NAMES[number % len(NAMES)]) for number in range(words + 1)][1:]
    return Underlined(waits)


def _one_name(page: Page, name: str) -> float:
    """Begin anew, type up to the last letter, wait until the gate rests, and time that letter."""
    field = page.get_by_label("The words for Our wall")
    field.fill("")
    page.locator(".marked-under mark").first.wait_for(state="detached")
    given, family = name.split()
    page.evaluate("name => Object.assign(stopwatch, { name })", name)
    field.press_sequentially(f"{BEFORE}{given} {family[:-1]}", delay=BETWEEN_KEYS_MS)
    page.keyboard.type(family[-1])
    page.locator(f"body[data-underlined='{name}']").wait_for()
    return float(page.evaluate("() => stopwatch.painted - stopwatch.key"))
