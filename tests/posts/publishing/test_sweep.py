"""A withdrawal at every step: nothing new starts, and in the end nothing is visible."""

from datetime import timedelta

import pytest

from consent.outbox.models import OutgoingMail
from consent.people.actions import end_representation
from consent.people.models import ContactPoint
from consent.records.actions import invalidate, place_hold, revoke, revoke_all
from posts.publishing.actions import schedule
from posts.publishing.actions.sweep import sweep
from posts.publishing.models import RevocationEffect, SweepMark, Takedown
from tests.cast import NOW, by
from tests.consents import given_authority, signed_consent
from tests.posts.outgoing import approved, given_account, given_version
from tests.posts.publishing.conftest import CAPTION, DUE, WORKER, Story

pytestmark = pytest.mark.django_db
STEPS = ["claimed", "prepared", "intended", "sent", "kept"]


def withdraw(story, shift, **part):
    return revoke(consent=story.consent, part=part, how="desk", by=by(story.cast.finn), at=shift.now)


def wait_until_gone(shift):
    """Long enough for leases, quarantine and the takedown's turns."""
    for _ in range(14):
        shift.pass_time(seconds=45)
        shift.work()


def with_an_address(story, shift):
    """Ana has an e-mail address that she confirmed."""
    ContactPoint.objects.create(
        practice=story.cast.practice,
        person=story.cast.ana,
        kind="email",
        value="ana@example.org",
        digest="d",
        verified_at=shift.now,
    )


class TestWithdrawing:
    def test_stops_a_scheduled_post(self, story, shift, network):
        withdraw(story, shift)
        shift.work()
        assert (story.state, story.delivery.why) == ("blocked", "What was taken back stays back.")
        assert RevocationEffect.objects.get().deliveries_blocked == 1
        shift.until(DUE)
        shift.work()
        assert (network.uploads, network.commits) == ([], [])

    @pytest.mark.parametrize("moment", STEPS)
    def test_at_any_step_leaves_nothing_visible(self, story, shift, network, moment):
        def step(name):
            if name == moment:
                withdraw(story, shift)

        shift.until(DUE)
        shift.deliver(step)
        wait_until_gone(shift)
        assert (network.visible, network.media, network.drafts) == ([], {}, {})
        assert len(network.commits) == (0 if moment in STEPS[:2] else 1)
        assert RevocationEffect.objects.count() == 1
        assert not Takedown.objects.exclude(state="closed").exists()
        assert story.state == ("blocked" if moment in STEPS[:2] else "removed")

    def test_is_in_effect_no_sooner_than_the_last_byte_left(self, story, shift):
        """A sweep takes time: what was on its way when it began may have ended when it asks."""
        began = []

        def step(name):
            if name == "prepared":
                withdraw(story, shift)
                began.append(shift.now)
                shift.pass_time(seconds=20)

        shift.until(DUE)
        shift.deliver(step)
        sweep(by=WORKER, at=began[0])
        assert RevocationEffect.objects.get().effective_at == DUE + timedelta(seconds=20)

    @pytest.mark.parametrize("moment", STEPS[:4])
    def test_is_in_effect_only_when_nothing_can_leave_any_more(self, story, shift, network, moment):
        seen = []

        def step(name):
            if name == moment:
                withdraw(story, shift)
                shift.work()
                seen.append(RevocationEffect.objects.count())

        shift.until(DUE)
        shift.deliver(step)
        shift.work()
        assert (seen, RevocationEffect.objects.count()) == ([0], 1)

    def test_takes_down_what_is_out_post_and_picture(self, story, shift, network):
        shift.until(DUE)
        shift.deliver()
        withdraw(story, shift)
        shift.work()
        assert (network.visible, network.media) == ([], {})
        assert (Takedown.objects.get().state, story.state) == ("deleted", "published")
        shift.pass_time(seconds=121)
        shift.work()
        assert (Takedown.objects.get().state, story.state) == ("closed", "removed")

    def test_takes_down_what_nobody_knew_was_out(self, story, shift, network):
        network.faults = ["late"]
        shift.until(DUE)
        shift.deliver()
        withdraw(story, shift)
        shift.work()
        network.catch_up()
        assert network.visible == [CAPTION]
        wait_until_gone(shift)
        assert (network.visible, story.state) == ([], "removed")

    def test_counts_even_if_another_machine_s_clock_runs_ahead(self, story, shift, network):
        shift.until(DUE)

        def step(name):
            if name == "prepared":
                ahead = shift.now + timedelta(seconds=20)
                revoke(consent=story.consent, how="desk", by=by(story.cast.finn), at=ahead)

        shift.deliver(step)
        assert (story.state, network.commits) == ("blocked", [])

    def test_of_an_authority_counts_though_the_worker_looked_at_its_clock_before(
        self, cast, channel, shift, network
    ):
        authority = given_authority(cast, cast.bea, cast.carla)
        signed_consent(cast, cast.bea, signer=cast.carla, representation=authority)
        version = approved(cast, given_version(cast, given_account(cast, "scripted"), cast.bea))
        delivery = schedule(version=version, due_at=DUE, by=by(cast.dan), at=NOW)
        shift.until(DUE)

        def step(name):
            if name == "prepared":
                a_little_later = shift.now + timedelta(milliseconds=5)
                end_representation(representation=authority, by=by(cast.finn), at=a_little_later)

        shift.deliver(step)
        delivery.refresh_from_db()
        assert (delivery.state, network.commits) == ("blocked", [])

    def test_tells_the_person_once(self, story, shift):
        with_an_address(story, shift)
        withdraw(story, shift)
        shift.work()
        shift.work()
        assert OutgoingMail.objects.filter(kind="revocation_effective").count() == 1

    def test_of_three_permissions_at_once_is_one_mail_when_the_last_is_in_effect(
        self, story, shift, mailoutbox
    ):
        """What rests on the first is under way; the others take effect at once, but say nothing of it."""
        with_an_address(story, shift)
        for _ in range(2):
            signed_consent(story.cast, story.cast.ana, purposes=["education"])
        shift.until(DUE)

        def step(name):
            if name == "intended":
                revoke_all(person=story.cast.ana, how="own_page", by=by(story.cast.finn), at=shift.now)
                shift.work()
                assert RevocationEffect.objects.count() == 2
                assert not OutgoingMail.objects.filter(kind="revocation_effective").exists()

        shift.deliver(step)
        shift.work()
        assert RevocationEffect.objects.count() == 3
        [told] = mailoutbox
        assert "What is out is being taken down" in told.body


