"""What is searched for stands in no address; its results stay where *back* and *reload* find them."""

import re
from datetime import date

import pytest
from django.test import Client

from consent.access.searches import KEPT
from tests.cast import Cast, make_person
from tests.desk import as_, at, words
from tests.drafts import a_post
from tests.house.sources import none, short, template_files, text_of

pytestmark = pytest.mark.django_db


def searched(client: Client, name: str, text: str) -> str:
    """The address that a search leads to."""
    return str(client.post(at(name), {"q": text})["Location"])


class TestASearch:
    @pytest.mark.parametrize("name", ["records:people", "planning:posts", "planning:library"])
    def test_leads_to_an_address_that_says_nothing(self, cast: Cast, name: str) -> None:
        assert searched(as_(cast.finn if name == "records:people" else cast.dan), name, "Ruiz").endswith(
            "/?s=1"
        )

    def test_is_there_again_on_the_way_back(self, cast: Cast) -> None:
        assert cast.ana.pk
        finn = as_(cast.finn)
        first, second = searched(finn, "records:people", "rui"), searched(finn, "records:people", "nobody")
        assert "Ana Ruiz" in words(finn.get(first))
        assert "Nobody is found by “nobody”" in words(finn.get(second))

    def test_is_forgotten_after_ten_others(self, cast: Cast) -> None:
        finn = as_(cast.finn)
        addresses = [searched(finn, "records:people", f"nobody {number}") for number in range(KEPT + 1)]
        assert "“nobody 0”" not in words(finn.get(addresses[0]))
        assert "“nobody 1”" in words(finn.get(addresses[1]))
        assert "“nobody 10”" in words(finn.get(addresses[-1]))

    def test_is_nobody_else_s(self, cast: Cast) -> None:
        address = searched(as_(cast.finn), "records:people", "nobody")
        assert "“nobody”" not in words(as_(cast.freya).get(address))

    def test_for_nothing_shows_everything_again(self, cast: Cast) -> None:
        assert searched(as_(cast.dan), "planning:posts", "  ") == at("planning:posts")

    def test_keeps_its_text_from_page_to_page(self, cast: Cast) -> None:
        for number in range(30):
            a_post(cast, title=f"Flu {number}")
        page = words(as_(cast.dan).post(at("planning:posts"), {"q": "flu"}, follow=True))
        assert 'href="?page=2&s=1"' in page

    def test_finds_who_may_sign(self, cast: Cast) -> None:
        finn = as_(cast.finn)
        for given in ("Carla", "Clara"):
            make_person(cast.practice, given, "Quint", date(1980, 1, 1))
        address = at("people:add_representation", cast.bea.pk)
        found = finn.post(address, {"search": "1", "q": "quint"}, follow=True)
        assert "Clara Quint" in words(found)
        assert "quint" not in found.request["QUERY_STRING"].lower()


BOX = re.compile(r'<input\b[^>]*type="search"[^>]*>')
GETTING = re.compile(r'<form\b(?![^>]*method="post")')


class TestEverySearchBox:
    def test_sends_what_is_typed_in_the_body_of_a_request(self) -> None:
        boxes = {short(path): (text_of(path), BOX.findall(text_of(path))) for path in template_files()}
        assert sum(len(found) for _, found in boxes.values()) > 8
        none(
            path
            for path, (text, found) in boxes.items()
            if any(
                "hx-get" in box or GETTING.match(text, text.rfind("<form", 0, text.index(box)))
                for box in found
            )
        )
