"""A post is shown to its signer and bound by digest: "only exactly this post" is a choice (R25)."""

import hashlib
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from consent.access.middleware import TABLET_COOKIE
from consent.audit.models import LedgerEntry
from consent.evidence.render import render_pdf
from consent.files.store import put
from consent.paper.actions import print_form
from consent.paper.models import Printing
from consent.people.models import Person
from consent.signing.actions import ExhibitRefused, PrepareRefused, decline, make_exhibit
from consent.signing.actions.answering import signer_of
from consent.signing.completion import SealFacts
from consent.signing.granting import scope_of
from consent.signing.models import Ceremony, Exhibit
from consent.signing.paper import signed_page
from consent.signing.queries import exhibits_to_prepare, filled_now, open_exhibits, signing_entry
from consent.signing.rules import NotNow
from consent.signing.rules.spelling import spelled_out
from consent.wording.rules import rendered_text
from tests.cast import NOW, Cast, by
from tests.ceremonies import SCREENS, answered, handed_over, prepared, signed
from tests.posts.outgoing import PIXEL

pytestmark = pytest.mark.django_db
SHA = hashlib.sha256(PIXEL).hexdigest()
DIGEST = "ab" * 32
ONLY: dict[str, Any] = {"formats": SCREENS["formats"] | {"only_this_post": ["one"]}}


@pytest.fixture
def cast() -> Cast:
    return Cast()


def page(cast: Cast, **changed: object) -> dict[str, object]:
    """What the wall would show."""
    key = put("renditions", cast.practice.pk, PIXEL, "png")
    picture = {
        "key": key,
        "sha256": SHA,
        "media_type": "image/png",
        "alt": "A bell.",
        "captions": "",
        "asset": 7,
    }
    words = {"channel": "our wall", "caption": "Ana rang the bell 🔔", "disclosure": "", "format": "post"}
    return words | {"pictures": [picture], "digest": DIGEST} | changed


def given_exhibit(
    cast: Cast, person: Person | None = None, title: str = "The bell", **changed: object
) -> Exhibit:
    return make_exhibit(
        person=person or cast.ana,
        post=12,
        title=title,
        pages=[page(cast, **changed)],
        by=by(cast.dan),
        at=NOW,
    )


@pytest.fixture
def shown(cast: Cast) -> Exhibit:
    """The post about the bell, as Ana would see it."""
    return given_exhibit(cast)


class TestAnExhibit:
    def test_is_kept_once_while_it_waits_for_an_answer(self, cast: Cast, shown: Exhibit) -> None:
        assert given_exhibit(cast) == shown
        assert LedgerEntry.objects.filter(event="exhibit.made").count() == 1

    def test_gives_way_to_a_newer_one_of_the_same_post(self, cast: Cast, shown: Exhibit) -> None:
        newer = given_exhibit(cast, digest="cd" * 32, caption="Other words")
        assert list(open_exhibits(cast.practice, cast.ana)) == [newer]

    def test_tells_the_ledger_digests_and_no_words(self, shown: Exhibit) -> None:
        body = str(LedgerEntry.objects.get(event="exhibit.made").body)
        assert DIGEST in body
        assert "bell" not in body

    def test_keeps_its_words_sealed(self, shown: Exhibit) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT contents FROM consent_exhibit")
            assert "bell" not in cursor.fetchone()[0]

    def test_stays_as_it_is(self, shown: Exhibit) -> None:
        for change in (Exhibit.objects.all().delete, lambda: Exhibit.objects.update(digests=[])):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()

    def test_shows_something_whole(self, cast: Cast) -> None:
        for pages in ([], [{"caption": "Half a page"}]):
            with pytest.raises(ExhibitRefused):
                make_exhibit(person=cast.ana, post=12, title="Bell", pages=pages, by=by(cast.dan), at=NOW)

    def test_waits_until_it_is_answered(self, cast: Cast, shown: Exhibit) -> None:
        assert list(exhibits_to_prepare(cast.practice)) == [shown]
        ceremony, _ = handed_over(cast, prepared(cast, exhibit=shown))
        assert not exhibits_to_prepare(cast.practice)
        assert list(open_exhibits(cast.practice)) == [shown]
        decline(ceremony=ceremony, by=signer_of(ceremony), at=NOW)
        assert not open_exhibits(cast.practice)