class TestWithdrawingAPart:
    def test_stops_and_takes_down_only_what_it_touches(self, cast, story, shift, network, client):
        from posts.publishing.actions import schedule
        from tests.posts.outgoing import approved, given_account, given_version

        other = approved(
            cast, given_version(cast, given_account(cast, "wall"), cast.ana, caption="On the wall")
        )
        schedule(version=other, due_at=DUE, by=by(cast.dan), at=shift.now)
        shift.until(DUE)
        shift.deliver()
        shift.deliver()
        withdraw(story, shift, platforms=["instagram"])
        shift.work()
        assert network.visible == []
        assert [takedown.delivery_id for takedown in Takedown.objects.all()] == [story.delivery.pk]

    def test_of_an_element_the_post_does_not_use_leaves_it_up(self, story, shift, network):
        shift.until(DUE)
        shift.deliver()
        withdraw(story, shift, elements=["condition"])
        shift.work()
        assert network.visible == [CAPTION]
        assert RevocationEffect.objects.count() == 1
        withdraw(story, shift, elements=["face"])
        shift.work()
        assert network.visible == []

    def test_from_before_does_not_take_down_what_was_allowed_after_it(self, story, shift, network):
        withdraw(story, shift, platforms=["facebook"])
        shift.work()
        shift.until(DUE)
        shift.work()
        assert (network.visible, Takedown.objects.count()) == ([CAPTION], 0)


class TestOtherWaysToClose:
    def test_a_hold_stops_what_is_scheduled_and_leaves_what_is_out(self, story, shift, network):
        place_hold(person=story.cast.ana, by=by(story.cast.finn), at=shift.now)
        shift.work()
        assert (story.state, story.delivery.why) == ("blocked", "Asking is enough to stop.")
        assert not Takedown.objects.exists()

    def test_a_permission_marked_wrong_comes_down(self, story, shift, network):
        shift.until(DUE)
        shift.deliver()
        invalidate(consent=story.consent, reason="in_error", by=by(story.cast.eve), at=shift.now)
        shift.work()
        assert (network.visible, Takedown.objects.get().why) == ([], "invalid")

    def test_a_permission_that_ends_comes_down_on_its_day(self, cast, channel, shift, network):
        story = Story(cast, ends_on=(DUE + timedelta(days=1)).date())
        shift.work()
        shift.until(DUE)
        shift.work()
        assert network.visible == [CAPTION]
        shift.pass_time(days=3)
        shift.work()
        assert (network.visible, Takedown.objects.get().why) == ([], "ended")
        assert story.delivery.takedowns.count() == 1

    def test_leaves_other_people_s_posts_alone(self, cast, story, shift, network):
        signed_consent(cast, cast.vic)
        place_hold(person=cast.vic, by=by(cast.finn), at=shift.now)
        shift.until(DUE)
        shift.work()
        assert network.visible == [CAPTION]


class TestSweeping:
    def test_does_nothing_twice(self, story, shift):
        withdraw(story, shift)
        assert shift.work() > 0
        assert shift.work() == 0

    def test_finds_a_row_that_was_committed_late_under_a_low_number(self, story, shift):
        SweepMark.objects.create(kind="revocation", upto=400)
        withdraw(story, shift)
        shift.work()
        assert story.state == "blocked"

    def test_reads_no_more_when_there_is_more_history(self, story, shift, django_assert_num_queries):
        counts = []
        for _ in range(3):
            place_hold(person=story.cast.vic, by=by(story.cast.finn), at=shift.now)
            shift.work()
            with django_assert_num_queries(100, exact=False) as asked:
                sweep(by=WORKER, at=shift.now)
            counts.append(len(asked))
        assert counts[0] == counts[1] == counts[2] < 20
