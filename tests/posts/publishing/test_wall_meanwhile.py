"""Between a withdrawal and the worker's next round, the wall itself serves nothing that was taken back."""

import pytest
import time_machine

from consent.media.actions import name_appearance
from consent.records.actions import revoke
from tests.cast import by
from tests.consents import signed_consent
from tests.posts.outgoing import given_rendition
from tests.posts.publishing.conftest import CAPTION, DUE, Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def out(cast, shift):
    """Ana's first name and face are on the wall; all workers stop then."""
    story = Story(cast, "wall")
    shift.until(DUE)
    shift.work()
    assert story.state == "published"
    return story


def served(client, cast, shift):
    """Whether the words and the picture are served now."""
    with time_machine.travel(shift.now, tick=False):
        page = client.get("/wall/riverbend/").content.decode()
        feed = client.get("/wall/riverbend/feed.atom").content.decode()
        picture = client.get(f"/wall/riverbend/pictures/{given_rendition(cast).sha256}")
    assert (CAPTION in page) == (CAPTION in feed)
    return CAPTION in page, picture.status_code == 200


class TestWithoutAWorker:
    @pytest.mark.parametrize(
        "part",
        [{}, {"platforms": ["website"]}, {"elements": ["face"]}, {"elements": ["first_name"]}],
        ids=str,
    )
    def test_what_was_taken_back_is_not_served(self, out, cast, shift, client, part):
        assert served(client, cast, shift) == (True, True)
        revoke(consent=out.consent, part=part, how="own_page", by=by(cast.finn), at=shift.now)
        assert served(client, cast, shift) == (False, False)

    @pytest.mark.parametrize(
        "part", [{"platforms": ["instagram"]}, {"elements": ["quote"]}, {"assets": ["999"]}], ids=str
    )
    def test_what_the_entry_does_not_use_changes_nothing(self, out, cast, shift, client, part):
        revoke(consent=out.consent, part=part, how="own_page", by=by(cast.finn), at=shift.now)
        assert served(client, cast, shift) == (True, True)
        shift.work()
        assert served(client, cast, shift) == (True, True)

    @pytest.mark.parametrize(
        ("terms", "seen"),
        [(None, False), ({}, True), ({"platforms": ["instagram"]}, False), ({"elements": ["quote"]}, False)],
        ids=str,
    )
    def test_someone_named_in_the_picture_since_is_asked_too(self, out, cast, shift, client, terms, seen):
        if terms is not None:
            signed_consent(cast, cast.vic, **terms)
        asset = given_rendition(cast).asset
        name_appearance(asset=asset, person=cast.vic, elements=["face"], by=by(cast.eve), at=shift.now)
        assert served(client, cast, shift) == (seen, seen)

    def test_someone_named_in_a_picture_that_the_author_took_out_is_asked_too(self, out, cast, shift, client):
        asset = given_rendition(cast).asset
        out.version.media.all().delete()
        name_appearance(asset=asset, person=cast.vic, elements=["face"], by=by(cast.eve), at=shift.now)
        assert served(client, cast, shift) == (False, False)

    def test_of_what_was_shown_the_pictures_count_too(self, out, cast, shift, client):
        asset = str(given_rendition(cast).asset_id)
        revoke(consent=out.consent, part={"assets": [asset]}, how="desk", by=by(cast.finn), at=shift.now)
        assert served(client, cast, shift) == (False, False)
