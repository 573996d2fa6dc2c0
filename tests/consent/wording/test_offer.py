"""Installing the samples, what may be offered when, and freezing."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from consent.audit.models import LedgerEntry
from consent.wording.actions import (
    IncompleteWording,
    add_wording,
    freeze,
    install_sample_wordings,
    review_translation,
    sample_forms,
)
from consent.wording.models import Wording
from consent.wording.queries import wordings_on_offer
from consent.wording.rules import FilledForm, form_from, rendered_text
from tests.cast import NOW, Cast, by

LATER = NOW + timedelta(days=10)


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def adult(cast):
    return next(w for w in install(cast) if w.template.kind == "authorization_adult")


def install(cast):
    return install_sample_wordings(practice=cast.practice, by=by(cast.olga), at=NOW)


def data_of(kind, **changes):
    return next(data for data in sample_forms() if data["kind"] == kind) | changes


def add(cast, data, **fields):
    return add_wording(
        practice=cast.practice, data=data, by=by(cast.olga), at=NOW, **{"effective_from": NOW} | fields
    )


def offered(cast, language="en", at=NOW):
    return wordings_on_offer(cast.practice, "authorization_adult", language, at)


class TestInstalling:
    def test_adds_every_kind_in_both_languages_once(self, cast):
        assert len(install(cast)) == 12
        assert install(cast) == []
        assert LedgerEntry.objects.filter(event="wording.added").count() == 12

    def test_binds_each_translation_to_its_master_and_offers_it_once_it_is_reviewed(self, cast, adult):
        [spanish] = Wording.objects.filter(translation_of=adult)
        assert (spanish.version, spanish.is_sample, offered(cast, "es")) == ("v3", True, [])
        review_translation(
            wording=spanish,
            translated_by="Postern",
            reviewed_by="Inés Example, CT",
            reviewed_on=NOW.date(),
            by=by(cast.eve),
            at=NOW,
        )
        assert offered(cast, "es") == [spanish]

    def test_keeps_the_very_text_of_the_sample(self, cast, adult):
        filled = FilledForm("Riverbend", "Main Street", "Eve", "Ana Ruiz")
        stored = Wording.objects.select_related("template").get(pk=adult.pk).form()
        assert rendered_text(stored, filled) == rendered_text(
            form_from(data_of("authorization_adult")), filled
        )


class TestAddingAWording:
    def test_refuses_a_form_that_lacks_what_the_law_asks_for(self, cast):
        data = data_of("authorization_adult")
        data["sections"] = [s for s in data["sections"] if s["key"] not in ("redisclosure", "ends")]
        with pytest.raises(IncompleteWording) as refused:
            add(cast, data)
        assert "when the permission ends (45 CFR 164.508(c)(1)(v))" in str(refused.value)
        assert "that others may share it on (45 CFR 164.508(c)(2)(iii))" in str(refused.value)
        assert not Wording.objects.exists()


class TestOffering:
    def test_offers_the_newest_in_effect(self, cast, adult):
        newer = add(cast, data_of("authorization_adult", version="v4"), effective_from=LATER)
        assert offered(cast) == [adult]
        assert offered(cast, at=LATER) == [newer]
        assert wordings_on_offer(cast.other_practice, "authorization_adult", "en", LATER) == []

    def test_offers_nothing_that_was_withdrawn(self, cast, adult):
        Wording.objects.filter(pk=adult.pk).update(withdrawn_at=LATER)
        assert offered(cast) == [adult]
        assert offered(cast, at=LATER) == []

    def test_offers_a_translation_only_while_its_master_is_the_newest(self, cast, adult):
        spanish = data_of("authorization_adult", language="es")
        assert offered(cast, "es") == []
        reviewed = add(
            cast, spanish | {"version": "v3b"}, translation_of=adult, reviewed_by="Inés Example, CT"
        )
        assert offered(cast, "es") == [reviewed]
        add(cast, data_of("authorization_adult", version="v4"))
        assert offered(cast, "es") == []


class TestFreezing:
    def test_happens_once_and_keeps_the_text(self, cast, adult):
        freeze(wording=adult, by=by(cast.finn), at=NOW)
        again = freeze(wording=adult, by=by(cast.finn), at=LATER)
        assert again.frozen_at == NOW
        assert LedgerEntry.objects.filter(event="wording.frozen").count() == 1

    @pytest.mark.parametrize(
        "change",
        [{"sections": []}, {"title": "x"}, {"intent": "x"}, {"phrases": {}}, {"offers": {}}, {"anchors": []}],
    )
    def test_is_kept_by_the_database(self, cast, adult, change):
        Wording.objects.filter(pk=adult.pk).update(title="A better title")
        freeze(wording=adult, by=by(cast.finn), at=NOW)
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            Wording.objects.filter(pk=adult.pk).update(**change)
