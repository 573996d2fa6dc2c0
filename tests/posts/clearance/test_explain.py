"""`manage.py explain` says what the gate answers, now or at another instant, and names nobody."""

import io
import json

import pytest
import time_machine
from django.core.management import CommandError, call_command

from tests.cast import NOW, Cast
from tests.consents import signed_consent
from tests.posts.outgoing import approved
from tests.posts_data import given_account, given_post, given_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def explained(*arguments: object) -> str:
    out = io.StringIO()
    call_command("explain", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def version(cast: Cast):
    """Approved words about Ana for the wall."""
    signed_consent(cast, cast.ana)
    return approved(cast, given_version(cast, given_post(cast), mentioning=cast.ana))


class TestExplaining:
    def test_says_yes_and_on_what_it_rests(self, version, cast: Cast) -> None:
        printed = explained(version.post_id, version.account.handle)
        consent = cast.ana.consents.get()
        assert "ALLOW" in printed
        assert f"rests on consent {consent.pk} of person {cast.ana.pk}" in printed

    def test_names_nobody(self, version, cast: Cast) -> None:
        printed = explained(version.post_id, version.account_id)
        assert [name for name in ("Ana", "Ruiz", "Dan", "Eve", "rang", "good day") if name in printed] == []

    def test_says_no_with_weight_person_and_source(self, cast: Cast) -> None:
        version = given_version(cast, mentioning=cast.vic)
        printed = explained(version.post_id, version.account_id)
        assert "BLOCK" in printed
        assert f"HARD   NO_CONSENT (person {cast.vic.pk}) 45 CFR 164.508(a)(1); R1" in printed
        assert "APPROVAL_MISSING" in printed

    def test_prints_the_facts_as_json(self, version) -> None:
        printed = explained(version.post_id, version.account_id)
        facts = json.loads(printed[printed.index("\n{") :])
        assert facts["version"] == version.pk

    def test_answers_for_the_future(self, version) -> None:
        printed = explained(version.post_id, version.account_id, "--at", "2027-06-01T09:00-04:00")
        assert "at 2027-06-01T09:00:00-04:00" in printed
        assert "CONSENT_EXPIRED" in printed

    def test_answers_for_the_past(self, version) -> None:
        printed = explained(version.post_id, version.account_id, "--at", "2026-05-31T09:00-04:00")
        assert "CONSENT_NOT_YET_EFFECTIVE" in printed


class TestWhatItCannotAnswer:
    def test_another_channel_is_told_with_those_there_are(self, version, cast: Cast) -> None:
        other = given_account(cast, "facebook", "by_hand")
        with pytest.raises(CommandError, match=f"no version for '{other.handle}'. It has: riverbend-website"):
            explained(version.post_id, other.handle)

    def test_a_post_that_is_not_there_has_none(self, cast: Cast) -> None:
        with pytest.raises(CommandError, match="Post 404 has no version for 'wall'"):
            explained(404, "wall")

    @pytest.mark.parametrize(
        ("time", "said"),
        [("tomorrow", "'tomorrow' is no instant"), ("2026-12-01T09:00", "say in which zone")],
    )
    def test_a_time_that_is_none_is_told(self, version, time: str, said: str) -> None:
        with pytest.raises(CommandError, match=said):
            explained(version.post_id, version.account_id, "--at", time)
