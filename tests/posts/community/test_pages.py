"""The pages of stories: found, kept, told who is who, left at a kind sign (S6, R33, R50, R54, R96, R97)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posts.community.actions import Seen, note_reply
from posts.community.models import Snapshot, Story
from posts.community.rules.reading import KIND_REPLIES, odd_letters
from posts.screening.rules.approved import approved_as
from tests.cast import NOW, Cast, by, make_person
from tests.desk import as_, at, words
from tests.pictures import telling_jpeg
from tests.stories import ADDRESS, WORDS, a_story, asked, known

CYRILLIC = "@r\u043esa.runs"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def cast(db):
    cast = Cast()
    assert cast.finn
    assert cast.freya
    return cast


def typed(cast, **instead):
    return {
        "address": ADDRESS,
        "handle": "",
        "posted_on": "2026-11-20",
        "language": "en",
        "text": WORDS,
        "location": cast.location.pk,
    } | instead


def screenshot(name="story.jpg", data=None, kind="image/jpeg"):
    return SimpleUploadedFile(name, data or telling_jpeg(), content_type=kind)


class TestTheList:
    def test_teaches_while_it_is_empty(self, cast):
        page = words(as_(cast.dan).get(at("community:stories")))
        assert "No story yet." in page
        assert "two signatures" in page
        assert "Keep a story" in page

    def test_shows_each_with_its_step_and_whose_it_is(self, cast):
        asked(cast, cast.ana)
        a_story(cast, "https://www.tiktok.com/@pat/video/1", handle="@pat")
        page = words(as_(cast.eve).get(at("community:stories")))
        assert "@rosa.runs" in page
        assert "2 stories · Kept 1 · Asked 1" in page

    def test_is_a_board_by_step_at_an_address_of_its_own(self, cast):
        asked(cast, cast.ana)
        a_story(cast, "https://www.tiktok.com/@pat/video/1", handle="@pat")
        page = words(as_(cast.dan).get(at("community:stories"), {"view": "board", "network": "instagram"}))
        assert 'id="column-requested"' in page
        assert 'id="column-kept"' not in page
        assert "?view=list&amp;network=instagram" in page or "?view=list&network=instagram" in page

    def test_is_narrowed_by_step_owner_and_network_and_searched_by_handle(self, cast):
        asked(cast, cast.ana)
        a_story(cast, "https://www.tiktok.com/@pat/video/1", handle="@pat")
        client = as_(cast.dan)
        for narrowing in ({"step": "kept"}, {"network": "tiktok"}):
            page = words(client.get(at("community:stories"), narrowing))
            assert "@pat" in page
            assert "Open the story of @rosa.runs" not in page
        assert "No story fits." in words(client.get(at("community:stories"), {"owner": cast.mia.pk}))
        page = words(client.post(at("community:stories"), {"q": "PAT"}, follow=True))
        assert "Open the story of @pat" in page
        assert "Open the story of @rosa.runs" not in page

    def test_takes_a_filter_that_is_none_for_no_filter(self, cast):
        a_story(cast)
        page = as_(cast.dan).get(at("community:stories"), {"step": "x", "owner": "-1", "network": "'"})
        assert "@rosa.runs" in words(page)

    def test_tells_how_long_answers_take(self, cast):
        request, _ = asked(cast, cast.ana)
        note_reply(request=request, words="#yes", by=by(cast.dan), at=NOW + timedelta(days=3))
        with time_machine.travel(NOW + timedelta(days=4), tick=False):
            page = words(as_(cast.dan).get(at("community:stories")))
        assert "half of those who answered did within 3 days" in page

    @pytest.mark.parametrize("view", ["list", "board"])
    def test_costs_the_same_however_many(self, cast, view):
        client, counts = as_(cast.dan), []
        client.get(at("community:stories"))
        asked(cast, cast.ana)
        for number in (1, 6):
            for one in range(number):
                address = f"https://www.instagram.com/p/{number}{one}/"
                story = a_story(cast, address, seen=Seen(text=f"Words {number}{one}"))
                person = make_person(cast.practice, f"P{number}{one}", "Q", NOW.date().replace(year=1980))
                known(cast, story, person)
            with CaptureQueriesContext(connection) as queries:
                client.get(at("community:stories"), {"view": view})
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestKeeping:
    def test_keeps_what_was_seen_and_goes_to_its_page(self, cast):
        answer = as_(cast.dan).post(at("community:keep"), typed(cast, picture=screenshot()), follow=True)
        assert "It is no permission yet" in words(answer)
        story = Story.objects.get()
        assert (story.handle, story.platform) == ("@rosa.runs", "instagram")
        assert Snapshot.objects.get().picture_sha256

    def test_tells_at_once_what_the_address_says(self, cast):
        client = as_(cast.dan)
        told = words(client.post(at("community:read_address"), {"address": ADDRESS}))
        assert "A post on Instagram by @rosa.runs." in told
        a_story(cast)
        assert "Dan kept it" in words(client.post(at("community:read_address"), {"address": ADDRESS}))
        told = words(client.post(at("community:read_address"), {"address": "http://127.0.0.1/x"}))
        assert "leads into a local network" in told
        assert "does not know" not in told

    def test_names_letters_that_look_like_others(self, cast):
        told = words(as_(cast.dan).post(at("community:read_address"), {"handle": CYRILLIC}))
        assert "cyrillic small letter o" in told
        assert odd_letters("@rosa\u200b") == ["zero width space"]
        a_story(cast, handle=CYRILLIC)
        assert "cyrillic small letter o" in words(
            as_(cast.dan).get(at("community:story", Story.objects.get().pk))
        )

    def test_loses_no_word_to_a_mistake(self, cast):
        sent = typed(cast, address="https://10.0.0.7/p/1", handle="@rosa", posted_on="2026-11-20")
        answer = as_(cast.dan).post(at("community:keep"), sent)
        page = words(answer)
        assert answer.status_code == 422
        assert "leads into a local network" in page
        assert WORDS in page
        assert 'value="@rosa"' in page
        assert 'value="2026-11-20"' in page
        assert "choose it again" in page

    def test_leads_to_the_story_that_is_there(self, cast):
        story = a_story(cast)
        page = words(as_(cast.mia).post(at("community:keep"), typed(cast)))
        assert "This story is here already: Dan kept it." in page
        assert at("community:story", story.pk) in page
        assert Story.objects.count() == 1

    @pytest.mark.parametrize(
        ("file", "sentence"),
        [
            (
                ("it.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 64, "video/mp4"),
                "A screen recording cannot be kept yet.",
            ),
            (
                ("it.jpg", b"\x1aE\xdf\xa3" + b"\0" * 64, "image/jpeg"),
                "A screen recording cannot be kept yet.",
            ),
            (("it.jpg", b"no picture at all", "image/jpeg"), "This is not a picture that Postern can open."),
        ],
    )
    def test_refuses_a_file_that_is_no_picture_at_the_field(self, cast, file, sentence):
        answer = as_(cast.dan).post(at("community:keep"), typed(cast, picture=screenshot(*file)))
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert not Story.objects.exists()

    def test_asks_for_words_or_a_picture(self, cast):
        page = words(as_(cast.dan).post(at("community:keep"), typed(cast, text=" ")))
        assert "Type what the post says, or upload a picture of it" in page

    def test_keeps_nothing_of_a_day_ahead(self, cast):
        page = words(as_(cast.dan).post(at("community:keep"), typed(cast, posted_on="2026-11-25")))
        assert "This day lies ahead." in page


class TestAStory:
    def test_begins_with_the_two_kind_signs(self, cast):
        story = a_story(cast)
        page = words(as_(cast.dan).get(at("community:story", story.pk)))
        assert page.index("Like it") < page.index("A neutral comment") < page.index("As it was seen")
        assert page.index("A neutral comment") < page.index("Share it again")
        assert 'target="_blank" rel="noopener noreferrer" data-records="sign-like"' in page

    @pytest.mark.parametrize(("sign", "said"), [("like", "Liked"), ("comment", "A neutral comment")])
    def test_is_left_at_a_kind_sign(self, cast, sign, said):
        story = a_story(cast)
        page = words(as_(cast.dan).post(at("community:leave_at_sign", story.pk), {"sign": sign}, follow=True))
        assert f"{said}: Dan" in page
        assert "Kind sign" in words(as_(cast.dan).get(at("community:stories")))

    def test_takes_no_sign_that_is_none(self, cast):
        story = a_story(cast)
        as_(cast.dan).post(at("community:leave_at_sign", story.pk), {"sign": "shout"})
        assert Story.objects.get(pk=story.pk).sign == ""

    def test_offers_only_approved_comments(self, cast):
        assert all(approved_as(reply) is not None for replies in KIND_REPLIES.values() for reply in replies)
        story = a_story(cast, language="es")
        assert "Gracias por sus palabras." in words(as_(cast.dan).get(at("community:story", story.pk)))

    def test_opens_no_address_that_is_not_secure(self, cast):
        story = a_story(cast, ADDRESS.replace("https", "http"))
        page = words(as_(cast.dan).get(at("community:story", story.pk)))
        assert 'href="http://' not in page
        assert "not secure" in page

    def test_says_word_by_word_what_has_changed(self, cast):
        story = a_story(cast)
        answer = as_(cast.dan).post(
            at("community:see_again", story.pk), {"text": WORDS.replace("ran", "walked")}, follow=True
        )
        page = words(answer)
        assert "removed: </span>ran" in page
        assert "added: </span>walked" in page
        assert all(one.sha256 in page for one in Snapshot.objects.all())

    def test_says_that_nothing_has_changed(self, cast):
        story = a_story(cast)
        answer = as_(cast.dan).post(at("community:see_again", story.pk), {"text": WORDS}, follow=True)
        assert "Nothing has changed." in words(answer)
        assert Snapshot.objects.count() == 1

    def test_refuses_to_be_seen_again_without_anything(self, cast):
        story = a_story(cast)
        answer = as_(cast.dan).post(at("community:see_again", story.pk), {"text": ""})
        assert answer.status_code == 422
        assert "Type what the post says" in words(answer)

    def test_shows_its_picture_to_members_alone_and_to_no_cache(self, cast, client):
        story = a_story(cast, seen=Seen(picture=telling_jpeg()))
        address = at("community:snapshot", Snapshot.objects.get().pk)
        answer = as_(cast.dan).get(address)
        assert answer["Content-Type"] == "image/jpeg"
        assert "no-store" in answer["Cache-Control"]
        assert address in words(as_(cast.dan).get(at("community:story", story.pk)))
        assert client.get(address).status_code == 302
        assert as_(cast.finn).get(address).status_code == 403

    def test_names_a_story_with_the_same_picture(self, cast):
        first = a_story(cast, seen=Seen(picture=telling_jpeg()))
        second = a_story(
            cast, "https://www.tiktok.com/@thief/video/9", handle="@thief", seen=Seen(picture=telling_jpeg())
        )
        page = words(as_(cast.dan).get(at("community:story", second.pk)))
        assert "Its picture is also in" in page
        assert at("community:story", first.pk) in page

    def test_that_is_gone_is_taken_as_a_no(self, cast):
        story = a_story(cast)
        page = words(as_(cast.dan).post(at("community:note_gone", story.pk), follow=True))
        assert "Take that as a no" in page
        assert "Original gone" in page
        assert "Like it" not in page
