"""Asked again by link: one by one or several at once, with the old terms, until they answer (R23, R26)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent.outbox.models import OutgoingMail
from consent.people.models import Person
from consent.records.actions import keep_quiet, place_hold, refuse_renewal, revoke_all
from consent.records.models import RenewalRequest
from consent.signing.actions import decline, tend_requests
from consent.signing.models import Ceremony
from tests import consents
from tests.cast import NOW, by, make_person
from tests.ceremonies import handed_over, prepared, sample_wording
from tests.consents import given_authority
from tests.desk import as_, at, words
from tests.links import WORKER, address_of, mails

SOON = (NOW + timedelta(days=20)).date()
LIST, HOME = at("reports:renewals"), at("reports:home")


def signed_consent(cast, person, **fields):
    """Signed after the form came into use."""
    return consents.signed_consent(cast, person, **{"signed_at": NOW - timedelta(days=10), **fields})


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ending(cast):
    """Ana's permission, which ends in twenty days; a form is in use, and the notice was given before."""
    sample_wording(cast)
    consent = signed_consent(
        cast, cast.ana, ends_on=SOON, elements=["first_name", "face"], platforms=["website", "instagram"],
        formats=["post"], purposes=["testimonial"],
    )  # fmt: skip
    prepared(cast, cast.vic)
    return consent


def ask(cast, consent, who=None, **fields):
    door = at("reports:ask_again", consent.person_id, consent.pk)
    return as_(who or cast.finn).post(door, fields, follow=True)


def sent_to(person):
    return Ceremony.objects.get(person=person, route="link")


class TestOneByLink:
    def test_carries_the_old_terms_over_to_a_new_form_for_a_year(self, cast, ending):
        address_of(cast, cast.ana)
        revoke_all(person=cast.ana, part={"platforms": ["instagram"]}, how="letter", by=by(cast.finn), at=NOW)
        page = words(as_(cast.finn).get(LIST))
        assert "By link to ana@example.org." in page

        page = words(ask(cast, ending, how="link"))

        assert "The form is on its way by link." in page
        ceremony = sent_to(cast.ana)
        assert ceremony.offered["elements"] == ["face", "first_name"]
        assert ceremony.offered["platforms"] == ["website"]
        assert ceremony.offered["ends_on"] == "2027-11-23"
        assert (ceremony.prepared_by, ceremony.privacy_notice) == (cast.finn, "2026-01")
        assert len(mails("signing_link")) == 1
        assert RenewalRequest.objects.get().person == cast.ana

    def test_is_not_for_the_desk_to_prepare_once_more(self, cast, ending):
        address_of(cast, cast.ana)
        ask(cast, ending, how="link")
        assert "Ana Ruiz is to be asked again" not in words(as_(cast.finn).get(HOME))

    def test_goes_to_the_parent_who_signed_before(self, cast, ending):
        right = given_authority(cast, cast.bea, cast.carla, verified_by=cast.eve)
        consent = signed_consent(
            cast, cast.bea, signer=cast.carla, representation=right, ends_on=SOON,
            elements=["first_name"], platforms=["website"], formats=["post"], purposes=["testimonial"],
        )  # fmt: skip
        address_of(cast, cast.carla, "carla@example.org")
        ask(cast, consent, how="link")
        assert (sent_to(cast.bea).signer, sent_to(cast.bea).representation) == (cast.carla, right)


