"""A pressed button of the composer: the draft after its step, and the field to go on with."""

from django.utils import timezone

from consent.wording.rules import ELEMENTS
from posts.clearance.queries import stretches_telling
from posts.content.models import Post

from ..forms import step_from
from ..queries import desk
from ..rules import STEPS, Draft, element_untold, left_out, unsaid
from .accounting import is_spare, mark_of, spare_stretches

FOCUS = {
    "add_channel": "caption-{}",
    "add_picture": "alt-{}-{}",
    "mention": "mention-{}-{}",
    "name_author": "origin_author",
    "no_author": "origin_author",
}


def stepped(post: Post, draft: Draft, pressed: str) -> tuple[Draft, str]:
    """The draft after the pressed button's step; an unknown step changes nothing."""
    name, numbers = step_from(pressed)
    if name == "leave_out" and len(numbers) == 2:
        version = desk(post, draft, timezone.now()).version(numbers[0])
        account, person = numbers
        showing = version.showing(person) if version else []
        return left_out(draft, account, person, showing), ""
    if name == "strike" and len(numbers) == 2:
        return _struck(draft, *numbers), f"caption-{numbers[0]}"
    if name == "unsay" and len(numbers) == 3:
        return _unsaid(draft, *numbers), f"caption-{numbers[0]}"
    if name not in STEPS or len(numbers) != STEPS[name][1]:
        return draft, ""
    return STEPS[name][0](draft, *numbers), FOCUS.get(name, "").format(*numbers)


def _struck(draft: Draft, account: int, mark: int) -> Draft:
    """Without the words that the screen saw there, if they still stand there."""
    typed = draft.version(account)
    seen = stretches_telling(typed.caption, ELEMENTS) if typed else []
    return unsaid(
        draft, account, [(one.start, one.end) for one in seen if is_spare(one) and mark_of(one) == mark]
    )


def _unsaid(draft: Draft, account: int, person: int, number: int) -> Draft:
    """Without what the words tell of an element, and without the element among what they use of the person."""
    typed, keys = draft.version(account), list(ELEMENTS)
    if typed is None or not 0 <= number < len(keys):
        return draft
    seen = spare_stretches(typed.caption, [keys[number]])
    draft = unsaid(draft, account, [(one.start, one.end) for one in seen])
    return element_untold(draft, account, person, keys[number])
