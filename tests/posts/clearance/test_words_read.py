"""The word screen at the gate: what it sees stops a post until a permission, the practice or two people account for it.

R34 (a finding is linked, ours, or cleared), R35, R44 (a screen that fails is no permission), R50.
"""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posts.clearance.queries import rulings, seen
from posts.content.actions import Mentioned, Shown
from posts.screening.actions import end_own_words, keep_own_words
from tests.cast import NOW, by
from tests.consents import signed_consent
from tests.desk import as_, at, typed, words
from tests.drafts import a_version
from tests.pictures import given_rendition

STORY = "Huge congrats to Ana Ruiz, who rang the bell after 18 rounds of chemo!"
PLAIN = "Flu shots are here. Walk in any weekday, no appointment needed."


@pytest.fixture(autouse=True)
def _an_hour_later():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def reads(cast):
    """The practice uses the word screen."""
    cast.practice.screens_words = True
    cast.practice.save(update_fields=["screens_words"])


def ruling_of(version):
    [ruling] = rulings([version], NOW, final=False)
    return ruling


def codes(version):
    return {reason.code for reason in ruling_of(version).verdict.reasons}


def kinds(version):
    return {key for reason in ruling_of(version).verdict.reasons for key in reason.keys}


@pytest.mark.usefixtures("reads")
class TestAStory:
    def test_without_anybody_declared_is_stopped_for_its_name_and_its_care(self, cast):
        version = a_version(cast, caption=STORY)

        assert "PHI_DETECTED_UNLINKED" in codes(version) or "DEID_REVIEW_REQUIRED" in codes(version)
        assert {"NAME", "CARE_DETAIL"} <= kinds(version)

    def test_goes_out_when_the_person_declared_has_allowed_exactly_that(self, cast):
        signed_consent(cast, cast.ana, elements=["full_name", "condition", "treatment"])
        told = Mentioned(cast.ana, ("full_name", "treatment"))

        assert not codes(a_version(cast, caption=STORY, mentions=[told]))

    def test_is_stopped_by_the_permission_itself_when_it_does_not_cover_what_is_declared(self, cast):
        signed_consent(cast, cast.ana, elements=["full_name"])
        told = Mentioned(cast.ana, ("full_name", "treatment"))

        assert codes(a_version(cast, caption=STORY, mentions=[told])) == {"SCOPE_ELEMENT"}

    def test_with_only_the_first_name_declared_may_not_say_the_full_one(self, cast):
        signed_consent(cast, cast.ana, elements=["first_name", "full_name", "treatment"])

        version = a_version(cast, caption=STORY, mentions=[Mentioned(cast.ana, ("first_name", "treatment"))])

        assert kinds(version) == {"NAME"}

    def test_naming_somebody_else_beside_the_person_declared_is_stopped(self, cast):
        signed_consent(cast, cast.ana, elements=["full_name", "treatment"])
        told = Mentioned(cast.ana, ("full_name", "treatment"))

        version = a_version(cast, caption=f"{STORY} And to Marisol Vega!", mentions=[told])

        assert kinds(version) == {"NAME"}

    def test_in_the_description_of_a_picture_is_stopped_too(self, cast):
        picture = given_rendition(cast)
        version = a_version(
            cast,
            caption=PLAIN,
            media=[Shown(picture, "Walter Whitcombe shows us his new knee after surgery")],
        )

        [reason] = [one for one in ruling_of(version).verdict.reasons if "NAME" in one.keys]
        assert reason.asset == str(picture.asset_id)


@pytest.mark.usefixtures("reads")
class TestPlainWords:
    def test_go_out(self, cast):
        assert not codes(a_version(cast, caption=PLAIN))

    def test_of_the_practice_itself_go_out(self, cast):
        cast.practice.address = "200 Harbor Street, Suite 300, Northgate, OH 43999"
        cast.practice.save()

        assert not codes(
            a_version(cast, caption=f"Find us at {cast.practice.address}, or call (555) 010-0100.")
        )


class TestAPracticeThatDoesNotUseTheScreen:
    def test_is_not_stopped_by_it(self, cast):
        assert not codes(a_version(cast, caption=STORY))


@pytest.mark.usefixtures("reads")
class TestAScreenThatFails:
    def test_closes_the_gate_and_says_nothing_of_the_words(self, cast, monkeypatch, caplog):
        def broken(*_):
            raise ValueError(STORY)

        monkeypatch.setattr(seen, "_read", broken)

        assert "DETECTOR_UNAVAILABLE" in codes(a_version(cast, caption=STORY))
        assert "The word screen failed" in caplog.text
        assert "Ana" not in caplog.text


@pytest.mark.usefixtures("reads")
class TestWhatAFindingKeeps:
    def test_is_its_place_and_type_and_never_the_words(self, cast):
        facts = ruling_of(a_version(cast, caption=STORY)).facts

        assert facts.findings
        assert not {"Ana", "Ruiz", "chemo"} & set(repr(facts.findings).replace("'", " ").split())


