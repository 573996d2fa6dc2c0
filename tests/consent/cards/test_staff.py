"""Staff at an event: open it, see each guest in person, know whose card is whose, whom not to photograph (R54, R71)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from consent.audit.models import LedgerEntry
from consent.audit.rules import Actor
from consent.cards.actions import (
    DigitsRefused,
    GatheringRefused,
    note_no_photo,
    see_card,
    tend_gatherings,
)
from consent.cards.models import Card, Gathering, NoPhoto
from consent.cards.queries import digits_of
from consent.outbox.models import OutgoingMail
from consent.people.actions import join_member
from consent.records.actions import revoke_all
from consent.signing.actions import (
    HandOverRefused,
    PinRefused,
    SendRefused,
    recall,
    send_link,
    show_code,
    tend_requests,
)
from consent.signing.models import Ceremony
from consent.signing.rules import NotNow
from tests.cast import NOW, PIN, Cast, by
from tests.ceremonies import sample_wording
from tests.desk import as_, at, words
from tests.events import DAY, LISTS, begun, fair, guest, marked, newest, poster, seen, signs
from tests.links import address_of, paper_made, quick_paper

pytestmark = pytest.mark.django_db
WORKER = Actor("worker", "test")


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


def page_of(user, gathering):
    return words(as_(user).get(at("cards:gathering", gathering.pk)))


def copied(client):
    """The guest's copy is there, and was shown."""
    paper_made()
    client.post("/sign/copy/", {"method": "screen"})


class TestOpening:
    def test_is_done_on_one_page_and_leads_to_a_poster(self, cast):
        finn = as_(cast.finn)
        cast.location.refresh_from_db()
        sample_wording(cast, "event_card")
        page = finn.get(at("cards:open_gathering"))
        form = page.context["form"]
        sent = {name: form[name].value() for name in form.fields}
        sent = {
            name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in sent.items()
        }
        sent |= {"name": "Riverbend 5K", "place": "Riverside Park", "privacy_notice": "2026-01"}
        sent |= {name: getattr(sent[name], "pk", sent[name]) for name in ("location", "wording")}
        opened = finn.post(at("cards:open_gathering"), sent, follow=True)
        assert "The event is open" in words(opened)
        made = finn.post(at("cards:make_poster", Gathering.objects.get().pk))
        assert "<svg" in made.content.decode()
        assert "May we show you?" in words(made)
        assert "This sign is no permission" in words(made)
        assert "Riverbend 5K" in words(finn.get(at("cards:gatherings")))

    def test_says_that_a_form_is_missing_where_none_is_in_use(self, cast):
        assert "There is no event card in use" in words(as_(cast.finn).get(at("cards:open_gathering")))

    @pytest.mark.parametrize(
        ("terms", "sentence"),
        [
            ({"day": NOW.date() - timedelta(days=1)}, "is over"),
            ({"ends_on": NOW.date()}, "ends after the day"),
            ({"ends_on": NOW.date() + timedelta(days=365)}, "ends after the day"),
            ({"lists": LISTS | {"platforms": []}}, "at least one line"),
            ({"name": "मेला"}, "cannot print"),
        ],
    )
    def test_is_refused(self, cast, terms, sentence):
        with pytest.raises(GatheringRefused, match=sentence):
            fair(cast, **terms)

    def test_stands_in_a_list_that_asks_no_more_however_many_there_were(self, cast, gathering):
        def queries():
            with CaptureQueriesContext(connection) as asked:
                as_(cast.finn).get(at("cards:gatherings"))
            return len(asked)

        few = queries()
        for days in (30, 60, 90):
            fair(cast, day=DAY + timedelta(days=days), name=f"Fair {days}")
        assert queries() == few

    def test_is_for_the_desk_and_compliance_alone(self, cast, gathering):
        for user, status in ((cast.finn, 200), (cast.eve, 200), (cast.dan, 403), (cast.olga, 403)):
            assert as_(user).post(at("cards:make_poster", gathering.pk)).status_code == status


