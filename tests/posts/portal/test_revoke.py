"""Stop sharing in two taps: everything from the link alone, one place or one thing once known."""

import hashlib
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from consent.audit.models import LedgerEntry
from consent.audit.rules import SYSTEM
from consent.evidence.actions import seal
from consent.evidence.models import CopyGiven
from consent.files import store
from consent.people.actions import confirm_merge, merge_people
from consent.records.models import Consent, Disposal, Revocation
from consent.records.queries import consents_of, standings
from posts.publishing.actions import schedule
from posts.publishing.actions.by_hand import claim_by_hand, post_now, tell_by_hand
from posts.publishing.actions.sweep import sweep
from posts.publishing.actions.tasks import finish_by_hand
from posts.publishing.models import Takedown
from tests.cast import NOW, Cast, by
from tests.consents import given_authority, signed_consent
from tests.posts.outgoing import approved, given_account, given_version

from .visiting import come_in, give_birth_date, given_link, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client: Client, cast: Cast) -> Client:
    """Ana on her page, not yet known."""
    signed_consent(cast, cast.ana)
    come_in(client, given_link(cast, cast.ana)[1])
    return client


@pytest.fixture
def known(visitor: Client, cast: Cast) -> Client:
    """Ana on her page, birth date given."""
    give_birth_date(visitor, cast.ana.date_of_birth)
    return visitor


class TestEverything:
    def test_the_first_tap_says_what_will_happen_and_changes_nothing(
        self, visitor: Client, cast: Cast
    ) -> None:
        page = text_of(visitor.get("/my/revoke/"))
        assert "Stop sharing everything?" in page
        assert "What is out now is taken down." in page
        assert Revocation.objects.count() == 0

    def test_the_second_tap_withdraws_from_the_link_alone(self, visitor: Client, cast: Cast) -> None:
        page = text_of(visitor.post("/my/revoke/", follow=True))
        assert "Nothing new starts from now." in page
        assert "Anything already on its way is removed, and you will be told." in page
        assert standings([cast.ana], NOW)[cast.ana.pk].key == "withdrawn"
        [revocation] = Revocation.objects.all()
        assert (revocation.how, revocation.received_by) == ("own_page", f"person:{cast.ana.pk}")

    def test_an_unknown_visitor_learns_no_name_from_it(self, visitor: Client) -> None:
        page = text_of(visitor.post("/my/revoke/", follow=True))
        assert "Ana" not in page
        assert "Instagram" not in page

    def test_a_second_tap_too_many_changes_nothing_more(self, visitor: Client) -> None:
        visitor.post("/my/revoke/")
        page = text_of(visitor.post("/my/revoke/", follow=True))
        assert "Nothing new starts from now." in page
        assert Revocation.objects.count() == 1

    def test_a_representative_withdraws_in_their_own_name(self, client: Client, cast: Cast) -> None:
        authority = given_authority(cast, cast.bea, cast.carla)
        signed_consent(cast, cast.bea, signer=cast.carla, representation=authority)
        come_in(client, given_link(cast, cast.bea, authority)[1])
        client.post("/my/revoke/")
        assert Revocation.objects.get().received_by == f"person:{cast.carla.pk}"

    def test_with_nothing_allowed_the_page_says_so(self, client: Client, cast: Cast) -> None:
        come_in(client, given_link(cast, cast.ana)[1])
        page = text_of(client.get("/my/revoke/", follow=True))
        assert "There is nothing to stop" in page

    def test_another_site_cannot_do_it(self, cast: Cast) -> None:
        strict = Client(enforce_csrf_checks=True)
        signed_consent(cast, cast.ana)
        come_in(strict, given_link(cast, cast.ana)[1])
        assert strict.post("/my/revoke/").status_code == 403
        assert Revocation.objects.count() == 0


class TestOnePart:
    def test_one_place_stops_and_the_others_stay(self, known: Client, cast: Cast) -> None:
        assert "Stop sharing on Instagram?" in text_of(known.get("/my/revoke/platforms/instagram/"))
        page = text_of(known.post("/my/revoke/platforms/instagram/", follow=True))
        assert "Instagram" in page
        [view] = consents_of(cast.ana, NOW)
        assert view.covers.platforms == {"website", "facebook"}
        assert "Our website and Facebook" in text_of(known.get("/my/"))

    def test_one_thing_stops_and_the_others_stay(self, known: Client, cast: Cast) -> None:
        known.post("/my/revoke/elements/face/")
        [view] = consents_of(cast.ana, NOW)
        assert "face" not in view.covers.elements
        assert "first_name" in view.covers.elements

    def test_the_same_part_twice_is_taken_back_once(self, known: Client) -> None:
        known.post("/my/revoke/platforms/instagram/")
        page = known.post("/my/revoke/platforms/instagram/", follow=True)
        assert page.redirect_chain == [("/my/revoked/", 302)]
        assert Revocation.objects.count() == 1

    @pytest.mark.parametrize("part", ["platforms/tiktok", "elements/xray", "purposes/team"])
    def test_what_was_never_allowed_cannot_be_taken_back(self, known: Client, part: str) -> None:
        assert known.post(f"/my/revoke/{part}/").status_code == 302
        assert Revocation.objects.count() == 0

    def test_needs_the_birth_date(self, visitor: Client) -> None:
        response = visitor.post("/my/revoke/platforms/instagram/")
        assert response["Location"] == "/my/"
        assert Revocation.objects.count() == 0