class TestPreparingForExactlyOnePost:
    def test_refuses_what_was_made_for_somebody_else(self, cast: Cast) -> None:
        for stranger in (
            cast.carla,
            Person.objects.create(practice=cast.other_practice, alias="H", created_at=NOW),
        ):
            with pytest.raises(PrepareRefused, match="waits for no answer"):
                prepared(cast, exhibit=given_exhibit(cast, stranger))
        assert not Ceremony.objects.exists()

    def test_names_title_and_digest_in_the_text_that_is_signed(self, cast: Cast, shown: Exhibit) -> None:
        ceremony = prepared(cast, exhibit=shown)
        text = rendered_text(ceremony.wording.form(), filled_now(ceremony, NOW))
        assert f"Only this one post: “The bell”, exactly as it was shown to me (SHA-256 {DIGEST})" in text
        assert "More than one post" not in text

    def test_draws_a_title_that_no_font_has(self, cast: Cast) -> None:
        ceremony = prepared(cast, exhibit=given_exhibit(cast, title="Bell 🔔"))
        assert "“Bell [bell]”" in rendered_text(ceremony.wording.form(), filled_now(ceremony, NOW))


class TestTheDesk:
    @pytest.fixture
    def desk(self, cast: Cast, client: Client) -> Client:
        client.force_login(cast.finn)
        prepared(cast)
        return client

    ADDRESS = staticmethod(lambda person: reverse("signing:prepare", args=["riverbend", person.pk]))

    def fill(self, cast: Cast, exhibit: Exhibit) -> dict[str, object]:
        ends = (timezone.now() + timedelta(days=90)).date().isoformat()
        lists = {
            "elements": ["face"],
            "platforms": ["website"],
            "formats": ["post"],
            "purposes": ["education"],
        }
        said = {"signer": "self", "privacy_notice": "2026-01", "capacity_attested": "on", "ends_on": ends}
        return {**lists, **said, "location": cast.location.pk, "exhibit": exhibit.pk}

    def test_offers_each_open_post(self, cast: Cast, desk: Client, shown: Exhibit) -> None:
        plain = desk.get(self.ADDRESS(cast.ana)).content.decode()
        assert "Only “The bell”, as it stood 23 Nov at 10:00 am" in plain
        assert "selected>Only “The bell”" not in plain
        asked = desk.get(self.ADDRESS(cast.ana), {"exhibit": shown.pk}).content.decode()
        assert "selected>Only “The bell”" in asked

    def test_prepares_it(self, cast: Cast, desk: Client, shown: Exhibit) -> None:
        desk.post(self.ADDRESS(cast.ana), self.fill(cast, shown))
        made = Ceremony.objects.order_by("-pk")[0]
        assert (made.exhibit, made.offered["only_this_post"]) == (shown, ["one"])

    def test_does_not_know_another_persons(self, cast: Cast, desk: Client, shown: Exhibit) -> None:
        foreign = given_exhibit(cast, cast.carla, title="Carla's secret")
        before = Ceremony.objects.count()
        page = desk.get(self.ADDRESS(cast.ana), {"exhibit": foreign.pk}).content.decode()
        assert "secret" not in page
        desk.post(self.ADDRESS(cast.ana), self.fill(cast, foreign))
        assert Ceremony.objects.count() == before


