"""Keyed by one, compared by another, settled where they differ; what is missing is a defect, never valid (R74)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from consent.evidence.models import Signature, SignatureMark
from consent.files import store
from consent.paper.actions import KeyedByTheSame, NotSettled, settle
from consent.paper.models import Comparison, Keying
from consent.paper.queries import keyings_of
from consent.people.actions import join_member
from consent.records.actions import execute_disposal, propose_disposal, record_found_copy
from consent.records.models import Consent
from consent.records.queries import dossiers
from consent.records.queries.retention import Uses
from consent.records.rules import problems
from consent.signing.actions import HandOverRefused
from consent.signing.models import Ceremony
from consent.signing.rules import NotNow
from tests.cast import NOW, by
from tests.ceremonies import prepared
from tests.consents import given_authority, signed_consent
from tests.papers import came_back, keyed, printed, written


def both(cast, scan, **instead):
    keyed(cast, scan, **instead)
    keyed(cast, scan, cast.freya, **instead)
    return Consent.objects.get()


def reasons(cast, person):
    dossier = dossiers([person.pk])[person.pk]
    return {one.code for one in problems(dossier.terms[0], dossier.person, NOW)}


class TestTwoPeopleWhoReadTheSame:
    def test_make_a_consent_of_the_person_that_was_asked(self, cast):
        scan = came_back(cast)
        keyed(cast, scan)
        assert not Consent.objects.exists()
        keyed(cast, scan, cast.freya)
        consent, signature = Consent.objects.get(), Signature.objects.get()
        assert (consent.person, consent.signer, signature.method) == (cast.ana, cast.ana, "paper")
        assert consent.wording == scan.printing.ceremony.wording
        assert (consent.scope["elements"], consent.scope["platforms"]) == (
            ["face", "first_name"],
            ["instagram", "website"],
        )
        assert signature.signed_document.document == scan.document
        assert {one["kind"] for one in signature.events} == {
            "printed", "came_back", "keyed_first", "keyed_second",
        }  # fmt: skip

    def test_make_it_valid_once_a_copy_is_given(self, cast):
        consent = both(cast, came_back(cast))
        assert reasons(cast, cast.ana) == {"COPY_NOT_PROVIDED"}
        record_found_copy(consent=consent, given_at=NOW, by=by(cast.finn), at=NOW)
        assert reasons(cast, cast.ana) == set()

    def test_end_the_request(self, cast):
        scan = came_back(cast)
        consent = both(cast, scan)
        ceremony = Ceremony.objects.get()
        assert (ceremony.state, ceremony.signature) == ("signed", consent.signature)
        with pytest.raises(NotNow):
            keyed(cast, scan, cast.eve)

    def test_leave_what_was_written_by_hand_with_the_mark_alone(self, cast):
        both(cast, came_back(cast))
        assert SignatureMark.objects.get().typed_name == "Ana Ruiz"
        assert set(Keying.objects.values_list("words", flat=True)) == {""}

    def test_may_write_a_name_in_other_letters(self, cast):
        scan = came_back(cast)
        keyed(cast, scan, name="ana  RUÍZ")
        keyed(cast, scan, cast.freya)
        assert Consent.objects.exists()


class TestTheScan:
    def test_is_erased_with_all_its_pages_by_a_disposal(self, cast, django_capture_on_commit_callbacks):
        scan = came_back(cast)
        consent = both(cast, scan)
        at, uses = NOW + timedelta(days=365 * 8), Uses(out_still=False)
        disposal = propose_disposal(
            consent=consent, what="file", uses=uses, why="The years are over.", by=by(cast.eve), at=at
        )
        with django_capture_on_commit_callbacks(execute=True):
            execute_disposal(disposal=disposal, uses={consent.pk: uses}, by=by(cast.paul), at=at)
        with pytest.raises(store.FileMissing):
            store.read("documents", scan.document.storage_key)


class TestTheSamePersonTwice:
    def test_is_refused(self, cast):
        scan = came_back(cast)
        keyed(cast, scan)
        with pytest.raises(KeyedByTheSame, match="Someone else has to compare it"):
            keyed(cast, scan)

    def test_is_refused_by_the_database(self, cast):
        scan = came_back(cast)
        first = keyed(cast, scan)
        row = {"practice": cast.practice, "scan": scan, "turn": "second", "said": {}, "at": NOW}
        with pytest.raises(IntegrityError), transaction.atomic():
            Keying.objects.create(**row, by=cast.finn)
        keyed(cast, scan, cast.freya, ends_on=None)
        row = {"practice": cast.practice, "scan": scan, "consent": signed_consent(cast, cast.ana), "at": NOW}
        with pytest.raises(IntegrityError, match="did not key it first"), transaction.atomic():
            Comparison.objects.create(**row, by=cast.finn)
        with pytest.raises(IntegrityError), transaction.atomic():
            Keying.objects.filter(pk=first.pk).update(by=cast.eve)
        with pytest.raises(IntegrityError), transaction.atomic():
            Keying.objects.filter(pk=first.pk).update(said={})

    def test_is_no_comparison_without_a_second_keying(self, cast):
        scan = came_back(cast)
        keyed(cast, scan)
        row = {"practice": cast.practice, "scan": scan, "consent": signed_consent(cast, cast.ana), "at": NOW}
        with pytest.raises(IntegrityError, match="did not key it first"), transaction.atomic():
            Comparison.objects.create(**row, by=cast.freya)

    def test_may_not_settle_what_they_keyed_first(self, cast):
        scan = came_back(cast)
        keyed(cast, scan)
        keyed(cast, scan, cast.freya, ends_on=None)
        with pytest.raises(KeyedByTheSame):
            settle(scan=scan, chosen={"ends_on": "first"}, by=by(cast.finn), at=NOW)


class TestADifference:
    def test_is_settled_line_by_line_before_it_counts(self, cast):
        scan = came_back(cast)
        keyed(cast, scan)
        less = {
            **written().ticks,
            "elements": frozenset({"first_name"}),
            "formats": frozenset({"post", "story"}),
        }
        keyed(cast, scan, cast.freya, ticks=less)
        assert not Consent.objects.exists()
        with pytest.raises(NotSettled):
            settle(scan=scan, chosen={"elements:face": "first"}, by=by(cast.freya), at=NOW)
        chosen = {"elements:face": "second", "formats:story": "first"}
        comparison = settle(scan=scan, chosen=chosen, by=by(cast.freya), at=NOW)
        assert comparison.settled == chosen
        assert comparison.consent.scope["elements"] == ["first_name"]
        assert comparison.consent.scope["formats"] == ["post"]
        assert settle(scan=scan, chosen={}, by=by(cast.freya), at=NOW) == comparison

    def test_is_gone_with_a_newer_scan_which_is_keyed_anew(self, cast):
        scan = came_back(cast, pages=[1, 2])
        keyed(cast, scan)
        newer = came_back(cast, scan.printing)
        with pytest.raises(NotNow, match="scanned again"):
            keyed(cast, scan, cast.freya)
        assert keyings_of(newer) == {}


class TestADefect:
    @pytest.mark.parametrize(
        ("instead", "code", "defect"),
        [
            ({"ends_on": None}, "EXPIRY_BLANK", None),
            ({"is_signed": False, "signed_on": None, "name": ""}, "FORM_ELEMENT_MISSING", "not_signed"),
            ({"signed_on": None}, "FORM_ELEMENT_MISSING", "not_dated"),
            ({"signed_on": NOW.date().replace(year=2025)}, "FORM_ELEMENT_MISSING", "misdated"),
            ({"name": "Karl Otto"}, "SIGNER_NOT_AUTHORIZED", "another_name"),
            ({"ticks": {"elements": frozenset({"face"})}}, "FORM_ELEMENT_MISSING", "not_filled_out"),
        ],
        ids=lambda one: str(one) if isinstance(one, str) else "",
    )
    def test_is_recorded_and_never_valid(self, cast, instead, code, defect):
        consent = both(cast, came_back(cast), **instead)
        record_found_copy(consent=consent, given_at=NOW, by=by(cast.finn), at=NOW)
        assert code in reasons(cast, cast.ana)
        assert consent.defects == ([defect] if defect else [])

    def test_is_a_missing_page(self, cast):
        consent = both(cast, came_back(cast, pages=[1, 2]))
        assert consent.defects == ["pages_missing"]

    def test_is_the_child_who_said_no(self, cast):
        mother = given_authority(cast, cast.bea, cast.carla)
        ceremony = prepared(cast, cast.bea, mother, kind="authorization_minor")
        scan = came_back(cast, printed(cast, ceremony))
        said_no = {**written().ticks, "assent": frozenset({"no"})}
        consent = both(cast, scan, ticks=said_no, name="Carla Cruz")
        assert "assent_refused" in consent.defects
        assert consent.representation == mother
        assert "SIGNER_NOT_AUTHORIZED" in reasons(cast, cast.bea)


class TestAMembersOwnForm:
    def test_is_keyed_by_two_colleagues_and_never_by_the_member(self, cast):
        scan = came_back(cast)
        join_member(person=cast.ana, user=cast.freya, by=by(cast.eve), at=NOW)
        with pytest.raises(HandOverRefused, match="about themselves"):
            keyed(cast, scan, cast.freya)
        assert not Keying.objects.exists()
