"""What a reader would see has one digest: anything else gives another, whichever channel it goes to (R25)."""

from dataclasses import replace

import pytest

from posts.clearance.queries import rulings
from posts.content.models import Version, VersionMedia
from posts.content.queries import payload_of, whole_version
from posts.content.rules import Payload
from tests.cast import NOW, Cast
from tests.consents import signed_consent
from tests.posts.outgoing import PIXEL, approved, given_account, given_rendition, given_version

ANOTHER_PIXEL = PIXEL.replace(b"\x9c", b"\x9d")


@pytest.fixture
def version(cast: Cast) -> Version:
    """A post that shows and mentions Ana."""
    return given_version(cast, given_account(cast), cast.ana, picture=True)


def payload(version: Version) -> Payload:
    return payload_of(whole_version(version.pk))


def reasons(version: Version) -> list[str]:
    """What the gate says of the version now."""
    [ruling] = rulings([whole_version(version.pk)], NOW, final=True)
    return [reason.code for reason in ruling.verdict.reasons]


class TestTheDigestOfWhatIsSeen:
    def test_is_the_same_on_every_channel(self, cast: Cast, version: Version) -> None:
        before = payload(version)
        assert replace(before, version=99, account=99, people=(), paid=True).shown == before.shown

    @pytest.mark.parametrize(
        "change", [{"caption": "Ana rang the bell today"}, {"disclosure": "Ad"}, {"format": "story"}]
    )
    def test_changes_with_a_letter_and_the_format(self, version: Version, change: dict[str, str]) -> None:
        before = payload(version).shown
        Version.objects.filter(pk=version.pk).update(**change)
        assert payload(version).shown != before

    def test_changes_with_a_pixel_a_description_and_the_order(self, version: Version) -> None:
        before = payload(version)
        [bell] = before.media
        other = replace(bell, sha256="cd" * 32)
        looks = [(other,), (replace(bell, alt_text="A gong."),), (bell, other), (other, bell), ()]
        assert len({before.shown, *(replace(before, media=media).shown for media in looks)}) == 6


class TestAPermissionForExactlyThisPost:
    @pytest.fixture
    def out(self, cast: Cast, version: Version) -> Version:
        """The post, approved, with Ana's permission for exactly this."""
        seen = f"{version.post_id}#{payload(version).shown}"
        signed_consent(cast, cast.ana, posts=[seen])
        return approved(cast, version)

    def test_lets_it_out_unchanged(self, out: Version) -> None:
        assert "SCOPE_POST_SPECIFIC" not in reasons(out)

    def test_refuses_a_changed_letter(self, out: Version) -> None:
        Version.objects.filter(pk=out.pk).update(caption=out.caption + "!")
        assert "SCOPE_POST_SPECIFIC" in reasons(out)

    def test_refuses_another_format(self, out: Version) -> None:
        Version.objects.filter(pk=out.pk).update(format="reel")
        assert "SCOPE_POST_SPECIFIC" in reasons(out)

    def test_refuses_a_changed_pixel(self, cast: Cast, out: Version) -> None:
        changed = given_rendition(cast, cast.ana, content=ANOTHER_PIXEL)
        VersionMedia.objects.filter(version=out).update(rendition=changed)
        assert "SCOPE_POST_SPECIFIC" in reasons(out)
