"""Putting a version into use: no gap gets through, hard reading by name only, translations follow their master."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from consent.audit.models import LedgerEntry
from consent.wording.actions import (
    AlreadyOffered,
    CannotActivate,
    DraftMoved,
    DraftOver,
    NotATranslation,
    NotReady,
    Translation,
    Version,
    activate_draft,
    freeze,
    review_translation,
    withdraw_wording,
)
from consent.wording.models import Wording
from consent.wording.queries import wording_states, wordings_on_offer
from tests.cast import NOW, Cast, by

from .test_lint import TestHardReading
from .writing import activated, begun, last, saved, without_part

LATER = NOW + timedelta(days=10)
REVIEW = Translation("Tomás Example", "Inés Example, CT", date(2026, 11, 20))


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def draft(cast):
    return begun(cast)


@pytest.fixture
def master(cast, draft):
    return activated(cast, draft)


@pytest.fixture
def spanish(cast, master):
    return activated(cast, begun(cast, language="es", master=master), translation=REVIEW)


def offered(cast, language="en", at=NOW):
    return wordings_on_offer(cast.practice, "authorization_adult", language, at)


def next_version(cast, master, number="v2", change="material", **text):
    draft = begun(cast, start=master)
    if text:
        saved(cast, draft, **text)
    return activated(cast, draft, number, change=change)


class TestADraftWithAGap:
    @pytest.mark.parametrize(
        "key", ["redisclosure", "right_to_revoke", "ends", "no_conditioning", "signature"]
    )
    def test_is_refused_with_what_is_missing(self, cast, draft, key):
        saved(cast, draft, sections=without_part(draft, key))
        with pytest.raises(NotReady) as refused:
            activated(cast, draft, override="Counsel says so.")
        assert all(flaw.citation.startswith("45 CFR") for flaw in refused.value.flaws)
        assert not Wording.objects.exists()

    def test_is_refused_for_a_clause_that_undoes_it(self, cast, draft):
        sections = last(draft).content["sections"]
        sections[1]["paragraphs"] = ["This permission is irrevocable."]
        saved(cast, draft, sections=sections)
        with pytest.raises(NotReady, match="“irrevocable”"):
            activated(cast, draft)


class TestADraftThatIsHardToRead:
    @pytest.fixture
    def hard(self, cast, draft):
        sections = last(draft).content["sections"]
        sections[1]["paragraphs"] = [TestHardReading.HARD]
        saved(cast, draft, sections=sections)
        return draft

    def test_is_refused_until_somebody_takes_it_on_by_name(self, cast, hard):
        with pytest.raises(NotReady, match="hard to read"):
            activated(cast, hard)
        wording = activated(cast, hard, override="The manufacturer's sentence has to stand.")
        assert (wording.override_by, wording.override_reason) == (
            cast.eve,
            "The manufacturer's sentence has to stand.",
        )
        entry = LedgerEntry.objects.get(event="wording.overridden")
        assert entry.actor == f"user:{cast.eve.pk}"

    def test_is_the_only_thing_that_an_override_is_kept_for(self, cast, draft):
        assert activated(cast, draft, override="Just in case.").override_reason == ""


class TestPuttingIntoUse:
    def test_makes_a_wording_of_the_last_save(self, cast, draft):
        saved(cast, draft, title="Another name")
        wording = activated(cast, draft)
        assert (wording.title, offered(cast)) == ("Another name", [wording])
        draft.refresh_from_db()
        assert draft.became == wording
        with pytest.raises(DraftOver):
            activated(cast, draft, "v2")

    def test_from_a_tab_opened_earlier_does_nothing(self, cast, draft):
        saved(cast, draft, title="Another name")
        with pytest.raises(DraftMoved):
            activate_draft(draft=draft, shown=1, version=Version("v1", NOW), by=by(cast.eve), at=NOW)

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"change": ""}, "change"),
            ({"number": "v1", "change": "typo"}, "version"),
            ({"change": "typo", "effective_from": NOW - timedelta(days=1)}, "effective_from"),
        ],
    )
    def test_asks_for_what_a_next_version_has_to_say(self, cast, master, said, field):
        with pytest.raises(CannotActivate) as refused:
            activated(cast, begun(cast, start=master), **{"number": "v2"} | said)
        assert refused.value.field == field

    def test_keeps_what_it_changes_for_those_who_signed_before(self, cast, master):
        assert next_version(cast, master).change == "material"


class TestATranslation:
    def test_is_offered_with_translator_reviewer_and_day(self, cast, spanish):
        assert offered(cast, "es") == [spanish]
        assert (spanish.translated_by, spanish.translation_reviewed_by) == (
            "Tomás Example",
            "Inés Example, CT",
        )

    @pytest.mark.parametrize("review", [None, Translation("Tomás", " ", date(2026, 11, 20))])
    def test_needs_a_named_reviewer(self, cast, master, review):
        with pytest.raises(CannotActivate, match="qualified person"):
            activated(cast, begun(cast, language="es", master=master), translation=review)

    @pytest.mark.parametrize("change", ["material", "typo"])
    def test_is_stale_and_not_offered_once_its_master_changed(self, cast, master, spanish, change):
        next_version(cast, master, change=change)
        assert offered(cast, "es") == []
        assert wording_states(cast.practice, NOW)[spanish.pk] == "stale"

    def test_cannot_be_made_of_a_master_that_has_changed(self, cast, master):
        draft = begun(cast, language="es", master=master)
        next_version(cast, master)
        with pytest.raises(CannotActivate, match="has changed: English, version 2"):
            activated(cast, draft, translation=REVIEW)

    def test_comes_back_when_the_new_master_is_translated(self, cast, master, spanish):
        newer = next_version(cast, master)
        draft = begun(cast, language="es", master=newer, start=spanish)
        again = activated(cast, draft, "v2", translation=REVIEW)
        assert offered(cast, "es") == [again]
        assert wording_states(cast.practice, NOW)[spanish.pk] == "replaced"

    def test_is_in_effect_no_earlier_than_its_master(self, cast, draft):
        master = activated(cast, draft, effective_from=LATER)
        early = activated(cast, begun(cast, language="es", master=master), translation=REVIEW)
        assert early.effective_from == LATER

    def test_is_reviewed_before_it_is_offered_and_never_after(self, cast, master, spanish):
        said: Any = {"translated_by": "A", "reviewed_by": "B", "reviewed_on": date(2026, 11, 21)}
        review_translation(wording=spanish, **said, by=by(cast.eve), at=NOW)
        with pytest.raises(NotATranslation):
            review_translation(wording=master, **said, by=by(cast.eve), at=NOW)
        freeze(wording=spanish, by=by(cast.finn), at=NOW)
        with pytest.raises(AlreadyOffered):
            review_translation(wording=spanish, **said, by=by(cast.eve), at=NOW)
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            Wording.objects.filter(pk=spanish.pk).update(translation_reviewed_by="C")


class TestWithdrawing:
    def test_stops_the_offer_and_keeps_the_text(self, cast, master):
        withdraw_wording(wording=master, by=by(cast.eve), at=NOW)
        withdraw_wording(wording=master, by=by(cast.eve), at=LATER)
        assert offered(cast) == []
        assert Wording.objects.get(pk=master.pk).withdrawn_at == NOW
        assert wording_states(cast.practice, NOW)[master.pk] == "withdrawn"
