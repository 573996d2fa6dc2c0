"""Asking on the page: papers, the words with a link shown once, what came of it (R15, R50, R96; G79)."""

import re
from datetime import timedelta

import pytest
import time_machine

from posts.community.actions import call_off, decline, note_reply, note_seen
from posts.community.models import RepostRequest, RequestEvent
from posts.community.queries import request_of_token
from tests.cast import NOW, Cast, by
from tests.ceremonies import sample_wording
from tests.desk import as_, at, words
from tests.links import address_of
from tests.stories import WORDS, a_repost, a_story, asked, known

AT = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def cast(db):
    cast = Cast()
    for kind in ("authorization_adult", "author_licence"):
        sample_wording(cast, kind)
    assert cast.finn
    assert cast.freya
    return cast


def ready(cast):
    """A story whose author is known, and the post that would share it."""
    story = known(cast, a_story(cast), cast.ana)
    return story, a_repost(cast, story, cast.ana)


def terms(post, **instead):
    return {
        "post": post.pk,
        "platforms": ["website"],
        "formats": ["post"],
        "edits": ["as_it_is"],
        "ends_on": "2027-05-31",
        "lapse": "7",
        "privacy_notice": "2026-01",
        "well": "on",
    } | instead


def link_in(page):
    return re.search(r"http\S+/story/([\w-]{20,})/", page)


class TestAsking:
    def test_offers_the_channels_of_the_post_and_the_author_s_words(self, cast):
        story, _ = ready(cast)
        page = words(as_(cast.dan).get(at("community:ask", story.pk)))
        assert "our website" in page
        assert "Instagram" not in page
        assert page.count(" days</label>") == 3 or page.count(" days") >= 3

    def test_makes_the_papers_ready_and_goes_on_to_the_words(self, cast):
        story, post = ready(cast)
        answer = as_(cast.dan).post(at("community:ask", story.pk), terms(post))
        request = RepostRequest.objects.get()
        assert answer["Location"] == at("community:words", request.pk)
        assert request.lapses_at == AT + timedelta(days=7)
        assert request.asked["edits"] == ["as_it_is"]
        assert request.forms.count() == 2

    def test_says_at_the_fields_what_is_missing_and_keeps_the_rest(self, cast):
        story, post = ready(cast)
        sent = terms(post, ends_on="2029-01-01", privacy_notice="N-7", platforms=[])
        del sent["well"]
        answer = as_(cast.dan).post(at("community:ask", story.pk), sent)
        page = words(answer)
        assert answer.status_code == 422
        assert "Choose a day within the year to come." in page
        assert "Nobody is asked who is too ill to decide." in page
        assert "Tick at least one place." in page
        assert 'value="N-7"' in page

    def test_says_what_cannot_be_asked_beside_what_mends_it(self, cast):
        story = known(cast, a_story(cast), cast.ana)
        post = a_repost(cast, story)
        answer = as_(cast.dan).post(at("community:ask", story.pk), terms(post))
        page = words(answer)
        assert answer.status_code == 422
        assert "Say in the post what it tells or shows of Ana" in page
        assert at("planning:compose", post.pk) in page
        assert not RepostRequest.objects.exists()

    def test_leads_to_what_has_to_be_found_out_first(self, cast):
        story = a_story(cast)
        page = words(as_(cast.dan).get(at("community:ask", story.pk)))
        assert "Say who made it" in page
        assert "Make the papers ready" not in page

    def test_leads_to_the_post_that_has_to_be_begun_first(self, cast):
        story = known(cast, a_story(cast), cast.ana)
        page = words(as_(cast.dan).get(at("community:ask", story.pk)))
        assert "There is no post from this story yet." in page

    def test_leads_to_the_composer_where_the_post_says_nowhere(self, cast):
        story = known(cast, a_story(cast), cast.ana)
        as_(cast.dan).post(at("community:begin_post", story.pk), {"purpose": "testimonial"})
        page = words(as_(cast.dan).get(at("community:ask", story.pk)))
        assert "The post says nowhere yet." in page

    def test_tells_the_second_of_two_that_a_colleague_asks(self, cast):
        request, _ = asked(cast, cast.ana)
        answer = as_(cast.mia).post(at("community:ask", request.story_id), terms(request.post))
        assert "A colleague is asking for this story already." in words(answer)
        assert RepostRequest.objects.count() == 1

    def test_is_not_for_whoever_may_only_keep_stories(self, cast):
        story, _ = ready(cast)
        assert as_(cast.eve).get(at("community:ask", story.pk)).status_code == 403


