"""Every "no" carries the button that mends it: each remedy of the gate has one here, and it leads somewhere."""

from typing import cast as cast_to

import pytest

from consent.access.actions.recipients import add_recipient
from consent.access.doors import MemberRequest
from posts.clearance.rules import Spoken
from posts.content.actions import Mentioned, Shown
from posts.gate.reasons import CATALOGUE, REMEDIES
from posts.planning.queries import desk, draft_of
from posts.planning.rules import STEPS
from posts.planning.views.mending import MENDS, buttons
from tests.cast import NOW, by
from tests.desk import as_, at, words
from tests.drafts import a_version
from tests.pictures import given_picture, given_rendition

OF_A_PICTURE = {"say_who", "say_capture", "look_over", "write_alt_text", "write_captions", "change_picture"}
OF_A_RECIPIENT = {"drop_recipient", "record_agreement"}


@pytest.fixture
def version(cast):
    """A version with a person, a picture, a video and a third party in it."""
    agency = add_recipient(
        practice=cast.practice, name="Bright Agency", acts_for_us=True, by=by(cast.olga), at=NOW
    )
    video = given_picture(cast, cast.vic)
    video.kind = "video"
    video.save()
    return a_version(
        cast,
        media=[Shown(given_rendition(cast, cast.ana)), Shown(video.renditions.get())],
        mentions=[Mentioned(cast.ana, ("first_name",))],
        recipients=[agency],
    )


def reasons_with(remedy, cast, version):
    """Each reason of the catalogue with this remedy, about the person, picture or third party of the version."""
    kind = "video" if remedy == "write_captions" else "image"
    asset = version.media.get(rendition__asset__kind=kind).rendition.asset_id
    for code, entry in CATALOGUE.items():
        if entry.remedy == remedy:
            yield Spoken(
                code=code,
                weight=entry.weight,
                sentence=entry.sentence,
                because=entry.because,
                remedy=remedy,
                remedy_label=REMEDIES[remedy].format(who="Ana"),
                who="Ana",
                keys=(str(version.recipients.get().pk),) if remedy in OF_A_RECIPIENT else (),
                person_id=cast.ana.pk if "{who}" in entry.sentence else None,
                asset_id=asset if remedy in OF_A_PICTURE else None,
            )


@pytest.mark.parametrize("remedy", REMEDIES)
class TestARemedy:
    def test_has_a_button_that_works_for_every_reason(self, cast, version, remedy):
        client = as_(cast.dan)
        response = client.get(at("planning:compose", version.post_id))
        page, request = words(response), cast_to(MemberRequest, response.wsgi_request)
        [shown] = desk(version.post, draft_of(version.post), NOW).versions
        reasons = list(reasons_with(remedy, cast, version))
        assert reasons, "no reason asks for it"

        for said in reasons:
            offered = buttons(request, said, shown)
            assert offered, said.code
            for button in offered:
                assert button.label
                if button.do:
                    name, *numbers = button.do.split(":")
                    assert name == "leave_out" or len(numbers) == STEPS[name][1], button
                elif button.url:
                    assert client.get(button.url).status_code == 200, button
                else:
                    assert f'id="{button.focus}"' in page, button


class TestTheRemedies:
    def test_are_those_of_the_gate(self):
        assert MENDS.keys() == REMEDIES.keys()
