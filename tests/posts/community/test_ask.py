"""A story is asked for on two papers, in words that confirm nothing; no thanks is for good (R15, R50, R96; G79)."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from consent.audit.rules import SYSTEM
from consent.records.models import Consent
from consent.signing.models import Ceremony
from posts.community.actions import (
    AskRefused,
    begin_request,
    call_off,
    decline,
    give_to,
    link_for_author,
    note_gone,
    note_reply,
    note_seen,
    say_sent,
    tend_stories,
)
from posts.community.models import RepostRequest
from posts.community.queries import board, request_of, request_of_token, request_rows
from posts.community.rules import Asked, private_text, public_text
from tests.cast import NOW, Cast, by
from tests.ceremonies import sample_wording
from tests.links import mails
from tests.stories import TERMS, WORDS, a_repost, a_story, asked, known

LATER = NOW + timedelta(days=15)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(db):
    cast = Cast()
    for kind in ("authorization_adult", "author_licence"):
        sample_wording(cast, kind)
    assert cast.finn
    assert cast.freya
    return cast


def standing(cast, request, at=NOW):
    [row] = request_rows([request_of(cast.practice, request.pk)], at)
    return row.standing


class TestAsking:
    def test_makes_two_papers_for_a_patient_who_wrote_it_and_never_one(self, cast):
        request, _ = asked(cast, cast.ana)
        forms = {form.kind: form.ceremony for form in request.forms.all()}
        assert set(forms) == {"licence", "authorization"}
        assert forms["licence"].wording.template.kind == "author_licence"
        assert forms["authorization"].wording.template.kind == "authorization_adult"
        assert forms["licence"].offered["story"] == request.story_id
        assert forms["licence"].offered["platforms"] == ["website"]
        assert forms["authorization"].offered["elements"] == ["quote"]
        shown = forms["authorization"].exhibit
        assert shown is not None
        assert shown.pages[0]["caption"] == WORDS

    def test_waits_until_everybody_in_it_is_known(self, cast):
        story = a_story(cast)
        known(cast, story, cast.ana)
        post = a_repost(cast, story, cast.ana)
        from posts.community.actions import say_part

        say_part(
            story=story, kind="shown", relation="unknown", age="unknown", person=None, by=by(cast.dan), at=NOW
        )
        with pytest.raises(AskRefused, match="may be a patient"):
            begin_request(story=story, post=post, terms=TERMS, by=by(cast.dan), at=NOW)
        assert not RepostRequest.objects.exists()
        assert not Ceremony.objects.exists()

    def test_two_marketers_at_once_make_one_request(self, cast):
        request, _ = asked(cast, cast.ana)
        with pytest.raises(AskRefused, match="A colleague is asking"):
            begin_request(story=request.story, post=request.post, terms=TERMS, by=by(cast.mia), at=NOW)

    def test_asks_only_for_what_the_forms_can_allow(self, cast):
        story = known(cast, a_story(cast), cast.ana)
        post = a_repost(cast, story, cast.ana)
        from consent.signing.actions import PrepareRefused

        with pytest.raises(PrepareRefused, match="has no line for"):
            begin_request(story=story, post=post, terms=replace(TERMS, platforms=("press", "yelp")),
                          by=by(cast.dan), at=NOW)  # fmt: skip
        assert not RepostRequest.objects.exists()

    def test_a_story_that_is_gone_is_not_asked_for(self, cast):
        story = known(cast, a_story(cast), cast.ana)
        post = a_repost(cast, story, cast.ana)
        note_gone(story=story, by=by(cast.dan), at=NOW)
        with pytest.raises(AskRefused, match="Take that as a no"):
            begin_request(story=story, post=post, terms=TERMS, by=by(cast.dan), at=NOW)


class TestTheWords:
    def test_in_public_ask_nothing_and_confirm_nothing(self):
        from posts.screening.rules.screening import screen

        for language in ("en", "es"):
            words = public_text(language)
            assert screen(words, "reply", WORDS).verdict != "confirms-relationship", words

    def test_to_the_author_speak_of_the_post_alone_in_their_language(self):
        asked = Asked(
            "Dan", "Riverbend", NOW.date(), ("our website", "Instagram"), NOW.date(), "https://p.example/s/x"
        )
        assert "November 23" in private_text("en", asked)
        assert "on our website and Instagram" in private_text("en", asked)
        assert "23 de noviembre" in private_text("es", asked)
        assert "https://p.example/s/x" in private_text("es", asked)

    def test_that_tell_of_a_visit_are_refused(self, cast):
        request, _ = asked(cast, cast.ana, sent=False)
        with pytest.raises(AskRefused, match="Speak of the post alone"):
            say_sent(request=request, words="Hi! May we share the story of your visit and your knee surgery with us?",
                     by=by(cast.dan), at=NOW)  # fmt: skip
        assert RepostRequest.objects.get().sent_at is None

    def test_are_kept_as_they_were_sent_without_the_link(self, cast):
        request, token = asked(cast, cast.ana)
        assert "would love to share it on" in request.as_sent
        assert token not in request.as_sent
        assert "(their own link)" in request.as_sent
        with pytest.raises(IntegrityError), transaction.atomic():
            RepostRequest.objects.filter(pk=request.pk).update(sent_at=NOW)

    def test_cannot_be_sent_before_there_is_a_link(self, cast):
        story = known(cast, a_story(cast), cast.ana)
        request = begin_request(
            story=story, post=a_repost(cast, story, cast.ana), terms=TERMS, by=by(cast.dan), at=NOW
        )
        with pytest.raises(AskRefused, match="Make the link"):
            say_sent(request=request, words=public_text("en"), by=by(cast.dan), at=NOW)


class TestTheLink:
    def test_leads_to_the_request_and_an_older_one_to_nothing(self, cast):
        request, first = asked(cast, cast.ana)
        second = link_for_author(request=request, by=by(cast.dan), at=NOW)
        assert request_of_token(first) is None
        assert request_of_token(second) == request
        assert request_of_token("") is None


class TestHowFarItIs:
    def test_goes_from_sent_to_seen_to_replied_and_a_yes_is_no_permission(self, cast):
        request, _ = asked(cast, cast.ana, sent=False)
        assert standing(cast, request) == "drafted"
        say_sent(request=request, words=public_text("en"), by=by(cast.dan), at=NOW)
        assert standing(cast, request) == "requested"
        note_seen(request=request, by=SYSTEM, at=NOW)
        assert standing(cast, request) == "seen"
        note_reply(request=request, words="#yes", by=by(cast.dan), at=NOW)
        assert standing(cast, request) == "replied"
        assert not Consent.objects.exists()
        assert [row.words for row in board(cast.practice, NOW)] == ["Author replied"]

    def test_lapses_after_two_weeks_and_takes_the_papers_back(self, cast):
        request, _ = asked(cast, cast.ana)
        assert standing(cast, request, LATER) == "lapsed"
        assert tend_stories(by=SYSTEM, at=LATER) == 1
        request.refresh_from_db()
        assert request.ended == "lapsed"
        assert set(Ceremony.objects.values_list("state", flat=True)) == {"abandoned"}
        assert tend_stories(by=SYSTEM, at=LATER) == 0

    def test_reminds_its_owner_once_while_nobody_looks(self, cast):
        _request, _ = asked(cast, cast.ana)
        assert tend_stories(by=SYSTEM, at=NOW + timedelta(days=2)) == 0
        assert tend_stories(by=SYSTEM, at=NOW + timedelta(days=6)) == 1
        assert tend_stories(by=SYSTEM, at=NOW + timedelta(days=7)) == 0
        [mail] = mails("repost_reminder")
        assert mail.recipient == cast.dan.email
        assert "Ana" not in mail.subject + mail.body

    def test_called_off_asks_nothing_more(self, cast):
        request, _token = asked(cast, cast.ana)
        call_off(request=request, by=by(cast.dan), at=NOW)
        assert standing(cast, request) == "withdrawn"
        with pytest.raises(AskRefused, match="has ended"):
            note_reply(request=request, words="#yes", by=by(cast.dan), at=NOW)

    def test_has_an_owner_who_may_ask(self, cast):
        request, _ = asked(cast, cast.ana)
        assert give_to(request=request, owner=cast.mia, by=by(cast.dan), at=NOW).owner == cast.mia
        with pytest.raises(AskRefused, match="may not ask"):
            give_to(request=request, owner=cast.finn, by=by(cast.dan), at=NOW)


class TestNoThanks:
    def test_is_the_end_for_good(self, cast):
        request, _ = asked(cast, cast.ana)
        decline(request=request, by=SYSTEM, at=NOW)
        decline(request=request, by=SYSTEM, at=NOW)
        assert standing(cast, request) == "declined"
        with pytest.raises(AskRefused, match="said no thanks"):
            begin_request(story=request.story, post=request.post, terms=TERMS, by=by(cast.mia), at=NOW)

    def test_is_kept_by_the_database_too(self, cast):
        request, _ = asked(cast, cast.ana)
        decline(request=request, by=SYSTEM, at=NOW)
        with pytest.raises(IntegrityError, match="said no thanks"), transaction.atomic():
            RepostRequest.objects.create(
                practice=cast.practice, story=request.story, post=request.post, owner=cast.mia, asked={},
                ends_on=TERMS.ends_on, language="en", begun_at=NOW, lapses_at=LATER,
            )  # fmt: skip

    def test_after_a_lapse_somebody_may_ask_once_more(self, cast):
        request, _ = asked(cast, cast.ana)
        tend_stories(by=SYSTEM, at=LATER)
        again = begin_request(story=request.story, post=request.post, terms=TERMS, by=by(cast.mia), at=LATER)
        assert again.pk != request.pk
