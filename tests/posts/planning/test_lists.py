"""The lists of posts and pictures: states that follow from what happened, standings, constant cost."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from posts.clearance.actions import send_back, submit
from posts.content.actions import Shown
from posts.planning.queries import post_rows
from tests.cast import NOW, by, make_person
from tests.consents import signed_consent
from tests.desk import as_, at, words
from tests.drafts import a_post, a_version
from tests.pictures import given_picture, given_rendition


def labels(cast):
    posts = cast.practice.posts.order_by("id")
    return [row.state.label for row in post_rows(list(posts))]


class TestPosts:
    def test_teach_when_there_are_none(self, cast):
        page = words(as_(cast.dan).get(at("planning:posts")))
        assert "No post yet." in page
        assert "A post needs a channel first." in page

    def test_say_where_each_one_stands(self, cast):
        a_post(cast)
        waiting, returned = a_version(cast).post, a_version(cast).post
        submit(post=waiting, by=by(cast.dan), at=NOW)
        review = submit(post=returned, by=by(cast.dan), at=NOW)
        send_back(review=review, comment="Say more about the garden", by=by(cast.eve), at=NOW)

        assert labels(cast) == ["Draft", "Waiting for review", "Sent back"]
        assert "Eve: “Say more about the garden”" in words(as_(cast.dan).get(at("planning:posts")))

    def test_are_found_by_name(self, cast):
        a_post(cast, title="The bell")
        a_post(cast, title="Flu season")

        page = words(as_(cast.dan).post(at("planning:posts"), {"q": "flu"}, follow=True))
        assert "Flu season" in page
        assert "The bell" not in page

    def test_stay_in_their_practice(self, cast):
        post = a_post(cast)

        assert as_(cast.zed).get(at("planning:posts")).status_code == 404
        assert as_(cast.zed).get(at("planning:post", post.pk)).status_code == 404

    def test_cost_the_same_however_many(self, cast):
        client = as_(cast.dan)
        client.get(at("planning:posts"))
        counts = []
        for number in (1, 6):
            for _ in range(number):
                submit(post=a_version(cast).post, by=by(cast.dan), at=NOW)
            with CaptureQueriesContext(connection) as queries:
                client.get(at("planning:posts"))
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_are_discarded_and_leave_the_list(self, cast):
        post = a_post(cast, title="Never mind")

        as_(cast.dan).post(at("planning:discard", post.pk))

        assert as_(cast.dan).get(at("planning:post", post.pk)).status_code == 404
        assert "No post yet." in words(as_(cast.dan).get(at("planning:posts")))


class TestPictures:
    def test_carry_the_worst_standing_of_their_people(self, cast):
        signed_consent(cast, cast.ana)
        given_picture(cast, cast.ana, cast.vic, label="Fun run")

        page = words(as_(cast.dan).get(at("planning:library")))
        assert "Nothing on file" in page
        assert "Vic and 1 more" in page
        assert "On file</span>" not in page

    def test_are_found_where_nobody_has_said_who_is_in_them(self, cast):
        given_picture(cast, label="Garden")
        unsaid = given_picture(cast, label="Waiting room")
        unsaid.nobody_appears = None
        unsaid.save()

        page = words(as_(cast.dan).get(at("planning:library"), {"show": "unsaid"}))
        assert "Waiting room" in page
        assert "Garden" not in page

    def test_cost_the_same_however_many_people(self, cast):
        client = as_(cast.dan)
        client.get(at("planning:library"))
        counts = []
        for number in (1, 5, 20):
            people = [make_person(cast.practice, f"P{n}", "Q", date(1990, 1, 1)) for n in range(number)]
            given_picture(cast, *people)
            with CaptureQueriesContext(connection) as queries:
                client.get(at("planning:library"))
            counts.append(len(queries))
        assert counts[0] == counts[1] == counts[2]

    def test_tell_where_they_are_used(self, cast):
        picture = given_rendition(cast, cast.ana)
        a_version(cast, a_post(cast, title="The bell"), media=[Shown(picture, "Ana")])

        panel = words(as_(cast.dan).get(at("planning:picture_panel", picture.asset_id)))
        assert "The bell" in panel
        assert "Nothing on file" in panel
