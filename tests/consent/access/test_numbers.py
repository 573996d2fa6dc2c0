"""A number that is longer than any row's is nobody's: not found, or refused, and never a breakdown."""

import pytest

from consent.access.rules import number_sent
from tests.cast import Cast
from tests.desk import as_, at
from tests.links import address_of

pytestmark = pytest.mark.django_db

HUGE = 10**30
DIGITS = "1" * 5000


class TestANumberInAnAddress:
    @pytest.mark.parametrize("huge", [2**63, HUGE])
    def test_that_no_row_can_have_is_not_found(self, cast: Cast, huge: int) -> None:
        finn, point = as_(cast.finn), address_of(cast, cast.ana)
        assert finn.post(at("signing:print_copy", huge)).status_code == 404
        assert finn.get(at("signing:verify_contact", huge, point.pk)).status_code == 404
        assert finn.get(at("records:person", huge)).status_code == 404


class TestANumberInAForm:
    @pytest.mark.parametrize("sent", [DIGITS, "²", "-1", "", "1.0", "x"])
    def test_that_is_none_is_taken_for_none(self, sent: str) -> None:
        assert number_sent(sent) is None

    @pytest.mark.parametrize(("sent", "number"), [("7", 7), ("007", 7), ("9" * 18, 10**18 - 1)])
    def test_is_read_as_it_stands(self, sent: str, number: int) -> None:
        assert number_sent(sent) == number

    def test_names_no_wording_to_begin_from(self, cast: Cast) -> None:
        sent = {"kind": "event_card", "language": "en", "start": DIGITS}
        answer = as_(cast.eve).post(at("wording:begin_draft"), sent)
        assert answer.status_code == 302

    def test_names_no_author_of_a_picture(self, cast: Cast) -> None:
        assert as_(cast.dan).post(at("media:add"), {"author": DIGITS}).status_code == 422