class TestTheWords:
    def test_hold_a_link_that_is_made_by_a_post_and_shown_once(self, cast):
        request, _ = asked(cast, cast.ana, sent=False)
        client = as_(cast.dan)
        assert link_in(words(client.get(at("community:words", request.pk)))) is None
        answer = client.post(at("community:words", request.pk))
        token = link_in(words(answer)).group(1)
        assert request_of_token(token) == request
        assert "no-store" in answer["Cache-Control"]
        assert link_in(words(client.get(at("community:words", request.pk)))) is None

    def test_end_the_link_before_when_a_new_one_is_made(self, cast):
        request, token = asked(cast, cast.ana, sent=False)
        as_(cast.dan).post(at("community:words", request.pk))
        assert request_of_token(token) is None

    def test_are_sent_by_hand_and_say_so(self, cast):
        request, _ = asked(cast, cast.ana, sent=False)
        page = words(as_(cast.dan).post(at("community:words", request.pk)))
        assert "No channel that is connected here can send a message" in page
        assert "We would love to share your post. Details are in your messages." in page
        assert 'target="_blank" rel="noopener noreferrer"' in page

    def test_do_not_open_an_address_that_is_not_secure(self, cast):
        story = known(cast, a_story(cast, "http://www.instagram.com/rosa.runs/p/Cx1/"), cast.ana)
        post = a_repost(cast, story, cast.ana)
        as_(cast.dan).post(at("community:ask", story.pk), terms(post))
        page = words(as_(cast.dan).post(at("community:words", RepostRequest.objects.get().pk)))
        assert "Its address is not secure" in page
        assert 'href="http://www' not in page

    def test_are_kept_as_sent_without_the_link(self, cast):
        request, _ = asked(cast, cast.ana, sent=False)
        client = as_(cast.dan)
        page = client.post(at("community:words", request.pk))
        text = page.context["text"]
        answer = client.post(at("community:say_sent", request.pk), {"words": text}, follow=True)
        assert "Noted, with the words." in words(answer)
        request.refresh_from_db()
        assert "(their own link)" in request.as_sent
        assert link_in(request.as_sent) is None

    def test_that_tell_of_a_visit_are_refused_and_stay_to_be_mended(self, cast):
        request, _ = asked(cast, cast.ana, sent=False)
        text = "Hi! May we share the story of your knee surgery with us last week?"
        answer = as_(cast.dan).post(at("community:say_sent", request.pk), {"words": text})
        assert answer.status_code == 422
        assert "Speak of the post alone" in words(answer)
        assert text in words(answer)
        request.refresh_from_db()
        assert request.sent_at is None

    def test_are_not_made_for_what_has_ended(self, cast):
        request, _ = asked(cast, cast.ana)
        call_off(request=request, by=by(cast.dan), at=AT)
        page = words(as_(cast.dan).post(at("community:words", request.pk), follow=True))
        assert "This request has ended." in page
        assert link_in(page) is None

    def test_can_be_shown_again_with_a_new_link_once_sent(self, cast):
        request, _ = asked(cast, cast.ana)
        page = words(as_(cast.dan).post(at("community:words", request.pk)))
        assert link_in(page)
        assert at("community:say_sent", request.pk) not in page


