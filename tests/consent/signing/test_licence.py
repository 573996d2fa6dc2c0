"""An author's licence: asked for about exactly what they made, and the gate reads what was signed (R96, R97)."""

from typing import Any

import pytest
import time_machine

from consent.evidence.actions import give_copy
from consent.people.models import Relation
from consent.records.actions import revoke_all
from consent.records.models import Consent
from consent.signing.actions import ExhibitRefused, Offer, PrepareRefused, prepare, show_work
from consent.signing.models import Ceremony, Exhibit
from posts.clearance.queries import preview
from posts.content.actions import Shown
from tests.cast import NOW, Cast, by, make_person
from tests.ceremonies import ENDS_ON, answered, handed_over, sample_wording, signed
from tests.consents import given_authority
from tests.desk import as_, at, words
from tests.drafts import a_channel, a_post, a_version
from tests.links import address_of, browser, code, mails, paper_made, post, quick_paper
from tests.pictures import given_picture

ADDRESS = "https://social.example/rosa/7"
OFFERED = {"platforms": ["website", "instagram", "facebook"], "formats": ["post", "reel"], "paid": []}
MARKED: dict[str, Any] = {
    "platforms": {"platforms": ["website", "instagram"]},
    "formats": {"formats": ["post"], "edits": ["as_it_is"]},
}


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


def picture_by(cast, author, label="The bell"):
    return given_picture(
        cast, label=label, source="user", author=author, source_url=ADDRESS, taken_by="author"
    )


def licence(cast, author, right=None, *, picture=None, work="", **fields):
    """Finn asks the author, or whoever signs for them."""
    return prepare(
        person=author,
        wording=sample_wording(cast, "author_licence"),
        representation=right,
        location=cast.location,
        offer=Offer(
            lists=OFFERED, ends_on=ENDS_ON, picture=picture, work=work, capacity_attested=True, **fields
        ),
        by=by(cast.finn),
        at=NOW,
    )


def codes(version):
    """What the gate holds against the version."""
    return {reason.code for ruling in preview(version.post, NOW) for reason in ruling.verdict.reasons}


def version_with(cast, picture):
    rendition = picture.renditions.get()
    return a_version(
        cast, a_post(cast), a_channel(cast), media=[Shown(rendition=rendition, alt_text="A bell")]
    )


class TestAskingAnAuthor:
    def test_a_marketer_asks_on_the_pictures_page_and_the_front_desk_finds_it_on_its_home(self, cast, rosa):
        picture = picture_by(cast, rosa)
        dan = as_(cast.dan)
        assert "Ask Rosa for a licence" in words(dan.get(at("media:asset", picture.pk)))
        page = words(dan.post(at("signing:ask_author", picture.pk), follow=True))
        assert "The front desk will ask Rosa for a licence." in page

        finn = as_(cast.finn)
        home = words(finn.get(at("reports:home")))
        assert "Rosa Lind is to be asked for a licence for what they made: “The bell”." in home
        exhibit = Exhibit.objects.get()
        form = at("signing:prepare", rosa.pk) + f"?exhibit={exhibit.pk}"
        assert form in home
        page = words(finn.get(form))
        assert "Ask Rosa Lind for a licence" in page
        assert f'<option value="{picture.pk}" selected>The bell</option>' in page
        told = {
            "signer": "self",
            "location": cast.location.pk,
            "ends_on": "2027-05-31",
            "picture": picture.pk,
            "platforms": ["website"],
            "formats": ["post"],
            "capacity_attested": "on",
        }
        finn.post(form, told)
        assert Ceremony.objects.get().exhibit == exhibit
        assert "is to be asked for a licence" not in words(finn.get(at("reports:home")))

    def test_those_who_prepare_forms_go_on_to_the_form(self, cast, rosa):
        picture = picture_by(cast, rosa)
        page = words(as_(cast.eve).post(at("signing:ask_author", picture.pk), follow=True))
        assert "Ask Rosa Lind for a licence" in page

    def test_is_found_on_everybodys_record_for_what_they_posted(self, cast):
        page = words(as_(cast.finn).get(at("records:person", cast.ana.pk)))
        ask = at("signing:prepare", cast.ana.pk) + "?kind=author_licence"
        assert ask in page
        assert "Ask Ana Ruiz for a licence" in words(as_(cast.finn).get(ask))
        assert "Permission to reuse my post" not in words(
            as_(cast.finn).get(at("signing:prepare", cast.ana.pk))
        )

    def test_says_what_they_made_or_is_refused(self, cast, rosa):
        with pytest.raises(PrepareRefused, match="Say what they made"):
            licence(cast, rosa)

    def test_shows_nobody_a_picture_of_somebody_elses(self, cast, rosa):
        with pytest.raises(PrepareRefused, match="shown to whoever made it"):
            licence(cast, cast.ana, picture=picture_by(cast, rosa))
        with pytest.raises(ExhibitRefused, match="We took this picture ourselves"):
            show_work(asset=given_picture(cast, label="Ours"), by=by(cast.dan), at=NOW)
        assert not Ceremony.objects.exists()


