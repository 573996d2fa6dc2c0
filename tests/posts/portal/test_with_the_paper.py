"""The copy of a form on paper comes with the address of the own page, like every other copy (design 8)."""

import re

import pytest
from django.test import Client

from consent.paper.actions import key_form
from consent.paper.models import Scan
from tests.cast import NOW, Cast, by
from tests.ceremonies import prepared
from tests.consents import given_authority
from tests.desk import as_, at
from tests.papers import came_back, given_printing, written

from .visiting import come_in, text_of

pytestmark = pytest.mark.django_db
SLIP = re.compile(r'action="([^"]+/own-page/print/)">.*?name="holder" value="(\w+)"')


def read_twice(cast: Cast, scan: Scan, **instead: object) -> Scan:
    """Finn and Freya read the same."""
    for who in (cast.finn, cast.freya):
        key_form(scan=scan, keyed=written(**instead), by=by(who), at=NOW)
    return scan


def slip_of(cast: Cast, scan: Scan) -> str:
    """What comes out of the printer when Finn presses the button on the page of the scan."""
    desk = as_(cast.finn)
    page = text_of(desk.get(at("paper:scan", scan.pk)))
    assert "Print the address of their own page" in page
    [(action, holder)] = SLIP.findall(page)
    return text_of(desk.post(action, {"holder": holder}))


class TestTheSlip:
    def test_opens_the_page_of_whoever_signed_on_paper(self, cast: Cast) -> None:
        printed = slip_of(cast, read_twice(cast, came_back(cast, given_printing(cast))))
        assert "<svg" in printed
        [path] = re.findall(r"http://localhost:8000(/my/[\w-]+/)", printed)
        assert come_in(Client(), path).status_code == 200

    def test_is_the_mothers_where_she_signed_for_her_child(self, cast: Cast) -> None:
        mother = given_authority(cast, cast.bea, cast.carla)
        ceremony = prepared(cast, cast.bea, mother, kind="authorization_minor")
        scan = came_back(cast, given_printing(cast, ceremony))
        ticks = {**written().ticks, "assent": frozenset({"yes"})}
        read_twice(cast, scan, name="Carla Ruiz", ticks=ticks)
        assert "A new link for Carla" in slip_of(cast, scan)

    def test_is_not_offered_before_two_have_read_it(self, cast: Cast) -> None:
        scan = came_back(cast, given_printing(cast))
        page = text_of(as_(cast.finn).get(at("paper:scan", scan.pk)))
        assert "Print the address of their own page" not in page
