"""Adding members, changing what they may do, letting them go."""

import html
import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from consent.access.actions import (
    AlreadyMember,
    LastOwner,
    NoSuchRole,
    WorksElsewhere,
    add_member,
    change_pin,
    change_roles,
    end_membership,
    help_with_password,
)
from consent.access.models import Membership, User
from consent.audit.models import LedgerEntry
from consent.outbox.models import OutgoingMail
from tests.cast import NOW, by

pytestmark = pytest.mark.django_db


def membership_of(user: User) -> Membership:
    return Membership.objects.get(user=user, ended_at=None)


class TestAdding:
    def test_gives_a_colleague_a_sign_in_of_their_own(self, cast, signed_in):
        owner = signed_in(cast.olga)
        owner.post(
            "/p/riverbend/team/add/",
            {"name": "Ne\u202ell", "email": "NELL@example.org", "roles": ["marketer"]},
        )
        nell = User.objects.get(email="nell@example.org")
        assert nell.name == "Nell"
        assert membership_of(nell).can("post.write")
        assert LedgerEntry.objects.filter(event="member.added").count() == 1

        page = owner.post(f"/p/riverbend/team/{membership_of(nell).pk}/link/").content.decode()
        [link] = re.findall(r"http://localhost:8000(/welcome/[^\s<]+/)", page)
        newcomer = Client()
        form = newcomer.get(link, follow=True)
        assert "Set your password" in form.content.decode()
        words = {"new_password1": "seven quiet herons", "new_password2": "seven quiet herons"}
        newcomer.post(form.request["PATH_INFO"], words)
        nell.refresh_from_db()
        assert nell.check_password("seven quiet herons")
        assert "no longer works" in Client().get(link, follow=True).content.decode()

    def test_says_so_when_they_are_on_the_team_already(self, cast, signed_in):
        name = {"name": "Dan", "email": cast.dan.email, "roles": ["owner"]}
        page = signed_in(cast.olga).post("/p/riverbend/team/add/", name)
        assert "on the team already" in page.content.decode()
        assert not membership_of(cast.dan).can("member.manage")

    def test_refuses_a_role_that_does_not_exist(self, cast):
        with pytest.raises(NoSuchRole):
            add_member(
                practice=cast.practice,
                email="x@example.org",
                name="X",
                roles=["root"],
                by=by(cast.olga),
                at=NOW,
            )
        assert not User.objects.filter(email="x@example.org").exists()

    def test_takes_a_user_of_another_practice_as_they_are(self, cast):
        zed = cast.zed
        add_member(
            practice=cast.practice, email=zed.email, name="Z", roles=["auditor"], by=by(cast.olga), at=NOW
        )
        with pytest.raises(AlreadyMember):
            add_member(
                practice=cast.practice, email=zed.email, name="Z", roles=["owner"], by=by(cast.olga), at=NOW
            )
        zed.refresh_from_db()
        assert zed.name == "Zed"

    def test_gives_no_owner_the_key_to_another_practice(self, cast, signed_in):
        here = add_member(
            practice=cast.practice,
            email=cast.zed.email,
            name="Z",
            roles=["auditor"],
            by=by(cast.olga),
            at=NOW,
        )
        with pytest.raises(WorksElsewhere):
            help_with_password(membership=here, by=by(cast.olga), at=NOW)
        page = signed_in(cast.olga).post(f"/p/riverbend/team/{here.pk}/link/", follow=True)
        assert "works in another practice" in page.content.decode()


class TestHelpingSomebodyIn:
    """Whoever lets a colleague in could act in their name: the PIN is gone, and the colleague is told."""

    def test_forgets_the_pin_and_tells_the_member_who_did_it(self, cast, signed_in):
        change_pin(user=cast.freya, pin="4972", by=by(cast.freya), at=NOW)
        place = f"/p/riverbend/team/{membership_of(cast.freya).pk}"
        signed_in(cast.olga).post(f"{place}/link/")
        assert not User.objects.get(pk=cast.freya.pk).check_pin("4972")
        [mail] = OutgoingMail.objects.filter(kind="sign_in_helped")
        assert mail.recipient == cast.freya.email
        assert "a new password can be set for you was made by Olga" in mail.body
        assert "tell your privacy officer at once" in mail.body

    def test_tells_them_of_a_second_factor_that_was_removed(self, cast, signed_in):
        place = f"/p/riverbend/team/{membership_of(cast.freya).pk}"
        signed_in(cast.olga).post(f"{place}/second-factor/")
        [mail] = OutgoingMail.objects.filter(kind="sign_in_helped")
        assert mail.recipient == cast.freya.email
        assert "your second factor for signing in was removed by Olga" in mail.body


