"""A guest of an event: their own phone, their own record, seen by two before they sign (R71, S13)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache

from consent.audit.models import LedgerEntry
from consent.cards.actions import close_gathering, end_poster
from consent.cards.models import Card
from consent.evidence.models import Signature
from consent.people.models import Person
from consent.records.models import Consent
from consent.signing.actions import PacketIncomplete, sign
from consent.signing.actions.signing import Mark
from consent.signing.rules import read_drawing
from consent.wording.actions import review_translation
from tests.cast import NOW, Cast, by
from tests.ceremonies import DEVICE, sample_wording, scribble
from tests.desk import as_, words
from tests.events import GUEST, begins, begun, fair, guest, marked, newest, poster, scanned, seen, signs
from tests.links import paper_made, quick_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _quick_paper(monkeypatch):
    quick_paper(monkeypatch)


@pytest.fixture
def gathering(cast):
    return fair(cast)


@pytest.fixture
def token(cast, gathering):
    return poster(cast, gathering)


class TestTheCode:
    def test_says_who_asks_and_why_and_knows_nobody(self, token):
        page = scanned(token).get("/card/")
        said = words(page)
        assert "Riverbend Family Practice asks: may we show you?" in said
        assert "River Fair, November 23, 2026, by the bandstand" in said
        assert "Finn at Riverbend Family Practice would like to take pictures" in said
        assert "You can say no" in said
        assert "no-store" in page.headers["Cache-Control"]
        assert not Person.objects.exists()

    def test_is_taken_out_of_the_address_and_changes_nothing_by_being_looked_at(self, token):
        before = LedgerEntry.objects.count()
        client = scanned(token)
        response = client.get(f"/card/{token}/")
        assert response.headers["Location"] == "/card/"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        client.get("/card/")
        assert LedgerEntry.objects.count() == before

    def test_is_kept_as_a_digest_alone(self, token, gathering):
        assert token not in str(list(gathering.posters.values()))

    @pytest.mark.parametrize("days", [-2, 2])
    def test_leads_nowhere_on_another_day(self, token, clock, days):
        clock.move_to(NOW + timedelta(days=days))
        page = scanned(token).get("/card/")
        assert page.status_code == 404
        assert "The code works around the day of the event only" in words(page)
        assert "El código solo funciona" in words(page)

    @pytest.mark.parametrize("days", [-1, 0, 1])
    def test_works_the_day_before_and_the_day_after(self, token, clock, days):
        clock.move_to(NOW + timedelta(days=days))
        assert scanned(token).get("/card/").status_code == 200

    def test_leads_nowhere_once_it_is_stopped_while_another_one_still_does(self, cast, token, gathering):
        client, other = scanned(token), poster(cast, gathering)
        end_poster(poster=gathering.posters.first(), by=by(cast.finn), at=NOW)
        assert begins(client).status_code == 404
        assert scanned(other).get("/card/").status_code == 200

    def test_takes_nobody_once_the_event_is_closed_while_who_has_begun_may_finish(
        self, cast, token, gathering
    ):
        late, early = scanned(token), begun(token)
        page = late.get("/card/")
        close_gathering(gathering=gathering, by=by(cast.finn), at=NOW)
        assert begins(late, page).status_code == 404
        marked(early)
        seen(cast)
        signs(early)
        assert Consent.objects.count() == 1

    def test_with_a_letter_changed_leads_nowhere(self, token):
        assert scanned(token[:-1] + ("A" if token[-1] != "A" else "B")).get("/card/").status_code == 404

    def test_is_not_for_a_browser_in_which_staff_is_signed_in(self, cast, token):
        finn = as_(cast.finn)
        finn.get(f"/card/{token}/")
        assert finn.get("/card/").status_code == 403
        assert begins(finn).status_code == 403
        assert not Person.objects.exists()


class TestTheName:
    def test_makes_a_record_of_the_guests_own_and_a_number(self, token):
        client = scanned(token)
        assert "Hello Gia Moss" in words(begins(client))
        person = Person.objects.get()
        assert (person.alias, person.date_of_birth) == ("Gia", date(1990, 5, 4))
        assert [one.kind for one in person.relations.all()] == ["visitor"]
        assert newest().number == 1

    def test_equal_to_somebody_elses_joins_nobody_and_is_shown_to_staff(self, cast, token, gathering):
        ana = cast.ana
        begun(token, given="Ana", family="RUIZ", born="1984-03-02")
        assert Person.objects.exclude(pk=ana.pk).get().alias == "Ana"
        address = f"/p/riverbend/events/{gathering.pk}/"
        assert "The same person as another record?" in words(as_(cast.finn).get(address))
        assert "The same person as another record?" not in words(as_(cast.dan).get(address))

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"given": " "}, "Please write your first and your last name"),
            ({"family": "!!"}, "Please write your first and your last name"),
            ({"given": "x" * 81}, "too long"),
            ({"given": "अनीता"}, "cannot print"),
            ({"born": ""}, "Please choose your birth date"),
            ({"born": "2030-01-01"}, "Please choose your birth date"),
            ({"born": "1790-01-01"}, "Please choose your birth date"),
            ({"email": "gia@"}, "no complete e-mail address"),
        ],
    )
    def test_that_cannot_be_kept_is_asked_for_again_with_what_was_typed(self, token, typed, sentence):
        page = begins(scanned(token), **typed)
        assert page.status_code == 422
        assert sentence in words(page)
        assert ("Moss" in words(page)) == ("family" not in typed)
        assert not Person.objects.exists()

    @pytest.mark.parametrize(("born", "is_child"), [("2008-11-24", True), ("2008-11-23", False)])
    def test_of_a_child_leads_kindly_to_the_table_and_is_not_kept(self, token, born, is_child):
        page = words(begins(scanned(token), born=born))
        assert ("a parent or guardian decides" in page) == is_child
        assert Person.objects.exists() != is_child

    def test_sent_twice_makes_one_card(self, token):
        client = scanned(token)
        page = client.get("/card/")
        for _ in range(3):
            assert "Hello Gia Moss" in words(begins(client, page))
        assert Card.objects.count() == 1
        assert Person.objects.count() == 1

    def test_sent_again_later_shows_the_form_where_it_is(self, cast, token):
        client = scanned(token)
        page = client.get("/card/")
        begins(client, page)
        marked(client, until="platforms")
        assert "Where it may go" in words(begins(client, page))
        assert Card.objects.count() == 1

    def test_is_not_taken_too_often_from_one_address(self, token):
        client = scanned(token)
        pages = [begins(client, given=f"Gia{'abcdefghij'[n % 10]}") for n in range(41)]
        assert [page.status_code for page in pages] == [200] * 40 + [429]
        assert "try again in a minute" in words(pages[-1])

    def test_leaves_nothing_on_the_first_page_for_the_next_guest(self, token):
        client = begun(token)
        assert "Moss" not in words(client.get("/card/"))


class TestTheForm:
    def test_has_nothing_ticked_beforehand(self, token):
        client = begun(token)
        for step in ("elements", "platforms", "formats", "purposes"):
            assert "checked" not in marked(client, until=step).get("/sign/").content.decode()

    def test_names_the_event(self, token):
        said = words(begun(token).get("/sign/"))
        assert "at this event: River Fair, November 23, 2026, by the bandstand" in said

    def test_is_in_no_other_phone(self, token):
        begun(token)
        other = scanned(token)
        assert "Gia" not in words(other.get("/sign/"))
        assert other.get("/sign/").status_code == 404

    def test_of_two_phones_at_once_are_two(self, cast, token):
        one, two = begun(token), begun(token, given="Hal", family="Ford")
        assert "Hello Gia Moss" in words(one.get("/sign/"))
        assert "Hello Hal Ford" in words(two.get("/sign/"))
        assert [card.number for card in Card.objects.all()] == [1, 2]

    def test_is_in_spanish_for_who_reads_spanish(self, cast, gathering, token):
        review_translation(
            wording=sample_wording(cast, "event_card", "es"),
            translated_by="Lucia Prado",
            reviewed_by="Marta Ibarra, court interpreter",
            reviewed_on=NOW.date(),
            by=by(cast.eve),
            at=NOW,
        )
        client = scanned(token, **{"Accept-Language": "es-MX"})
        page = client.get("/card/")
        assert "¿podemos mostrarle?" in words(page)
        assert "Hola, Gia Moss." in words(begins(client, page, lang="es"))
        marked(client)
        waits = words(client.get("/sign/", follow=True))
        assert "Tarjeta 1: ahora deje que nuestro equipo le vea" in waits
        seen(cast)
        signs(client)
        assert Signature.objects.get().language == "es"

    def test_goes_on_in_the_same_phone_after_a_while_without_a_touch(self, token, clock):
        client = marked(begun(token), until="platforms")
        clock.shift(timedelta(minutes=11))
        assert "closed after a while" in words(client.get("/sign/"))
        assert "Where it may go" in words(client.post("/sign/begin/", follow=True))

    def test_is_over_with_the_event(self, token, clock):
        client = marked(begun(token))
        clock.shift(timedelta(days=2))
        assert client.get("/sign/").status_code == 404

    def test_takes_no_thanks(self, token):
        client = begun(token)
        assert "Nothing was signed" in words(client.post("/sign/no-thanks/", follow=True))
        assert not Consent.objects.exists()


class TestBeforeTheGuestWasSeen:
    def test_the_phone_shows_a_number_and_digits_and_no_box_to_sign(self, token):
        client = marked(begun(token))
        page = client.get("/sign/", follow=True)
        assert "Card 1: now let our team see you" in words(page)
        assert "Card 1, green" in words(page)
        assert 'id="pad"' not in page.content.decode()

    def test_nothing_can_be_signed(self, token):
        client = marked(begun(token))
        assert "now let our team see you" in words(signs(client))
        assert not Signature.objects.exists()

    def test_the_packet_is_not_whole_whatever_is_sent(self, cast, token):
        marked(begun(token))
        ceremony = newest().ceremony
        with pytest.raises(PacketIncomplete) as refused:
            sign(
                ceremony=ceremony,
                mark=Mark(drawing=read_drawing(scribble())),
                device=DEVICE,
                by=by(cast.finn),
                at=NOW,
            )
        assert refused.value.missing == [
            "How the signer's identity was checked, and by whom.",
            "A second witness, or a code sent to the signer's own phone or e-mail.",
            "That the signer was able to decide.",
        ]

    def test_the_phone_asks_by_itself_and_goes_on_when_it_is_time(self, cast, token):
        client = marked(begun(token))
        ask = {"HX-Request": "true"}
        assert client.get("/sign/card/", headers=ask).status_code == 204
        seen(cast)
        assert client.get("/sign/card/", headers=ask).headers["HX-Redirect"] == "/sign/"
        assert 'id="pad"' in client.get("/sign/").content.decode()

    def test_another_phone_sees_no_digits(self, token):
        marked(begun(token))
        assert scanned(token).get("/sign/card/").status_code == 404


class TestOnceSeen:
    def test_the_guest_signs_once_however_often_it_is_sent(self, cast, token):
        client = marked(begun(token))
        seen(cast)
        for _ in range(20):
            signs(client)
        assert Signature.objects.count() == Consent.objects.count() == 1

    def test_the_proof_names_both_members_and_a_phone_of_the_guests_own(self, cast, token):
        guest(cast, token)
        signature = Signature.objects.get()
        assert (signature.identity_checked_by, signature.witness) == (cast.finn, cast.freya)
        assert signature.capacity_attested_by == cast.finn
        assert (signature.identity_method, signature.factor) == ("photo_id", "second_witness")
        assert signature.device["kind"] == "own"
        entry = LedgerEntry.objects.get(event="consent.signed")
        assert entry.actor == f"person:{signature.person_id}"

    def test_the_guest_gets_a_copy_on_their_phone(self, cast, token):
        client = guest(cast, token)
        paper_made()
        page = words(client.get("/sign/"))
        assert "this is the way to your copy" in page
        assert "/my/" in page
        client.post("/sign/copy/", {"method": "screen"})
        assert Signature.objects.get().copies.get().method == "screen"

    def test_the_guest_is_seen_anew_if_half_an_hour_went_by(self, cast, token, clock):
        client = marked(begun(token))
        seen(cast)
        for _ in range(4):
            clock.shift(timedelta(minutes=8))
            client.post("/sign/here/")
        assert "now let our team see you" in words(client.get("/sign/", follow=True))
        assert "now let our team see you" in words(signs(client))
        assert not Signature.objects.exists()

    def test_the_packet_is_not_whole_any_more_half_an_hour_later(self, cast, token, clock):
        client = marked(begun(token))
        ceremony = seen(cast).ceremony
        for _ in range(4):
            clock.shift(timedelta(minutes=8))
            client.post("/sign/here/")
        mark, later = Mark(typed_name="Gia Moss"), NOW + timedelta(minutes=32)
        with pytest.raises(PacketIncomplete, match="second witness"):
            sign(ceremony=ceremony, mark=mark, device=DEVICE, by=by(cast.finn), at=later)

    def test_the_guest_is_seen_anew_if_the_phone_was_left_alone(self, cast, token, clock):
        client = marked(begun(token))
        seen(cast)
        clock.shift(timedelta(minutes=11))
        client.get("/sign/")
        client.post("/sign/begin/")
        assert "now let our team see you" in words(client.get("/sign/", follow=True))

    def test_the_way_back_shows_nothing_of_it_to_the_next_guest_at_the_same_phone(self, cast, token):
        client = guest(cast, token)
        client.post("/sign/done/")
        page = client.get("/sign/")
        assert "Gia" not in words(page)
        assert "no-store" in page.headers["Cache-Control"]
        begins(client, **(GUEST | {"given": "Hal", "family": "Ford"}))
        assert "Gia" not in words(client.get("/sign/"))
