"""The rules of the practice's states on their page, and counsel's switches (R75-R80)."""

import re
from datetime import timedelta

import pytest
import time_machine

from consent.audit.models import LedgerEntry
from posts.clearance.models import PackSwitch
from posts.clearance.queries import rule_shown
from tests.cast import NOW, make_location
from tests.desk import as_, at, words

LONG = "STATE_CA_MAX_1Y"
ADVICE = {"counsel": "Lee, Lee & Co", "why": "The forms name a day."}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def is_on(cast, moment):
    shown = rule_shown(cast.practice, LONG)
    return shown is not None and shown.is_on


def sent_by(page):
    """What the page sends along unseen: which way, and the latest switch it showed."""
    return dict(re.findall(r'name="(is_on|seen)" value="(\w+)"', page.content.decode()))


class TestThePageOfStatesRules:
    def test_names_each_rule_that_binds_a_location_with_source_and_day(self, cast):
        make_location(cast.practice, "Venice", state="CA")
        page = words(as_(cast.olga).get(at("clearance:packs")))
        assert "An authorization ends within a year unless the signer asked for longer" in page
        assert "Cal. Civ. Code 56.11(h)" in page
        assert "21 Nov" in page
        assert "Each electronic disclosure" not in page

    def test_asks_for_counsel_where_no_rule_was_read(self, cast):
        assert cast.location
        page = words(as_(cast.aida).get(at("clearance:packs")))
        assert "That is no promise that OH has none: ask counsel." in page

    def test_looks_at_the_profession_and_shows_what_waits_for_counsel_as_off(self, cast):
        make_location(cast.practice, "Newark", state="NJ", profession="dentist")
        page = words(as_(cast.olga).get(at("clearance:packs")))
        assert "medicine and dentistry, not read at the source" in page
        assert "A testimonial that was compensated says so" not in page
        assert "Turn on" in page

    def test_is_found_from_the_practice(self, cast):
        assert at("clearance:packs") in words(as_(cast.olga).get(at("access:practice")))


class TestASwitch:
    def test_turns_a_rule_off_with_name_and_reason_and_back_on(self, cast):
        make_location(cast.practice, "Venice", state="CA")
        olga, door = as_(cast.olga), at("clearance:switch_pack", LONG)
        assert "Turn this rule off?" in words(olga.get(door))

        page = words(olga.post(door, ADVICE, follow=True))

        assert "advised by Lee, Lee & Co: The forms name a day." in page
        assert not is_on(cast, NOW)
        assert LedgerEntry.objects.filter(event="pack.switched").count() == 1
        as_(cast.eve).post(door, ADVICE | {"is_on": "True"})
        assert is_on(cast, NOW + timedelta(days=1))

    def test_from_a_stale_tab_does_not_undo_a_later_one(self, cast):
        olga, door = as_(cast.olga), at("clearance:switch_pack", LONG)
        old = sent_by(olga.get(door))
        as_(cast.eve).post(door, ADVICE | sent_by(as_(cast.eve).get(door)))
        on_again = {"counsel": "Lee, Lee & Co", "why": "The forms name none after all."}
        as_(cast.eve).post(door, on_again | sent_by(as_(cast.eve).get(door)))
        assert is_on(cast, NOW + timedelta(days=1))

        page = words(olga.post(door, ADVICE | old, follow=True))

        assert "Eve turned this rule on while the page was open. Nothing else was changed" in page
        assert is_on(cast, NOW + timedelta(days=1))

    def test_is_kept_once_however_often_it_is_sent(self, cast):
        olga, door = as_(cast.olga), at("clearance:switch_pack", LONG)
        send = ADVICE | sent_by(olga.get(door))
        for _ in range(2):
            assert "The switch is kept." in words(olga.post(door, send, follow=True))
        assert PackSwitch.objects.count() == 1

    def test_needs_the_counsel_and_the_reason(self, cast):
        door = at("clearance:switch_pack", LONG)
        for missing in ADVICE:
            as_(cast.olga).post(door, ADVICE | {missing: " "})
        assert not PackSwitch.objects.exists()

    def test_is_for_owner_and_compliance_and_rules_that_exist(self, cast):
        door = at("clearance:switch_pack", LONG)
        for user in (cast.dan, cast.finn, cast.aida):
            assert as_(user).post(door, ADVICE).status_code == 403
        assert as_(cast.olga).get(at("clearance:switch_pack", "NO_RULE")).status_code == 404
        assert not PackSwitch.objects.exists()