class TestWhatFollows:
    def test_the_page_says_what_is_taken_down_and_by_when(self, known: Client, cast: Cast) -> None:
        given_post_by_hand(cast)
        assert "Out since" in text_of(known.get("/my/"))
        known.post("/my/revoke/")
        assert "We are looking through what is on its way." in text_of(known.get("/my/revoked/"))
        sweep(by=SYSTEM, at=NOW + timedelta(minutes=20))
        page = text_of(known.get("/my/revoked/"))
        assert "Nothing is on its way any more." in page
        assert "our by_hand" in page
        assert "Being taken down, by <time" in page
        assert "Copies that others saved or shared cannot be called back." in page

    def test_whoever_is_unknown_learns_how_much_and_by_when_only(self, visitor: Client, cast: Cast) -> None:
        given_post_by_hand(cast)
        visitor.post("/my/revoke/")
        sweep(by=SYSTEM, at=NOW + timedelta(minutes=20))
        page = text_of(visitor.get("/my/revoked/"))
        assert "1 post, by <time" in page
        assert "our by_hand" not in page

    def test_the_page_tells_of_every_withdrawal(self, known: Client, cast: Cast) -> None:
        given_post_by_hand(cast)
        known.post("/my/revoke/platforms/facebook/")
        sweep(by=SYSTEM, at=NOW + timedelta(minutes=20))
        finish_by_hand(takedown=Takedown.objects.get(), proof="Gone.", by=by(cast.dan), at=NOW)
        with time_machine.travel(NOW + timedelta(minutes=25), tick=False):
            known.post("/my/revoke/")
            last, _, before = text_of(known.get("/my/revoked/")).partition("What you stopped before")
        assert "Everything stops." in last
        assert "our by_hand" not in last
        assert "Facebook, <time" in before
        assert "our by_hand" in before

    def test_an_unknown_visitor_learns_of_earlier_ones_without_a_word_of_what(
        self, known: Client, cast: Cast
    ) -> None:
        known.post("/my/revoke/platforms/facebook/")
        stranger = Client()
        come_in(stranger, given_link(cast, cast.ana)[1])
        with time_machine.travel(NOW + timedelta(minutes=25), tick=False):
            page = text_of(stranger.post("/my/revoke/", follow=True))
        assert "A part, <time" in page
        assert "Facebook" not in page


def given_post_by_hand(cast: Cast) -> None:
    """Dan posts about Ana on Facebook and says where it is."""
    version = approved(cast, given_version(cast, given_account(cast, "by_hand"), cast.ana))
    delivery = schedule(version=version, due_at=NOW, by=by(cast.dan), at=NOW)
    claim_by_hand(delivery=delivery, by=by(cast.dan), at=NOW)
    delivery.refresh_from_db()
    post_now(delivery=delivery, by=by(cast.dan), at=NOW)
    delivery.refresh_from_db()
    tell_by_hand(delivery=delivery, posted=True, address="https://example.org/1", by=by(cast.dan), at=NOW)


