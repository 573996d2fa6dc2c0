"""The wall as the world sees it: what is served is asked again at every request."""

from datetime import timedelta

import pytest
import time_machine

from consent.records.actions import lift_hold, place_hold, revoke
from posts.channels.adapter import Errand
from posts.channels.models import WallEntry
from posts.channels.rules import Absent, Done, Parcel, ParcelPicture, Prepared, Present, Refused, Trace
from posts.channels.wall import Wall
from tests.cast import NOW, Cast, by
from tests.consents import signed_consent
from tests.posts.outgoing import PIXEL, given_account, given_rendition

pytestmark = pytest.mark.django_db
WALL = Wall()


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def parcel(cast, *consents, key="k1", picture=True, caption="Ana rang the bell."):
    rendition = given_rendition(cast)
    looks = ParcelPicture(rendition.sha256, "image/png", 1, 1, "A bell.", lambda: PIXEL)
    return Parcel(
        key, caption, "", "post", (looks,) if picture else (), tuple(consent.pk for consent in consents)
    )


def errand(cast):
    return Errand(given_account(cast), NOW, 40)


def shown(cast, *consents, **options):
    """An entry on the wall, and the parcel it came from."""
    sent = parcel(cast, *consents, **options)
    prepared = WALL.prepare(errand(cast), sent)
    assert isinstance(prepared, Prepared)
    assert isinstance(WALL.commit(errand(cast), sent, prepared.handle), Done)
    return sent, prepared.handle


def picture_address(cast):
    return f"/wall/riverbend/pictures/{given_rendition(cast).sha256}"


class TestPreparing:
    def test_shows_nothing_to_anyone(self, cast, client):
        assert isinstance(WALL.prepare(errand(cast), parcel(cast)), Prepared)
        assert b"Ana" not in client.get("/wall/riverbend/").content
        assert client.get(picture_address(cast)).status_code == 404

    def test_again_replaces_what_was_prepared(self, cast):
        WALL.prepare(errand(cast), parcel(cast))
        WALL.prepare(errand(cast), parcel(cast, caption="Another."))
        assert WallEntry.objects.get().caption == "Another."


class TestCommitting:
    def test_shows_words_and_picture(self, cast, client):
        shown(cast, signed_consent(cast, cast.ana))
        page = client.get("/wall/riverbend/")
        assert b"Ana rang the bell." in page.content
        assert client.get(picture_address(cast)).content == PIXEL

    def test_twice_shows_it_once(self, cast, client):
        sent, handle = shown(cast)
        assert isinstance(WALL.commit(errand(cast), sent, handle), Done)
        assert client.get("/wall/riverbend/").content.count(b"<article") == 1

    def test_what_was_taken_down_is_refused_for_good(self, cast):
        sent, handle = shown(cast)
        WALL.delete(errand(cast), Trace(sent.key, "", handle))
        answer = WALL.commit(errand(cast), sent, handle)
        assert isinstance(answer, Refused)
        assert answer.permanent


class TestDeleting:
    def test_removes_words_and_bytes_and_leaves_a_tombstone(self, cast, client):
        sent, handle = shown(cast)
        trace = Trace(sent.key, "", handle)
        assert isinstance(WALL.probe(errand(cast), trace), Present)
        WALL.delete(errand(cast), trace)
        assert isinstance(WALL.probe_media(errand(cast), trace), Present)
        WALL.delete_media(errand(cast), trace)
        assert isinstance(WALL.probe(errand(cast), trace), Absent)
        assert isinstance(WALL.probe_media(errand(cast), trace), Absent)
        assert client.get(picture_address(cast)).status_code == 404
        assert b"deleted-entry" in client.get("/wall/riverbend/feed.atom").content

    def test_keeps_the_bytes_that_another_entry_shows(self, cast, client):
        sent, handle = shown(cast)
        shown(cast, key="k2")
        trace = Trace(sent.key, "", handle)
        WALL.delete(errand(cast), trace)
        WALL.delete_media(errand(cast), trace)
        assert isinstance(WALL.probe_media(errand(cast), trace), Absent)
        assert client.get(picture_address(cast)).content == PIXEL

    def test_finds_pictures_whose_handle_was_lost(self, cast):
        _, handle = shown(cast)
        lost = Trace("k1")
        WALL.delete(errand(cast), lost)
        WALL.delete_media(errand(cast), lost)
        assert isinstance(WALL.probe_media(errand(cast), Trace("k1", "", handle)), Absent)