class TestThePage:
    def test_counts_who_signed_who_waits_and_who_said_no(self, cast, gathering, token):
        guest(cast, token)
        marked(begun(token, given="Hal"))
        begun(token, given="Ida").post("/sign/no-thanks/")
        begun(token, given="Jon")
        page = page_of(cast.finn, gathering)
        for count in ("Signed", "Waits to be seen", "Reading", "No thanks"):
            assert f"<dt>{count}</dt> <dd>1</dd>" in page
        stamp = "1-1-1-1-2"
        live = at("cards:progress", gathering.pk)
        assert f"seen={stamp}" in page
        assert as_(cast.finn).get(live, {"seen": stamp}).status_code == 204
        assert "To see in person" in words(as_(cast.finn).get(live))

    def test_shows_numbers_and_first_names_to_who_takes_pictures_and_no_full_name(
        self, cast, gathering, token
    ):
        copied(guest(cast, token))
        page = page_of(cast.dan, gathering)
        assert "Gia" in page
        assert "green" in page
        assert "may be shown: face" in page
        assert "Moss" not in page
        assert "Moss" in page_of(cast.finn, gathering)

    def test_says_at_once_that_somebody_withdrew(self, cast, gathering, token):
        copied(guest(cast, token))
        person = newest().ceremony.person
        revoke_all(person=person, how="own_page", by=Actor("person", str(person.pk)), at=NOW)
        assert "Withdrawn: not to be shown" in page_of(cast.dan, gathering)

    def test_finds_a_card_by_a_first_name_and_keeps_the_name_out_of_the_address(self, cast, gathering, token):
        begun(token)
        begun(token, given="Hal", family="Gialdi")
        dan = as_(cast.dan)
        found = dan.post(at("cards:gathering", gathering.pk), {"q": "gi"}, follow=True)
        assert "Gia" in words(found)
        assert "Hal" not in words(found)
        assert "q=" not in found.redirect_chain[-1][0]
        none = dan.post(at("cards:gathering", gathering.pk), {"q": "zo"}, follow=True)
        assert "No guest of this event" in words(none)

    def test_prints_a_list(self, cast, gathering, token):
        copied(guest(cast, token))
        note_no_photo(gathering=gathering, words="Red jacket", by=by(cast.dan), at=NOW)
        page = words(as_(cast.dan).get(at("cards:print_list", gathering.pk)))
        assert "Red jacket" in page
        assert "Destroy this list after the event" in page

    def test_leaves_the_desks_home_alone(self, cast, token):
        marked(begun(token))
        assert "Gia" not in words(as_(cast.finn).get(at("reports:home")))


class TestSeeing:
    @pytest.fixture
    def card(self, token):
        marked(begun(token))
        return newest()

    def test_takes_two_members_the_digits_and_how_they_know(self, cast, card):
        finn = as_(cast.finn)
        told = {
            "digits": digits_of(card),
            "identity_method": "photo_id",
            "witness": cast.freya.pk,
            "pin": PIN,
            "able": "on",
        }
        address = at("cards:see", card.gathering_id, card.pk)
        assert "Gia Moss" in words(finn.get(address))
        for missing in told:
            sent = {name: value for name, value in told.items() if name != missing}
            assert finn.post(address, sent).status_code == 422, missing
        page = finn.post(address, told, follow=True)
        assert "Card 1 was seen" in words(page)
        card.ceremony.refresh_from_db()
        assert (card.ceremony.checked_by, card.ceremony.witness) == (cast.finn, cast.freya)
        assert card.ceremony.capacity_attested

    def test_shows_the_digits_on_no_page_of_staff(self, cast, card):
        for address in (
            at("cards:see", card.gathering_id, card.pk),
            at("cards:gathering", card.gathering_id),
            at("signing:ceremony", card.ceremony_id),
        ):
            assert digits_of(card) not in words(as_(cast.finn).get(address)).replace(f"/{card.pk}/", "")

    def test_is_refused_with_other_digits_and_after_five_tries_for_good(self, cast, card):
        wrong = "0000" if digits_of(card) != "0000" else "1111"
        for _ in range(5):
            with pytest.raises(DigitsRefused, match="not the digits"):
                seen(cast, card, digits=wrong)
        with pytest.raises(DigitsRefused, match="Too many"):
            seen(cast, card)
        assert LedgerEntry.objects.filter(event="card.digits_refused").count() == 5

    def test_is_refused_by_one_member_alone_and_with_a_wrong_pin(self, cast, card):
        with pytest.raises(HandOverRefused, match="second person"):
            seen(cast, card, witness=cast.finn)
        with pytest.raises(HandOverRefused, match="may not witness"):
            seen(cast, card, witness=cast.dan)
        with pytest.raises(PinRefused, match="not their PIN"):
            seen(cast, card, pin="0000")
        assert not Ceremony.objects.get().events.filter(kind="witnessed").exists()

    def test_is_done_by_nobody_for_themselves(self, cast, card):
        join_member(person=card.ceremony.person, user=cast.finn, by=by(cast.eve), at=NOW)
        with pytest.raises(HandOverRefused, match="Nobody asks, checks or sends a form about themselves"):
            seen(cast, card)
        with pytest.raises(HandOverRefused, match="Nobody asks, checks or sends a form about themselves"):
            see_card(
                card=card,
                digits=digits_of(card),
                witness=cast.finn,
                pin=PIN,
                identity_method="photo_id",
                by=by(cast.freya),
                at=NOW,
            )
        see = at("cards:see", card.gathering_id, card.pk)
        assert f'<option value="{cast.finn.pk}">' not in words(as_(cast.freya).get(see))
        assert not Ceremony.objects.get().events.filter(kind="witnessed").exists()

    def test_works_whichever_of_two_members_opened_the_event(self, cast, card):
        see_card(
            card=card,
            digits=digits_of(card),
            witness=cast.finn,
            pin=PIN,
            identity_method="photo_id",
            by=by(cast.freya),
            at=NOW,
        )
        assert Ceremony.objects.get().witness == cast.finn

    def test_waits_until_the_guest_is_ready(self, cast, token):
        begun(token)
        with pytest.raises(NotNow, match="still reading"):
            seen(cast)

    def test_is_over_with_the_event(self, cast, card):
        with pytest.raises(NotNow, match="waits for nobody"):
            seen(cast, card, at=NOW + timedelta(days=2))

    def test_opens_no_other_way_to_the_form(self, cast, card):
        seen(cast, card)
        card.ceremony.refresh_from_db()
        point = address_of(cast, card.ceremony.person)
        for act in (
            lambda: show_code(ceremony=card.ceremony, by=by(cast.finn), at=NOW),
            lambda: send_link(ceremony=card.ceremony, point=point, by=by(cast.finn), at=NOW),
            lambda: recall(ceremony=card.ceremony, by=by(cast.finn), at=NOW),
        ):
            with pytest.raises((NotNow, SendRefused)):
                act()