class TestTheCopy:
    def test_opens_and_is_the_document_that_was_signed(self, client: Client, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana, complete=False)
        assert consent.signature is not None
        seal(signature=consent.signature, data=b"%PDF-1.7 as signed", ledger_seq=1, by=SYSTEM, at=NOW)
        come_in(client, given_link(cast, cast.ana)[1])
        assert "your signed form (PDF)" in text_of(give_birth_date(client, cast.ana.date_of_birth))
        response = client.get(f"/my/copy/{consent.pk}/")
        assert (response.content, response["Content-Type"]) == (b"%PDF-1.7 as signed", "application/pdf")

    def test_is_no_longer_offered_once_its_file_was_erased(self, known: Client, cast: Cast) -> None:
        consent = Consent.objects.get()
        path = f"/my/copy/{consent.pk}/"
        page = text_of(known.get("/my/"))
        assert path in page
        Disposal.objects.create(
            practice=cast.practice,
            person=cast.ana,
            consent=consent,
            what="file",
            row_id=1,
            why="The years are over.",
            retain_until=NOW.date(),
            proposed_by=cast.eve,
            proposed_at=NOW,
            executed_by=cast.paul,
            executed_at=NOW,
        )
        assert path not in text_of(known.get("/my/"))
        assert known.get(path).status_code == 404

    def test_taken_along_is_a_copy_given(self, client: Client, cast: Cast) -> None:
        """R12: the signer has it from then on, and the ledger says so instead of that somebody looked at it."""
        consent = sealed(cast, signed_consent(cast, cast.ana, complete=False, copied=False))
        come_in(client, given_link(cast, cast.ana)[1])
        give_birth_date(client, cast.ana.date_of_birth)
        assert standings([cast.ana], NOW)[cast.ana.pk].key == "incomplete"
        for _ in range(2):
            client.get(f"/my/copy/{consent.pk}/")
        [copy] = CopyGiven.objects.all()
        assert (copy.method, copy.given_by) == ("own_page", f"person:{cast.ana.pk}")
        assert standings([cast.ana], NOW)[cast.ana.pk].key == "on_file"
        assert not LedgerEntry.objects.filter(event="document.viewed").exists()

    def test_looked_at_by_another_representative_is_none(self, client: Client, cast: Cast) -> None:
        mother = given_authority(cast, cast.bea, cast.carla)
        father = given_authority(cast, cast.bea, cast.vic)
        consent = signed_consent(
            cast, cast.bea, signer=cast.carla, representation=mother, complete=False, copied=False
        )
        sealed(cast, consent)
        come_in(client, given_link(cast, cast.bea, father)[1])
        give_birth_date(client, cast.bea.date_of_birth)
        assert client.get(f"/my/copy/{consent.pk}/").status_code == 200
        assert not CopyGiven.objects.exists()
        assert LedgerEntry.objects.filter(event="document.viewed").count() == 1

    def test_has_the_digest_on_record_and_prints(self, client: Client, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana, complete=False)
        assert consent.signature is not None
        signed = seal(signature=consent.signature, data=b"%PDF-1.7 mine", ledger_seq=1, by=SYSTEM, at=NOW)
        come_in(client, given_link(cast, cast.ana)[1])
        give_birth_date(client, cast.ana.date_of_birth)
        response = client.get(f"/my/copy/{consent.pk}/")
        assert hashlib.sha256(response.content).hexdigest() == signed.document.sha256
        assert response["Content-Disposition"].startswith("inline;")

    def test_that_is_gone_is_said_to_be_and_nothing_else_is_shown(self, client: Client, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana, complete=False)
        assert consent.signature is not None
        signed = seal(signature=consent.signature, data=b"%PDF-1.7 lost", ledger_seq=1, by=SYSTEM, at=NOW)
        store.delete("documents", signed.document.storage_key)
        come_in(client, given_link(cast, cast.ana)[1])
        give_birth_date(client, cast.ana.date_of_birth)
        response = client.get(f"/my/copy/{consent.pk}/")
        assert response.status_code == 503
        assert "Our copy is missing or is not exactly what was signed" in text_of(response)

    def test_stays_closed_to_the_unknown_and_to_others(self, visitor: Client, cast: Cast) -> None:
        other = signed_consent(cast, cast.vic)
        [view] = consents_of(cast.ana, NOW)
        assert visitor.get(f"/my/copy/{view.consent.pk}/").status_code == 404
        give_birth_date(visitor, cast.ana.date_of_birth)
        assert visitor.get(f"/my/copy/{other.pk}/").status_code == 404

    def test_of_a_merged_record_waits_for_the_second_who_says_that_both_are_one(
        self, visitor: Client, cast: Cast
    ) -> None:
        other = sealed(cast, signed_consent(cast, cast.vic, complete=False))
        merge = merge_people(person=cast.vic, into=cast.ana, by=by(cast.finn), at=NOW)
        give_birth_date(visitor, cast.ana.date_of_birth)
        assert visitor.get(f"/my/copy/{other.pk}/").status_code == 404
        confirm_merge(merge=merge, by=by(cast.freya), at=NOW)
        assert visitor.get(f"/my/copy/{other.pk}/").status_code == 200


def sealed(cast: Cast, consent: Consent) -> Consent:
    """The document of the signature is there."""
    assert consent.signature is not None
    seal(signature=consent.signature, data=b"%PDF-1.7 as signed", ledger_seq=1, by=SYSTEM, at=NOW)
    return consent


class TestLeaving:
    def test_closes_the_page_and_leaves_the_link_good(self, client: Client, cast: Cast) -> None:
        _, path = given_link(cast, cast.ana)
        come_in(client, path)
        client.post("/my/leave/")
        assert client.get("/my/").status_code == 404
        assert come_in(client, path).status_code == 200