@pytest.mark.usefixtures("reads")
class TestAskingTheGate:
    def test_costs_as_many_queries_for_one_version_as_for_five(self, cast):
        def cost(versions):
            with CaptureQueriesContext(connection) as queries:
                rulings(versions, NOW, final=False)
            return len(queries)

        versions = [a_version(cast, caption=f"{STORY} {number}") for number in range(5)]

        assert cost(versions[:1]) == cost(versions)


@pytest.mark.usefixtures("reads")
class TestOwnWords:
    CAPTION = "Walter Whitcombe told us how his knee replacement changed his life."

    def test_no_longer_stop_a_post(self, cast):
        version = a_version(cast, caption=self.CAPTION)
        assert "NAME" in kinds(version)

        kept = keep_own_words(practice=cast.practice, text="Walter Whitcombe", by=by(cast.eve), at=NOW)
        assert "NAME" not in kinds(version)

        end_own_words(words=kept, by=by(cast.eve), at=NOW)
        assert "NAME" in kinds(version)

    def test_do_not_hide_a_longer_name(self, cast):
        keep_own_words(practice=cast.practice, text="Walter Whitcombe", by=by(cast.eve), at=NOW)

        version = a_version(cast, caption=self.CAPTION.replace("Whitcombe", "Whitcombe Pruitt"))

        assert "NAME" in kinds(version)


@pytest.mark.usefixtures("reads")
class TestTheComposer:
    def panel(self, cast, caption, user=None, **typed_too):
        version = a_version(cast, caption="x")
        data = typed(version.post, **{f"caption-{version.account_id}": caption}, **typed_too)
        return version, words(as_(user or cast.dan).post(at("planning:preview", version.post_id), data))

    def test_shows_the_words_where_they_stand_as_browsers_count_and_why(self, cast):
        _, page = self.panel(cast, f"\U0001f514 {STORY}")

        first = STORY.index("Ana Ruiz") + 3  # a bell is two units of UTF-16, then a space
        assert f"{first}-{first + len('Ana Ruiz')}" in page
        assert '“<mark class="seen">Ana Ruiz</mark>”' in page

    def test_links_a_name_to_whom_it_is_in_one_tap(self, cast):
        assert cast.ana.alias == "Ana"
        version, page = self.panel(cast, "Ana rang the bell after her chemo today!")
        step = page.split("It is Ana</button>")[0].rsplit('value="', 1)[1].split('"')[0]

        desk = words(
            as_(cast.dan).post(
                at("planning:arrange", version.post_id),
                typed(
                    version.post,
                    **{f"caption-{version.account_id}": "Ana rang the bell after her chemo today!"},
                )
                | {"do": step},
            )
        )

        assert f'name="mention-{version.account_id}" value="{cast.ana.pk}"' in desk
        assert "It is Ana: treatment" in desk

    def test_offers_a_marketer_whoever_has_that_first_name_for_an_alias(self, cast):
        assert cast.ana.alias == "Ana"

        _, page = self.panel(cast, STORY)

        assert "It is Ana</button>" in page

    def test_tells_what_combines_singly_and_not_once_more_together(self, cast):
        _, page = self.panel(cast, f"{STORY} So proud of her, our retired fire chief from Salem.")

        assert "together these may identify" not in page

    def test_lets_only_those_who_keep_the_practice_in_order_say_that_words_are_ours(self, cast):
        _, page = self.panel(cast, TestOwnWords.CAPTION)
        version = a_version(cast, caption="y")

        refused = as_(cast.dan).post(at("planning:know_as_ours", version.post_id), typed(version.post))

        assert "This is ours" not in page
        assert refused.status_code == 403


class TestWhoKeepsWordsAndWritesNoPosts:
    def test_changes_no_post_by_saying_that_words_are_ours(self, cast):
        version = a_version(cast, caption="As Dan wrote it.")
        data = typed(version.post, **{f"caption-{version.account_id}": "As Eve would have it."})

        page = words(as_(cast.eve).post(at("planning:know_as_ours", version.post_id), data, follow=True))

        version.refresh_from_db()
        assert version.caption == "As Dan wrote it."
        assert "You do not write posts." in page


class TestThePageOfOwnWords:
    def test_adds_shows_and_ends(self, cast):
        eve = as_(cast.eve)

        added = words(eve.post(at("screening:own"), {"text": " Walter  Whitcombe "}, follow=True))
        assert "“Walter Whitcombe” is known as yours." in added
        number = added.split("/end/")[0].rsplit("/", 1)[1]

        ended = words(eve.post(at("screening:end_own", number), follow=True))
        assert "Nothing yet." in ended

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("Maria", "A single word would hide whoever shares it."),
            ("Ana Ruiz", "Somebody on record has this name, and does not work here."),
            ("   ", "This field is required."),
        ],
    )
    def test_refuses_what_would_hide_a_patient(self, cast, text, told):
        assert cast.ana.pk

        assert told in words(as_(cast.eve).post(at("screening:own"), {"text": text}))

    def test_lets_a_provider_on_record_as_staff_be_ours(self, cast):
        assert cast.nora.pk

        assert "is known as yours" in words(
            as_(cast.eve).post(at("screening:own"), {"text": "Nora Nurse"}, follow=True)
        )