class TestTheSigner:
    def at_step(self, cast: Cast, client: Client, shown: Exhibit | None, step: str) -> str:
        at = timezone.now()
        ceremony, token = handed_over(cast, prepared(cast, exhibit=shown, at=at), at=at)
        screens: dict[str, Any] = ONLY if shown else {}
        answered(ceremony, until=step, at=at, **screens)
        client.cookies[TABLET_COOKIE] = token
        return client.get(reverse("signing:tablet")).content.decode()

    @pytest.mark.parametrize("step", ["formats", "review"])
    def test_sees_the_post_before_saying_yes_to_it(
        self, cast: Cast, client: Client, shown: Exhibit, step: str
    ) -> None:
        page = self.at_step(cast, client, shown, step)
        assert "Ana rang the bell 🔔" in page
        picture = reverse("signing:shown", args=[SHA])
        assert f'<img src="{picture}" alt="A bell.">' in page
        answer = client.get(picture)
        assert (answer.content, answer.headers["Cache-Control"]) == (PIXEL, "no-store")

    def test_sees_nothing_of_it_on_other_screens(self, cast: Cast, client: Client, shown: Exhibit) -> None:
        assert "rang the bell" not in self.at_step(cast, client, shown, "purposes")

    def test_gets_no_picture_of_another_form(self, cast: Cast, client: Client, shown: Exhibit) -> None:
        self.at_step(cast, client, None, "formats")
        assert client.get(reverse("signing:shown", args=[SHA])).status_code == 404

    def test_alone_gets_the_picture(self, client: Client, shown: Exhibit) -> None:
        answer = client.get(reverse("signing:shown", args=[SHA]))
        assert PIXEL not in answer.content


class TestTheSignature:
    @pytest.fixture
    def ceremony(self, cast: Cast, shown: Exhibit) -> Ceremony:
        ready, _ = handed_over(cast, prepared(cast, exhibit=shown))
        return answered(ready, **ONLY)

    def test_covers_exactly_what_was_shown(self, ceremony: Ceremony) -> None:
        scope = signed(ceremony).consent.scope
        assert (scope["posts"], scope["assets"]) == ([f"12#{DIGEST}"], ["7"])

    def test_has_what_was_shown_in_its_document(self, ceremony: Ceremony) -> None:
        signature = signed(ceremony)
        ceremony.refresh_from_db()
        entry = signing_entry(signature.consent.pk, ceremony.practice_id)
        page = signed_page(ceremony, signature, entry, SealFacts("a", "b", "c", "d", "e"), "token")
        assert "What was shown" in page
        assert "data:image/png;base64," in page
        assert SHA in page
        assert "Ana rang the bell [bell]" in page
        printed = PdfReader(io.BytesIO(render_pdf(page)))
        assert "What was shown" in "".join(sheet.extract_text() for sheet in printed.pages)
        assert [picture for sheet in printed.pages for picture in sheet.images]

    def test_cannot_have_its_post_exchanged(self, cast: Cast, ceremony: Ceremony) -> None:
        signed(ceremony)
        other = given_exhibit(cast, cast.carla)
        with pytest.raises(IntegrityError), transaction.atomic():
            Ceremony.objects.filter(pk=ceremony.pk).update(exhibit=other)


def test_words_of_the_usual_alphabets_are_left_alone() -> None:
    assert spelled_out("Ñandú “é” – Привет\nα") == "Ñandú “é” – Привет\nα"
    assert spelled_out("1\ufe0f中") == "1[cjk unified ideograph-4e2d]"


class TestOnPaper:
    def test_is_refused_since_paper_cannot_show_it(self, cast: Cast) -> None:
        ceremony = prepared(cast, exhibit=given_exhibit(cast))
        with pytest.raises(NotNow, match="have it signed on a screen"):
            print_form(ceremony=ceremony, by=by(cast.finn), at=NOW)
        assert not Printing.objects.exists()


class TestAFormPreparedBeforeThereWereExhibits:
    def test_never_covers_any_post_by_a_sign_for_any(self) -> None:
        assert not scope_of({"post": "*"}, {"only_this_post": {"one": "2026-11-23"}}).posts