class TestAtTheCounterOnly:
    def why(self, cast, consent, sentence):
        page = words(as_(cast.finn).get(LIST))
        assert f"At the counter: {sentence}" in page
        assert "Send by link" not in page
        page = words(ask(cast, consent, how="link"))
        assert f"No link was sent. {sentence}" in page
        assert not Ceremony.objects.filter(person=consent.person_id).exists()
        assert "is to be asked again" in words(as_(cast.finn).get(HOME))

    def test_is_whoever_has_no_verified_address(self, cast, ending):
        address_of(cast, cast.ana, verified=False)
        self.why(cast, ending, "No e-mail address of theirs was verified at the counter.")

    def test_is_whoever_a_message_came_back_from(self, cast, ending):
        point = address_of(cast, cast.ana)
        type(point).objects.update(bounced_at=NOW)
        self.why(cast, ending, "A message to their address came back. Ask for another one.")

    def test_is_whoever_reads_a_language_without_a_form(self, cast, ending):
        address_of(cast, cast.ana)
        Person.objects.filter(pk=cast.ana.pk).update(language="es")
        self.why(cast, ending, "No form is in use in the language of whoever signs.")

    def test_is_what_was_for_one_post(self, cast):
        sample_wording(cast)
        prepared(cast, cast.vic)
        address_of(cast, cast.ana)
        consent = signed_consent(cast, cast.ana, ends_on=SOON, posts=["7"])
        self.why(cast, consent, "What it allowed has to be chosen anew.")

    def test_is_what_was_given_on_a_card_of_an_event(self, cast):
        sample_wording(cast)
        prepared(cast, cast.vic)
        address_of(cast, cast.ana)
        consent = signed_consent(cast, cast.ana, ends_on=SOON, form="event_card")
        self.why(cast, consent, "It was given on another kind of form.")

    def test_is_a_release_of_a_member(self, cast):
        sample_wording(cast)
        prepared(cast, cast.vic)
        address_of(cast, cast.ana)
        consent = signed_consent(cast, cast.ana, ends_on=SOON, kind="release")
        page = words(ask(cast, consent, how="link"))
        assert "No link was sent. It was given on another kind of form." in page
        assert not Ceremony.objects.filter(person=cast.ana).exists()

    def test_is_whoever_took_a_picture_back(self, cast, ending):
        address_of(cast, cast.ana)
        revoke_all(person=cast.ana, part={"assets": ["12"]}, how="own_page", by=by(cast.finn), at=NOW)
        self.why(cast, ending, "They took a picture back. The new form would allow it again, so tell them.")

    def test_is_what_allowed_named_pictures_alone(self, cast):
        sample_wording(cast)
        prepared(cast, cast.vic)
        address_of(cast, cast.ana)
        consent = signed_consent(cast, cast.ana, ends_on=SOON, assets=["12"])
        self.why(cast, consent, "What it allowed has to be chosen anew.")

    def test_is_a_child_whose_parents_paper_the_sender_alone_saw(self, cast, ending):
        right = given_authority(cast, cast.bea, cast.carla)
        consent = signed_consent(
            cast, cast.bea, signer=cast.carla, representation=right, ends_on=SOON,
            elements=["first_name"], platforms=["website"], formats=["post"], purposes=["testimonial"],
        )  # fmt: skip
        address_of(cast, cast.carla, "carla@example.org")
        page = words(ask(cast, consent, how="link"))
        assert "By link a colleague has to look too" in page
        assert not Ceremony.objects.filter(person=cast.bea).exists()


class TestSeveral:
    def test_shows_who_gets_a_link_and_who_is_asked_at_the_counter(self, cast, ending):
        address_of(cast, cast.ana)
        other = signed_consent(cast, cast.vic, ends_on=SOON)
        quiet = signed_consent(
            cast, make_person(cast.practice, "Uma", "Ott", NOW.date().replace(year=1980)), ends_on=SOON
        )
        keep_quiet(person=quiet.person, visit_on=NOW.date(), by=by(cast.finn), at=NOW)
        chosen = {"consent": [ending.pk, other.pk, quiet.pk]}
        page = words(as_(cast.finn).get(at("reports:preview_renewals"), chosen))
        by_link, counter = page.index("By link, now"), page.index("At the counter, next time")
        assert by_link < page.index("Reached by ana@example.org") < counter
        assert counter < page.index("Vic Stone") < page.index("Not asked") < page.index("Uma Ott")
        assert not OutgoingMail.objects.exists()

        page = words(as_(cast.finn).post(at("reports:request_renewals"), chosen, follow=True))

        assert "Asked again: 2. By link: 1. At the counter: 1." in page
        assert len(mails("signing_link")) == 1
        assert sent_to(cast.ana)

    def test_are_read_in_a_constant_number_of_queries(self, cast, ending):
        def queries():
            with CaptureQueriesContext(
                connection,
            ) as seen:
                as_(cast.finn).get(LIST)
            return len(seen)

        address_of(cast, cast.ana)
        few = queries()
        for number in range(4):
            person = make_person(cast.practice, f"P{number}", "Ott", NOW.date().replace(year=1980))
            address_of(cast, person, f"p{number}@example.org")
            signed_consent(cast, person, ends_on=SOON)
        assert queries() == few


class TestReminders:
    @pytest.fixture
    def sent(self, cast, ending):
        address_of(cast, cast.ana)
        ask(cast, ending, how="link")
        return sent_to(cast.ana)

    def reminded(self, days=2):
        tend_requests(by=WORKER, at=NOW + timedelta(days=days))
        return len(mails("signing_reminder"))

    def test_come_until_they_answer(self, cast, sent):
        assert self.reminded() == 1
        assert self.reminded(5) == 2

    def test_stop_when_they_sign_at_the_counter(self, cast, sent):
        signed_consent(cast, cast.ana, signed_at=NOW + timedelta(hours=1))
        assert self.reminded() == 0

    def test_stop_when_they_say_no_thanks_at_the_counter(self, cast, sent):
        ceremony, _ = handed_over(cast, prepared(cast, at=NOW), at=NOW)
        decline(ceremony=ceremony, by=by(cast.finn), at=NOW)
        assert self.reminded() == 0

    def test_stop_when_they_tell_us(self, cast, sent):
        refuse_renewal(person=cast.ana, said_by=cast.ana, how="told", by=by(cast.finn), at=NOW)
        assert self.reminded() == 0

    @pytest.mark.parametrize("how", ["quiet", "hold"])
    def test_rest_around_a_visit_and_while_everything_is_on_hold(self, cast, sent, how):
        if how == "quiet":
            keep_quiet(person=cast.ana, visit_on=(NOW + timedelta(days=2)).date(), by=by(cast.finn), at=NOW)
        else:
            place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        assert self.reminded() == 0
