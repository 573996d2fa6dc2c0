import pytest

from posts.channels.models import ChannelAccount
from tests.cast import NOW, Cast
from tests.posts.outgoing import given_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


def form(cast, **changes):
    return {
        "platform": "website",
        "handle": "Our wall",
        "audience": "public",
        "discloser": cast.location.pk,
        "adapter": "wall",
        **changes,
    }


class TestOpeningAChannel:
    def test_makes_it_ready_for_posts(self, cast, client):
        client.force_login(cast.olga)
        answer = client.post("/p/riverbend/channels/open/", form(cast), follow=True)
        assert "Our wall is open" in answer.content.decode()
        account = ChannelAccount.objects.get()
        assert (account.practice, account.opened_by, account.adapter) == (cast.practice, cast.olga, "wall")

    def test_refuses_the_wall_on_another_platform(self, cast, client):
        client.force_login(cast.olga)
        answer = client.post("/p/riverbend/channels/open/", form(cast, platform="instagram"))
        assert "The practice wall is part of your website" in answer.content.decode()
        assert not ChannelAccount.objects.exists()

    def test_refuses_the_same_account_twice(self, cast, client):
        client.force_login(cast.olga)
        client.post("/p/riverbend/channels/open/", form(cast))
        answer = client.post("/p/riverbend/channels/open/", form(cast))
        assert "is open already" in answer.content.decode()
        assert ChannelAccount.objects.count() == 1

    def test_belongs_to_the_owner_alone(self, cast, client):
        client.force_login(cast.dan)
        assert client.post("/p/riverbend/channels/open/", form(cast)).status_code == 403
        client.force_login(cast.zed)
        assert client.post("/p/riverbend/channels/open/", form(cast)).status_code == 404

    def test_takes_no_location_of_another_practice(self, cast, client):
        client.force_login(cast.olga)
        elsewhere = cast.other_practice.locations.create(name="Hill")
        client.post("/p/riverbend/channels/open/", form(cast, discloser=elsewhere.pk))
        assert not ChannelAccount.objects.exists()


class TestClosingAChannel:
    def test_takes_it_off_the_list_and_lets_it_be_opened_anew(self, cast, client):
        account = given_account(cast, handle="Our wall")
        client.force_login(cast.olga)
        answer = client.post(f"/p/riverbend/channels/{account.pk}/close/", follow=True)
        assert "Nothing goes out there any more" in answer.content.decode()
        client.post("/p/riverbend/channels/open/", form(cast))
        assert ChannelAccount.objects.filter(closed_at=None).count() == 1

    def test_says_so_if_it_was_closed_before(self, cast, client):
        account = given_account(cast)
        ChannelAccount.objects.filter(pk=account.pk).update(closed_at=NOW)
        client.force_login(cast.olga)
        answer = client.post(f"/p/riverbend/channels/{account.pk}/close/", follow=True)
        assert "is closed already" in answer.content.decode()
