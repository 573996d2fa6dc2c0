"""One picture stops by itself; the page says, then and on every later visit, what came of a withdrawal."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from consent.audit.rules import SYSTEM
from consent.media.models import Asset
from consent.records.models import Revocation
from consent.records.queries import consents_of
from posts.publishing.actions import schedule
from posts.publishing.models import Delivery
from posts.publishing.work import work_once
from tests.cast import NOW, Cast, by
from tests.consents import signed_consent
from tests.posts.outgoing import approved, given_account, given_version

from .visiting import come_in, give_birth_date, given_link, text_of

pytestmark = pytest.mark.django_db


def work(minutes: int = 0) -> None:
    """A worker does all there is to do, so many minutes later."""
    for _ in range(30):
        if not work_once(by=SYSTEM, clock=lambda: NOW + timedelta(minutes=minutes)):
            return


@pytest.fixture
def out(client: Client, cast: Cast) -> Client:
    """Ana, known on her page; a post that shows her and one with words only are on the wall."""
    signed_consent(cast, cast.ana)
    for picture, caption in ((True, "Ana rang the bell today."), (False, "Thank you, Ana.")):
        version = given_version(cast, given_account(cast), cast.ana, picture=picture, caption=caption)
        schedule(version=approved(cast, version), due_at=NOW, by=by(cast.dan), at=NOW)
    work()
    come_in(client, given_link(cast, cast.ana)[1])
    give_birth_date(client, cast.ana.date_of_birth)
    return client


class TestOnePicture:
    def test_is_shown_small_with_its_own_button(self, out: Client) -> None:
        page = text_of(out.get("/my/"))
        assert "Stop showing picture 1" in page
        assert "Stop showing picture 2" not in page

    def test_the_first_tap_shows_it_and_changes_nothing(self, out: Client) -> None:
        page = text_of(out.get(f"/my/revoke/assets/{Asset.objects.get().pk}/"))
        assert "Stop showing this picture?" in page
        assert 'alt="Picture 1"' in page
        assert "Every post with it is taken down." in page
        assert not Revocation.objects.exists()

    def test_comes_down_and_the_rest_stays(self, out: Client, cast: Cast) -> None:
        out.post(f"/my/revoke/assets/{Asset.objects.get().pk}/")
        work(1)
        page = text_of(out.get("/my/"))
        assert "Stop showing picture" not in page
        assert sorted(Delivery.objects.values_list("version__caption", "state")) == [
            ("Ana rang the bell today.", "published"),
            ("Thank you, Ana.", "published"),
        ]
        work(10)
        assert sorted(Delivery.objects.values_list("version__caption", "state")) == [
            ("Ana rang the bell today.", "removed"),
            ("Thank you, Ana.", "published"),
        ]
        [view] = consents_of(cast.ana, NOW)
        assert view.covers.platforms == {"website", "instagram", "facebook"}

    def test_of_somebody_else_cannot_be_stopped(self, out: Client, cast: Cast) -> None:
        asset = Asset.objects.create(
            practice=cast.practice, label="Vic", sha256="0" * 64, storage_key="-", size=1,
            uploaded_by=cast.dan, uploaded_at=NOW,
        )  # fmt: skip
        assert out.post(f"/my/revoke/assets/{asset.pk}/")["Location"] == "/my/revoked/"
        assert not Revocation.objects.exists()


class TestWhatCameOfIt:
    def test_is_said_with_the_moment_it_was_removed(self, out: Client) -> None:
        out.post("/my/revoke/")
        work(1)
        page = text_of(out.get("/my/revoked/"))
        assert "What is gone" in page
        assert "Removed <time" in page
        assert "Prints, screenshots and copies that other people made" in page

    def test_is_still_said_days_later(self, out: Client, cast: Cast) -> None:
        out.post("/my/revoke/")
        work(30)
        with time_machine.travel(NOW + timedelta(days=9), tick=False):
            come_in(out, given_link(cast, cast.ana)[1])
            assert "What happened" in text_of(out.get("/my/"))
            assert "2 posts, the last removed <time" in text_of(out.get("/my/revoked/"))
            page = text_of(give_birth_date(out, cast.ana.date_of_birth))
            assert "What you stopped" in page
            assert "Everything, <time" in page
            assert "Nothing is on its way any more." in text_of(out.get("/my/revoked/"))
            assert "23 November at 10:" in text_of(out.get("/my/revoked/"))

    def test_lists_each_withdrawal(self, out: Client) -> None:
        out.post("/my/revoke/platforms/instagram/")
        with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
            out.post(f"/my/revoke/assets/{Asset.objects.get().pk}/")
            page = text_of(out.get("/my/"))
        assert page.index("A picture, <time") < page.index("Instagram, <time")

    def test_says_so_when_nothing_was_out(self, client: Client, cast: Cast) -> None:
        signed_consent(cast, cast.ana)
        come_in(client, given_link(cast, cast.ana)[1])
        client.post("/my/revoke/")
        work(1)
        assert "Nothing of yours that it covers is out." in text_of(client.get("/my/revoked/"))
