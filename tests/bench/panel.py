"""The composer's gate panel: from a keystroke in the caption until the answer to it is painted, in Chromium."""

import statistics
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from playwright.sync_api import Page

from posts.content.actions import Mentioned, Shown
from posts.content.models import Post
from tests.bench.chromium import browsing, serving
from tests.cast import Cast, make_person
from tests.consents import signed_consent
from tests.desk import as_, at
from tests.drafts import a_channel, a_post, a_version
from tests.pictures import given_rendition

AIM_MS = 300
WORD = "bells"
BETWEEN_KEYS_MS = 90  # a quick typist; a word is over when nothing more is typed
# Notes when the last key went down, and when a panel that was asked for after it has been painted.
STOPWATCH = """() => {
  const watch = (window.stopwatch = {});
  const begin = () => {
    Object.assign(watch, { key: performance.now(), asked: 0, painted: 0 });
    delete document.body.dataset.painted;
  };
  document.addEventListener("input", begin, true);
  document.addEventListener("htmx:beforeSend", (event) => {
    if (event.detail.elt.id === "watch") watch.asked = performance.now();
  });
  new MutationObserver(() => {
    const { key, asked } = watch;
    if (!asked || watch.painted) return;
    requestAnimationFrame(() => setTimeout(() => {
      if (watch.key !== key) return;
      watch.painted = performance.now();
      document.body.dataset.painted = "yes";
    }));
  }).observe(document.querySelector(".desk-right"), { childList: true });
}"""


@dataclass(frozen=True)
class Waits:
    """How long the answers took in milliseconds: before the server was asked, and until it was painted."""

    asked: list[float]
    painted: list[float]

    def __str__(self) -> str:
        median, worst = statistics.median(self.painted), max(self.painted)
        return (
            f"{f'composer, keystroke to answer, {len(self.painted)} words':<44} "
            f"{median:>9.0f} ms median {worst:>6.0f} ms worst  aim < {AIM_MS} ms  "
            f"(of it {statistics.median(self.asked):.0f} ms until the server is asked)"
        )


def bench_panel(cast: Cast, words: int) -> Waits:
    """Type words into the caption of a post with three people on two channels, and wait for each answer."""
    post = _a_post_with_three_people(cast)
    # Signed in before the browser starts: inside its loop Django would open another connection, and leave it open.
    value = as_(cast.dan).cookies[settings.SESSION_COOKIE_NAME].value
    with serving() as address, browsing() as page:
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}]
        )
        page.goto(address + at("planning:compose", post.pk))
        page.get_by_label("The words for Our wall").focus()
        page.evaluate(STOPWATCH)
        found = [_one_word(page) for _ in range(words + 1)][1:]  # the first one warms up
    return Waits([asked for asked, _ in found], [painted for _, painted in found])


def _one_word(page: Page) -> tuple[float, float]:
    """Until the server was asked after the last key, and until its answer was painted."""
    page.keyboard.type(f" {WORD}", delay=BETWEEN_KEYS_MS)
    page.locator("body[data-painted]").wait_for()
    asked, painted = page.evaluate(
        "() => [stopwatch.asked - stopwatch.key, stopwatch.painted - stopwatch.key]"
    )
    return asked, painted


def _a_post_with_three_people(cast: Cast) -> Post:
    """On the wall and on Instagram, shown and named, who all agreed."""
    people = [make_person(cast.practice, name, "Reyes", date(1980, 1, 1)) for name in ("Ada", "Ben", "Cleo")]
    for person in people:
        signed_consent(cast, person)
    post, media = a_post(cast), [Shown(given_rendition(cast, *people), "Three people ring a bell")]
    for account in (a_channel(cast), a_channel(cast, "instagram", "@riverbend")):
        a_version(
            cast, post, account, media=media, mentions=[Mentioned(one, ("first_name",)) for one in people]
        )
    return post
