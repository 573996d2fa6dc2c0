"""Come in through a link, as the person or as somebody who signed for them."""

import re
from datetime import date
from typing import Any

from django.test import Client

from consent.people.models import Person, Representation
from consent.records.actions import issue_holder_link
from consent.records.models import HolderLink
from tests.cast import NOW, Cast, by


def given_link(
    cast: Cast, person: Person, representation: Representation | None = None
) -> tuple[HolderLink, str]:
    """A link and the path that is printed on the copy."""
    link, token = issue_holder_link(person=person, representation=representation, by=by(cast.finn), at=NOW)
    return link, f"/my/{token}/"


def come_in(client: Client, path: str) -> Any:
    """Open the link and follow it to the clean address."""
    return client.get(path, follow=True)


def give_birth_date(client: Client, born: date | None) -> Any:
    """Type a birth date and follow to the page."""
    assert born is not None
    typed = {"month": born.month, "day": born.day, "year": born.year}
    return client.post("/my/birth-date/", typed, follow=True)


def text_of(response: Any) -> str:
    """The page's source with the white space of templates evened out."""
    return " ".join(response.content.decode().split())


def without_token(response: Any) -> str:
    """The page without the one thing that differs at each request: the token against forged forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(response))
