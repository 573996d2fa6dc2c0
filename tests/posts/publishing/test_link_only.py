"""Where the author allowed a link alone, the bytes of what they made never leave for a network again (R96)."""

import pytest

from consent.media.models import Asset
from tests.cast import NOW, make_person
from tests.consents import signed_consent
from tests.posts.publishing.conftest import DUE, Story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("edits", "leaves"), [("as_it_is", 1), ("link_only", 0)])
def test_a_picture_goes_out_only_where_more_than_a_link_was_allowed(
    cast, channel, network, shift, edits, leaves
):
    """Also a picture that became somebody else's after it was approved and scheduled."""
    rosa = make_person(cast.practice, "Rosa", "Lind", NOW.date().replace(year=1991), "author")
    signed_consent(
        cast, rosa, kind="licence", form="author_licence", elements=[], edits=[edits], asked=["edits"]
    )
    story = Story(cast)
    Asset.objects.update(source="user", author=rosa)
    shift.until(DUE)
    shift.deliver()
    assert len(network.media) == len(network.visible) == leaves
    assert (story.state == "published") is bool(leaves)
