"""The policy in tests: read on its page and signed there, as a member does."""

import re
from typing import Any

from consent.access.models import User
from tests.desk import as_, at

TEXT = re.compile(r'name="text" value="([0-9a-f]{64})"')
POLICY = re.compile(r'name="policy" value="(\d+)"')


def page_of(user: User, language: str = "") -> str:
    """What the member reads."""
    query = f"?language={language}" if language else ""
    return as_(user).get(at("signing:policy") + query).content.decode()


def signs_policy(user: User, *, language: str = "", **instead: Any) -> Any:
    """The member reads the policy to its end, ticks that, types their name and signs."""
    page = page_of(user, language)
    text, number = TEXT.search(page), POLICY.search(page)
    sent = {
        "policy": number[1] if number else "",
        "text": text[1] if text else "",
        "language": language,
        "read": "yes",
        "method": "typed",
        "typed_name": user.name,
        "drawing": "",
    }
    return as_(user).post(at("signing:policy"), sent | instead, follow=True)
