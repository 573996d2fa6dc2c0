"""The matrix of doors: every URL × every role × two practices, generated from the URLconf.

A door has opened when `requires` has put the actor on the request: that tells the door's own refusal (404 to
strangers, 403 without the ability) from what the view answers behind it (404 for a row that is not there).
"""

import pytest
from django.http import HttpRequest
from django.test import Client

from consent.access.account_urls import urlpatterns as allauth_doors
from consent.access.doors import PUBLIC
from consent.access.models import Membership, User
from consent.access.navigation import ROOMS
from consent.access.rules import ABILITIES, IDENTITY, LOOKING, OWN, ROLES
from tests.cast import NOW, PASSWORD, make_practice
from tests.doorways import Doorway, doorways, staff_doorways

EVERY_DOORWAY, STAFF_DOORWAYS = doorways(), staff_doorways()
# Doors for looking whose pages send a form that changes nothing.
ASKING_BY_POST = {
    "reports:verify_ledger",
    "reports:repost_pack",
    "records:people",
    "planning:posts",
    "planning:library",
    "community:stories",
    "cards:gathering",
    "reports:history",
}


class House:
    """Two practices and a client for each kind of person; made once a test."""

    def __init__(self) -> None:
        self.practices = [make_practice(slug, slug.title()) for slug in ("riverbend", "hilltop")]

    def client(self, *roles_by_practice: list[str]) -> Client:
        """Someone with these roles in Riverbend, and these in Hilltop; no roles means no membership."""
        email = f"{User.objects.count()}@example.org"
        user = User.objects.create_user(email, PASSWORD, name="Someone", is_demo=True)
        for practice, roles in zip(self.practices, roles_by_practice, strict=False):
            if roles:
                Membership.objects.create(practice=practice, user=user, roles=roles, since=NOW)
        client = Client(raise_request_exception=True)
        client.force_login(user)
        return client


@pytest.fixture
def house(db: None) -> House:
    """Riverbend and Hilltop."""
    return House()


def knock(
    client: Client, doorway: Doorway, practice: str = "riverbend", method: str = "get"
) -> tuple[int, bool]:
    """The status, and whether the door opened."""
    response = getattr(client, method)(doorway.path(practice))
    request: HttpRequest = response.wsgi_request
    return response.status_code, hasattr(request, "by")


def may(door: str | None, *roles: str) -> bool:
    """Whether any of the roles holds the ability that the door asks for."""
    return any(door in ROLES[role].abilities for role in roles)


class TestEveryView:
    def test_names_its_door(self):
        ours = {entry.name for entry in allauth_doors if hasattr(entry, "name")}
        naked = [
            doorway.name
            for doorway in EVERY_DOORWAY
            if doorway.door is None and doorway.name not in ours and not doorway.name.startswith("mfa_")
        ]
        assert naked == []

    def test_asks_for_an_ability_under_a_practice_and_nowhere_else(self):
        for doorway in EVERY_DOORWAY:
            assert (doorway.door in ABILITIES) == doorway.is_staff, doorway.name

    def test_is_open_to_the_public_only_where_no_sign_in_can_be(self):
        public = {doorway.route.split("/")[0] for doorway in EVERY_DOORWAY if doorway.door == PUBLIC}
        assert public <= {
            "tablet",
            "sign",
            "card",
            "story",
            "verify",
            "wall",
            "my",
            "signed",
            "file",
            "welcome",
        }

    def test_sends_the_anonymous_to_sign_in_unless_it_is_public(self, db):
        for doorway in EVERY_DOORWAY:
            if doorway.door in {PUBLIC, None}:
                continue
            response = Client().get(doorway.path())
            assert response.status_code == 302, doorway.name
            assert response["Location"].startswith("/account/login/?next="), doorway.name

    def test_lets_allauth_ask_for_itself_who_is_there(self, db):
        open_to_all = {"account_login", "account_logout", "account_inactive", "mfa_authenticate"}
        for doorway in EVERY_DOORWAY:
            if doorway.door is None and doorway.name not in open_to_all:
                response = Client().get(doorway.path())
                assert response["Location"].startswith("/account/login/"), doorway.name

    def test_has_a_room_in_the_header_that_exists(self):
        names = {doorway.name: doorway.door for doorway in STAFF_DOORWAYS}
        assert {name: names.get(name) for _, name, _ in ROOMS} == {name: door for _, name, door in ROOMS}


