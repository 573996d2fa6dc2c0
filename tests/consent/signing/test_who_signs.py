"""Who may sign, asked through the pages: every kind of signer can be, and a plain sentence refuses the rest."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from consent.evidence.models import Signature
from consent.people.models import Person, Relation
from consent.signing.models import Ceremony
from tests.cast import NOW, Cast, make_person
from tests.ceremonies import answered, handed_over, sample_wording, signed
from tests.consents import given_authority
from tests.desk import as_, words

pytestmark = pytest.mark.django_db
OFFERED = {
    "elements": ["first_name", "face"],
    "platforms": ["website", "instagram"],
    "formats": ["post"],
    "purposes": ["testimonial"],
    "paid": "on",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(db):
    cast = Cast()
    sample_wording(cast)
    return cast


@pytest.fixture
def teen(cast):
    return make_person(cast.practice, "Tia", "Ruiz", date(2010, 2, 2))


def page_of(person):
    return reverse("signing:prepare", args=["riverbend", person.pk])


def ask(cast, person, signer, **fields):
    data = OFFERED | {
        "signer": str(signer),
        "location": cast.location.pk,
        "ends_on": "2027-05-31",
        "privacy_notice": "2026-01",
        "capacity_attested": "on",
    }
    return as_(cast.finn).post(page_of(person), data | fields, follow=True)


def signature_for(cast, person, signer, **fields):
    """Asked through the page, then witnessed, answered and signed."""
    assert "Consent of" in words(ask(cast, person, signer, **fields))
    handed_over(cast, Ceremony.objects.get())
    signed(answered(Ceremony.objects.get()))
    return Signature.objects.get()


class TestTheSigner:
    def test_of_an_adult_is_the_adult(self, cast):
        assert signature_for(cast, cast.ana, "self").role == "self"

    def test_of_an_emancipated_minor_is_the_minor_like_an_adult(self, cast, teen):
        Person.objects.filter(pk=teen.pk).update(emancipated=True)
        assert "is emancipated and signs like an adult" in words(as_(cast.finn).get(page_of(teen)))
        assert signature_for(cast, teen, "self").signer == teen

    def test_of_a_minor_who_decides_alone_about_this_care_is_the_minor(self, cast, teen):
        Person.objects.filter(pk=teen.pk).update(own_consent_service=True)
        given_authority(cast, teen, cast.carla)
        page = words(as_(cast.finn).get(page_of(teen)))
        assert "A parent may not sign for it" in page
        assert "Carla" not in page
        signature = signature_for(cast, teen, "self")
        assert (signature.signer, signature.role) == (teen, "self")

    @pytest.mark.parametrize("authority", ["parent", "guardian", "other"])
    def test_of_a_child_is_whoever_has_the_right_and_the_child_is_asked(self, cast, authority):
        right = given_authority(cast, cast.bea, cast.carla, authority=authority)
        signature = signature_for(cast, cast.bea, right.pk)
        assert (signature.signer, signature.representation) == (cast.carla, right)
        assert "yes" in signature.answers["assent"]

    @pytest.mark.parametrize("authority", ["health_care_agent", "guardian"])
    def test_of_an_adult_may_be_a_verified_agent_or_guardian(self, cast, authority):
        right = given_authority(cast, cast.ana, cast.carla, authority=authority)
        assert signature_for(cast, cast.ana, right.pk).representation == right

    def test_of_the_dead_is_the_executor(self, cast):
        Person.objects.filter(pk=cast.ana.pk).update(deceased_on=NOW.date() - timedelta(days=30))
        right = given_authority(cast, cast.ana, cast.carla, authority="executor")
        assert "The executor or manager of the estate signs" in words(as_(cast.finn).get(page_of(cast.ana)))
        assert signature_for(cast, cast.ana, right.pk).representation == right

    def test_of_another_language_has_an_interpreter_who_is_written_down(self, cast):
        Person.objects.filter(pk=cast.ana.pk).update(language="es")
        refused = words(ask(cast, cast.ana, "self"))
        assert "not in the signer's language. Name the interpreter" in refused or "no form in use" in refused
        signature = signature_for(cast, cast.ana, "self", interpreter="Ines, no. 4711")
        assert (signature.interpreter, signature.signer_language) == ("Ines, no. 4711", "es")

    def test_of_a_staff_release_is_the_member(self, cast):
        Relation.objects.create(
            practice=cast.practice, person=cast.nora, kind="patient", since=date(2020, 1, 1)
        )
        page = words(as_(cast.finn).get(page_of(cast.nora)))
        assert "release" in page.lower()


class TestNobodyElse:
    @pytest.mark.parametrize(
        ("authority", "fields"),
        [
            ("step_parent", {}),
            ("spouse", {}),
            ("health_care_agent", {}),
            ("executor", {}),
            ("parent", {"verified_at": None, "verified_by": None}),
            ("parent", {"ended_at": NOW}),
            ("parent", {"excluded_at": NOW}),
            ("parent", {"description": " "}),
        ],
        ids=[
            "step-parent",
            "spouse",
            "agent",
            "executor",
            "not verified",
            "ended",
            "excluded",
            "not described",
        ],
    )
    def test_signs_for_a_child(self, cast, authority, fields):
        given_authority(cast, cast.bea, cast.carla, authority=authority, **fields)
        page = words(as_(cast.finn).get(page_of(cast.bea)))
        assert "cannot be asked yet" in page
        assert "Record who may sign" in page

    def test_signs_for_the_dead_themselves_or_a_parent(self, cast):
        Person.objects.filter(pk=cast.ana.pk).update(deceased_on=NOW.date())
        given_authority(cast, cast.ana, cast.carla, authority="parent")
        assert "cannot be asked yet" in words(as_(cast.finn).get(page_of(cast.ana)))

    def test_signs_for_somebody_whose_birth_date_is_not_known(self, cast):
        Person.objects.filter(pk=cast.ana.pk).update(date_of_birth=None)
        page = words(as_(cast.finn).get(page_of(cast.ana)))
        assert "birth date of Ana Ruiz is not known" in page
        assert "Add the birth date" in page
