"""What is read aloud holds what is seen, so that whoever speaks to the page says what stands there (WCAG 2.5.3)."""

import re

from .sources import TEMPLATES, none

LABELLED = re.compile(r'<(a|button|summary)\b[^>]*?aria-label="([^"]*)"[^>]*>(.*?)</\1>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


def plain(text: str) -> str:
    """The words as one line, without markup, in lower case, quotes alike."""
    return " ".join(TAGS.sub("", text).split()).lower().replace("'", '"')


class TestALabel:
    def test_holds_the_words_that_are_seen(self) -> None:
        none(
            [
                f"{path.relative_to(TEMPLATES)}: “{label}” for “{plain(seen)}”"
                for path in sorted(TEMPLATES.rglob("*.html"))
                for _, label, seen in LABELLED.findall(path.read_text(encoding="utf-8"))
                if plain(seen) and "{% say" not in seen and plain(seen) not in plain(label)
            ]
        )
