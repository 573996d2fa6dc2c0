"""The author's page: it speaks of the post alone until a code was typed, whoever has the link (R50, R54, R96)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from consent.audit.models import LedgerEntry
from consent.people.models import ContactPoint
from consent.signing.models import Ceremony, OneTimeCode, SignerLink
from posts.community.actions import Seen, call_off, link_for_author, tend_stories
from posts.community.models import AccountProof, RepostRequest
from posts.community.rules.author_words import TEXTS
from tests.authors import (
    asks_code,
    came_in,
    ceremony_of,
    licence_signed,
    permission_signed,
    phone,
    types_code,
)
from tests.cast import NOW, Cast, by
from tests.ceremonies import sample_wording
from tests.consents import given_authority
from tests.desk import as_, words
from tests.links import ADDRESS, WORKER, address_of, code, mails, quick_paper
from tests.pictures import as_file, drawn
from tests.stories import TERMS, WORDS, a_repost, a_story, asked

pytestmark = pytest.mark.django_db


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
def with_address(cast):
    """Ana's address was verified at the counter."""
    return address_of(cast, cast.ana)


def without_csrf(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", words(response))


class TestThePage:
    def test_says_who_asks_what_they_saw_and_what_they_ask_for(self, cast):
        _, token = asked(cast, cast.ana)
        page = words(phone(token).get("/story/"))
        assert "Riverbend Family Practice asks: may we share your post?" in page
        assert "Dan at Riverbend Family Practice saw your post of November 20, 2026" in page
        assert WORDS.split(".")[0] in page
        assert "By @rosa.runs" in page
        assert "Website" in page
        assert "As it is, whole" in page
        assert "It would not be shown as a paid ad" in page
        assert "May 31, 2027" in page
        assert page.count("No thanks") == 1

    def test_tells_whoever_has_the_link_nothing_of_the_author(self, cast, with_address):
        _, token = asked(cast, cast.ana)
        client = phone(token)
        for path in ("/story/", "/story/address/"):
            page = words(client.get(path))
            for word in ("Ana", "Ruiz", "patient", "health", ADDRESS, "permission"):
                assert word not in page, (path, word)

    def test_does_the_same_with_an_address_that_is_known_and_one_that_is_not(self, cast, with_address):
        _, token = asked(cast, cast.ana)
        pages = []
        for address in (ADDRESS, "stranger@example.net"):
            client = phone(token)
            shown = asks_code(client, address)
            wrong = types_code(client, "000000" if code() != "000000" else "111111")
            pages.append(
                [without_csrf(one).replace(address, "(address)") for one in (shown, wrong)]
                + [sorted(client.cookies), shown.redirect_chain]
            )
            mail = mails("signing_code")[-1]
            pages[-1].append((mail.subject, re.sub(r"\d{6}", "(code)", mail.body)))
        assert pages[0] == pages[1]

    def test_counts_wrong_codes_alike_in_two_browsers_whether_the_address_is_known(
        self, cast, with_address, clock
    ):
        """Five wrong ones in one browser told in the other whether the author is on record here (R50, R54)."""
        _, token = asked(cast, cast.ana)
        told = {}
        for address in (ADDRESS, "stranger@example.net"):
            cache.clear()
            one, other = phone(token), phone(token)
            asks_code(one, address)
            clock.shift(timedelta(minutes=2))
            asks_code(other, address)
            tries = [types_code(one, "12") for _ in range(5)] + [types_code(other, "12")]
            told[address] = [without_csrf(page).replace(address, "(address)") for page in tries]
        first, second = told.values()
        assert first == second

    def test_is_in_spanish_for_who_asks_for_it(self, cast):
        _, token = asked(cast, cast.ana)
        client = phone(token)
        page = words(client.get("/story/?lang=es"))
        assert '<html lang="es">' in page
        assert "¿podemos compartir su publicación?" in page
        assert "20 de noviembre de 2026" in page
        assert "¿Dónde le llega un código?" in words(client.get("/story/address/?lang=es"))
        assert "No es una dirección" in words(asks_code(client, "nobody", lang="es"))

    def test_has_the_same_texts_in_both_languages(self):
        fields = {
            language: {key: set(re.findall(r"\{(\w+)", text)) for key, text in texts.items()}
            for language, texts in TEXTS.items()
        }
        assert fields["en"] == fields["es"]

    def test_shows_the_picture_to_this_visit_alone_and_keeps_it_nowhere(self, cast):
        story = a_story(cast, seen=Seen(text=WORDS, picture=as_file(drawn())))
        request, token = asked_about(cast, story)
        client = phone(token)
        assert "/story/picture/" in words(client.get("/story/"))
        shown = client.get("/story/picture/")
        assert shown.status_code == 200
        assert shown["Content-Type"].startswith("image/")
        assert "no-store" in shown["Cache-Control"]
        assert Client().get("/story/picture/").status_code == 404
        assert RepostRequest.objects.get(pk=request.pk).seen_at is None


def asked_about(cast, story):
    """Dan asks for this story of Ana's."""
    from posts.community.actions import begin_request
    from tests.stories import known

    for kind in ("authorization_adult", "author_licence"):
        sample_wording(cast, kind)
    known(cast, story, cast.ana)
    post = a_repost(cast, story, cast.ana)
    request = begin_request(story=story, post=post, terms=TERMS, by=by(cast.dan), at=NOW)
    return request, link_for_author(request=request, by=by(cast.dan), at=NOW)


class TestALink:
    def test_opened_by_a_scanner_changes_nothing(self, cast, with_address):
        request, token = asked(cast, cast.ana)
        before = (LedgerEntry.objects.count(), OneTimeCode.objects.count())
        scanner = Client()
        for _ in range(5):
            for method in ("get", "head"):
                getattr(scanner, method)(f"/story/{token}/")
                for page in ("", "address/", "code/", "name/", "words/", "picture/"):
                    getattr(scanner, method)(f"/story/{page}")
        for act in ("seen", "no-thanks"):
            assert scanner.get(f"/story/{act}/").status_code == 405
        assert (LedgerEntry.objects.count(), OneTimeCode.objects.count()) == before
        request.refresh_from_db()
        assert (request.seen_at, request.replied_at, request.ended) == (None, None, "")
        assert not AccountProof.objects.exists()

    def test_is_seen_once_a_hand_touches_the_page(self, cast):
        request, token = asked(cast, cast.ana)
        client = phone(token)
        assert client.post("/story/seen/").status_code == 204
        request.refresh_from_db()
        assert request.seen_at == NOW
        assert request.events.filter(kind="seen").count() == 1

    def test_leads_nowhere_when_it_is_unknown_old_or_the_request_over(self, cast):
        request, token = asked(cast, cast.ana)
        assert Client().get("/story/").status_code == 404
        assert Client().get("/story/not-a-link/").status_code == 404
        newer = link_for_author(request=request, by=by(cast.dan), at=NOW)
        assert Client().get(f"/story/{token}/").status_code == 404
        client = phone(newer)
        call_off(request=request, by=by(cast.dan), at=NOW)
        closed = client.get("/story/")
        assert closed.status_code == 404
        assert "Este enlace no abre ninguna página" in words(closed)

    def test_lapses(self, cast, clock):
        _, token = asked(cast, cast.ana)
        client = phone(token)
        clock.shift(timedelta(days=15))
        assert client.get("/story/").status_code == 404
        assert client.post("/story/no-thanks/").status_code == 404

    def test_is_refused_politely_to_a_member_who_is_signed_in(self, cast, with_address):
        request, token = asked(cast, cast.ana)
        client = as_(cast.dan)
        client.get(f"/story/{token}/")
        for act in (client.get("/story/"), client.post("/story/no-thanks/"), asks_code(client)):
            assert act.status_code == 403
            assert "A member of staff is signed in here" in words(act)
        request.refresh_from_db()
        assert request.ended == ""
        assert mails("signing_code") == []

    def test_takes_no_endless_knocking(self, cast):
        _, token = asked(cast, cast.ana)
        client = phone(token)
        said = [words(asks_code(client, f"a{number}@example.net")) for number in range(13)]
        assert "Look into your e-mail" in said[0]
        assert "That was often in a short time" in said[12]


class TestNoThanks:
    def test_is_kind_and_for_good(self, cast):
        request, token = asked(cast, cast.ana)
        client = phone(token)
        assert "nobody here asks you again" in words(client.post("/story/no-thanks/"))
        request.refresh_from_db()
        assert request.ended == "declined"
        assert ceremony_of(request).state == Ceremony.State.ABANDONED
        again = client.get("/story/")
        assert "nobody here asks you again" in words(again)
        assert "Go on" not in words(again)
        assert asks_code(client).status_code == 200
        assert mails("signing_code") == []

    def test_takes_nothing_back_that_was_signed(self, cast, with_address):
        request, token = asked(cast, cast.ana)
        came_in(token)
        licence_signed(request)
        phone(token).post("/story/no-thanks/")
        request.refresh_from_db()
        assert request.ended == ""


class TestGoingOn:
    def test_opens_the_licence_with_a_code_to_the_authors_own_address(self, cast, with_address):
        request, token = asked(cast, cast.ana)
        client = phone(token)
        assert "six digits to ana@example.org" in words(asks_code(client))
        papers = types_code(client)
        page = words(papers)
        assert papers.redirect_chain[-1][0] == "/sign/story/papers/"
        assert "Your licence" in page
        assert "Your permission about your health" in page
        assert "This is how it would look" in page
        assert WORDS in page
        assert "Hello Ana Ruiz" in words(client.get("/sign/"))
        request.refresh_from_db()
        assert (request.seen_at, request.replied_at) == (NOW, NOW)
        assert ceremony_of(request).route == "link"
        assert ceremony_of(request, "authorization").state == Ceremony.State.PREPARED

    def test_shows_the_papers_and_their_states_until_both_are_signed(self, cast, with_address):
        request, token = asked(cast, cast.ana)
        client = came_in(token)
        licence_signed(request)
        page = words(client.get("/sign/story/papers/"))
        assert page.index("Signed") < page.index("Afterwards")
        client.post("/sign/next/")
        permission_signed(request)
        assert "There is nothing more to sign" in words(client.get("/sign/story/papers/"))

    def test_opens_nothing_with_a_wrong_code_and_counts_the_tries(self, cast, with_address):
        request, token = asked(cast, cast.ana)
        client = phone(token)
        asks_code(client)
        right = code()
        for _ in range(5):
            wrong = types_code(client, f"{(int(right) + 1) % 10**6:06d}")
        assert "Five wrong codes" in words(wrong)
        types_code(client, right)
        assert ceremony_of(request).state == Ceremony.State.PREPARED
        assert not SignerLink.objects.exists()

    def test_goes_on_in_no_other_browser_with_the_same_link(self, cast, with_address):
        request, token = asked(cast, cast.ana)
        asks_code(phone(token))
        assert "Where can a code reach you?" in words(types_code(phone(token)))
        assert ceremony_of(request).state == Ceremony.State.PREPARED

    def test_moves_to_the_second_device_on_which_the_code_is_typed(self, cast, with_address, clock):
        request, token = asked(cast, cast.ana)
        first = came_in(token)
        clock.shift(timedelta(minutes=2))
        second = came_in(token)
        assert "Hello Ana Ruiz" in words(second.get("/sign/"))
        assert "opened on another device" in words(first.get("/sign/"))
        assert request.forms.count() == 2

    def test_comes_back_days_later_for_the_second_paper(self, cast, with_address, clock):
        request, token = asked(cast, cast.ana)
        came_in(token)
        licence_signed(request)
        clock.shift(timedelta(days=3))
        client = phone(token)
        assert "Your answer is with us" in words(client.get("/story/"))
        asks_code(client)
        types_code(client)
        assert ceremony_of(request, "authorization").state == Ceremony.State.OPEN

    def test_is_sent_the_second_paper_a_day_after_the_first_was_signed_alone(self, cast, with_address):
        request, token = asked(cast, cast.ana)
        came_in(token)
        licence_signed(request)
        tend_stories(by=WORKER, at=NOW + timedelta(hours=20))
        assert mails("signing_link") == []
        tend_stories(by=WORKER, at=NOW + timedelta(hours=25))
        tend_stories(by=WORKER, at=NOW + timedelta(hours=26))
        assert [mail.about for mail in mails("signing_link")] == [
            f"ceremony:{ceremony_of(request, 'authorization').pk}"
        ]

    def test_says_when_nothing_is_left_to_sign(self, cast, with_address, clock):
        request, token = asked(cast, cast.ana)
        client = came_in(token)
        licence_signed(request)
        client.post("/sign/next/")
        permission_signed(request)
        clock.shift(timedelta(hours=1))
        again = phone(token)
        asks_code(again)
        assert "There is nothing to sign with this address" in words(types_code(again))

    def test_puts_no_address_of_a_stranger_on_the_authors_record(self, cast, with_address):
        _, token = asked(cast, cast.ana)
        client = phone(token)
        asks_code(client, "stranger@example.net")
        assert "Who are you?" in words(types_code(client))
        assert [point.value for point in ContactPoint.objects.filter(person=cast.ana)] == [ADDRESS]

    def test_forgets_an_address_whose_code_nobody_typed(self, cast):
        _, token = asked(cast, cast.ana)
        asks_code(phone(token), "stranger@example.net")
        tend_stories(by=WORKER, at=NOW + timedelta(hours=30))
        [proof] = AccountProof.objects.all()
        assert (proof.said, proof.contact_point) == ("", None)
        assert proof.ended_at is not None


class TestForAChild:
    def test_the_parent_is_asked_by_a_link_of_their_own_and_the_child_told_kindly(self, cast):
        given_authority(cast, cast.bea, cast.carla)
        address_of(cast, cast.carla, "carla@example.org")
        request, token = asked_for_bea(cast)
        assert ceremony_of(request).signer == cast.carla
        client = phone(token)
        asks_code(client, "bea@example.net")
        [mail] = mails("signing_link")
        assert mail.recipient == "carla@example.org"
        types_code(client, code())
        told = words(client.post("/story/name/", {"given": "Bea", "family": "Ruiz", "born": "2017-05-05"}))
        assert "Under 18, a parent decides" in told
        assert "Nothing that you typed here was kept" in told
        [proof] = AccountProof.objects.all()
        assert (proof.said, proof.address_digest) == ("", "")
        asks_code(phone(token), "bea2@example.net")
        assert len(mails("signing_link")) == 1

    def test_the_parent_may_answer_with_the_childs_link_too(self, cast):
        given_authority(cast, cast.bea, cast.carla)
        address_of(cast, cast.carla, "carla@example.org")
        request, token = asked_for_bea(cast)
        client = came_in(token, "carla@example.org")
        assert "Hello Carla Ruiz" in words(client.get("/sign/"))
        assert ceremony_of(request).state == Ceremony.State.OPEN


def asked_for_bea(cast):
    """Bea, who is nine, posted it; Dan asks."""
    from posts.community.actions import begin_request, name_everybody, say_part

    for kind in ("authorization_minor", "author_licence"):
        sample_wording(cast, kind)
    story = a_story(cast)
    say_part(
        story=story, kind="author", relation="patient", age="minor", person=cast.bea, by=by(cast.dan), at=NOW
    )
    name_everybody(story=story, named=True, by=by(cast.dan), at=NOW)
    post = a_repost(cast, story, cast.bea)
    request = begin_request(story=story, post=post, terms=TERMS, by=by(cast.dan), at=NOW)
    return request, link_for_author(request=request, by=by(cast.dan), at=NOW)
