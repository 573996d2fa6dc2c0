"""Can it go out this way at all: the channel, the kind of content, the state."""

from collections.abc import Iterator

from ..facts import PostFacts
from ..packs import pack_reasons_of_post
from ..reasons import Reason


def channel_is_open(facts: PostFacts) -> Iterator[Reason]:
    """Is there a channel at all, and one where a patient's withdrawal can be kept? (R4, R17, R48)"""
    if not facts.channel.open:
        yield Reason("CHANNEL_CLOSED")
    if facts.people and not facts.channel.can_take_down:
        yield Reason("CHANNEL_CANNOT_TAKE_DOWN")
    if facts.format == "live":
        yield Reason("LIVE_UNSCREENED")


def content_is_permitted(facts: PostFacts) -> Iterator[Reason]:
    """Is it free of what never goes out, and was it kept off the network until now? (R21, R45, R82, R83)"""
    if facts.sensitive_category:
        yield Reason("SENSITIVE_CATEGORY_EXCLUDED", keys=(facts.sensitive_category,))
    elif facts.people and any(place.part2 for place in facts.places):
        yield Reason("SENSITIVE_CATEGORY_EXCLUDED", keys=("part2_sud",))
    if facts.premature_upload_at is not None:
        yield Reason("PREMATURE_PLATFORM_UPLOAD", since=facts.premature_upload_at)


def states_allow_it(facts: PostFacts) -> Iterator[Reason]:
    """Where the practice speaks from, may it say this? A place nobody recorded is a no (R75-R80)."""
    if not facts.places:
        yield Reason("PLACE_UNKNOWN")
    for code in pack_reasons_of_post(facts):
        yield Reason(code)
