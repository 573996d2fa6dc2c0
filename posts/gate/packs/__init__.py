"""What single states ask beyond HIPAA. A pack only ever adds reasons; docs/recipes.md tells how to add one.

Each rule holds for the states and professions it names, and has the date on which somebody last read its source. A
practice's counsel may turn one off, or on if it is off until counsel has read it; that is a row with name and reason.
"""

from collections.abc import Iterator

from consent.records.rules import Terms

from ..entry import Entry
from ..facts import AppearanceFacts, PostFacts
from .california import CALIFORNIA
from .new_jersey import NEW_JERSEY
from .new_york import NEW_YORK
from .rule import PackRule
from .texas import TEXAS

PACKS: tuple[PackRule, ...] = (*CALIFORNIA, *NEW_JERSEY, *NEW_YORK, *TEXAS)
OF_STATES: dict[str, Entry] = {rule.code: rule.entry for rule in PACKS}


def pack_reasons_of_consent(terms: Terms, appearance: AppearanceFacts, facts: PostFacts) -> Iterator[str]:
    """The codes of the pack rules that this authorization does not satisfy, where the practice speaks from."""
    for rule in PACKS:
        if rule.of_consent and rule.applies(facts) and rule.of_consent(terms, appearance, facts):
            yield rule.code


def pack_reasons_of_post(facts: PostFacts) -> Iterator[str]:
    """The codes of the pack rules that the post itself does not satisfy."""
    for rule in PACKS:
        if rule.of_post and rule.applies(facts) and rule.of_post(facts):
            yield rule.code


__all__ = ["OF_STATES", "PACKS", "PackRule", "pack_reasons_of_consent", "pack_reasons_of_post"]
