"""Writing a version: nothing is lost, nothing is written over, and nothing nobody can fill in gets in."""

import pytest
from django.db import DatabaseError, transaction

from consent.audit.models import LedgerEntry
from consent.wording.actions import (
    CannotBegin,
    DraftMoved,
    DraftOver,
    DraftRefused,
    discard_draft,
    restore_draft,
    save_draft,
)
from consent.wording.models import DraftSave
from consent.wording.rules import moved
from tests.cast import NOW, Cast, by

from .writing import activated, begun, last, saved


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def draft(cast):
    return begun(cast)


class TestBeginning:
    def test_starts_from_the_sample_and_says_so(self, draft):
        assert draft.from_sample
        assert last(draft).content["title"] == "My permission to share my story on social media"

    def test_happens_once_for_a_form_and_language(self, cast, draft):
        with pytest.raises(CannotBegin, match="open"):
            begun(cast)
        discard_draft(draft=draft, shown=1, by=by(cast.eve), at=NOW)
        assert begun(cast).pk != draft.pk

    def test_starts_a_translation_from_its_master_into_another_language_only(self, cast, draft):
        master = activated(cast, draft)
        with pytest.raises(CannotBegin, match="another language"):
            begun(cast, master=master)
        assert begun(cast, language="es", master=master).master == master


class TestSaving:
    def test_keeps_every_text_and_the_same_text_once(self, cast, draft):
        saved(cast, draft, title="Another name")
        saved(cast, draft, title="Another name")
        assert [save.content["title"] for save in DraftSave.objects.order_by("number")] == [
            "My permission to share my story on social media",
            "Another name",
        ]

    def test_from_a_tab_opened_earlier_writes_nothing(self, cast, draft):
        saved(cast, draft, title="Another name")
        with pytest.raises(DraftMoved, match="Eve saved this draft meanwhile"):
            save_draft(
                draft=draft,
                content=last(draft).content | {"title": "Older"},
                shown=1,
                by=by(cast.eve),
                at=NOW,
            )
        assert last(draft).content["title"] == "Another name"

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("Signed by {doctor}.", "{doctor}"),
            ("Signed by {Clinic Name}.", "{Clinic Name} is not a field"),
            ("Ends {{ends_on}}.", "{ is not a field"),
        ],
    )
    def test_refuses_a_field_that_nobody_fills_in_by_its_name(self, cast, draft, text, says):
        sections = last(draft).content["sections"]
        sections[1]["paragraphs"] = [text]
        with pytest.raises(DraftRefused) as refused:
            saved(cast, draft, sections=sections)
        assert says in str(refused.value)
        assert last(draft).number == 1

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"title": " "}, "The form needs a name"),
            ({"title": "For {clinic}"}, "{clinic} stands in a heading"),
            ({"offers": {"elements": [["everything", "All"]]}}, "elements: everything"),
            ({"phrases": {}}, "The form needs words for a line to write on"),
            ({"sections": []}, "at least one part"),
        ],
    )
    def test_refuses_what_could_never_be_shown(self, cast, draft, changes, says):
        with pytest.raises(DraftRefused) as refused:
            saved(cast, draft, **changes)
        assert says in str(refused.value)

    def test_lets_a_gap_stand_until_the_form_is_put_into_use(self, cast, draft):
        assert saved(cast, draft, sections=last(draft).content["sections"][:3]).number == 2


class TestGoingBack:
    def test_brings_an_earlier_text_back_as_the_newest(self, cast, draft):
        saved(cast, draft, title="Another name")
        restore_draft(draft=draft, number=1, shown=2, by=by(cast.eve), at=NOW)
        assert [last(draft).number, last(draft).content["title"]] == [
            3,
            "My permission to share my story on social media",
        ]
        assert LedgerEntry.objects.filter(event="wording.restored").count() == 1

    def test_from_a_tab_opened_earlier_changes_nothing(self, cast, draft):
        saved(cast, draft, title="Another name")
        with pytest.raises(DraftMoved):
            restore_draft(draft=draft, number=1, shown=1, by=by(cast.eve), at=NOW)


class TestDiscarding:
    def test_ends_it_for_good_and_keeps_what_was_saved(self, cast, draft):
        discard_draft(draft=draft, shown=1, by=by(cast.eve), at=NOW)
        with pytest.raises(DraftOver):
            saved(cast, draft, title="Another name")
        assert DraftSave.objects.count() == 1

    @pytest.mark.parametrize("change", [{"content": {}}, {"number": 9}])
    def test_no_save_is_ever_changed_or_deleted(self, draft, change):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            DraftSave.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            DraftSave.objects.all().delete()


class TestMovingAPart:
    PARTS = [{"key": key} for key in "abc"]

    @pytest.mark.parametrize(
        ("do", "place", "order"),
        [
            ("up", 1, "bac"),
            ("down", 1, "acb"),
            ("up", 0, "abc"),
            ("down", 2, "abc"),
            ("remove", 1, "ac"),
            ("remove", 7, "abc"),
        ],
    )
    def test_changes_only_the_order(self, do, place, order):
        assert "".join(part["key"] for part in moved(self.PARTS, do, place)) == order

    def test_puts_a_new_part_after_it_with_a_key_of_its_own(self):
        parts = moved(moved(self.PARTS, "add", 0), "add", 0)
        assert [part["key"] for part in parts] == ["a", "part_2", "part_1", "b", "c"]
