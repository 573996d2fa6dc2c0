"""The last line agrees with the gate about what a cut copy shows of whom (design 5; R39)."""

import pytest

from consent.media.models import Appearance, Asset, CutAway
from consent.records.actions import revoke
from posts.content.models import Mention
from tests.cast import NOW, by
from tests.posts.outgoing import approved
from tests.posts.publishing.test_last_line import copied, decided, sent

pytestmark = pytest.mark.django_db


class TestACopyThatShowsNothingOfSomebody:
    """What the gate no longer asks of whom nobody would know in a cut copy, the database does not ask either (R39)."""

    def cut(self, story, cast, **change):
        """Ana is shown by the picture alone, and has agreed to nothing; the copy that is sent was cut."""
        Mention.objects.filter(version=story.version).delete()
        media = story.version.media.get()
        appearance = Appearance.objects.get(asset=media.rendition.asset)
        fields = {"wholly": True, **change}
        CutAway.objects.create(
            practice=cast.practice,
            rendition=media.rendition,
            appearance=appearance,
            said_by=cast.dan,
            said_at=NOW,
            **fields,
        )
        revoke(consent=story.consent, how="desk", by=by(cast.finn), at=NOW)
        approved(cast, story.version)
        return decided(story)

    def test_may_go_without_asking_them(self, story, cast):
        assert sent(story, self.cut(story, cast))

    @pytest.mark.parametrize("change", [{"wholly": False, "elements": ["face"]}, {"removed_at": NOW}])
    def test_does_not_go_if_anything_of_them_is_shown(self, story, cast, change):
        decision = self.cut(story, cast, **change)
        assert not sent(story, copied(decision, allowed=True, reasons=[]))

    def test_does_not_go_if_an_outsider_took_the_picture(self, story, cast):
        decision = self.cut(story, cast)
        Asset.objects.update(taken_by="third_party", capture_cover="agreement")
        assert not sent(story, decision)
