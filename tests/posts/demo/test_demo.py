"""The demo practice: everyone's standing and every state, through the real actions, once."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from consent.access.actions import DemoStillHere, Facts, OwnerDetails, PracticeDetails, open_practice
from consent.access.models import Practice, User
from consent.access.rules import ROLES
from consent.audit.models import LedgerEntry
from consent.audit.rules import SYSTEM, practice_chain
from consent.audit.verify import verify_all
from consent.cards.models import Gathering
from consent.cards.queries import counts_of
from consent.paper.queries import scans_waiting
from consent.people.models import Person
from consent.people.queries import people_found
from consent.records.queries import consents_of, standings
from posts.clearance.models import Decision, Review
from posts.clearance.queries import waiting_reviews
from posts.community.queries.boarding import story_rows
from posts.content.models import Post
from posts.demo.practice import PASSWORD, SIGN_INS
from posts.portal.models import Question
from posts.publishing.models import Delivery, Takedown

from .conftest import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def practice() -> Practice:
    return Practice.objects.get(slug="riverbend")


def standing_of(name: str) -> str:
    person = Person.objects.get(alias=name)
    return standings([person], timezone.now())[person.pk].key


class TestPeople:
    @pytest.mark.parametrize(
        ("name", "standing"),
        [
            ("Maria", "on_file"),
            ("Liam", "on_file"),
            ("Nora", "on_file"),
            ("Sam", "soon"),
            ("Rosa", "expired"),
            ("Wendy", "withdrawn"),
            ("Henry", "hold"),
            ("Ivy", "incomplete"),
            ("Noah", "conflict"),
            ("Nadia", "none"),
        ],
    )
    def test_are_in_every_standing(self, name: str, standing: str) -> None:
        assert standing_of(name) == standing

    def test_include_a_child_whose_verified_mother_signed(self) -> None:
        [view] = consents_of(Person.objects.get(alias="Liam"), timezone.now())
        assert view.consent.representation is not None
        assert view.consent.representation.verified_at is not None
        assert view.terms.signer_role == "personal_representative"

    def test_include_a_nurse_who_signed_the_release(self) -> None:
        [view] = consents_of(Person.objects.get(alias="Nora"), timezone.now())
        assert view.consent.kind == "release"

    def test_are_found_without_accents(self) -> None:
        assert [str(person) for person in people_found(practice(), "luc gom", 5, identify=True)] == ["Lucía"]


class TestTheOpenHouse:
    def test_has_guests_who_signed_who_wait_and_who_said_no(self) -> None:
        gathering = Gathering.objects.get()
        assert {one.state: one.number for one in counts_of(gathering, timezone.now())} == {
            "signed": 2,
            "waiting": 1,
            "reading": 0,
            "declined": 1,
        }
        assert gathering.no_photos.count() == 1
        assert standing_of("Willa") == "on_file"


class TestWhatWaits:
    def test_is_a_scan_for_its_second_keying(self) -> None:
        [scan] = scans_waiting(practice())
        assert [one.by.name for one in scan.keyings.all()] == ["Finn"]
        assert str(scan.printing.ceremony.person) == "Lucía"

    def test_is_a_question_of_somebody_with_a_verified_address(self) -> None:
        [question] = Question.objects.filter(answered_at=None)
        [point] = question.person.contact_points.all()
        assert (str(question.person), str(point.verified_witness)) == ("Maria", "Freya")

    def test_is_shown_on_the_desk_of_those_who_do_it(self, client: Client) -> None:
        """The grown child, the paper, the question and the renewal at the front desk; the disagreement with Eve."""
        homes = {}
        for one in SIGN_INS:
            client.force_login(User.objects.get(name=one.name), "django.contrib.auth.backends.ModelBackend")
            homes[one.name] = client.get("/p/riverbend/").content.decode()
        finn, freya, eve = homes["Finn"], homes["Freya"], homes["Eve"]
        for name in ("Zoe", "Maria", "Sam"):
            assert name in finn
        assert "Lucía" in freya
        assert "Noah" in eve


class TestStories:
    def test_are_kept_liked_seen_answered_refused_and_gone(self) -> None:
        steps = {row.story.handle: row.step for row in story_rows(practice(), timezone.now())}
        assert steps == {
            "@riverside.mom": "kept",
            "@ohio.trails": "sign",
            "@weekend.run": "gone",
            "@walt.walks": "declined",
            "@rita.cocina": "replied",
            "@iris.paints": "seen",
        }


class TestPosts:
    def test_are_in_every_state_that_lasts(self) -> None:
        lasting = set(Delivery.State.values) - {"claimed", "sending"}
        assert set(Delivery.objects.values_list("state", flat=True)) == lasting

    def test_are_with_the_reviewer_the_author_and_nobody(self) -> None:
        assert [review.post.title for review in waiting_reviews(practice())] == ["Maria's soup"]
        assert set(Review.objects.values_list("outcome", flat=True)) == {
            "waiting",
            "returned",
            "refused",
            "approved",
        }
        assert Post.objects.get(title="Spring hike").reviews.count() == 0

    def test_one_is_to_be_taken_down_by_hand_and_others_are_gone(self) -> None:
        owed = Takedown.objects.get(state="owed")
        assert (owed.by_hand, owed.delivery.account.platform) == (True, "facebook")
        # A slow machine may have to clean up a preparation that came too late; that takes nothing down.
        gone = Takedown.objects.filter(state="closed").exclude(why=Takedown.Why.CLEAN_UP)
        assert {takedown.why for takedown in gone} == {"withdrawn", "missing", "ended"}
        assert gone.count() == 3

    def test_the_wall_shows_what_is_allowed_and_nothing_of_those_who_withdrew(self, client: Client) -> None:
        page = client.get("/wall/riverbend/").content.decode()
        assert "Maria planted tomatoes" in page
        for name in ("Wendy", "Rosa", "Paula", "Henry"):
            assert name not in page


class TestRecord:
    def test_the_chains_are_whole_and_go_forward(self) -> None:
        assert [verdict.broken for verdict in verify_all() if verdict.broken] == []
        told = LedgerEntry.objects.filter(chain=practice_chain(practice().pk)).order_by("seq")
        moments = list(told.values_list("at", flat=True))
        assert moments == sorted(moments)
        assert moments[-1] <= timezone.now()

    def test_every_published_post_rests_on_a_decision(self) -> None:
        out = Delivery.objects.filter(state="published")
        assert all(delivery.decision and delivery.decision.allowed for delivery in out)
        assert Decision.objects.filter(allowed=False).exists()


class TestSignIns:
    def test_there_is_one_for_every_role_and_two_for_the_front_desk(self) -> None:
        roles = sorted(one.role for one in SIGN_INS)
        assert roles == sorted([*ROLES, "front_desk"])
        assert all(user.is_demo for user in User.objects.all())

    @pytest.mark.parametrize("one", SIGN_INS, ids=lambda one: one.name)
    def test_each_comes_in_and_finds_their_home(self, client: Client, one) -> None:
        typed = {"login": one.email, "password": PASSWORD}
        page = client.post("/account/login/", typed, follow=True)
        assert page.request["PATH_INFO"] == "/p/riverbend/"
        assert page.status_code == 200

    def test_are_printed_each_time(self, demo: str) -> None:
        for printed in (demo, run()):
            assert "finn@riverbend.example      Front desk            PIN 4711" in printed
            assert PASSWORD in printed
        assert f"{settings.ADDRESS}/my/" in demo

    def test_keep_real_patients_out(self) -> None:
        with pytest.raises(DemoStillHere, match="Remove the demo"):
            open_real_practice()


class TestASecondRun:
    def test_changes_nothing(self) -> None:
        before = LedgerEntry.objects.count()
        run()
        assert (Practice.objects.count(), LedgerEntry.objects.count()) == (1, before)


def open_real_practice() -> None:
    now = timezone.now()
    open_practice(
        slug="real",
        details=PracticeDetails("Real", "555", "Eve", "eve@real.example", "America/New_York"),
        location="Here",
        facts=Facts(now.date(), "Real LLC", "OH", "physician", "America/New_York"),
        owner=OwnerDetails("owner@real.example", "Owner"),
        by=SYSTEM,
        at=now,
    )
