"""Somebody is asked to sign exactly this post, as it is stored, unless it tells of somebody else (R25, R33)."""

import pytest
from django.test import Client
from django.urls import reverse

from consent.media.models import Asset
from consent.people.models import Person
from consent.signing.actions import ExhibitRefused
from consent.signing.models import Exhibit
from posts.clearance.queries import rulings
from posts.content.models import Mention, Version
from posts.content.queries import payload_of, whole_version
from posts.planning.actions import ask_to_sign
from tests.cast import NOW, Cast, by
from tests.ceremonies import SCREENS, answered, handed_over, prepared, signed
from tests.posts.outgoing import given_account, given_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def version(cast: Cast) -> Version:
    """Dan's post about Ana, with her picture."""
    return given_version(cast, given_account(cast), cast.ana, picture=True)


def asked(cast: Cast, version: Version, person: Person | None = None) -> Exhibit:
    return ask_to_sign(post=version.post, person=person or cast.ana, by=by(cast.dan), at=NOW)


class TestAsking:
    def test_shows_what_is_stored(self, cast: Cast, version: Version) -> None:
        [page] = asked(cast, version).pages
        assert (page["caption"], page["digest"]) == (
            version.caption,
            payload_of(whole_version(version.pk)).shown,
        )
        assert [picture["alt"] for picture in page["pictures"]] == ["A bell."]

    def test_twice_makes_it_once_until_it_changes(self, cast: Cast, version: Version) -> None:
        first = asked(cast, version)
        assert asked(cast, version) == first
        Version.objects.update(caption="Other words")
        assert asked(cast, version) != first

    def test_refuses_what_shows_another_patient(self, cast: Cast, version: Version) -> None:
        Mention.objects.create(version=version, person=cast.carla, elements=["first_name"])
        with pytest.raises(ExhibitRefused, match="Somebody else is in this post"):
            asked(cast, version)

    def test_minds_no_staff_in_it(self, cast: Cast, version: Version) -> None:
        Mention.objects.create(version=version, person=cast.nora, elements=["first_name"], capacity="staff")
        assert asked(cast, version).person == cast.ana
        with pytest.raises(ExhibitRefused, match="is not in this post"):
            asked(cast, version, cast.nora)

    def test_refuses_a_face_that_nobody_named(self, cast: Cast, version: Version) -> None:
        Asset.objects.update(unnamed=1)
        with pytest.raises(ExhibitRefused, match="not named yet"):
            asked(cast, version)

    def test_refuses_whoever_is_not_in_it_and_what_is_not_written(self, cast: Cast, version: Version) -> None:
        with pytest.raises(ExhibitRefused, match="is not in this post"):
            asked(cast, version, cast.carla)
        version.post.versions.update(dropped_at=NOW)
        with pytest.raises(ExhibitRefused, match="Nothing of this post is saved"):
            asked(cast, version)


class TestThePage:
    def address(self, version: Version, person: Person) -> str:
        return reverse("planning:ask_to_sign", args=["riverbend", version.post_id, person.pk])

    def test_leaves_it_to_the_front_desk(self, cast: Cast, client: Client, version: Version) -> None:
        client.force_login(cast.dan)
        post = reverse("planning:post", args=["riverbend", version.post_id])
        button = f"Ask {cast.ana.alias} to sign exactly this post"
        assert button in client.get(post).content.decode()
        said = client.post(self.address(version, cast.ana), follow=True).content.decode()
        assert f"The front desk will ask {cast.ana.alias}" in said
        client.force_login(cast.finn)
        exhibit = Exhibit.objects.get()
        form = reverse("signing:prepare", args=["riverbend", cast.ana.pk]) + f"?exhibit={exhibit.pk}"
        assert form in client.get(reverse("reports:home", args=["riverbend"])).content.decode()
        part = client.get(
            reverse("signing:person_requests", args=["riverbend", cast.ana.pk])
        ).content.decode()
        assert form in part
        assert "“The bell”" in part

    def test_leads_whoever_prepares_forms_to_the_form(
        self, cast: Cast, client: Client, version: Version
    ) -> None:
        member = cast.eve.memberships.get(practice=cast.practice)
        member.roles = ["front_desk", "marketer"]
        member.save()
        client.force_login(cast.eve)
        answer = client.post(self.address(version, cast.ana))
        assert answer["Location"].endswith(f"?exhibit={Exhibit.objects.get().pk}")

    def test_says_why_not(self, cast: Cast, client: Client, version: Version) -> None:
        client.force_login(cast.dan)
        said = client.post(self.address(version, cast.carla), follow=True).content.decode()
        assert "is not in this post" in said
        assert not Exhibit.objects.exists()

    def test_knows_no_stranger_and_opens_to_writers_only(
        self, cast: Cast, client: Client, version: Version
    ) -> None:
        stranger = Person.objects.create(practice=cast.other_practice, alias="H", created_at=NOW)
        client.force_login(cast.dan)
        assert client.post(self.address(version, stranger)).status_code == 404
        client.force_login(cast.finn)
        assert client.post(self.address(version, cast.ana)).status_code == 403
        client.force_login(cast.zed)
        assert client.post(self.address(version, cast.ana)).status_code == 404


class TestTheWholeWay:
    def test_ends_at_the_gate(self, cast: Cast, version: Version) -> None:
        """Shown, signed for exactly this one: it passes as it is, and not with another letter."""
        exhibit = asked(cast, version)
        ceremony, _ = handed_over(cast, prepared(cast, exhibit=exhibit))
        only = SCREENS["formats"] | {"only_this_post": ["one"]}
        consent = signed(answered(ceremony, formats=only)).consent
        assert consent.scope["assets"] == [str(Asset.objects.get().pk)]

        def refused() -> bool:
            [ruling] = rulings([whole_version(version.pk)], NOW, final=True)
            return {"SCOPE_POST_SPECIFIC", "SCOPE_MEDIA"} & {
                one.code for one in ruling.verdict.reasons
            } != set()

        assert not refused()
        Version.objects.update(caption=version.caption + "!")
        assert refused()
