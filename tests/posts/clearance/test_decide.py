"""What the gate is told about real rows, and what is kept of its answer (design 5)."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from consent.audit.ledger import recording
from consent.audit.rules import SYSTEM
from consent.media.models import Appearance
from consent.people.models import Merge
from consent.records.actions import place_hold, revoke
from posts.clearance.actions import decide
from posts.clearance.models import Decision
from posts.clearance.queries import people_of, preview, rulings
from posts.content.models import Version
from posts.gate.decide import decide as ask_the_gate
from posts.gate.facts import PostFacts
from posts.gate.kept import from_json
from tests.cast import NOW, Cast, by, make_person
from tests.consents import signed_consent
from tests.posts_data import given_account, given_picture, given_post, given_version

pytestmark = pytest.mark.django_db


def codes(cast: Cast, version_id: int, *, final: bool = False) -> list[str]:
    [ruling] = rulings([Version(pk=version_id)], NOW, final=final)
    return [reason.code for reason in ruling.verdict.reasons]


class TestPreviewing:
    def test_a_post_about_nobody_is_free_to_go(self, cast: Cast) -> None:
        version = given_version(cast)
        assert codes(cast, version.pk) == []

    def test_a_mentioned_patient_must_have_agreed(self, cast: Cast) -> None:
        version = given_version(cast, mentioning=cast.ana)
        assert codes(cast, version.pk) == ["NO_CONSENT"]
        signed_consent(cast, cast.ana)
        assert codes(cast, version.pk) == []

    def test_a_patient_shown_in_a_picture_must_have_agreed(self, cast: Cast) -> None:
        version = given_version(cast, showing=given_picture(cast, cast.ana))
        assert codes(cast, version.pk) == ["NO_CONSENT"]

    def test_a_picture_of_unknown_people_is_not_ready(self, cast: Cast) -> None:
        rendition = given_picture(cast)
        rendition.asset.nobody_appears = None
        rendition.asset.save()
        assert codes(cast, given_version(cast, showing=rendition).pk) == ["FACE_UNLINKED"]

    def test_someone_of_unknown_capacity_counts_as_a_patient(self, cast: Cast) -> None:
        version = given_version(cast, showing=given_picture(cast, cast.nora))
        signed_consent(cast, cast.nora, kind="release")
        assert codes(cast, version.pk) == ["NO_CONSENT"]
        Appearance.objects.update(capacity="staff")
        assert codes(cast, version.pk) == []

    def test_each_channel_gets_its_own_answer(self, cast: Cast) -> None:
        signed_consent(cast, cast.ana, platforms=["website"])
        post = given_post(cast)
        given_version(cast, post, mentioning=cast.ana)
        given_version(cast, post, mentioning=cast.ana, account=given_account(cast, "instagram", "by_hand"))
        answers = {ruling.version.account.platform: ruling.verdict.allowed for ruling in preview(post, NOW)}
        assert answers == {"website": True, "instagram": False}

    def test_a_hold_on_a_merged_record_stops_both(self, cast: Cast) -> None:
        twin = make_person(cast.practice, "Anna", "Ruiz", date(1984, 3, 2))
        signed_consent(cast, cast.ana)
        Merge.objects.create(
            practice=cast.practice, person=twin, into=cast.ana, merged_at=NOW, merged_by=cast.eve
        )
        version = given_version(cast, mentioning=cast.ana)
        assert codes(cast, version.pk) == []
        place_hold(person=twin, by=by(cast.finn), at=NOW)
        assert codes(cast, version.pk) == ["CONSENT_SUSPENDED"]

    @pytest.mark.parametrize("how_many", [1, 5, 20])
    def test_takes_the_same_number_of_queries_for_any_number_of_people(
        self, cast: Cast, how_many: int
    ) -> None:
        people = [make_person(cast.practice, f"P{n}", "Test", date(1980, 1, 1)) for n in range(how_many)]
        for person in people:
            signed_consent(cast, person)
        version = given_version(cast, showing=given_picture(cast, *people))
        with CaptureQueriesContext(connection) as queries:
            [ruling] = rulings([version], NOW, final=True)
        assert len(ruling.facts.people) == how_many
        assert len(queries) == 11


class TestDeciding:
    def test_keeps_the_facts_so_that_it_can_be_replayed(self, cast: Cast) -> None:
        version = given_version(cast, mentioning=cast.ana)
        with recording(by=SYSTEM, at=NOW):
            decision = decide(version=version, stage="submit", by=SYSTEM, at=NOW)
        again = ask_the_gate(from_json(PostFacts, Decision.objects.get(pk=decision.pk).facts))
        assert [reason.code for reason in again.reasons] == ["NO_CONSENT"]
        assert "Ana" not in str(decision.facts)
        assert str(cast.ana.date_of_birth) not in str(decision.facts)

    def test_names_what_it_relied_on_and_what_it_knew(self, cast: Cast) -> None:
        consent = signed_consent(cast, cast.ana)
        revoke(consent=consent, part={"platforms": ["facebook"]}, how="desk", by=by(cast.finn), at=NOW)
        version = given_version(cast, mentioning=cast.ana)
        with recording(by=SYSTEM, at=NOW):
            decision = decide(version=version, stage="submit", by=SYSTEM, at=NOW)
        [relied] = decision.relied_on.all()
        assert (relied.person_id, relied.consent_id, relied.revocations_known) == (cast.ana.pk, consent.pk, 1)

    def test_cannot_be_rewritten(self, cast: Cast) -> None:
        version = given_version(cast, mentioning=cast.ana)
        with recording(by=SYSTEM, at=NOW):
            decision = decide(version=version, stage="submit", by=SYSTEM, at=NOW)
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(allowed=True, reasons=[])
        decision.refresh_from_db()
        assert not decision.allowed

    def test_rests_on_everyone_mentioned_shown_or_licensing(self, cast: Cast) -> None:
        rendition = given_picture(cast, cast.bea)
        rendition.asset.source, rendition.asset.author = "user", cast.vic
        rendition.asset.save()
        version = given_version(cast, mentioning=cast.ana, showing=rendition)
        assert people_of(version) == sorted([cast.ana.pk, cast.bea.pk, cast.vic.pk])
