"""Who signed which version of a form, who has yet to, and whom the front desk is to ask again (R23, R43)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from consent.audit.models import LedgerEntry
from consent.records.actions import NothingToAsk, ask_again, close_reask, record_signed_consent, revoke_all
from consent.records.models import Reask
from consent.records.queries import open_reasks, signed_versions
from consent.records.rules import Scope
from consent.wording.actions import Version, activate_draft, begin_draft
from tests.cast import NOW, Cast, by
from tests.ceremonies import sample_wording
from tests.consents import ANCHORS, ENDS_ON, FULL_SCOPE, given_signature

LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def old(cast):
    """Ana and Vic have signed the sample."""
    wording = sample_wording(cast)
    for person in (cast.ana, cast.vic):
        sign_now(cast, person, wording)
    return wording


def sign_now(cast, person, wording, at=NOW - timedelta(days=1)):
    """They sign this very wording, with everything that belongs to it."""
    return record_signed_consent(
        kind="authorization",
        signature=given_signature(cast, person, signed_at=at),
        wording=wording,
        location=cast.location,
        scope=Scope.from_json(FULL_SCOPE),
        statements=list(ANCHORS),
        ends_on=ENDS_ON,
        by=by(cast.finn),
        at=at,
    )


def next_version(cast, wording, change="material"):
    draft = begin_draft(
        practice=cast.practice,
        kind=wording.template.kind,
        language="en",
        start=wording,
        by=by(cast.eve),
        at=NOW,
    )
    version = Version("v4", NOW, change=change)
    return activate_draft(draft=draft, shown=1, version=version, by=by(cast.eve), at=NOW)


def asked(cast, wording, *people, why="Sale of data is now ruled out."):
    ids = [person.pk for person in people]
    return ask_again(wording=wording, people=ids, why=why, by=by(cast.eve), at=NOW)


def ids(rows):
    return sorted(one.person_id for one in rows)


def seen(user, name, *args, data=None):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    path = reverse(f"records:{name}", args=["riverbend", *args])
    return client.post(path, data, follow=True) if data is not None else client.get(path)


class TestWhoSignedWhich:
    def test_tells_those_of_this_version_from_those_of_an_earlier_one(self, cast, old):
        told = signed_versions(old, LATER)
        assert (ids(told.signed), told.yet) == (ids_of(cast.ana, cast.vic), [])
        new = next_version(cast, old)
        sign_now(cast, cast.vic, new, LATER)
        told = signed_versions(new, LATER)
        assert (ids(told.signed), ids(told.yet)) == ([cast.vic.pk], [cast.ana.pk])

    def test_leaves_out_whose_permission_does_not_stand_any_more(self, cast, old):
        new = next_version(cast, old)
        revoke_all(person=cast.ana, how="desk", by=by(cast.finn), at=NOW)
        assert ids(signed_versions(new, LATER).yet) == [cast.vic.pk]

    def test_knows_only_its_own_form_and_practice(self, cast, old):
        other = sample_wording(cast, "event_card")
        assert signed_versions(other, LATER).signed == []


def ids_of(*people):
    return sorted(person.pk for person in people)


class TestAskingAgain:
    def test_is_on_the_desk_until_they_sign_the_new_version(self, cast, old):
        new = next_version(cast, old)
        asked(cast, new, cast.ana, cast.vic)
        assert ids(open_reasks(cast.practice)) == ids_of(cast.ana, cast.vic)
        sign_now(cast, cast.ana, new, LATER)
        assert ids(open_reasks(cast.practice)) == [cast.vic.pk]

    def test_asks_nobody_twice(self, cast, old):
        new = next_version(cast, old)
        assert len(asked(cast, new, cast.ana)) == 1
        assert [row.person_id for row in asked(cast, new, cast.ana, cast.vic)] == [cast.vic.pk]
        assert LedgerEntry.objects.filter(event="reask.asked").count() == 2

    def test_asks_nobody_for_a_slip_of_the_pen(self, cast, old):
        with pytest.raises(NothingToAsk, match="slip of the pen"):
            asked(cast, next_version(cast, old, "typo"), cast.ana)

    def test_asks_nobody_who_has_nothing_to_sign_again(self, cast, old):
        new = next_version(cast, old)
        with pytest.raises(NothingToAsk, match="at least one person"):
            asked(cast, new, cast.nora)

    def test_is_closed_once_and_otherwise_kept(self, cast, old):
        [reask] = asked(cast, next_version(cast, old), cast.ana)
        close_reask(reask=reask, why="declined", by=by(cast.finn), at=LATER)
        close_reask(reask=reask, why="not_needed", by=by(cast.finn), at=LATER)
        reask.refresh_from_db()
        assert (reask.closed_why, reask.closed_by) == ("declined", cast.finn)
        assert list(open_reasks(cast.practice)) == []
        for change in ({"why": "x"}, {"closed_why": "not_needed"}, {"person_id": cast.vic.pk}):
            with pytest.raises(DatabaseError, match="closed once"), transaction.atomic():
                Reask.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            Reask.objects.all().delete()


class TestThePages:
    def test_let_compliance_choose_and_show_the_front_desk_whom_to_ask(self, cast, old):
        new = next_version(cast, old)
        page = seen(cast.eve, "signed_versions", new.pk).content.decode()
        assert "Have yet to sign it (2)" in page
        assert page.count('name="people"') == 2
        sent = {"people": [cast.ana.pk], "why": "It now names the agency."}
        answer = seen(cast.eve, "ask_again", new.pk, data=sent).content.decode()
        assert "One person is to be asked again. The front desk sees it." in answer
        desk = seen(cast.finn, "reasks").content.decode()
        assert "Ana Ruiz: ask again." in desk
        assert "It now names the agency." in desk
        assert "Vic Stone" not in desk
        person = seen(cast.finn, "person", cast.ana.pk).content.decode()
        assert "Ask again: a form has changed." in person
        home = Client()
        home.force_login(cast.finn, "django.contrib.auth.backends.ModelBackend")
        assert "Ana Ruiz: the form has changed." in home.get("/p/riverbend/").content.decode()

    def test_say_what_is_missing_and_keep_what_was_chosen(self, cast, old):
        new = next_version(cast, old)
        answer = seen(cast.eve, "ask_again", new.pk, data={"people": [cast.vic.pk], "why": ""})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert f'value="{cast.vic.pk}" id="person-{cast.vic.pk}" checked' in page
        assert f'value="{cast.ana.pk}" id="person-{cast.ana.pk}" checked' not in page
        assert not Reask.objects.exists()

    def test_let_the_desk_write_down_a_no(self, cast, old):
        [reask] = asked(cast, next_version(cast, old), cast.ana)
        vague = seen(cast.finn, "close_reask", reask.pk, data={"why": "whim"}).content.decode()
        assert "Ana Ruiz: ask again." in vague
        page = seen(cast.finn, "close_reask", reask.pk, data={"why": "declined"}).content.decode()
        assert "Nobody has to be asked again." in page

    def test_name_people_only_to_those_who_may_know(self, cast, old):
        page = seen(cast.olga, "signed_versions", old.pk).content.decode()
        assert "Ana" in page
        assert "Ruiz" not in page
