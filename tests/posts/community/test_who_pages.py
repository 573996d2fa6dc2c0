"""The pages of who is who in a story, and of the post that begins from it (R33, R54, R96)."""

from datetime import timedelta

import pytest
import time_machine

from consent.people.models import Relation
from posts.community.actions import Seen, note_gone, say_part, see_again
from posts.community.models import Part
from posts.community.rules import PartFacts, open_questions
from posts.community.rules.reading import ANSWERED_AT, median_days
from posts.content.models import Post
from tests.cast import NOW, Cast, by
from tests.desk import as_, at, words
from tests.pictures import telling_jpeg
from tests.stories import ADDRESS, WORDS, a_story, asked, known


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
