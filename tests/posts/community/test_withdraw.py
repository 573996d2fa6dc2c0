"""What the author and the patient signed is withdrawn apart, from their own page; the gate says no after either."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from consent.evidence.actions import give_copy
from consent.records.models import Consent, Revocation
from consent.signing.actions import decline as form_declined
from posts.clearance.queries import preview
from posts.community.actions import (
    AskRefused,
    begin_request,
    call_off,
    link_for_author,
    name_everybody,
    say_part,
    tend_stories,
)
from posts.community.queries import request_of, request_rows
from tests.authors import a_friend, came_in, ceremony_of, licence_signed, permission_signed
from tests.cast import NOW, Cast, by
from tests.ceremonies import sample_wording
from tests.consents import signed_consent
from tests.desk import words
from tests.drafts import a_version
from tests.links import ADDRESS, WORKER, address_of, mails, opened, paper_made, quick_paper
from tests.posts.portal.visiting import come_in, give_birth_date, given_link, text_of
from tests.stories import TERMS, WORDS, a_repost, a_story, asked

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast():
    cast = Cast()
    sample_wording(cast)
    assert cast.finn
    assert cast.freya
    address_of(cast, cast.ana)
    return cast


@pytest.fixture
def request_signed(cast, monkeypatch):
    """Ana signed both, on her phone; the documents are made."""
    quick_paper(monkeypatch)
    request, token = asked(cast, cast.ana)
    phone = came_in(token)
    signatures = [licence_signed(request)]
    phone.post("/sign/next/")
    signatures.append(permission_signed(request))
    paper_made(NOW)
    for signature in signatures:
        give_copy(signature=signature, method="email", by=WORKER, at=NOW)
    return request


@pytest.fixture
def own_page(cast, request_signed):
    """Ana on her own page, after her birth date."""
    client = Client()
    _, path = given_link(cast, cast.ana)
    come_in(client, path)
    give_birth_date(client, cast.ana.date_of_birth)
    return client


def against(request):
    """What the gate holds against the post."""
    return {reason.code for ruling in preview(request.post, LATER) for reason in ruling.verdict.reasons}


def withdrawn(client, kind, clock):
    clock.shift(timedelta(minutes=10))
    consent = Consent.objects.get(kind=kind)
    address = f"/my/revoke/consents/{consent.pk}/"
    assert address in text_of(client.get("/my/"))
    return client.post(address, follow=True)


class TestTheOwnPage:
    def test_lists_both_apart(self, own_page):
        page = text_of(own_page.get("/my/"))
        assert page.count('<section class="permission"') == 2
        assert "Take back the licence for what you made" in page
        assert "Take back the permission about you" in page

    def test_asks_before_it_takes_one_back(self, own_page):
        licence = Consent.objects.get(kind="licence")
        page = text_of(own_page.get(f"/my/revoke/consents/{licence.pk}/"))
        assert "Take back the licence for what you made, signed 23 November 2026?" in page
        assert "The rest of what you allowed stays as it is" in page
        assert not Revocation.objects.exists()

    def test_takes_back_the_permission_and_leaves_the_licence(self, own_page, request_signed, clock):
        assert not against(request_signed) & {
            "NO_CONSENT",
            "UGC_LICENSE_MISSING",
            "UGC_LICENSE_SCOPE",
            "UGC_WITHDRAWN",
        }
        said = text_of(withdrawn(own_page, "authorization", clock))
        assert "This stops: the permission about you" in said
        [row] = Revocation.objects.all()
        assert row.consent.kind == "authorization"
        held = against(request_signed)
        assert held
        assert not held & {"UGC_LICENSE_MISSING", "UGC_WITHDRAWN"}
        page = text_of(own_page.get("/my/"))
        assert page.count('<section class="permission"') == 1
        assert "The post, photo or video that you made" in page

    def test_is_wanted_by_the_gate_though_the_post_names_nobody_any_more(self, cast, request_signed, clock):
        """Both papers are signed; then a marketer takes the patient out of the words that the patient wrote."""
        assert "NO_CONSENT" not in against(request_signed)
        a_version(cast, request_signed.post, request_signed.post.versions.get().account, caption=WORDS)
        assert "NO_CONSENT" in against(request_signed)

    def test_takes_back_the_licence_and_leaves_the_permission(self, own_page, request_signed, clock):
        said = text_of(withdrawn(own_page, "licence", clock))
        assert "This stops: the licence for what you made" in said
        held = against(request_signed)
        assert "UGC_WITHDRAWN" in held
        assert "REVOKED" not in held

    def test_says_everything_once_both_are_gone(self, own_page, clock):
        withdrawn(own_page, "licence", clock)
        clock.shift(timedelta(minutes=10))
        own_page.post("/my/revoke/")
        page = text_of(own_page.get("/my/"))
        assert "Everything, " in page
        assert "The licence for what you made, signed 23 November 2026, " in page

    def test_takes_back_no_paper_of_somebody_else(self, own_page, cast):
        other = signed_consent(cast, cast.carla)
        for number in (other.pk, other.pk + 1000, 0):
            own_page.post(f"/my/revoke/consents/{number}/")
        assert not Revocation.objects.exists()

    def test_makes_the_request_withdrawn(self, own_page, cast, request_signed, clock):
        withdrawn(own_page, "authorization", clock)
        [row] = request_rows([request_of(cast.practice, request_signed.pk)], LATER)
        assert row.standing == "withdrawn"


class TestTheOthersInIt:
    """Priya, a friend, wrote about Ana, who is a patient."""

    @pytest.fixture
    def of_a_friend(self, cast, monkeypatch):
        quick_paper(monkeypatch)
        sample_wording(cast, "author_licence")
        priya = a_friend(cast, date_of_birth=date(1990, 4, 1))
        address_of(cast, priya, "priya@example.net")
        story = a_story(cast)
        who: dict[str, Any] = {"age": "adult", "by": by(cast.dan), "at": NOW}
        say_part(story=story, kind="author", relation="not_patient", person=priya, **who)
        say_part(story=story, kind="told", relation="patient", person=cast.ana, **who)
        name_everybody(story=story, named=True, by=by(cast.dan), at=NOW)
        post = a_repost(cast, story, cast.ana)
        request = begin_request(story=story, post=post, terms=TERMS, by=by(cast.dan), at=NOW)
        return request, link_for_author(request=request, by=by(cast.dan), at=NOW)

    def test_are_asked_by_links_of_their_own_once_the_author_licensed(self, of_a_friend):
        request, token = of_a_friend
        tend_stories(by=WORKER, at=NOW)
        assert mails("signing_link") == []
        came_in(token, "priya@example.net")
        licence_signed(request)
        tend_stories(by=WORKER, at=NOW)
        tend_stories(by=WORKER, at=NOW)
        assert [mail.recipient for mail in mails("signing_link")] == [ADDRESS]

    def test_see_their_own_form_alone_and_so_does_the_author(self, of_a_friend, clock):
        request, token = of_a_friend
        author = came_in(token, "priya@example.net")
        papers = words(author.get("/sign/story/papers/"))
        assert "Your licence" in papers
        for hidden in ("Ana", "permission about", "your health"):
            assert hidden not in papers
        licence_signed(request)
        assert "One more paper" not in words(author.get("/sign/"))
        tend_stories(by=WORKER, at=NOW)
        clock.shift(timedelta(minutes=2))
        patient = opened()
        mine = words(patient.get("/sign/story/papers/"))
        assert "Your permission about your health" in mine
        assert "Your licence" not in mine
        assert "Priya" not in mine


class TestNoThanks:
    def test_on_the_licence_stays_a_no_though_a_member_calls_it_off_first(self, cast):
        """Before the worker came by, whoever called it off could have asked anew."""
        request, token = asked(cast, cast.ana)
        came_in(token)
        form_declined(ceremony=ceremony_of(request), by=WORKER, at=NOW)
        assert call_off(request=request, by=by(cast.dan), at=NOW).ended == "declined"
        with pytest.raises(AskRefused, match="said no thanks"):
            begin_request(story=request.story, post=request.post, terms=TERMS, by=by(cast.mia), at=NOW)