class TestARequest:
    def test_shows_its_step_papers_terms_thread_and_what_the_gate_says(self, cast):
        request, _ = asked(cast, cast.ana)
        page = words(as_(cast.dan).get(at("community:request", request.pk)))
        assert "Nobody has opened the page yet." in page
        assert "Licence of the author" in page
        assert "Authorization of a patient" in page
        assert "our website" in page
        assert "Said that it was sent, Dan" in page
        assert WORDS in page
        assert 'class="why-what"' in page.split("As Our wall will show it")[1]
        assert at("planning:compose", request.post_id) in page

    def test_says_when_the_front_desk_has_to_ask_and_opens_the_form_for_who_may(self, cast):
        request, _ = asked(cast, cast.ana)
        form = request.forms.get(kind="licence").ceremony_id
        page = words(as_(cast.dan).get(at("community:request", request.pk)))
        assert "The front desk asks." in page
        assert at("signing:ceremony", form) not in page
        assert at("signing:ceremony", form) in words(as_(cast.eve).get(at("community:request", request.pk)))
        address_of(cast, cast.ana)
        page = words(as_(cast.dan).get(at("community:request", request.pk)))
        assert "The front desk asks." not in page

    @pytest.mark.parametrize("reply", ["#yes", "Yes, of course you may!"])
    def test_takes_a_yes_for_not_sufficient_and_offers_the_link_again(self, cast, reply):
        request, _ = asked(cast, cast.ana)
        answer = as_(cast.dan).post(at("community:note_reply", request.pk), {"words": reply}, follow=True)
        page = words(answer)
        assert "They answered, and that is not sufficient." in page
        assert "Send the link again" in page
        assert f"“{reply}”" in page

    def test_keeps_a_reply_that_is_too_long_to_be_shortened(self, cast):
        request, _ = asked(cast, cast.ana)
        answer = as_(cast.dan).post(at("community:note_reply", request.pk), {"words": "yes " * 400})
        assert answer.status_code == 422
        assert "at most 1,000 characters" in words(answer)
        assert "yes yes yes" in words(answer)

    def test_is_called_off(self, cast):
        request, _ = asked(cast, cast.ana)
        page = words(as_(cast.dan).post(at("community:call_off", request.pk), follow=True))
        assert "Called off." in page
        assert "Not asked any more" in page
        again = words(as_(cast.dan).post(at("community:call_off", request.pk), follow=True))
        assert "This request has ended." in again

    def test_is_given_to_a_colleague_who_may_ask(self, cast):
        request, _ = asked(cast, cast.ana)
        assert cast.mia
        client = as_(cast.dan)
        page = words(client.post(at("community:give_to", request.pk), {"owner": cast.mia.pk}, follow=True))
        assert "Mia looks after it" in page
        refused = client.post(at("community:give_to", request.pk), {"owner": cast.eve.pk})
        assert refused.status_code == 422
        request.refresh_from_db()
        assert request.owner == cast.mia

    def test_says_each_end_as_it_is(self, cast):
        request, _ = asked(cast, cast.ana)
        decline(request=request, by=by(cast.dan), at=AT)
        page = words(as_(cast.dan).get(at("community:request", request.pk)))
        assert "They said no thanks." in page
        assert "Call it off" not in page
        assert "The author said no thanks" in words(
            as_(cast.dan).get(at("community:story", request.story_id))
        )

    def test_says_that_it_lapsed(self, cast):
        request, _ = asked(cast, cast.ana)
        with time_machine.travel(AT + timedelta(days=20), tick=False):
            page = words(as_(cast.dan).get(at("community:request", request.pk)))
        assert "Nobody answered in time." in page

    def test_says_who_has_seen_it_and_who_went_on(self, cast):
        request, _ = asked(cast, cast.ana)
        address_of(cast, cast.ana)
        note_seen(request=request, by=by(cast.dan), at=AT)
        assert "They opened the page." in words(as_(cast.dan).get(at("community:request", request.pk)))
        RequestEvent.objects.create(practice=cast.practice, request=request, kind="yes", at=AT)
        page = words(as_(cast.dan).get(at("community:request", request.pk)))
        assert "The author went on to the forms" in page

    def test_that_is_drafted_leads_to_the_words(self, cast):
        request, _ = asked(cast, cast.ana, sent=False)
        page = words(as_(cast.dan).get(at("community:request", request.pk)))
        assert "Not sent yet." in page
        assert "Make the link and send the words" in page
        assert "Make the link and send the words" not in words(
            as_(cast.aida).get(at("community:request", request.pk))
        )

    def test_of_another_practice_is_not_there(self, cast):
        request, _ = asked(cast, cast.ana)
        assert as_(cast.zed).get(at("community:request", request.pk)).status_code == 404
        assert RequestEvent.objects.filter(request=request).exists()


class TestTheHome:
    def test_of_the_owner_tells_of_an_answer_and_of_what_lapses_soon(self, cast):
        request, _ = asked(cast, cast.ana)
        note_reply(request=request, words="#yes", by=by(cast.dan), at=AT)
        home = words(as_(cast.dan).get(at("reports:home")))
        assert "@rosa.runs answered" in home
        assert at("community:request", request.pk) in home
        assert cast.mia
        assert "@rosa.runs" not in words(as_(cast.mia).get(at("reports:home")))

    def test_of_the_owner_tells_of_what_lapses_soon(self, cast):
        request, _ = asked(cast, cast.ana)
        with time_machine.travel(request.lapses_at - timedelta(days=2), tick=False):
            home = words(as_(cast.dan).get(at("reports:home")))
        assert "has not answered about their story" in home

    def test_of_the_front_desk_tells_of_papers_that_no_link_can_reach(self, cast):
        request, _ = asked(cast, cast.ana)
        home = words(as_(cast.finn).get(at("reports:home")))
        assert "no verified address" in home
        assert at("signing:ceremony", request.forms.get(kind="licence").ceremony_id) in home
        address_of(cast, cast.ana)
        assert "no verified address" not in words(as_(cast.finn).get(at("reports:home")))

    def test_forgets_what_has_ended(self, cast):
        request, _ = asked(cast, cast.ana)
        note_reply(request=request, words="no", by=by(cast.dan), at=AT)
        call_off(request=request, by=by(cast.dan), at=AT)
        assert "@rosa.runs" not in words(as_(cast.dan).get(at("reports:home")))
        assert "no verified address" not in words(as_(cast.finn).get(at("reports:home")))
