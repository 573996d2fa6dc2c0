"""The machine: random acts through the real actions, a worker now and then, and what must hold after each.

Never visible: what somebody in it does not allow at that instant. Always visible: what is due and was allowed all
along. Every publication's decision follows from its facts; the ledger stays whole.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as hypothesis_seed
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from consent.audit.rules import Actor, practice_chain
from consent.audit.verify import verify_chain
from consent.people.actions import record_death
from consent.people.models import Person
from consent.records.actions import NothingToRevoke, lift_hold, place_hold, revoke_all
from consent.records.models import Consent
from consent.records.queries import standing_hold
from consent.workforce.models import Training
from posts.channels.queries import PAGE, wall_view
from posts.clearance.actions import GateRefused, approve, submit
from posts.clearance.models import Decision
from posts.clearance.queries import replayed
from posts.content.actions import Mentioned, begin_post, write_version
from posts.content.models import Version
from posts.publishing.actions import schedule
from posts.publishing.models import Delivery, RevocationEffect
from posts.publishing.work import work_once
from tests.cast import Cast, by, make_person, make_practice
from tests.consents import signed_consent
from tests.posts.outgoing import given_account

from .model import Allowed, Planned, Someone

ELEMENTS = ["first_name", "full_name", "condition"]
PLACES = ["website", "facebook"]
WORKER = Actor("worker", "soak")
START = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PRACTICES = count(1)
DONE: Counter[str] = Counter()
SOME = st.frozensets(st.sampled_from(ELEMENTS), min_size=1)
NOBODY = "There is nobody yet."


class Days(RuleBasedStateMachine):
    """One practice from its first day on. Time goes forward only, from one practice's life to the next as well."""

    latest = START

    def __init__(self) -> None:
        super().__init__()
        self.people: list[Someone] = []
        self.rows: list[Person] = []
        self.planned: dict[int, Planned] = {}
        self.now = self.latest

    @initialize()
    def open(self) -> None:
        """A practice of its own, with its wall."""
        number = next(PRACTICES)
        self.cast = Cast()
        self.cast.practice = make_practice(f"soak-{number}", f"Soak {number}")
        for name in ("olga", "dan", "eve", "finn", "freya"):
            role = {"olga": "owner", "dan": "marketer", "eve": "compliance"}.get(name, "front_desk")
            self.cast._users[name.title()] = self.cast.staff(f"{name}{number}", role)
        self.account = given_account(self.cast)
        Training.objects.create(
            practice=self.cast.practice,
            user=self.cast.eve,
            course="Privacy",
            completed_at=START - timedelta(days=300),
            expires_at=START + timedelta(days=100_000),
            recorded_at=START,
        )
        for who in range(3):
            self.add_someone()
            self._signs(who, frozenset(ELEMENTS), frozenset(PLACES), 40)

    def _who(self, data: st.DataObject) -> int:
        return data.draw(st.integers(0, len(self.people) - 1))

    @rule()
    def add_someone(self) -> None:
        number = len(self.people)
        if number < 6:
            born = date(1980, 1, 1 + number)
            self.rows.append(make_person(self.cast.practice, f"P{number}", "Soak", born))
            self.people.append(Someone())
            DONE["people"] += 1

    @precondition(lambda self: self.people)
    @rule(
        data=st.data(),
        elements=SOME,
        places=st.frozensets(st.sampled_from(PLACES), min_size=1),
        days=st.integers(0, 40),
    )
    def sign(self, data: st.DataObject, elements: frozenset[str], places: frozenset[str], days: int) -> None:
        self._signs(self._who(data), elements, places, days)

    def _signs(self, who: int, elements: frozenset[str], places: frozenset[str], days: int) -> None:
        """A permission that ends after so many days."""
        consent = signed_consent(
            self.cast,
            self.rows[who],
            signed_at=self.now - timedelta(minutes=10),
            ends_on=(self.now + timedelta(days=days)).date(),
            elements=sorted(elements),
            platforms=sorted(places),
        )
        assert consent.ends_at is not None
        self.people[who].allowed.append(Allowed(elements, places, consent.ends_at))
        DONE["signed"] += 1

    @precondition(lambda self: self.people)
    @rule(data=st.data(), part=st.sampled_from(["all", "element", "place"]))
    def withdraw(self, data: st.DataObject, part: str) -> None:
        who = self._who(data)
        someone, chosen = self.people[who], {}
        if part == "element":
            chosen = {"elements": [data.draw(st.sampled_from(ELEMENTS))]}
        elif part == "place":
            chosen = {"platforms": [data.draw(st.sampled_from(PLACES))]}
        try:
            revoke_all(person=self.rows[who], part=chosen, how="desk", by=by(self.cast.finn), at=self.now)
        except NothingToRevoke:
            return
        for one in someone.allowed:
            one.gone |= part == "all"
            one.gone_elements |= set(chosen.get("elements", ()))
            one.gone_places |= set(chosen.get("platforms", ()))
        DONE["withdrawn"] += 1

    @precondition(lambda self: self.people)
    @rule(data=st.data())
    def ask_to_stop_or_go_on(self, data: st.DataObject) -> None:
        who = self._who(data)
        standing = standing_hold(self.rows[who])
        if standing is None:
            place_hold(person=self.rows[who], by=by(self.cast.finn), at=self.now)
        else:
            lift_hold(hold=standing, by=by(self.cast.finn), at=self.now)
        self.people[who].held = standing is None
        DONE["holds"] += 1

    @precondition(lambda self: len(self.people) > 4)
    @rule(data=st.data())
    def die(self, data: st.DataObject) -> None:
        who = self._who(data)
        record_death(
            person=self.rows[who],
            died_on=(self.now - timedelta(days=1)).date(),
            by=by(self.cast.finn),
            at=self.now,
        )
        self.people[who].dead = True
        DONE["deaths"] += 1

    @precondition(lambda self: self.people)
    @rule(
        data=st.data(),
        elements=st.lists(SOME, min_size=1, max_size=2),
        minutes=st.sampled_from([1, 30, 600, 1500, 3000]),
    )
    def plan(self, data: st.DataObject, elements: list[frozenset[str]], minutes: int) -> None:
        uses = {self._who(data): used for used in elements}
        planned = Planned(uses, "website", self.now + timedelta(minutes=minutes))
        version = self._written(uses)
        try:
            delivery = self._approved_and_scheduled(version, planned.due_at)
        except GateRefused:
            assert not planned.allowed(self.people, self.now)
            DONE["refused"] += 1
            return
        assert planned.allowed(self.people, self.now)
        planned.look(self.people, self.now)
        self.planned[delivery.pk] = planned
        DONE["scheduled"] += 1

    def _written(self, uses: dict[int, frozenset[str]]) -> Version:
        """Dan's post about these people."""
        author = by(self.cast.dan)
        post = begin_post(
            practice=self.cast.practice,
            location=self.cast.location,
            title="Soak",
            purpose="testimonial",
            by=author,
            at=self.now,
        )
        mentions = [Mentioned(self.rows[who], tuple(sorted(used))) for who, used in uses.items()]
        return write_version(
            post=post,
            account=self.account,
            caption=f"Post {post.pk}",
            mentions=mentions,
            by=author,
            at=self.now,
        )

    def _approved_and_scheduled(self, version: Version, due_at: datetime) -> Delivery:
        """Dan sends it to Eve, she approves, he chooses its time. Raises `GateRefused` at any of the three."""
        author = by(self.cast.dan)
        review = submit(post=version.post, by=author, at=self.now)
        approve(review=review, seen_digest=review.digest, attested=True, by=by(self.cast.eve), at=self.now)
        return schedule(version=version, due_at=due_at, by=author, at=self.now)

    @rule(minutes=st.sampled_from([1, 30, 600, 1500, 6000]))
    def wait(self, minutes: int) -> None:
        """Time passes, and a worker is there the whole time."""
        until = self.now + timedelta(minutes=minutes)
        dues = sorted(one.due_at for one in self.planned.values() if self.now < one.due_at <= until)
        for moment in [*dues, until]:
            self.now = Days.latest = moment
            self._work()

    @rule()
    def work(self) -> None:
        self._work()

    def _work(self) -> None:
        """Until nothing is left to do at this instant."""
        for planned in self.planned.values():
            planned.look(self.people, self.now)
        for _ in range(200):
            DONE["rounds"] += 1
            if not work_once(by=WORKER, clock=lambda: self.now):
                return
        raise AssertionError("The worker never rests.")

    @invariant()
    def nothing_shows_that_somebody_does_not_allow(self) -> None:
        shown = self._shown()
        DONE["checks"] += 1
        assert len(shown) == len(set(shown)), "something shows twice"
        for number in shown:
            planned = self.planned[number]
            assert planned.due_at <= self.now
            assert planned.allowed(self.people, self.now), f"delivery {number} shows what is not allowed"

    def _shown(self) -> list[int]:
        """The deliveries that the wall shows now."""
        if not self.planned:
            return []
        by_words = {
            version: number
            for number, version in Delivery.objects.filter(pk__in=self.planned).values_list(
                "pk", "version__caption"
            )
        }
        return [by_words[entry.caption] for entry in wall_view(self.cast.practice, self.now).entries]

    def teardown(self) -> None:
        """At the end of the days: what was allowed all along is out, withdrawals are in effect, all of it is proved."""
        if not hasattr(self, "account"):
            return
        for _ in range(3):
            self.wait(minutes=1500)
        shown = set(self._shown())
        for number, planned in self.planned.items():
            if planned.steady and planned.due_at <= self.now and len(shown) < PAGE:
                DONE["allowed_all_along"] += 1
                row = Delivery.objects.get(pk=number)
                told = f"delivery {number} was allowed all along and is not out: {row.state}, "
                told += f"{row.why}, {[one.why for one in row.takedowns.all()]}, {sorted(planned.uses)}"
                assert number in shown, told
        consents = Consent.objects.filter(practice=self.cast.practice)
        received = sum(one.revocations.count() for one in consents)
        effects = RevocationEffect.objects.filter(practice=self.cast.practice)
        assert effects.count() == received
        decisions = Decision.objects.filter(practice=self.cast.practice).prefetch_related("relied_on")
        assert not [one for one in replayed(decisions) if one.differs]
        assert not verify_chain(practice_chain(self.cast.practice.pk)).broken
        DONE["lives"] += 1
        DONE["published"] += len(shown)


def live(*, lives: int, steps: int, seed: int) -> None:
    """So many lives of so many steps each. Raises what did not hold, with the steps that led there."""
    run_state_machine_as_test(
        hypothesis_seed(seed)(Days),
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def counts() -> dict[str, Any]:
    """What was done so far."""
    return dict(sorted(DONE.items()))
