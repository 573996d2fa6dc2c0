"""What a picture's page asks besides who is in it: the camera, the unnamed, the covered (R33, R39, R40)."""

import re
from datetime import date

from consent.audit.models import LedgerEntry
from consent.media.models import Appearance, Asset
from tests.desk import as_, at, words
from tests.pictures import as_file, drawn, given_picture

from .test_pages import upload

OUTSIDE = {"taken_by": "third_party", "capture_cover": "authorized", "captured_on": "2026-11-02"}
SEEN = re.compile(r'name="seen" value="([^"]*)"')


def seen_on(page):
    """What the picture's page remembers of having shown: the number of the unnamed, and who took it."""
    return SEEN.findall(page.content.decode())


class TestAddingAPicture:
    def test_keeps_who_took_it_and_what_allowed_it(self, cast):
        upload(cast.dan, ("a.jpg", as_file(drawn())), **OUTSIDE)

        asset = Asset.objects.get()
        assert (asset.taken_by, asset.capture_cover) == ("third_party", "authorized")
        page = words(as_(cast.dan).get(at("media:asset", asset.pk)))
        assert "A photographer, agency or reporter from outside, <time" in page
        assert "2 Nov" in page
        assert "everyone in it had signed before the camera came in" in page

    def test_asks_who_took_it_and_what_allowed_a_stranger(self, cast):
        nobody = upload(cast.dan, ("a.jpg", as_file(drawn())), taken_by="")
        stranger = upload(cast.dan, ("a.jpg", as_file(drawn())), taken_by="third_party")

        assert "Say who took it" in words(nobody)
        assert "Say what allowed the camera to be there." in words(stranger)
        assert not Asset.objects.exists()


class TestAPicturesPage:
    def test_says_that_nobody_has_said_who_took_it_and_takes_the_answer(self, cast):
        asset, dan = given_picture(cast, taken_by=""), as_(cast.dan)
        assert "Nobody has said who took it. Until somebody does" in words(
            dan.get(at("media:asset", asset.pk))
        )

        page = words(dan.post(at("media:capture", asset.pk), OUTSIDE, follow=True))

        asset.refresh_from_db()
        assert (asset.taken_by, asset.captured_on) == ("third_party", date(2026, 11, 2))
        assert "It is noted who took it." in page

    def test_keeps_an_answer_apart_that_is_not_whole(self, cast):
        asset = given_picture(cast, taken_by="")
        response = as_(cast.dan).post(at("media:capture", asset.pk), {"taken_by": "third_party"})
        assert response.status_code == 422
        assert "“Neither” is an answer too." in words(response)

    def test_counts_those_whom_nobody_can_name(self, cast):
        asset, dan = given_picture(cast), as_(cast.dan)
        dan.post(at("media:unnamed", asset.pk), {"unnamed": "3"})
        asset.refresh_from_db()
        assert asset.unnamed == 3
        assert dan.post(at("media:unnamed", asset.pk), {"unnamed": "-1"}).status_code == 422
        assert "3 whom nobody can name." in words(as_(cast.aida).get(at("media:asset", asset.pk)))

    def test_notes_that_someone_is_covered_and_takes_it_back(self, cast):
        asset, dan = given_picture(cast), as_(cast.dan)
        page = words(dan.post(at("media:cover", asset.pk), follow=True))
        assert "Someone, covered" in page
        assert "Not covered after all" in page

        dan.post(at("media:remove", Appearance.objects.get().pk))

        assert "Someone, covered" not in words(dan.get(at("media:asset", asset.pk)))

    def test_keeps_from_a_stale_tab_who_took_it(self, cast):
        asset, dan = given_picture(cast), as_(cast.dan)
        door, (_, old) = at("media:capture", asset.pk), seen_on(dan.get(at("media:asset", asset.pk)))
        as_(cast.mia).post(door, OUTSIDE | {"seen": old})
        typed = {"taken_by": "workforce", "captured_on": "2026-11-03"}

        refused = dan.post(door, typed | {"seen": old})

        assert refused.status_code == 422
        assert (
            "Who took it was changed while this page was open. It now says: A photographer, agency or reporter from "
            "outside; what allowed it: everyone in it had signed before the camera came in; taken on 2 Nov 2026."
        ) in words(refused)
        asset.refresh_from_db()
        assert asset.taken_by == "third_party"
        assert 'value="2026-11-03"' in words(refused)
        dan.post(door, typed | {"seen": seen_on(refused)[1]})
        asset.refresh_from_db()
        assert (asset.taken_by, asset.captured_on) == ("workforce", date(2026, 11, 3))

    def test_writes_nothing_when_the_same_is_said_again(self, cast):
        asset, dan = given_picture(cast), as_(cast.dan)
        door, (_, old) = at("media:capture", asset.pk), seen_on(dan.get(at("media:asset", asset.pk)))
        for _ in range(2):
            page = words(dan.post(door, OUTSIDE | {"seen": old}, follow=True))
            assert "It is noted who took it." in page
        assert LedgerEntry.objects.filter(event="asset.capture_said").count() == 1

    def test_keeps_from_a_stale_tab_how_many_nobody_can_name(self, cast):
        asset, dan = given_picture(cast), as_(cast.dan)
        door, (old, _) = at("media:unnamed", asset.pk), seen_on(dan.get(at("media:asset", asset.pk)))
        as_(cast.mia).post(door, {"unnamed": "3", "seen": old})
        assert "The number is noted." in words(dan.post(door, {"unnamed": "3", "seen": old}, follow=True))

        refused = dan.post(door, {"unnamed": "0", "seen": old})

        assert refused.status_code == 422
        told = "How many nobody can name was changed while this page was open. It now says: 3."
        assert told in words(refused)
        assert Asset.objects.get().unnamed == 3
        dan.post(door, {"unnamed": "0", "seen": "3"})
        assert Asset.objects.get().unnamed == 0

    def test_lets_the_auditor_change_nothing(self, cast):
        asset = given_picture(cast)
        for door in ("capture", "unnamed", "cover"):
            assert as_(cast.aida).post(at(f"media:{door}", asset.pk)).status_code == 403
