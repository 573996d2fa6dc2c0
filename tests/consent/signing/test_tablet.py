"""The tablet in the signer's hands: one ceremony, nothing of the practice, wiped when nobody is there."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from consent.access.middleware import TABLET_COOKIE
from consent.audit.models import LedgerEntry
from consent.evidence.models import CopyGiven, Document, Signature
from consent.records.models import Consent
from consent.signing.actions import sealing
from consent.signing.models import Ceremony
from posts.publishing.work import seal_once
from tests.cast import NOW, Cast
from tests.ceremonies import SCREENS, answered, handed_over, prepared, scribble
from tests.consents import given_authority
from tests.seals import WORKER, rendered

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ceremony(cast, clock):
    return handed_over(cast)


@pytest.fixture
def client(ceremony):
    return tablet(ceremony[1])


def tablet(token):
    client = Client(headers={"User-Agent": "A tablet"})
    client.cookies[TABLET_COOKIE] = token
    return client


def at_step(client, ceremony, step):
    answered(ceremony[0], until=step)
    return client


def send(client, name, **data):
    return client.post(reverse(f"signing:{name}"), data, follow=True)


class TestTheTablet:
    def test_asks_one_question_after_the_other(self, client):
        seen = []
        for step, sent in SCREENS.items():
            if step != "assent":
                seen.append(client.get("/tablet/").content.decode())
                send(client, "answer", step=step, **sent)
        assert "2 of 8" in seen[2]
        assert "What we may share" in seen[2]
        assert Ceremony.objects.get().step == "sign"

    def test_has_nothing_marked_beforehand(self, client, ceremony):
        for step in ("elements", "platforms", "formats", "purposes", "ends", "review"):
            page = at_step(client, ceremony, step).get("/tablet/").content.decode()
            assert " checked" not in page

    def test_keeps_what_was_marked_through_a_refresh(self, client, ceremony):
        at_step(client, ceremony, "elements")
        send(client, "answer", step="elements", elements=["face"])
        page = send(client, "step_back").content.decode()
        assert page.count(" checked") == 1
        assert client.get("/tablet/").content.decode().count(" checked") == 1

    def test_says_kindly_what_is_missing_and_keeps_what_was_typed(self, client, ceremony):
        at_step(client, ceremony, "elements")
        page = send(client, "answer", step="elements", elements=["face", "condition"], detail_condition="")
        assert page.status_code == 422
        assert "please write it beside the mark" in page.content.decode()
        assert page.content.decode().count(" checked") == 2

    @pytest.mark.parametrize("typed", ["back\0pain", "back\n pain", "\u202eback pain\u202c", "back\x85pain"])
    def test_keeps_only_what_can_be_seen_of_the_words_beside_a_mark(self, client, ceremony, typed):
        at_step(client, ceremony, "elements")
        send(client, "answer", step="elements", elements=["condition"], detail_condition=typed)
        assert Ceremony.objects.get().answers["details"] == {"condition": "back pain"}

    def test_refuses_a_typed_name_that_cannot_be_printed_and_keeps_it(self, client, ceremony):
        at_step(client, ceremony, "sign")
        page = send(client, "sign", method="typed", typed_name="Ana Ruiz 安")
        assert page.status_code == 422
        assert "Our documents cannot print 安." in page.content.decode()
        assert "Ana Ruiz 安" in page.content.decode()
        assert Ceremony.objects.get().state == "open"

    @pytest.mark.parametrize("key", ["full_name", "everything", "", "<b>"])
    def test_refuses_a_line_that_was_not_offered(self, client, ceremony, key):
        at_step(client, ceremony, "elements")
        assert "not on this form" in send(client, "answer", step="elements", elements=[key]).content.decode()
        assert Ceremony.objects.get().step == "elements"

    def test_ignores_a_screen_that_is_no_longer_shown(self, client, ceremony):
        at_step(client, ceremony, "platforms")
        send(client, "answer", step="elements", elements=["face"])
        assert set(Ceremony.objects.get().answers["elements"]) == {"first_name", "face"}


class TestNoThanks:
    @pytest.mark.parametrize("step", ["welcome", "elements", "review", "sign"])
    def test_ends_kindly_and_leaves_nothing(self, client, ceremony, step):
        at_step(client, ceremony, step)
        page = send(client, "decline").content.decode()
        assert "Nothing changes in your care" in page
        kept = Ceremony.objects.get()
        assert (kept.state, kept.answers, kept.filled, kept.text_sha256) == ("declined", {}, "", "")
        assert not Signature.objects.exists()
        assert not Consent.objects.exists()
        assert LedgerEntry.objects.filter(event="ceremony.declined").count() == 1

    def test_of_the_child_ends_it(self, cast, clock):
        authority = given_authority(cast, cast.bea, cast.carla)
        ceremony = handed_over(cast, prepared(cast, cast.bea, authority, kind="authorization_minor"))
        client = at_step(tablet(ceremony[1]), ceremony, "assent")
        assert "words I understand" in client.get("/tablet/").content.decode()
        send(client, "answer", step="assent", assent=["no"])
        assert Ceremony.objects.get().state == "declined"
        assert Ceremony.objects.get().answers == {}

    def test_to_the_screen_but_yes_to_paper_is_told_to_the_desk(self, client, ceremony):
        at_step(client, ceremony, "disclosure")
        assert "prints the form for you" in send(client, "choose_paper").content.decode()
        assert Ceremony.objects.get().state == "paper"
        assert LedgerEntry.objects.filter(event="ceremony.paper_chosen").exists()


class TestSigningAtTheTablet:
    @pytest.fixture(autouse=True)
    def _quick_paper(self, monkeypatch):
        monkeypatch.setattr(sealing, "render_pdf", lambda page, **given: rendered())

    def test_thanks_at_once_and_asks_again_for_the_copy(self, client, ceremony):
        at_step(client, ceremony, "sign")
        page = send(client, "sign", method="drawn", drawing=scribble()).content.decode()
        assert "Your copy is being made" in page
        assert 'hx-trigger="every 1s"' in page
        assert Signature.objects.exists()
        assert not Document.objects.exists()

    def test_gives_the_copy_once_a_worker_has_made_it(self, client, ceremony):
        at_step(client, ceremony, "sign")
        send(client, "sign", method="drawn", drawing=scribble())
        assert seal_once(by=WORKER, clock=lambda: NOW)
        page = client.get("/tablet/").content.decode()
        assert "this is your copy" in page
        assert "hx-trigger" not in page
        assert f"/my/{Ceremony.objects.get().own_page}/" in page
        send(client, "copy", method="screen")
        printed = client.post(reverse("signing:copy"), {"method": "print"}, follow=True)
        assert printed["Content-Type"] == "application/pdf"
        assert set(CopyGiven.objects.values_list("method", flat=True)) == {"screen", "print"}

    def test_says_so_when_the_copy_cannot_be_opened(self, client, ceremony, settings):
        at_step(client, ceremony, "sign")
        send(client, "sign", method="drawn", drawing=scribble())
        assert seal_once(by=WORKER, clock=lambda: NOW)
        stored = Document.objects.get().storage_key
        (settings.DATA_DIR / "files" / "documents" / stored).unlink()
        for answer in (send(client, "copy", method="print"), client.get(reverse("signing:copy_file"))):
            assert answer.status_code == 503
            assert "ask the front desk" in answer.content.decode()
        assert not CopyGiven.objects.filter(method="print").exists()

    def test_twice_thanks_twice_and_signs_once(self, client, ceremony):
        at_step(client, ceremony, "sign")
        for _ in range(3):
            page = send(client, "sign", method="drawn", drawing=scribble()).content.decode()
            assert "You signed" in page
        assert Signature.objects.count() == Consent.objects.count() == 1

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({"method": "drawn", "drawing": ""}, "did not arrive whole"),
            ({"method": "drawn", "drawing": '{"width": 9, "height": 9, "strokes": []}'}, "still empty"),
            ({"method": "typed", "typed_name": "Bea Ruiz"}, "as it stands on the form: Ana Ruiz"),
            ({"method": "drawn", "drawing": "1," * 300_000}, "too large"),
            ({"method": "drawn", "drawing": "1," * 3_000_000}, "too large"),
        ],
        ids=["nothing", "empty", "another name", "600 kB", "6 MB"],
    )
    def test_refuses_what_is_no_signature_with_a_sentence(self, client, ceremony, sent, sentence):
        at_step(client, ceremony, "sign")
        page = send(client, "sign", **sent)
        assert page.status_code == 422
        assert sentence in page.content.decode()
        assert not Signature.objects.exists()

    def test_says_so_when_the_right_to_sign_has_ended_meanwhile(self, cast, clock):
        authority = given_authority(cast, cast.bea, cast.carla)
        ceremony = handed_over(cast, prepared(cast, cast.bea, authority, kind="authorization_minor"))
        client = at_step(tablet(ceremony[1]), ceremony, "sign")
        type(authority).objects.filter(pk=authority.pk).update(ended_at=NOW)
        page = send(client, "sign", method="drawn", drawing=scribble())
        assert page.status_code == 409
        assert "The right to sign has changed" in page.content.decode()
        assert not Signature.objects.exists()

    @pytest.mark.parametrize("step", ["elements", "sign"])
    @pytest.mark.parametrize("drawing", ["", "x" * 6_000_000])
    def test_from_an_old_tab_shows_where_the_form_is_now(self, client, ceremony, step, drawing):
        at_step(client, ceremony, step)
        send(client, "decline")
        page = send(client, "sign", method="drawn", drawing=drawing)
        assert page.status_code == 200
        assert "Nothing changes in your care" in page.content.decode()

    def test_wants_the_page_it_came_from(self, ceremony):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies[TABLET_COOKIE] = ceremony[1]
        at_step(strict, ceremony, "sign")
        assert strict.post(reverse("signing:sign"), {"drawing": scribble()}).status_code == 403
        assert not Signature.objects.exists()

    def test_after_done_shows_nothing_however_one_comes_back(self, client, ceremony):
        at_step(client, ceremony, "sign")
        send(client, "sign", method="typed", typed_name="ana ruiz")
        assert Signature.objects.exists()
        send(client, "put_down")
        for address in ("/tablet/", "/tablet/copy.pdf"):
            answer = client.get(address)
            assert b"give the tablet back" in answer.content
            assert b"Ruiz" not in answer.content
            assert "no-store" in answer["Cache-Control"]


class TestAnIdleTablet:
    def test_is_wiped_after_two_minutes(self, client, ceremony, clock):
        at_step(client, ceremony, "review")
        clock.move_to(NOW + timedelta(minutes=2))
        page = client.get("/tablet/").content
        assert b"give the tablet back" in page
        assert b"Ruiz" not in page

    def test_takes_no_answer_any_more(self, client, ceremony, clock):
        at_step(client, ceremony, "sign")
        clock.move_to(NOW + timedelta(minutes=2))
        send(client, "sign", method="drawn", drawing=scribble())
        assert not Signature.objects.exists()

    def test_stays_awake_under_a_hand_but_not_by_itself(self, client, clock):
        clock.move_to(NOW + timedelta(seconds=90))
        client.post(reverse("signing:touch"), headers={"X-Postern-Background": "1"})
        assert Ceremony.objects.get().last_seen_at == NOW
        client.post(reverse("signing:touch"))
        clock.move_to(NOW + timedelta(minutes=3))
        assert b"Hello Ana Ruiz" in client.get("/tablet/").content

    @pytest.mark.parametrize(("sent", "ago"), [("14000", 14), ("", 0), ("-3", 0), ("9" * 40, 0), ("soon", 0)])
    def test_is_idle_since_the_last_move_and_not_since_the_word_of_it(self, client, clock, sent, ago):
        clock.move_to(NOW + timedelta(seconds=90))
        client.post(reverse("signing:touch"), {"ago": sent})
        assert Ceremony.objects.get().last_seen_at == NOW + timedelta(seconds=90 - ago)

    def test_counts_on_when_its_page_is_shown_again(self, client, clock):
        clock.move_to(NOW + timedelta(seconds=100))
        assert b'data-quiet="100000"' in client.get("/tablet/").content


class TestATokenThatIsNotGood:
    @pytest.mark.parametrize("token", ["", "altered", "x" * 5000])
    def test_shows_nothing_and_signs_nothing(self, ceremony, token):
        answered(ceremony[0])
        client = tablet(token or "none")
        assert b"give the tablet back" in client.get("/tablet/").content
        send(client, "sign", method="drawn", drawing=scribble())
        assert not Signature.objects.exists()

    def test_after_two_hours_is_no_longer_good(self, client, clock):
        Ceremony.objects.update(last_seen_at=NOW + timedelta(hours=2))
        clock.move_to(NOW + timedelta(hours=2))
        assert b"Hello" not in client.get("/tablet/").content

    def test_is_kept_only_as_a_digest(self, ceremony):
        assert ceremony[1] not in str(Ceremony.objects.values().get())
