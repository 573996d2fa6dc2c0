"""The pages about people, as the desk and others see them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from consent.people.models import ContactPoint, Person, Representation
from consent.people.queries import current_name
from tests.cast import Cast

NEW = {"given": "Liam", "family": "Ortega", "relations": ["patient"], "language": "en", "born": "4/1/2017"}


@pytest.fixture
def cast(db):
    return Cast()


def as_(user):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def url(cast, name, *args):
    return reverse(f"people:{name}", args=[cast.practice.slug, *args])


def text(response):
    return " ".join(response.content.decode().split())


class TestAddingAPerson:
    def test_leads_to_the_new_record(self, cast):
        told = NEW | {"email": "mum@example.org", "phone": "555 010 0199", "identifier": "77"}
        response = as_(cast.finn).post(url(cast, "add"), told, follow=True)
        person = Person.objects.get(alias="Liam")
        assert response.redirect_chain[-1][0] == reverse("records:person", args=["riverbend", person.pk])
        assert "Liam Ortega is added." in text(response)
        assert "1 Apr 2017" in text(response)
        assert "Chart 77" in text(response)

    def test_asks_whether_it_is_somebody_who_is_here(self, cast):
        finn = as_(cast.finn)
        finn.post(url(cast, "add"), NEW)
        asked = finn.post(url(cast, "add"), NEW | {"given": "Líam"})
        assert "Is it one of these?" in text(asked)
        assert Person.objects.count() == 1
        finn.post(url(cast, "add"), NEW | {"given": "Líam", "knowing_duplicates": "1"})
        assert Person.objects.count() == 2

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"given": "x" * 300}, "Given name: 300 characters are too many, use at most 150."),
            ({"given": ""}, "This field is required"),
            ({"given": "😀"}, "Given name: write it with letters."),
            ({"born": "4/1/2099"}, "Birth date: 1 Apr 2099 has not come yet."),
            ({"born": "soon"}, "Birth date: “soon” is no day. Write month/day/year, like 3/2/1984."),
            ({"email": "nope"}, "E-mail: this is no complete address."),
            ({"relations": []}, "Choose what the person is to the practice."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, cast, change, says):
        response = as_(cast.finn).post(url(cast, "add"), NEW | change)
        assert says in text(response)
        assert 'value="Ortega"' in text(response)
        assert not Person.objects.exists()


class TestChangingARecord:
    def test_works_page_by_page(self, cast):
        finn, ana = as_(cast.finn), cast.ana
        finn.post(url(cast, "change", ana.pk), {"born": "1984-03-03", "language": "es", "alias": "Annie"})
        finn.post(url(cast, "rename", ana.pk), {"given": "Ana", "family": "Vega"})
        finn.post(url(cast, "add_identifier", ana.pk), {"system": "Chart", "identifier": "9"})
        finn.post(url(cast, "add_contact_point", ana.pk), {"kind": "email", "value": "ana@example.org"})
        response = finn.post(url(cast, "record_death", ana.pk), {"died_on": "Nov 20 2026"}, follow=True)
        person = Person.objects.get(pk=ana.pk)
        assert str(current_name(person)) == "Ana Vega"
        assert (person.alias, person.language, str(person.date_of_birth)) == ("Annie", "es", "1984-03-03")
        assert ContactPoint.objects.get().value == "ana@example.org"
        assert "Ana has died" in text(response) or "Ana Vega has died" in text(response)

    def test_in_a_tab_opened_earlier_undoes_nothing(self, cast):
        finn, freya, page = as_(cast.finn), as_(cast.freya), url(cast, "change", cast.bea.pk)
        shown = dict(
            re.findall(r'<input type="hidden" name="(initial-\w+)" value="([^"]*)"', text(finn.get(page)))
        )
        seen = {"born": "5/5/2017", "language": "en", "alias": "Bea"}
        freya.post(page, shown | seen | {"born": "5/6/2017", "own_consent_service": "on"})
        finn.post(page, shown | seen | {"alias": "Bee"})
        bea = Person.objects.get(pk=cast.bea.pk)
        assert (bea.alias, str(bea.date_of_birth), bea.own_consent_service) == ("Bee", "2017-05-06", True)

    def test_refuses_a_bad_number_beside_its_field(self, cast):
        response = as_(cast.finn).post(
            url(cast, "add_contact_point", cast.ana.pk), {"kind": "phone", "value": "1"}
        )
        assert "Telephone: write ten digits" in text(response)


class TestWhoMaySign:
    def test_is_recorded_for_somebody_found_and_verified_by_a_paper(self, cast):
        finn, carla = as_(cast.finn), cast.carla
        page = finn.get(url(cast, "add_representation", cast.bea.pk))
        assert "Carla Ruiz, born 7 Jul 1990" in text(page)
        told = {"who": str(carla.pk), "authority": "parent", "description": "mother"}
        finn.post(url(cast, "add_representation", cast.bea.pk), told)
        row = Representation.objects.get()
        assert (row.representative, row.verified_at) == (carla, None)
        record = finn.post(
            url(cast, "verify_representation", cast.bea.pk, row.pk),
            {"evidence_seen": "birth certificate"},
            follow=True,
        )
        assert "Carla Ruiz (parent) may sign." in text(record)
        ended = finn.post(url(cast, "end_representation", cast.bea.pk, row.pk), follow=True)
        assert "Nobody&#x27;s authority is verified yet." in text(ended)

    def test_is_recorded_together_with_somebody_new(self, cast):
        told = {
            "who": "new",
            "given": "Rob",
            "family": "Ruiz",
            "authority": "guardian",
            "description": "court order 7",
        }
        as_(cast.finn).post(url(cast, "add_representation", cast.bea.pk), told)
        assert str(current_name(Representation.objects.get().representative)) == "Rob Ruiz"

    def test_names_the_missing_description(self, cast):
        told = {"who": "new", "given": "Rob", "authority": "guardian", "description": ""}
        response = as_(cast.finn).post(url(cast, "add_representation", cast.bea.pk), told)
        assert "This field is required" in text(response)
        assert not Person.objects.filter(alias="Rob").exists()

    def test_is_excluded_by_the_privacy_role_alone_and_unseen_by_others(self, cast):
        told = {
            "who": str(cast.carla.pk),
            "authority": "parent",
            "description": "mother",
            "evidence_seen": "order",
        }
        as_(cast.finn).post(url(cast, "add_representation", cast.bea.pk), told)
        row = Representation.objects.get()
        exclude = url(cast, "exclude_representation", cast.bea.pk, row.pk)
        assert as_(cast.finn).post(exclude).status_code == 403
        assert as_(cast.aida).post(exclude).status_code == 403
        assert "Not treated as a representative" in text(as_(cast.paul).post(exclude, follow=True))
        seen = text(as_(cast.finn).get(reverse("records:person", args=["riverbend", cast.bea.pk])))
        assert "Carla" not in seen
        assert as_(cast.finn).get(url(cast, "verify_representation", cast.bea.pk, row.pk)).status_code == 404


class TestTheDoors:
    def test_stay_shut_to_marketers_and_strangers(self, cast):
        for name, args in (("add", []), ("change", [cast.ana.pk]), ("add_representation", [cast.ana.pk])):
            assert as_(cast.dan).get(url(cast, name, *args)).status_code == 403
            assert as_(cast.zed).get(url(cast, name, *args)).status_code == 404