@pytest.mark.parametrize("doorway", STAFF_DOORWAYS, ids=str)
class TestAStaffDoor:
    def test_opens_to_the_roles_that_hold_its_ability_and_to_no_other(self, house, doorway):
        for role in ROLES:
            status, opened = knock(house.client([role]), doorway)
            assert opened == may(doorway.door, role), f"{role} got {status}"
            assert (status == 403) == (not opened), f"{role} got {status}"

    def test_does_not_exist_for_strangers(self, house, doorway):
        for stranger in (house.client(), house.client([], list(ROLES))):
            for method in ("get", "post"):
                assert knock(stranger, doorway, method=method) == (404, False)

    def test_gives_a_member_of_two_practices_the_rights_of_each(self, house, doorway):
        here, there = ["front_desk"], ["marketer", "owner"]
        client = house.client(here, there)
        assert knock(client, doorway, "riverbend")[1] == may(doorway.door, *here)
        assert knock(client, doorway, "hilltop")[1] == may(doorway.door, *there)

    def test_closes_when_the_membership_ends(self, house, doorway):
        client = house.client(list(ROLES))
        Membership.objects.update(ended_at=NOW)
        assert knock(client, doorway) == (404, False)

    def test_takes_no_change_from_those_who_may_only_look(self, house, doorway):
        if doorway.door in LOOKING | IDENTITY and doorway.name not in ASKING_BY_POST:
            status, _ = knock(house.client(["auditor"]), doorway, method="post")
            assert status == 405


class TestTheRoles:
    def test_let_the_auditor_look_at_everything_and_change_nothing(self):
        assert ROLES["auditor"].abilities == LOOKING | IDENTITY | OWN

    def test_let_everybody_sign_the_policy_for_themselves_and_nothing_else(self):
        assert {"policy.sign"} == OWN
        assert all(may("policy.sign", role) for role in ROLES)

    def test_keep_identity_from_the_marketer(self):
        assert not ROLES["marketer"].abilities & (
            IDENTITY | {"media.original", "document.view", "ledger.view"}
        )

    def test_keep_approving_from_those_who_write(self):
        assert [role for role in ROLES if may("post.approve", role)] == ["compliance"]
        assert not ROLES["compliance"].abilities & {"post.write", "post.submit"}

    def test_let_a_marketer_ask_to_clear_and_only_compliance_agree(self):
        assert [role for role in ROLES if may("clearing.confirm", role)] == ["compliance"]
        for ability in ("clearing.propose", "finding.record", "post.note"):
            assert [role for role in ROLES if may(ability, role)] == ["marketer", "compliance"]
        assert [role for role in ROLES if may("post.suggest", role)] == ["compliance"]


class TestABrowserThatIsTheTablet:
    def test_opens_no_staff_page_whoever_is_signed_in(self, house):
        client = house.client(list(ROLES))
        client.cookies["postern_tablet"] = "anything"
        for doorway in EVERY_DOORWAY:
            if not doorway.route.startswith("tablet/"):
                response = client.get(doorway.path())
                assert response.status_code == 403, doorway.name
                assert "Riverbend" not in response.content.decode(), doorway.name


class TestTheProbe:
    def test_tells_a_missing_row_from_a_closed_door(self, house):
        doorway = next(one for one in STAFF_DOORWAYS if one.name == "access:member")
        assert knock(house.client(["owner"]), doorway) == (404, True)
        assert knock(house.client(), doorway) == (404, False)
