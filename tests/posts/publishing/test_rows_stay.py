"""What proves what happened is written once: no edit and no deletion, whoever asks the database (design 4, 5)."""

import pytest
from django.db import DatabaseError, connection, transaction

from consent.audit.ledger import recording
from consent.records.actions import invalidate, record_disclosure, record_ending_event, revoke
from posts.clearance.actions import confirm_clearing, decide, propose_clearing, record_finding
from posts.clearance.models import Clearing
from posts.clearance.queries import rulings
from tests.cast import NOW, by
from tests.posts.outgoing import given_version
from tests.posts.publishing.conftest import DUE, WORKER

pytestmark = pytest.mark.django_db

STAY = [
    "consent_consent",
    "consent_revocation",
    "consent_invalidation",
    "consent_endingevent",
    "consent_disclosure",
    "consent_training",
    "consent_policyattestation",
    "consent_ledgerentry",
    "posts_decision",
    "posts_reliance",
    "posts_approval",
    "posts_attestation",
    "posts_finding",
    "posts_clearing",
]


class TestRowsThatProve:
    @pytest.fixture
    def everything(self, story, cast):
        """A row of every kind."""
        with recording(by=WORKER, at=DUE):
            decide(version=story.version, stage="intent", by=WORKER, at=DUE)
        version = given_version(cast, story.account, cast.ana)
        record_finding(version=version, code="DEID_REVIEW_REQUIRED", kind="AGE", by=WORKER, at=NOW)
        [ruling] = rulings([version], NOW, final=False)
        [reason] = ruling.verdict.reasons
        clearing = propose_clearing(
            version=version, fingerprint=reason.fingerprint, why="Many fit.", by=by(cast.dan), at=NOW
        )
        confirm_clearing(clearing=clearing, by=by(cast.eve), at=NOW)
        record_disclosure(
            consent=story.consent,
            reference="version:1",
            platform="website",
            disclosed_at=NOW,
            by=by(cast.eve),
            at=NOW,
        )
        record_ending_event(
            person=cast.ana, kind="end_of_treatment", occurred_at=NOW, by=by(cast.eve), at=NOW
        )
        revoke(consent=story.consent, how="desk", by=by(cast.finn), at=NOW)
        invalidate(consent=story.consent, reason="in_error", by=by(cast.eve), at=NOW)
        assert Clearing.objects.get().confirmed_at

    @pytest.mark.parametrize("table", STAY)
    def test_are_not_edited_and_not_deleted(self, everything, table):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            before = cursor.fetchone()
            assert before[0]
            for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
                with pytest.raises(DatabaseError), transaction.atomic():
                    cursor.execute(statement)
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            assert cursor.fetchone() == before