class TestServing:
    def test_stops_with_the_withdrawal_itself(self, cast, client):
        consent = signed_consent(cast, cast.ana)
        shown(cast, consent)
        revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW)
        assert b"Ana" not in client.get("/wall/riverbend/").content
        assert client.get(picture_address(cast)).status_code == 404
        assert b"deleted-entry" in client.get("/wall/riverbend/feed.atom").content

    def test_stops_even_if_it_was_received_by_a_machine_whose_clock_runs_ahead(self, cast, client):
        consent = signed_consent(cast, cast.ana)
        shown(cast, consent)
        revoke(consent=consent, how="desk", by=by(cast.finn), at=NOW + timedelta(seconds=30))
        assert b"Ana" not in client.get("/wall/riverbend/").content

    def test_stops_when_the_website_alone_is_withdrawn(self, cast, client):
        consent = signed_consent(cast, cast.ana)
        shown(cast, consent)
        revoke(consent=consent, part={"platforms": ["instagram"]}, how="desk", by=by(cast.finn), at=NOW)
        assert b"Ana" in client.get("/wall/riverbend/").content
        revoke(consent=consent, part={"platforms": ["website"]}, how="desk", by=by(cast.finn), at=NOW)
        assert b"Ana" not in client.get("/wall/riverbend/").content

    def test_stops_while_on_hold_and_goes_on_after(self, cast, client):
        shown(cast, signed_consent(cast, cast.ana))
        hold = place_hold(person=cast.ana, by=by(cast.finn), at=NOW)
        assert b"Ana" not in client.get("/wall/riverbend/").content
        lift_hold(hold=hold, by=by(cast.finn), at=NOW)
        assert b"Ana" in client.get("/wall/riverbend/").content

    def test_asks_a_constant_number_of_queries(self, cast, client, django_assert_num_queries):
        counts = []
        for number in range(3):
            shown(cast, signed_consent(cast, cast.ana), key=f"many{number}")
            with django_assert_num_queries(100, exact=False) as asked:
                client.get("/wall/riverbend/")
                client.get("/wall/riverbend/feed.atom")
                client.get(picture_address(cast))
            counts.append(len(asked))
        assert counts[0] == counts[1] == counts[2]


class TestThePage:
    def test_sets_no_cookie_and_is_kept_a_minute_at_most(self, cast, client):
        shown(cast)
        for address in ("/wall/riverbend/", "/wall/riverbend/feed.atom", picture_address(cast)):
            answer = client.get(address)
            assert not answer.cookies
            assert answer["Cache-Control"] == "public, max-age=60"

    def test_may_be_framed_by_the_practice_s_own_sites_alone(self, cast, client):
        cast.practice.wall_sites = ["https://riverbend.example", "https://x.example; script-src *"]
        cast.practice.save()
        answer = client.get("/wall/riverbend/")
        assert "frame-ancestors 'self' https://riverbend.example;" in answer["Content-Security-Policy"] + ";"
        assert "x.example" not in answer["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer
        assert "frame-ancestors 'none'" in client.get("/account/login/")["Content-Security-Policy"]

    def test_does_not_show_another_practice_s_posts(self, cast, client):
        shown(cast)
        assert cast.other_practice
        assert b"Ana" not in client.get("/wall/hilltop/").content
        assert client.get(picture_address(cast).replace("riverbend", "hilltop")).status_code == 404
        assert client.get("/wall/nowhere/").status_code == 404

    def test_orders_the_newest_first(self, cast, client):
        shown(cast, key="old", caption="Older words")
        later = Errand(given_account(cast), NOW + timedelta(minutes=1), 40)
        sent = parcel(cast, key="new", caption="Newer words")
        WALL.prepare(later, sent)
        WALL.commit(later, sent, {})
        page = client.get("/wall/riverbend/").content
        assert page.index(b"Newer words") < page.index(b"Older words")
