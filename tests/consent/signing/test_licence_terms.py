"""What an author says of it: the story, the kind of post, cut or only linked to, and what ties them to us (R84-R97)."""

import pytest
import time_machine
from django.test import Client

from consent.access.middleware import TABLET_COOKIE
from consent.audit.models import LedgerEntry
from consent.people.models import Connection
from consent.records.models import Consent
from consent.signing.actions import answer
from consent.signing.actions.answering import signer_of
from consent.signing.certificate import points_of
from consent.signing.completion import SealFacts
from consent.signing.granting import scope_of
from consent.signing.models import Ceremony
from consent.signing.queries import filled_now, signing_entry
from consent.signing.rules import AnswerRefused
from consent.wording.rules import rendered_text
from posts.portal.queries.page import own_page
from tests.cast import NOW, Cast, make_person
from tests.ceremonies import answered, handed_over, sample_wording
from tests.consents import given_authority
from tests.desk import as_, at, words
from tests.licences import WORK, against, asked, beyond, licensed, repost
from tests.papers import came_back, given_printing, keyed
from tests.pictures import given_picture

SEAL = SealFacts("A seal", "ab" * 32, "An authority", "cd" * 32, "by nobody")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(db):
    cast = Cast()
    sample_wording(cast)
    assert cast.finn
    assert cast.freya
    return cast


@pytest.fixture
def rosa(cast):
    return make_person(cast.practice, "Rosa", "Lind", NOW.date().replace(year=1991), "author")


class TestALicenceForAStory:
    def test_is_for_that_story_and_says_so_in_what_is_signed(self, cast, rosa, monkeypatch):
        ceremony = asked(cast, rosa)
        assert f"{WORK} (our number 7)" in rendered_text(ceremony.wording.form(), filled_now(ceremony, NOW))
        consent = licensed(cast, monkeypatch, ceremony)
        assert consent.scope["posts"] == ["story:7"]
        assert not beyond(repost(cast, rosa))
        assert beyond(repost(cast, rosa, story=8)) == {("story",)}
        assert beyond(repost(cast, rosa, story=None)) == {("story",)}

    def test_is_asked_for_from_an_address_that_names_the_story(self, cast, rosa):
        form = at("signing:prepare", rosa.pk) + f"?kind=author_licence&work={WORK}&story=7"
        page = words(as_(cast.finn).get(form))
        assert 'type="hidden" name="story" value="7"' in page
        told = {
            "signer": "self", "location": cast.location.pk, "ends_on": "2027-05-31", "work": WORK, "story": 7,
            "platforms": ["website"], "formats": ["post"], "capacity_attested": "on",
        }  # fmt: skip
        as_(cast.finn).post(form, told)
        assert Ceremony.objects.get().offered["story"] == 7

    def test_is_only_for_the_kinds_of_post_that_were_marked(self, cast, rosa, monkeypatch):
        licensed(cast, monkeypatch, asked(cast, rosa), formats=["reel"])
        assert beyond(repost(cast, rosa)) == {("formats",)}

    def test_lets_a_quote_be_cut_only_where_that_was_marked(self, cast, rosa, monkeypatch):
        said = "I found my way back. It came back after a year."
        licensed(cast, monkeypatch, asked(cast, rosa), edits=["as_it_is"])
        assert not beyond(repost(cast, rosa, caption=f"She said: {said}", said=said))
        assert beyond(repost(cast, rosa, caption="“I found my way back.”", said=said)) == {("edits",)}

    def test_for_a_link_alone_lets_neither_her_picture_nor_her_words_out(self, cast, rosa, monkeypatch):
        picture = given_picture(cast, label="The bell", source="user", author=rosa, taken_by="author")
        licensed(cast, monkeypatch, asked(cast, rosa, work="", picture=picture), edits=["link_only"])
        assert not beyond(repost(cast, rosa))
        assert beyond(repost(cast, rosa, picture=picture)) == {("link_only",)}
        assert beyond(repost(cast, rosa, caption="I rang it.", said="I rang it.")) == {("link_only",)}

    def test_says_in_the_composer_what_it_does_not_cover(self, cast, rosa, monkeypatch):
        licensed(cast, monkeypatch, asked(cast, rosa), formats=["reel"], edits=["link_only"])
        version = repost(cast, rosa, caption="I rang it.", said="I rang it.")
        page = words(as_(cast.dan).get(at("planning:compose", version.post_id)))
        assert "Rosa’s licence for the original does not cover this kind of post." in page
        assert "Rosa’s licence for the original does not cover more than a link to it." in page

    def test_is_told_on_the_authors_own_page(self, cast, rosa, monkeypatch):
        licensed(cast, monkeypatch, asked(cast, rosa), edits=["link_only"])
        [english], [spanish] = (own_page(rosa, language, NOW).permissions for language in ("en", "es"))
        assert english.how == ["regular posts that stay up", "only a link to it, nothing is copied"]
        assert english.only == "Only for the story that the form names."
        assert spanish.how[-1] == "solo un enlace, sin copiar nada"


class TestALicenceOfAnEarlierForm:
    def test_asked_no_kind_of_post_and_limits_none(self):
        kept = {"platforms": {"website": "now"}, "edits": {"as_it_is": "now"}}
        scope = scope_of({"work": WORK}, kept, asked={"platforms", "edits"})
        assert scope.asked == {"edits"}
        assert scope.edits == {"as_it_is"}

    def test_prepared_for_one_post_on_paper_is_for_no_other(self):
        """Nobody was shown the post, so the paper names none (R25)."""
        scope = scope_of({"work": WORK, "only_this_post": ["one"]}, {"platforms": {"website": "now"}})
        assert (scope.posts, scope.asked) == (frozenset(), {"posts"})


