"""A short rehearsal: workers killed in a loop, a network on a bad day, and people who withdraw in the middle of it.

The long one is `./postern rehearsal`; it is the same.
"""

import os

import pytest

from tests.rehearsal.harness import rehearse
from tests.rehearsal.plan import Plan

KILLS, SENT = 12, 2


@pytest.mark.django_db(transaction=True)
class TestKilledWorkers:
    def test_break_no_promise(self, process_env):
        plan = Plan(
            kills=KILLS,
            stops=0,
            workers=4,
            people=12,
            queue=4,
            acts=0.8,
            seed=os.environ.get("POSTERN_TEST_SEED", "postern"),
        )
        found = rehearse(plan, process_env, print)
        assert found.broken == []
        assert found.log.kills >= KILLS
        assert found.audit.state.commits >= SENT
        assert any(withdrawal.effective_at for withdrawal in found.audit.story.withdrawals)
