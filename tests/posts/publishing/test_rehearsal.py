"""The rehearsal's count notices what it is there to notice."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from consent.records.actions import place_hold, revoke
from posts.publishing.models import Delivery, RevocationEffect
from tests.cast import by
from tests.posts.publishing.conftest import DUE
from tests.rehearsal.count import Audit
from tests.rehearsal.network import Arrival, State
from tests.rehearsal.order import started_after
from tests.rehearsal.plan import Log
from tests.rehearsal.story import Story

pytestmark = pytest.mark.django_db
USED = {"elements": ["face", "first_name"]}


@pytest.fixture
def withdrawn(story, shift, network):
    """Published, withdrawn, taken down: everything as it should be."""
    shift.until(DUE)
    shift.work()
    shift.pass_time(seconds=1)
    revoke(consent=story.consent, how="desk", by=by(story.cast.finn), at=shift.now)
    for _ in range(2):
        shift.work()
        shift.pass_time(seconds=121)
    shift.work()
    return story


def key_of(story):
    return story.delivery.attempts.get().remote_key


def broken(story, state):
    counts = Audit(Story(story.cast.practice), state, Log(print)).must_be_zero()
    return [count.name for count in counts if count.found]


def network_state(story, **seen):
    """A network that shows nothing any more, and saw the post arrive in time."""
    effect = RevocationEffect.objects.get().effective_at.timestamp()
    arrival = Arrival("posts", key_of(story), effect - 1, {story.consent.pk: USED})
    values: dict[str, Any] = {
        "posts": Counter(),
        "drafts": set(),
        "media": set(),
        "effects": Counter(),
        "most_at_once": {},
    }
    return State(**{"waiting": 0, "vanished": {}, "arrivals": [arrival], **values, **seen})


class TestTheCount:
    def test_finds_nothing_where_all_is_well(self, withdrawn):
        assert broken(withdrawn, network_state(withdrawn)) == []

    def test_notices_what_arrives_after_the_effect(self, withdrawn):
        effect = RevocationEffect.objects.get().effective_at.timestamp()
        late = Arrival("posts", key_of(withdrawn), effect + 0.001, {withdrawn.consent.pk: USED})
        state = network_state(withdrawn, arrivals=[late])
        assert broken(withdrawn, state) == ["sends or uploads after the withdrawal was in effect"]

    def test_notices_what_is_left_lying(self, withdrawn):
        state = network_state(withdrawn, media={key_of(withdrawn)})
        assert "still there although permission was taken back" in broken(withdrawn, state)

    def test_notices_a_post_that_came_twice(self, withdrawn):
        state = network_state(withdrawn, effects=Counter({key_of(withdrawn): 2}))
        assert broken(withdrawn, state) == ["sends that doubled without a person's decision"]

    def test_notices_a_post_that_nobody_sees(self, story, shift):
        shift.until(DUE)
        shift.work()
        state = State(Counter(), set(), set(), 0, Counter(), {}, {}, [])
        assert story.state == Delivery.State.PUBLISHED
        assert broken(story, state) == ["published by the database, not visible"]

    @pytest.mark.parametrize(
        ("close", "kind"),
        [
            (
                lambda story: revoke(consent=story.consent, how="desk", **hand(story)),
                "a withdrawal was received",
            ),
            (lambda story: place_hold(person=story.cast.ana, **hand(story)), "a hold"),
        ],
    )
    def test_notices_an_intent_after_the_gate_closed(self, story, shift, close, kind):
        shift.until(DUE)
        shift.deliver()
        close(story)
        told = Story(story.cast.practice)
        assert not any(started_after(told).values())
        intended = next(line for line in told.lines if line.event == "delivery.intended")
        told.lines.append(replace(intended, seq=len(told.lines) + 1))
        assert [found for found, lines in started_after(told).items() if lines] == [kind]


def hand(story):
    return {"by": by(story.cast.finn), "at": DUE}