class TestChangingRoles:
    def test_takes_effect_at_the_next_click(self, cast, signed_in):
        dan = signed_in(cast.dan)
        assert dan.get("/p/riverbend/team/").status_code == 403
        signed_in(cast.olga).post(f"/p/riverbend/team/{membership_of(cast.dan).pk}/", {"roles": ["auditor"]})
        assert dan.get("/p/riverbend/team/").status_code == 200

    def test_never_leaves_the_practice_without_an_owner(self, cast):
        with pytest.raises(LastOwner, match="only owner"):
            change_roles(membership=membership_of(cast.olga), roles=["auditor"], by=by(cast.olga), at=NOW)
        membership = membership_of(cast.dan)
        change_roles(membership=membership, roles=["owner"], by=by(cast.olga), at=NOW)
        change_roles(membership=membership_of(cast.olga), roles=["auditor"], by=by(cast.olga), at=NOW)
        assert not membership_of(cast.olga).can("member.manage")

    def test_from_an_old_tab_are_refused_once_with_what_changed(self, cast, signed_in):
        dan = membership_of(cast.dan)
        page = signed_in(cast.olga)
        address = f"/p/riverbend/team/{dan.pk}/"
        assert 'name="seen" value="marketer"' in page.get(address).content.decode()
        change_roles(membership=dan, roles=["compliance"], by=by(cast.olga), at=NOW)

        old_tab = page.post(address, {"roles": ["auditor"], "seen": "marketer"})
        told = html.unescape(old_tab.content.decode())
        assert "Dan's roles were changed while this page was open." in told
        assert "Added: Compliance officer. Taken away: Marketer." in told
        assert membership_of(cast.dan).roles == ["compliance"]

        assert 'name="seen" value="compliance"' in told
        page.post(address, {"roles": ["auditor"], "seen": "compliance"})
        assert membership_of(cast.dan).roles == ["auditor"]


class TestEnding:
    def test_closes_every_door_at_once(self, cast, signed_in):
        aida = signed_in(cast.aida)
        assert aida.get("/p/riverbend/practice/").status_code == 200
        signed_in(cast.olga).post(f"/p/riverbend/team/{membership_of(cast.aida).pk}/end/")
        assert aida.get("/p/riverbend/practice/").status_code == 404

    def test_twice_from_two_tabs_is_one_end(self, cast):
        tabs = [membership_of(cast.dan), membership_of(cast.dan)]
        for minutes, tab in enumerate(tabs):
            end_membership(membership=tab, by=by(cast.olga), at=NOW + timedelta(minutes=minutes))
        assert Membership.objects.get(user=cast.dan).ended_at == NOW
        assert LedgerEntry.objects.filter(event="member.ended").count() == 1

    def test_keeps_the_last_owner_and_says_why(self, cast, signed_in):
        path = f"/p/riverbend/team/{membership_of(cast.olga).pk}/end/"
        page = signed_in(cast.olga).post(path, follow=True)
        assert "Make someone else owner first" in page.content.decode()
        with pytest.raises(LastOwner):
            end_membership(membership=membership_of(cast.olga), by=by(cast.olga), at=NOW)


@pytest.mark.django_db(transaction=True)
class TestFourOwnersAtOnce:
    def test_add_a_colleague_once(self, cast):
        owner, practice, said, start = by(cast.olga), cast.practice, [], threading.Barrier(4)

        def submit() -> None:
            try:
                start.wait()
                add_member(
                    practice=practice,
                    email="new@example.org",
                    name="New",
                    roles=["auditor"],
                    by=owner,
                    at=NOW,
                )
                said.append("added")
            except AlreadyMember:
                said.append("already here")
            finally:
                connection.close()

        threads = [threading.Thread(target=submit) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(said) == ["added", *["already here"] * 3]
