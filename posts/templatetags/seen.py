"""What the word screen stopped at, where it stands in a text that a page shows."""

from django import template

from posts.clearance.queries import Answer
from posts.clearance.rules import Run, marked

register = template.Library()


@register.simple_tag
def seen_in(answer: Answer, text: str, place: str, position: int | str = "") -> list[Run]:
    """The text at `place` (with a picture's position, for its description) in runs, the seen ones with reasons."""
    return marked(text, f"{place}{position}", answer.reasons)
