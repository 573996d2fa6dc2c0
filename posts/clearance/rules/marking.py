"""A text in runs: what the screen stopped at, each with its reason, and what lies between. No Django."""

from collections.abc import Iterable
from dataclasses import dataclass

from .speaking import Spoken


@dataclass(frozen=True)
class Run:
    """A piece of a text; `said` is the reason that it stands for, None where nothing was seen."""

    text: str
    said: Spoken | None = None


def marked(text: str, place: str, reasons: Iterable[Spoken]) -> list[Run]:
    """The text that stands at `place` (see `Sighting`) in runs; put together they are the text.

    A sighting of the whole text, and one that begins within another, has no run of its own.
    """
    seen = [one for one in reasons if one.sighting and one.sighting.place == place and one.sighting.words]
    found, at = [], 0
    for said in sorted(seen, key=lambda one: one.sighting.start if one.sighting else 0):
        sighting = said.sighting
        if sighting is None or sighting.start < at or text[sighting.start : sighting.end] != sighting.words:
            continue
        found += [Run(text[at : sighting.start]), Run(sighting.words, said)]
        at = sighting.end
    return [run for run in (*found, Run(text[at:])) if run.text]
