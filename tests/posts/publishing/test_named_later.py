"""Someone is named in a picture only after it went out: their withdrawal takes it down all the same."""

import pytest

from consent.media.actions import name_appearance
from consent.records.actions import revoke
from posts.content.models import VersionMedia
from posts.publishing.actions import schedule
from posts.publishing.models import Delivery, Takedown
from posts.publishing.queries.places import places_of
from tests.cast import NOW, by
from tests.consents import signed_consent
from tests.posts.outgoing import approved, given_account, given_rendition, given_version
from tests.posts.publishing.conftest import DUE

pytestmark = pytest.mark.django_db


@pytest.fixture
def out(cast, shift):
    """A picture of nobody, so it was said, is on the wall."""
    version = given_version(cast, given_account(cast))
    VersionMedia.objects.create(
        version=version, rendition=given_rendition(cast), position=0, alt_text="A bell."
    )
    delivery = schedule(version=approved(cast, version), due_at=DUE, by=by(cast.dan), at=NOW)
    shift.until(DUE)
    shift.work()
    assert Delivery.objects.get(pk=delivery.pk).state == "published"
    return delivery


def named(cast, shift, person):
    asset = given_rendition(cast).asset
    return name_appearance(asset=asset, person=person, elements=["face"], by=by(cast.eve), at=shift.now)


class TestNamedAfterItWentOut:
    def test_a_withdrawal_takes_it_down(self, out, cast, shift, client):
        consent = signed_consent(cast, cast.ana)
        named(cast, shift, cast.ana)
        shift.work()
        assert not Takedown.objects.exists()
        revoke(consent=consent, how="desk", by=by(cast.finn), at=shift.now)
        shift.work()
        assert Takedown.objects.get().why == "withdrawn"

    @pytest.mark.parametrize(("element", "owed"), [("face", 1), ("quote", 0)])
    def test_a_withdrawal_in_part_reaches_what_was_named_later(self, cast, shift, element, owed):
        """Her first name was in the words when it went out; her face was found in the picture afterwards."""
        consent = signed_consent(cast, cast.ana)
        version = given_version(cast, given_account(cast), cast.ana)
        VersionMedia.objects.create(
            version=version, rendition=given_rendition(cast), position=0, alt_text="A bell."
        )
        schedule(version=approved(cast, version), due_at=DUE, by=by(cast.dan), at=NOW)
        shift.until(DUE)
        shift.work()
        named(cast, shift, cast.ana)
        revoke(consent=consent, part={"elements": [element]}, how="desk", by=by(cast.finn), at=shift.now)
        shift.work()
        assert Takedown.objects.count() == owed

    def test_without_permission_it_comes_down_at_once(self, out, cast, shift):
        named(cast, shift, cast.ana)
        shift.work()
        assert Takedown.objects.get().why == "missing"

    @pytest.mark.parametrize("terms", [{"platforms": ["instagram"]}, {"elements": ["first_name"]}], ids=str)
    def test_with_a_permission_for_something_else_it_comes_down_too(self, out, cast, shift, terms):
        signed_consent(cast, cast.ana, **terms)
        named(cast, shift, cast.ana)
        shift.work()
        assert Takedown.objects.get().why == "missing"

    def test_the_person_sees_it_on_their_page(self, out, cast, shift):
        assert not places_of([cast.ana.pk])
        named(cast, shift, cast.ana)
        assert [place.delivery_id for place in places_of([cast.ana.pk])] == [out.pk]


class TestNamedInAPictureThatTheAuthorTookOut:
    """The post shows another picture by now, or none; what was sent is still out."""

    @pytest.fixture(autouse=True)
    def _taken_out(self, out):
        out.version.media.all().delete()

    def test_without_permission_it_comes_down_at_once(self, cast, shift):
        named(cast, shift, cast.ana)
        shift.work()
        assert Takedown.objects.get().why == "missing"

    def test_a_withdrawal_takes_it_down(self, cast, shift):
        consent = signed_consent(cast, cast.ana)
        named(cast, shift, cast.ana)
        shift.work()
        revoke(consent=consent, how="desk", by=by(cast.finn), at=shift.now)
        shift.work()
        assert Takedown.objects.get().why == "withdrawn"

    def test_the_person_sees_it_on_their_page(self, out, cast, shift):
        named(cast, shift, cast.ana)
        assert [place.delivery_id for place in places_of([cast.ana.pk])] == [out.pk]