class TestByLink:
    def test_the_author_signs_what_names_the_work_and_shows_it(self, cast, rosa, monkeypatch):
        picture = picture_by(cast, rosa)
        version = version_with(cast, picture)
        assert "UGC_LICENSE_MISSING" in codes(version)
        ceremony = licence(cast, rosa, picture=picture)
        point = address_of(cast, rosa, "rosa@example.org")
        as_(cast.finn).post(at("signing:send", ceremony.pk), {"contact": point.pk})
        assert len(mails("signing_link")) == 1

        client = browser()
        post(client, "begin")
        page = words(post(client, "open_form", code=code()))
        assert "Hello Rosa Lind. You can say no, and nobody needs a reason." in page
        sha256 = picture.renditions.get().sha256
        assert f"“The bell”, {ADDRESS} (SHA-256 {sha256})" in page
        ceremony.refresh_from_db()
        ceremony = answered(ceremony, until="platforms", **MARKED)
        page = words(client.get("/sign/"))
        assert "This is what you made" in page
        assert f"/sign/shown/{sha256}/" in page
        assert client.get(f"/sign/shown/{sha256}/").status_code == 200
        signature = signed(answered(ceremony, **MARKED))
        assert (signature.factor, signature.privacy_notice) == ("one_time_code", "")

        consent = Consent.objects.get()
        assert consent.kind == "licence"
        assert consent.scope["assets"] == [str(picture.pk)]
        assert consent.scope["elements"] == []
        quick_paper(monkeypatch)
        paper_made(NOW)
        post(client, "own_copy", method="screen")
        assert not {one for one in codes(version) if one.startswith("UGC")}

        revoke_all(person=rosa, part={}, how="letter", by=by(cast.finn), at=NOW)
        assert "UGC_WITHDRAWN" in codes(version)

    def test_a_place_that_was_not_marked_stays_closed(self, cast, rosa, monkeypatch):
        picture = picture_by(cast, rosa)
        by_tablet(
            cast, licence(cast, rosa, picture=picture), monkeypatch, platforms={"platforms": ["facebook"]}
        )
        assert "UGC_LICENSE_SCOPE" in codes(version_with(cast, picture))

    def test_a_licence_for_words_is_none_for_a_picture(self, cast, rosa, monkeypatch):
        by_tablet(cast, licence(cast, rosa, work=ADDRESS), monkeypatch)
        assert "UGC_LICENSE_SCOPE" in codes(version_with(cast, picture_by(cast, rosa)))
        assert Consent.objects.get().scope["assets"] == []

    def test_the_parent_of_a_young_author_signs(self, cast, monkeypatch):
        tia = make_person(cast.practice, "Tia", "Lind", NOW.date().replace(year=2012), "author")
        with pytest.raises(PrepareRefused, match="A parent or court-named guardian signs"):
            licence(cast, tia, work=ADDRESS)
        signature = by_tablet(
            cast, licence(cast, tia, given_authority(cast, tia, cast.carla), work=ADDRESS), monkeypatch
        )
        assert (signature.signer, signature.role) == (cast.carla, "personal_representative")
        assert Consent.objects.get().kind == "licence"

    def test_nobody_under_age_signs_for_themselves_however_they_are_an_author(self, cast):
        Relation.objects.create(practice=cast.practice, person=cast.bea, kind="author", since=NOW.date())
        page = words(as_(cast.finn).get(at("signing:prepare", cast.bea.pk) + "?kind=author_licence"))
        assert "Bea Ruiz cannot be asked yet" in page


class TestTheRecord:
    def test_can_be_withdrawn_at_the_desk_and_stands_on_the_authors_own_page(self, cast, rosa, monkeypatch):
        by_tablet(cast, licence(cast, rosa, work=ADDRESS), monkeypatch)
        page = words(as_(cast.finn).get(at("records:person", rosa.pk)))
        assert "Permission to reuse my post" in page
        assert "Withdraw in writing" in page


def by_tablet(cast, ceremony, monkeypatch, **screens):
    """Signed at the counter, sealed, and a copy given."""
    handed_over(cast, ceremony)
    signature = signed(answered(Ceremony.objects.get(pk=ceremony.pk), **{**MARKED, **screens}))
    quick_paper(monkeypatch)
    paper_made(NOW)

    give_copy(signature=signature, method="screen", by=by(cast.finn), at=NOW)
    return signature