class TestWhomNotToPhotograph:
    def test_is_noted_by_who_takes_pictures_and_seen_by_all_at_the_event(self, cast, gathering):
        dan = as_(cast.dan)
        page = dan.post(at("cards:note_no_photo", gathering.pk), {"words": "Red jacket, beard"}, follow=True)
        assert "Red jacket, beard" in words(page)
        assert "Red jacket, beard" in page_of(cast.finn, gathering)

    def test_is_sealed_and_stands_nowhere_in_the_ledger(self, cast, gathering):
        row = note_no_photo(gathering=gathering, words="Red jacket", by=by(cast.dan), at=NOW)
        assert b"Red jacket" not in LedgerEntry.objects.get(event="no_photo.noted").body
        with connection.cursor() as cursor:
            cursor.execute("SELECT words FROM consent_nophoto WHERE id = %s", [row.pk])
            assert "Red jacket" not in cursor.fetchone()[0]

    def test_needs_a_word(self, cast, gathering):
        sent = as_(cast.dan).post(at("cards:note_no_photo", gathering.pk), {"words": " "})
        assert sent.status_code == 422

    def test_can_be_deleted_and_the_ledger_says_who_did(self, cast, gathering):
        row = note_no_photo(gathering=gathering, words="Red jacket", by=by(cast.dan), at=NOW)
        as_(cast.finn).post(at("cards:remove_no_photo", gathering.pk, row.pk))
        assert not NoPhoto.objects.exists()
        assert LedgerEntry.objects.get(event="no_photo.removed").actor == f"user:{cast.finn.pk}"

    @pytest.mark.parametrize(("days", "left"), [(3, 1), (5, 0)])
    def test_is_forgotten_three_days_after_the_event(self, cast, gathering, days, left):
        note_no_photo(gathering=gathering, words="Red jacket", by=by(cast.dan), at=NOW)
        tend_gatherings(by=WORKER, at=NOW + timedelta(days=days))
        assert NoPhoto.objects.count() == left
        assert LedgerEntry.objects.filter(event="no_photo.forgotten").count() == 1 - left


class TestAfterTheEvent:
    def test_what_nobody_signed_is_ended_and_its_ticks_are_forgotten(self, token):
        marked(begun(token))
        assert tend_gatherings(by=WORKER, at=NOW + timedelta(days=1)) == 0
        assert tend_gatherings(by=WORKER, at=NOW + timedelta(days=2)) == 1
        ceremony = Ceremony.objects.get()
        assert (ceremony.state, ceremony.answers) == ("abandoned", {})

    def test_the_way_to_the_copy_goes_to_a_guest_who_left_without_it(self, cast, token, clock):
        client = marked(begun(token, email="Gia@example.org"))
        seen(cast)
        signs(client)
        paper_made()
        tend_requests(by=WORKER, at=NOW + timedelta(minutes=15))
        assert OutgoingMail.objects.get(kind="own_page").recipient == "gia@example.org"

    def test_a_card_is_kept(self, token):
        begun(token)
        with pytest.raises(DatabaseError, match="a card is kept"), transaction.atomic():
            Card.objects.all().delete()
