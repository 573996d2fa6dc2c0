"""An author whom we do not know shows that the account is theirs: good for a licence, for nothing else (R96, G79)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.test import RequestFactory

from consent.audit.rules import SYSTEM
from consent.people.models import ContactPoint
from consent.people.queries import current_name
from consent.records.models import Consent
from consent.signing.models import Ceremony
from posts.community.actions import (
    AnswerRefused,
    AskRefused,
    begin_request,
    call_off,
    confirm_proof,
    link_for_author,
    note_proof,
    say_who,
)
from posts.community.models import AccountProof
from posts.community.queries.proofs import proof_row, said_in
from tests.authors import PRIYA, a_friend, asks_code, ceremony_of, licence_signed, phone, types_code
from tests.cast import NOW, Cast, by
from tests.ceremonies import sample_wording
from tests.desk import as_, words
from tests.links import address_of, browser, code, mails, quick_paper
from tests.links import post as press
from tests.stories import TERMS, a_repost, a_story, asked, known

pytestmark = pytest.mark.django_db
MAIL = "priya@example.net"


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _quick_paper(monkeypatch):
    quick_paper(monkeypatch)


@pytest.fixture
def cast():
    cast = Cast()
    sample_wording(cast)
    assert cast.finn
    assert cast.freya
    return cast


@pytest.fixture
def friend(cast):
    return a_friend(cast)


@pytest.fixture
def request_and_token(cast, friend):
    """Dan asks Priya, of whom he knows no more than the account."""
    return of_friend(cast, friend)


def of_friend(cast, friend):
    story = known(cast, a_story(cast, handle="@priya.n"), friend, relation="not_patient")
    post = a_repost(cast, story)
    request = begin_request(story=story, post=post, terms=TERMS, by=by(cast.dan), at=NOW)
    return request, link_for_author(request=request, by=by(cast.dan), at=NOW)


def said_who(token, **instead):
    """Priya typed her address, the code, and who she is; her phone, and the page that came."""
    client = phone(token)
    asks_code(client, MAIL)
    types_code(client)
    return client, client.post("/story/name/", PRIYA | instead, follow=True)


def include(cast, request, user):
    """What the page of the request shows of it to this member."""
    visit = RequestFactory().get("/p/riverbend/stories/requests/1/")
    visit.user = user
    page = {"asked": request, "practice": cast.practice, "abilities": {"repost_confirm": True}}
    shown = render_to_string("community/includes/proof.html", page, request=visit)
    return " ".join(shown.split())


def confirmed(cast):
    """Mia saw the words, Eve saw them too."""
    proof = AccountProof.objects.get(ended_at=None)
    note_proof(proof=proof, handle="priya.n", by=by(cast.mia), at=NOW)
    return confirm_proof(proof=proof, by=by(cast.eve), at=NOW)


class TestTheAuthor:
    def test_is_given_three_words_to_send_from_the_account(self, request_and_token):
        _, token = request_and_token
        client, page = said_who(token)
        proof = AccountProof.objects.get()
        assert len(proof.phrase.split()) == 3
        assert f"{proof.phrase}</p>" in words(page)
        assert "from @priya.n" in words(page)
        assert proof.phrase in words(client.get("/story/words/"))

    def test_is_shown_the_words_in_no_other_browser(self, request_and_token):
        _, token = request_and_token
        said_who(token)
        assert AccountProof.objects.get().phrase not in words(phone(token).get("/story/words/", follow=True))

    def test_comes_no_further_without_the_code(self, request_and_token):
        _, token = request_and_token
        client = phone(token)
        asks_code(client, MAIL)
        assert "Look into your e-mail" in words(client.post("/story/name/", PRIYA, follow=True))
        proof = AccountProof.objects.get()
        with pytest.raises(AnswerRefused):
            say_who(proof=proof, **PRIYA, by=SYSTEM, at=NOW)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"given": "…"}, "with letters"),
            ({"family": "x" * 90}, "too long"),
            ({"given": "𒀀𒀀a"}, "cannot print"),
            ({"born": "2030-01-01"}, "look at the year"),
            ({"born": ""}, "look at the year"),
        ],
    )
    def test_is_told_what_cannot_be_kept_and_keeps_what_was_typed(self, request_and_token, typed, said):
        _, token = request_and_token
        _, page = said_who(token, **typed)
        assert page.status_code == 422
        assert said in words(page)
        assert 'value="Priya"' in words(page) or "given" in typed

    def test_under_18_is_told_that_a_parent_decides_and_nothing_is_kept(self, request_and_token, friend):
        _, token = request_and_token
        _, page = said_who(token, born="2012-01-01")
        assert "Under 18, a parent decides" in words(page)
        [proof] = AccountProof.objects.all()
        assert (proof.said, proof.address_digest, proof.contact_point) == ("", "", None)
        friend.refresh_from_db()
        assert friend.date_of_birth is None


class TestTwoMembers:
    def test_see_the_words_and_the_licence_goes_to_the_address(self, cast, friend, request_and_token):
        request, token = request_and_token
        client, _ = said_who(token)
        form = confirmed(cast)
        assert form.kind == "licence"
        [mail] = mails("signing_link")
        assert mail.recipient == MAIL
        point = ContactPoint.objects.get(person=friend)
        assert (point.verified_how, point.verified_by, point.verified_witness) == (
            "account",
            cast.eve,
            cast.mia,
        )
        friend.refresh_from_db()
        assert friend.date_of_birth == date(1990, 4, 1)
        assert str(current_name(friend)) == "Priya Nair"
        assert form.ceremony.offered["platforms"] == ["website"]
        assert form.ceremony.offered["edits"] == ["as_it_is"]
        assert "The form is on its way" in words(client.get("/story/words/"))
        signs = browser()
        press(signs, "begin")
        press(signs, "open_form", code=code())
        licence_signed(request)
        assert Consent.objects.get().kind == "licence"

    def test_are_two(self, cast, request_and_token):
        _, token = request_and_token
        said_who(token)
        proof = AccountProof.objects.get()
        with pytest.raises(AskRefused, match="First somebody says"):
            confirm_proof(proof=proof, by=by(cast.eve), at=NOW)
        note_proof(proof=proof, handle="@priya.n", by=by(cast.mia), at=NOW)
        with pytest.raises(AskRefused, match="Another member looks too"):
            confirm_proof(proof=proof, by=by(cast.mia), at=NOW)
        with pytest.raises(IntegrityError, match="confirmed_by_another"), transaction.atomic():
            AccountProof.objects.filter(pk=proof.pk).update(confirmed_by=cast.mia, confirmed_at=NOW)
        assert not ContactPoint.objects.exists()

    @pytest.mark.parametrize("handle", ["@priya_n", "priya.n.", "", "@prіya.n"])
    def test_take_words_from_no_other_account_and_none_that_only_looks_like_it(
        self, cast, request_and_token, handle
    ):
        _, token = request_and_token
        said_who(token)
        proof = AccountProof.objects.get()
        with pytest.raises(AskRefused):
            note_proof(proof=proof, handle=handle, by=by(cast.mia), at=NOW)
        proof.refresh_from_db()
        assert proof.noted_at is None

    def test_do_it_on_the_page_of_the_request(self, cast, request_and_token):
        _, token = request_and_token
        said_who(token)
        proof = AccountProof.objects.get()
        note, confirm = (f"/p/riverbend/stories/proofs/{proof.pk}/{act}/" for act in ("note", "confirm"))
        assert as_(cast.mia).post(note, {"handle": "priya.n"}).status_code == 302
        assert as_(cast.eve).post(confirm, {"next": "https://evil.example/"})["Location"] == "/p/riverbend/"
        proof.refresh_from_db()
        assert (proof.noted_by, proof.confirmed_by) == (cast.mia, cast.eve)
        assert as_(cast.finn).post(note, {"handle": "priya.n"}).status_code == 403
        assert as_(cast.mia).get(note).status_code == 405

    def test_see_the_words_and_their_own_button_on_the_page_of_the_request(self, cast, request_and_token):
        request, token = request_and_token
        assert "Is the account theirs?" not in include(cast, request, cast.mia)
        said_who(token)
        proof = AccountProof.objects.get()
        shown = include(cast, request, cast.mia)
        assert "Priya Nair says that the account" in shown
        assert proof.phrase in shown
        assert "I saw these words from this account" in shown
        note_proof(proof=proof, handle="priya.n", by=by(cast.mia), at=NOW)
        assert "Another member looks at the message too" in include(cast, request, cast.mia)
        assert "I saw them too: send the licence" in include(cast, request, cast.eve)
        confirm_proof(proof=proof, by=by(cast.eve), at=NOW)
        assert "Mia and Eve saw the words" in include(cast, request, cast.dan)

    def test_are_shown_who_says_it_and_which_letters_are_odd(self, cast, friend):
        story = known(cast, a_story(cast, handle="@prіya.n"), friend, relation="not_patient")
        post = a_repost(cast, story)
        request = begin_request(story=story, post=post, terms=TERMS, by=by(cast.dan), at=NOW)
        said_who(link_for_author(request=request, by=by(cast.dan), at=NOW))
        row = proof_row(request)
        assert row is not None
        assert (row.name, row.odd) == ("Priya Nair", "і")

    def test_find_nothing_to_do_once_the_request_is_over(self, cast, request_and_token):
        request, token = request_and_token
        said_who(token)
        proof = AccountProof.objects.get()
        call_off(request=request, by=by(cast.dan), at=NOW)
        with pytest.raises(AskRefused):
            note_proof(proof=proof, handle="priya.n", by=by(cast.mia), at=NOW)
        proof.refresh_from_db()
        assert proof.said == ""


class TestAnAccount:
    def test_is_not_enough_for_a_patient(self, cast):
        request, token = asked(cast, cast.ana)
        said_who(token)
        row = proof_row(request)
        assert row is not None
        assert "The front desk verifies an address" in row.refusal
        assert row.name == ""
        with pytest.raises(AskRefused, match="front desk"):
            note_proof(proof=row.proof, handle="@rosa.runs", by=by(cast.mia), at=NOW)
        assert not ContactPoint.objects.exists()
        assert ceremony_of(request).state == Ceremony.State.PREPARED

    def test_is_not_enough_for_whoever_is_a_patient_though_a_member_said_they_are_none(self, cast):
        """Two members and an account would otherwise open the page that tells what else a patient allowed (R54)."""
        patient = a_friend(cast)
        patient.relations.create(practice=cast.practice, kind="patient", since=NOW.date())
        request, token = of_friend(cast, patient)
        said_who(token)
        row = proof_row(request)
        assert row is not None
        with pytest.raises(AskRefused, match="front desk"):
            note_proof(proof=row.proof, handle="@priya.n", by=by(cast.mia), at=NOW)

    def test_of_somebody_with_another_birth_date_on_record_proves_nothing(self, cast):
        friend = a_friend(cast, date_of_birth=date(1970, 1, 1))
        _, token = of_friend(cast, friend)
        said_who(token)
        proof = AccountProof.objects.get()
        note_proof(proof=proof, handle="priya.n", by=by(cast.mia), at=NOW)
        with pytest.raises(AskRefused, match="not the one on record"):
            confirm_proof(proof=proof, by=by(cast.eve), at=NOW)
        assert not ContactPoint.objects.exists()

    def test_is_proved_by_one_at_a_time_and_what_a_member_saw_stays(self, cast, request_and_token, clock):
        _, token = request_and_token
        said_who(token)
        stranger = phone(token)
        asks_code(stranger, "stranger@example.net")
        proof = AccountProof.objects.get(reached_at__isnull=False)
        note_proof(proof=proof, handle="priya.n", by=by(cast.mia), at=NOW)
        assert "Somebody is showing just now" in words(types_code(stranger))
        proof.refresh_from_db()
        assert proof.ended_at is None
        assert said_in(proof).address == MAIL

    def test_proved_before_opens_the_licence_at_once(self, cast, request_and_token, clock):
        request, token = request_and_token
        said_who(token)
        confirmed(cast)
        clock.shift(timedelta(minutes=5))
        client = phone(token)
        asks_code(client, MAIL)
        assert "Your licence" in words(types_code(client))
        assert ceremony_of(request).state == Ceremony.State.OPEN

    def test_leaves_an_address_that_was_verified_in_person_as_it_was(self, cast, friend, request_and_token):
        address_of(cast, friend, MAIL)
        _, token = request_and_token
        said_who(token)
        confirmed(cast)
        assert ContactPoint.objects.get(person=friend).verified_how == "photo_id"
