"""The pages of stories: found, kept, told who is who, left at a kind sign (S6, R33, R50, R54, R96, R97)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent.people.models import Relation
from posts.community.actions import Seen, note_gone, note_reply, say_part, see_again
from posts.community.models import Part, Snapshot, Story
from posts.community.rules import PartFacts, open_questions
from posts.community.rules.reading import ANSWERED_AT, KIND_REPLIES, median_days, odd_letters
from posts.content.models import Post
from posts.screening.rules.approved import is_approved
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
        assert all(is_approved(reply) for replies in KIND_REPLIES.values() for reply in replies)
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


class TestWhoIsWho:
    def test_is_asked_question_by_question_each_with_its_button(self, cast):
        story = a_story(cast)
        page = words(as_(cast.dan).get(at("community:story", story.pk)))
        assert "Say who made it: whoever made it gives the licence." in page
        assert f"{at('community:say_part', story.pk)}?kind=author" in page
        assert "Nobody else is in it" in page

    def test_has_a_button_for_every_question_that_can_be_open(self):
        unknown = PartFacts("author", "unknown", "unknown", on_record=False)
        lost = PartFacts("author", "patient", "adult", on_record=False)
        others = [
            PartFacts("shown", "unknown", "unknown", on_record=False),
            PartFacts("told", "patient", "unknown", on_record=False),
        ]
        sentences = {
            sentence
            for parts in ([], [unknown, *others], [lost])
            for sentence in open_questions(parts, everybody_named=False)
        }
        answered = {one: start for one in sentences for start in ANSWERED_AT if one.startswith(start)}
        assert answered.keys() == sentences
        assert set(answered.values()) == ANSWERED_AT.keys()

    def test_finds_people_by_alias_and_no_more(self, cast):
        assert cast.ana
        found = words(as_(cast.dan).post(at("community:find_person"), {"q": "ana"}))
        assert "Ana" in found
        assert "Ruiz" not in found
        assert "Nobody found by that." in words(
            as_(cast.dan).post(at("community:find_person"), {"q": "Ruiz"})
        )

    def test_finds_them_without_a_script_and_keeps_what_was_chosen(self, cast):
        assert cast.ana
        story = a_story(cast)
        sent = {"find": "1", "q": "ana", "kind": "author", "relation": "patient", "age": "adult"}
        page = words(as_(cast.dan).post(at("community:say_part", story.pk), sent))
        assert f'name="person" value="{cast.ana.pk}"' in page
        assert page.count("checked") == 3
        assert not Part.objects.exists()

    def test_is_said_of_somebody_and_shown_with_who_said_it(self, cast):
        story = a_story(cast)
        sent = {"kind": "author", "relation": "patient", "age": "adult", "person": cast.ana.pk}
        page = words(as_(cast.dan).post(at("community:say_part", story.pk), sent, follow=True))
        assert "Made it:" in page
        assert "A patient, or was one · 18 or older · says Dan" in page

    def test_asks_for_what_was_left_out(self, cast):
        story = a_story(cast)
        answer = as_(cast.dan).post(at("community:say_part", story.pk), {"kind": "author"})
        assert answer.status_code == 422
        assert words(answer).count("This field is required.") == 2

    def test_is_said_anew_and_what_was_said_before_ends(self, cast):
        story = a_story(cast)
        part = say_part(
            story=story, kind="shown", relation="unknown", age="unknown", person=None, words="The tall one",
            by=by(cast.dan), at=NOW,
        )  # fmt: skip
        client = as_(cast.dan)
        assert f"?instead={part.pk}" in words(client.get(at("community:story", story.pk)))
        page = words(client.get(at("community:say_part", story.pk), {"instead": part.pk}))
        assert 'value="The tall one"' in page
        sent = {
            "instead": part.pk,
            "kind": "shown",
            "relation": "patient",
            "age": "adult",
            "person": cast.ana.pk,
        }
        client.post(at("community:say_part", story.pk), sent)
        assert [one.person for one in Part.objects.filter(ended_at=None)] == [cast.ana]

    def test_is_taken_back(self, cast):
        story = known(cast, a_story(cast), cast.ana)
        page = words(as_(cast.dan).post(at("community:end_part", Part.objects.get().pk), follow=True))
        assert "Nobody has said it yet." in page
        page = words(
            as_(cast.dan).post(at("community:name_everybody", story.pk), {"named": "no"}, follow=True)
        )
        assert "Say that nobody else is shown or told of in it" in page

    def test_says_that_nobody_else_is_in_it(self, cast):
        story = a_story(cast)
        page = words(as_(cast.dan).post(at("community:name_everybody", story.pk), follow=True))
        assert "Nobody else is in it, says Dan" in page

    def test_stays_while_somebody_is_asked(self, cast):
        request, _ = asked(cast, cast.ana)
        client = as_(cast.dan)
        sent = {"kind": "told", "relation": "unknown", "age": "unknown"}
        assert "Call the request off first." in words(
            client.post(at("community:say_part", request.story_id), sent)
        )
        page = words(client.post(at("community:end_part", Part.objects.get().pk), follow=True))
        assert "Call the request off first." in page
        assert "Say it anew" not in page

    def test_says_when_the_author_works_here_or_is_the_reader(self, cast):
        story = known(cast, a_story(cast), cast.nora, relation="not_patient")
        assert Relation.objects.filter(person=cast.nora, kind="staff").exists()
        page = words(as_(cast.dan).get(at("community:story", story.pk)))
        assert "Its author works here." in page
        cast.nora.user = cast.dan
        cast.nora.save()
        assert "You made it yourself." in words(as_(cast.dan).get(at("community:story", story.pk)))


class TestThePost:
    def test_begins_from_the_story_and_goes_on_in_the_composer(self, cast):
        story = known(cast, a_story(cast), cast.ana)
        answer = as_(cast.dan).post(at("community:begin_post", story.pk), {"purpose": "testimonial"})
        post = Post.objects.get()
        assert answer["Location"] == at("planning:compose", post.pk)
        assert (post.story, post.quote_source) == (story.pk, WORDS)
        page = words(as_(cast.dan).get(at("community:story", story.pk)))
        assert "Story of Ana" in page
        assert "Ask for it" in page

    def test_does_not_begin_before_its_author_is_known(self, cast):
        story = a_story(cast)
        answer = as_(cast.dan).post(at("community:begin_post", story.pk), {"purpose": "testimonial"})
        assert answer.status_code == 422
        assert not Post.objects.exists()

    def test_does_not_begin_without_a_purpose(self, cast):
        story = known(cast, a_story(cast), cast.ana)
        answer = as_(cast.dan).post(at("community:begin_post", story.pk), {"purpose": "fun"})
        assert answer.status_code == 422
        assert "Select a valid choice" in words(answer)

    def test_gets_the_author_s_picture_with_author_and_source_filled_in(self, cast):
        story = known(cast, a_story(cast), cast.ana)
        page = words(as_(cast.dan).get(at("community:story", story.pk)))
        assert f"?source=user&author={cast.ana.pk}&source_url=https%3A%2F%2Fwww.instagram.com" in page
        filled = {"source": "user", "author": cast.ana.pk, "source_url": ADDRESS}
        form = words(as_(cast.dan).get(at("media:add"), filled))
        assert f'value="{ADDRESS}"' in form
        assert f'name="author" value="{cast.ana.pk}" checked' in form

    def test_is_left_to_a_marketer_by_compliance(self, cast):
        story = known(cast, a_story(cast), cast.ana)
        page = words(as_(cast.eve).get(at("community:story", story.pk)))
        assert "A marketer begins the post and asks for it." in page
        assert as_(cast.eve).post(at("community:begin_post", story.pk)).status_code == 403


class TestReading:
    def test_finds_the_day_in_the_middle(self):
        waits = [(NOW, NOW + timedelta(days=days)) for days in (1, 2, 9)]
        assert median_days(waits) == 2
        assert median_days([]) is None

    def test_shows_both_looks_when_a_picture_was_changed(self, cast):
        story = a_story(cast, seen=Seen(picture=telling_jpeg()))
        see_again(story=story, seen=Seen(text="Other"), by=by(cast.dan), at=NOW)
        note_gone(story=story, by=by(cast.dan), at=NOW)
        assert "The picture is another one than before." in words(
            as_(cast.dan).get(at("community:story", story.pk))
        )
