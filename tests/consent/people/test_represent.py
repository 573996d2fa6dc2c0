"""Recording, verifying, ending and excluding who may sign; merging two records."""

import pytest

from consent.audit.models import LedgerEntry
from consent.audit.rules import Actor
from consent.people.actions import (
    EvidenceMissing,
    NotMergeable,
    NotMerged,
    NotRepresentable,
    add_representation,
    end_representation,
    exclude_representation,
    merge_people,
    record_death,
    undo_merge,
    verify_representation,
)
from consent.people.models import Representation
from consent.people.queries import identities, identity_ids, representations_of, signer_rule
from consent.people.rules import FieldRefused
from consent.records.actions import place_hold
from consent.records.queries import standings
from tests.cast import NOW, Cast, by
from tests.consents import signed_consent


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def mother(cast):
    return represent(cast)


def represent(cast, **fields):
    told = {"person": cast.bea, "representative": cast.carla, "authority": "parent", "description": "mother"}
    return add_representation(**(told | fields), by=by(cast.finn), at=NOW)


class TestRepresenting:
    def test_counts_only_after_a_paper_was_seen(self, cast, mother):
        assert not signer_rule(cast.bea, NOW, identify=True).somebody_may_sign
        verified = verify_representation(
            representation=mother, evidence_seen="birth certificate", by=by(cast.freya), at=NOW
        )
        assert verified.verified_by == cast.freya
        assert "Carla Ruiz (parent) may sign." in signer_rule(cast.bea, NOW, identify=True).sentences

    def test_can_be_verified_in_the_same_step(self, cast):
        row = represent(cast, evidence_seen="custody order")
        assert row.verified_by == cast.finn
        assert LedgerEntry.objects.filter(event__startswith="representation.").count() == 2

    @pytest.mark.parametrize("seen", ["", "   "])
    def test_is_not_verified_by_nothing(self, cast, mother, seen):
        with pytest.raises(EvidenceMissing, match="Paper we looked at"):
            verify_representation(representation=mother, evidence_seen=seen, by=by(cast.finn), at=NOW)

    def test_is_not_verified_by_a_machine(self, mother):
        with pytest.raises(EvidenceMissing, match="member of staff"):
            verify_representation(representation=mother, evidence_seen="x", by=Actor("worker", "1"), at=NOW)

    def test_refuses_oneself_strangers_and_no_description(self, cast):
        for fields in ({"representative": cast.bea}, {"person": stranger(cast)}):
            with pytest.raises(NotRepresentable):
                represent(cast, **fields)
        with pytest.raises(FieldRefused, match="Explain the right to sign"):
            represent(cast, description=" ")

    def test_ends_and_takes_the_right_away(self, cast):
        row = represent(cast, evidence_seen="custody order")
        end_representation(representation=row, by=by(cast.finn), at=NOW)
        end_representation(representation=row, by=by(cast.finn), at=NOW)
        assert not signer_rule(cast.bea, NOW, identify=True).somebody_may_sign
        assert LedgerEntry.objects.filter(event="representation.ended").count() == 1

    def test_hides_an_excluded_representative_from_all_but_the_privacy_role(self, cast):
        row = represent(cast, evidence_seen="custody order")
        exclude_representation(representation=row, by=by(cast.paul), at=NOW)
        assert not signer_rule(cast.bea, NOW, identify=True).somebody_may_sign
        assert list(representations_of(cast.bea, exclusions=False)) == []
        assert list(representations_of(cast.bea, exclusions=True)) == [Representation.objects.get()]


class TestMerging:
    def test_makes_one_identity_and_is_undone(self, cast):
        first = merge_people(person=cast.vic, into=cast.ana, by=by(cast.eve), at=NOW)
        merge_people(person=cast.nora, into=cast.ana, by=by(cast.eve), at=NOW)
        everyone = {cast.ana.pk, cast.vic.pk, cast.nora.pk}
        assert identity_ids(cast.vic) == identity_ids(cast.ana) == everyone
        undo_merge(merge=first, by=by(cast.eve), at=NOW)
        assert identities([cast.vic.pk, cast.nora.pk]) == {
            cast.vic.pk: {cast.vic.pk},
            cast.nora.pk: {cast.ana.pk, cast.nora.pk},
        }
        with pytest.raises(NotMerged):
            undo_merge(merge=first, by=by(cast.eve), at=NOW)

    def test_lets_a_hold_of_any_half_bind_them_all(self, cast):
        signed_consent(cast, cast.vic)
        merge_people(person=cast.vic, into=cast.ana, by=by(cast.eve), at=NOW)
        merge_people(person=cast.nora, into=cast.ana, by=by(cast.eve), at=NOW)
        place_hold(person=cast.nora, by=by(cast.finn), at=NOW)
        found = standings([cast.vic, cast.ana, cast.nora], NOW)
        assert {standing.key for standing in found.values()} == {"hold"}

    def test_lets_a_death_in_one_half_decide_who_signs(self, cast):
        merge_people(person=cast.vic, into=cast.ana, by=by(cast.eve), at=NOW)
        record_death(person=cast.vic, died_on=NOW.date(), by=by(cast.finn), at=NOW)
        assert signer_rule(cast.ana, NOW, identify=True).signs == "executor"

    def test_refuses_what_would_have_two_heads(self, cast):
        merge_people(person=cast.vic, into=cast.ana, by=by(cast.eve), at=NOW)
        for person, into in (
            (cast.ana, cast.nora),
            (cast.nora, cast.vic),
            (cast.vic, cast.nora),
            (cast.ana, cast.ana),
        ):
            with pytest.raises(NotMergeable):
                merge_people(person=person, into=into, by=by(cast.eve), at=NOW)


def stranger(cast):
    from datetime import date

    from tests.cast import make_person

    return make_person(cast.other_practice, "Zoe", "Zander", date(2015, 1, 1))