class TestTies:
    """What the author got, and whether they or their family work here (16 CFR 255.5, 465.5; R87, R88; G68, G70)."""

    def test_are_recorded_with_the_signature_and_stop_a_post_that_does_not_say_so(
        self, cast, rosa, monkeypatch
    ):
        licensed(cast, monkeypatch, asked(cast, rosa), ties=["gift", "relative"])
        ties = Connection.objects.order_by("kind")
        assert [(one.person, one.kind, one.recorded_by) for one in ties] == [
            (rosa, "gift", cast.finn),
            (rosa, "relative", cast.finn),
        ]
        [line] = LedgerEntry.objects.filter(event="connection.recorded")[:1]
        assert line.actor == f"person:{rosa.pk}"
        assert ("FTC_MATERIAL_CONNECTION", ("gift", "relative")) in against(repost(cast, rosa))

    def test_are_none_where_that_was_marked(self, cast, rosa, monkeypatch):
        licensed(cast, monkeypatch, asked(cast, rosa))
        assert not Connection.objects.exists()

    def test_of_whoever_signs_for_a_young_author_are_theirs_too(self, cast, monkeypatch):
        tia = make_person(cast.practice, "Tia", "Lind", NOW.date().replace(year=2012), "author")
        right = given_authority(cast, tia, cast.carla)
        licensed(cast, monkeypatch, asked(cast, tia, right), ties=["employee"])
        assert set(Connection.objects.values_list("person", "kind")) == {
            (tia.pk, "employee"), (cast.carla.pk, "employee"),
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("step", "sent", "said"),
        [
            ("ties", {"ties": ["none", "gift"]}, "nothing of this, and something beside it"),
            ("ties", {}, "mark what is so"),
            ("formats", {"formats": ["post"], "edits": ["link_only", "as_it_is"]}, "Either only a link"),
        ],
    )
    def test_that_contradict_each_other_are_refused(self, cast, rosa, step, sent, said):
        ceremony = asked(cast, rosa)
        handed_over(cast, ceremony)
        marked = {"formats": {"formats": ["post"], "edits": ["as_it_is"]}}
        ceremony = answered(Ceremony.objects.get(), until=step, **marked)
        with pytest.raises(AnswerRefused, match=said):
            answer(ceremony=ceremony, step=step, sent=sent, by=signer_of(ceremony), at=NOW)

    def test_are_asked_on_a_screen_of_their_own(self, cast, rosa):
        ceremony = asked(cast, rosa)
        _, token = handed_over(cast, ceremony)
        marked = {"formats": {"formats": ["post"], "edits": ["as_it_is"]}}
        answered(Ceremony.objects.get(), until="ties", **marked)
        tablet = Client()
        tablet.cookies[TABLET_COOKIE] = token
        page = words(tablet.get("/tablet/"))
        assert "Did you get anything for it? Do you, or does your family, work here?" in page
        for line in ("No, nothing of this", "I got money or a gift card", "Someone in my family works here"):
            assert line in page
        assert "checked" not in page
        again = tablet.post("/tablet/answer/", {"step": "ties", "ties": ["none", "cash"]})
        assert (again.status_code, "nothing of this, and something beside it" in words(again)) == (422, True)

    def test_stand_on_the_certificate(self, cast, rosa, monkeypatch):
        ceremony = asked(cast, rosa)
        consent = licensed(cast, monkeypatch, ceremony, ties=["free_care"], edits=["cut_to_fit"])
        ceremony.refresh_from_db()
        entry = signing_entry(consent.pk, cast.practice.pk)
        said = "\n".join(
            line for point in points_of(ceremony, consent.signature, entry, SEAL) for line in point.lines
        )
        assert "I got free or cheaper care" in said
        assert "Cut to fit, or with a part covered" in said
        assert "Answered ties" in said


class TestOnPaper:
    def test_a_licence_counts_with_its_story_its_edits_and_its_ties(self, cast, rosa):
        ceremony = asked(cast, rosa)
        scan = came_back(cast, given_printing(cast, ceremony))
        ticks = {
            name: frozenset(keys)
            for name, keys in {
                "platforms": ["website"], "formats": ["post"], "edits": ["link_only"], "ties": ["cash"],
            }.items()
        }  # fmt: skip
        for who in (cast.finn, cast.freya):
            keyed(cast, scan, who, ticks=ticks, name="Rosa Lind")
        consent = Consent.objects.get()
        assert (consent.defects, consent.scope["edits"], consent.scope["posts"]) == (
            [], ["link_only"], ["story:7"],
        )  # fmt: skip
        assert Connection.objects.get().kind == "cash"

    def test_a_licence_without_a_mark_at_the_ties_is_not_filled_out(self, cast, rosa):
        scan = came_back(cast, given_printing(cast, asked(cast, rosa)))
        ticks = {
            "platforms": frozenset({"website"}),
            "formats": frozenset({"post"}),
            "edits": frozenset({"as_it_is"}),
        }
        for who in (cast.finn, cast.freya):
            keyed(cast, scan, who, ticks=ticks, name="Rosa Lind")
        assert Consent.objects.get().defects == ["not_filled_out"]
