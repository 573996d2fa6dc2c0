"""The project's own texts: rows labelled like `captions.jsonl`, in files by author, an open part and a frozen one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from .findings import Kind

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
OPEN, FROZEN = CORPUS / "open", CORPUS / "frozen"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One row: the text with its verdict, and the spans that somebody marked as start, end and type."""

    id: str
    author: str
    language: str
    specialty: str
    kind: Kind
    text: str
    parent: str
    verdict: str
    labels: tuple[tuple[int, int, str], ...]

    @property
    def flagged(self) -> bool:
        """Whether it has to be stopped."""
        return self.verdict != "no-phi"


def rows_of(folder: Path) -> Iterator[Labelled]:
    """Every row of a part, author by author."""
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from (_row(json.loads(line)) for line in lines)


def _row(told: dict[str, object]) -> Labelled:
    labels = told["labels"]
    assert isinstance(labels, list)
    return Labelled(
        id=str(told["id"]),
        author=str(told["author"]),
        language=str(told["language"]),
        specialty=str(told["specialty"]),
        kind=cast("Kind", told["kind"]),
        text=str(told["text"]),
        parent=str(told.get("parent", "")),
        verdict=str(told["verdict"]),
        labels=tuple((label["start"], label["end"], label["type"]) for label in labels),
    )
