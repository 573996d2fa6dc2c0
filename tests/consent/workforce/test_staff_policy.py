"""A policy written as a form: one source of its text, signed with the care of a form, and who has yet to (R61, R62)."""

import hashlib
import io
from datetime import timedelta

import pytest
import time_machine
from pypdf import PdfReader

from consent.audit.models import LedgerEntry
from consent.evidence.queries import document_bytes, seal_problems
from consent.outbox.models import OutgoingMail
from consent.signing.actions import TextChanged, seal_attestations, sign_policy
from consent.signing.actions.signing import Mark
from consent.wording.actions import (
    CannotActivate,
    Translation,
    Version,
    activate_draft,
    begin_draft,
    save_draft,
    withdraw_wording,
)
from consent.wording.models import Draft, Wording
from consent.wording.queries import saves_of
from consent.workforce.actions import adopt_draft, adopt_policy, remind_members
from consent.workforce.models import AttestedDocument, Policy, PolicyAttestation
from consent.workforce.queries import policy_in_force, qualifications, unsigned_policy
from tests.cast import NOW, by
from tests.ceremonies import DEVICE, sample_wording, scribble
from tests.desk import as_, at, words
from tests.links import WORKER
from tests.policies import page_of, signs_policy

READ_IT = "Nobody shows, names or hints at a patient"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def draft_of_policy(cast, says=""):
    """A draft from the sample, with one more sentence."""
    if not Wording.objects.filter(practice=cast.practice).exists():
        sample_wording(cast, "staff_policy")
    latest = Wording.objects.filter(template__kind="staff_policy", language="en").order_by("-pk")[0]
    draft = begin_draft(
        practice=cast.practice, kind="staff_policy", language="en", start=latest, by=by(cast.eve), at=NOW
    )
    save = saves_of(draft)[0]
    content = save.content
    if says:
        content["sections"][1]["paragraphs"].append(says)
    save_draft(draft=draft, shown=save.number, content=content, by=by(cast.eve), at=NOW)
    return draft


def adopted(cast, number="v2", change="material", says="", at=NOW):
    draft = draft_of_policy(cast, says)
    version = Version(number=number, effective_from=at, change=change)
    return adopt_draft(draft=draft, shown=saves_of(draft)[0].number, version=version, by=by(cast.eve), at=at)


def is_qualified(cast, user):
    return qualifications(cast.practice, [user.pk], NOW)[user.pk].missing


class TestADraftOfThePolicy:
    def test_is_put_into_effect_on_the_page_of_the_team(self, cast):
        draft = draft_of_policy(cast)
        eve = as_(cast.eve)
        assert "Put it into use: Staff policy" in words(
            eve.get(at("wording:activate", draft.pk), follow=True)
        )
        shown = saves_of(draft)[0].number
        told = {"shown": shown, "version": "v2", "effective_from": "2026-11-23", "change": "material"}
        page = words(eve.post(at("workforce:adopt_draft", draft.pk), told, follow=True))
        assert "Version 2 is in effect from its day on. Everybody signs it anew." in page
        policy = Policy.objects.get(version="2")
        assert policy_in_force(cast.practice, NOW) == policy
        wording = policy.wording
        assert wording
        assert (policy.text, wording.template.kind) == ("", "staff_policy")
        assert wording.frozen_at is not None

    def test_that_cannot_be_activated_leaves_no_policy(self, cast):
        adopt_policy(
            practice=cast.practice, version="2", text="By hand.", effective_from=NOW, by=by(cast.olga), at=NOW
        )
        with pytest.raises(CannotActivate, match="policy version 2 already"):
            adopted(cast)
        assert not Policy.objects.exclude(wording=None).exists()
        assert Draft.objects.get().is_open

    def test_of_another_kind_is_no_policy(self, cast):
        sample_wording(cast)
        start = Wording.objects.get(template__kind="staff_release", language="en")
        other = begin_draft(
            practice=cast.practice, kind="staff_release", language="en", start=start, by=by(cast.eve), at=NOW
        )
        assert as_(cast.eve).get(at("workforce:adopt_draft", other.pk)).status_code == 404

    def test_that_is_withdrawn_gives_way_to_the_version_before(self, cast):
        policy = adopted(cast)
        withdraw_wording(wording=policy.wording, by=by(cast.eve), at=NOW)
        assert str(policy_in_force(cast.practice, NOW)) == "policy 1"


class TestSigning:
    def test_shows_the_whole_form_and_keeps_exactly_what_was_read(self, cast):
        policy = adopted(cast)
        page = page_of(cast.dan)
        assert READ_IT in page
        assert "My name: Dan" in page
        assert "Eve Example" in page

        assert "You signed version 2 of the policy." in words(signs_policy(cast.dan))

        row = PolicyAttestation.objects.get(user=cast.dan)
        assert (row.user, row.policy, row.method, row.wording) == (cast.dan, policy, "typed", policy.wording)
        assert row.mark.typed_name == "Dan"
        assert row.text_sha256 in page
        entry = LedgerEntry.objects.get(event="policy.attested")
        assert row.text_sha256.encode() in bytes(entry.body)

    @pytest.mark.parametrize(
        ("instead", "sentence"),
        [
            ({"read": ""}, "Mark that you have read it to the end."),
            ({"typed_name": "Somebody Else"}, "as it stands on the form"),
            ({"method": "drawn"}, "box"),
            ({"text": "0" * 64}, "has changed"),
        ],
    )
    def test_is_refused_unread_unsigned_or_changed(self, cast, instead, sentence):
        adopted(cast)
        page = signs_policy(cast.dan, **instead)
        assert page.status_code == 422
        assert sentence in words(page)
        assert not PolicyAttestation.objects.filter(user=cast.dan).exists()

    def test_takes_a_drawing(self, cast):
        adopted(cast)
        signs_policy(cast.dan, method="drawn", drawing=scribble())
        assert PolicyAttestation.objects.get(user=cast.dan).method == "drawn"

    def test_happens_once_however_often_it_is_sent(self, cast):
        adopted(cast)
        for _ in range(3):
            signs_policy(cast.dan)
        row = PolicyAttestation.objects.get(user=cast.dan)
        signs_policy(cast.dan, policy=str(row.policy_id), text=row.text_sha256)
        assert PolicyAttestation.objects.filter(user=cast.dan).count() == 1

    def test_in_spanish_rests_on_the_reviewed_translation_of_this_version(self, cast):
        policy = adopted(cast)
        master = sample_wording(cast, "staff_policy", "es")
        draft = begin_draft(
            practice=cast.practice,
            kind="staff_policy",
            language="es",
            master=policy.wording,
            start=master,
            by=by(cast.eve),
            at=NOW,
        )
        review = Translation("Lucia Prado", "Marta Ibarra, court interpreter", NOW.date())
        made = activate_draft(
            draft=draft,
            shown=saves_of(draft)[0].number,
            version=Version("v2", NOW, translation=review),
            by=by(cast.eve),
            at=NOW,
        )
        assert "Spanish, version 2" in page_of(cast.dan)
        signs_policy(cast.dan, language="es")
        assert PolicyAttestation.objects.get(user=cast.dan).wording == made

    def test_of_a_text_that_changed_meanwhile_is_refused(self, cast):
        policy = adopted(cast)
        with pytest.raises(TextChanged):
            sign_policy(
                policy=policy,
                user=cast.dan,
                wording=None,
                shown_sha256=hashlib.sha256(b"other").hexdigest(),
                mark=Mark(typed_name="Dan"),
                factor="totp",
                device=DEVICE,
                by=by(cast.dan),
                at=NOW,
            )


class TestTheSealedCopy:
    def test_holds_the_text_the_name_and_the_practices_seal(self, cast):
        adopted(cast)
        signs_policy(cast.dan)
        assert seal_attestations(by=WORKER, at=NOW) == 1
        assert seal_attestations(by=WORKER, at=NOW) == 0
        made = AttestedDocument.objects.get()
        data = document_bytes(made.document)
        assert seal_problems(made.document, data) == ()
        text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())
        assert "Dan: By pressing Sign I say that I read this policy" in text
        assert made.attestation.text_sha256 in text.replace(" ", "")

    def test_is_for_whoever_signed_and_for_those_who_look_after_the_team(self, cast):
        adopted(cast)
        signs_policy(cast.dan)
        seal_attestations(by=WORKER, at=NOW)
        door = at("signing:signed_policy", PolicyAttestation.objects.get(user=cast.dan).pk)
        assert as_(cast.dan).get(door)["Content-Type"] == "application/pdf"
        assert as_(cast.eve).get(door).status_code == 200
        assert as_(cast.mia).get(door).status_code == 404
        assert door in words(as_(cast.dan).get(at("signing:policy")))


class TestAChange:
    def test_that_matters_stays_unsigned_when_its_own_version_is_withdrawn_later(self, cast):
        adopted(cast)
        signs_policy(cast.dan)
        matters = adopted(cast, "v3", says="Nobody posts from a car.")
        adopted(cast, "v4", "typo", says="Nobody posts from the bus.", at=NOW + timedelta(days=1))
        later = NOW + timedelta(days=2)
        withdraw_wording(wording=matters.wording, by=by(cast.eve), at=later)
        assert str(unsigned_policy(cast.practice, cast.dan, later)) == "policy 4"

    def test_that_was_withdrawn_before_the_next_version_asks_nobody(self, cast):
        adopted(cast)
        signs_policy(cast.dan)
        mistake = adopted(cast, "v3", says="Nobody posts from a car.")
        withdraw_wording(wording=mistake.wording, by=by(cast.eve), at=NOW + timedelta(hours=1))
        adopted(cast, "v4", "typo", says="Nobody posts from the bus.", at=NOW + timedelta(days=1))
        assert unsigned_policy(cast.practice, cast.dan, NOW + timedelta(days=2)) is None

    def test_that_matters_asks_everybody_again(self, cast):
        adopted(cast)
        signs_policy(cast.dan)
        assert unsigned_policy(cast.practice, cast.dan, NOW) is None
        second = adopted(cast, "v3", says="Nobody posts from a car.")
        assert unsigned_policy(cast.practice, cast.dan, NOW) == second
        assert "not signed" in " ".join(is_qualified(cast, cast.dan))

    def test_of_a_slip_of_the_pen_asks_nobody_who_signed(self, cast):
        adopted(cast)
        signs_policy(cast.dan)
        third = adopted(cast, "v3", change="typo", says="We say so.")
        assert unsigned_policy(cast.practice, cast.dan, NOW) is None
        assert "not signed" not in " ".join(is_qualified(cast, cast.dan))
        assert unsigned_policy(cast.practice, cast.mia, NOW) == third
        assert "version 3" in words(as_(cast.mia).get(at("reports:home")))


class TestTheListOfVersions:
    def test_says_who_signed_which_and_who_has_yet_to(self, cast):
        adopted(cast)
        assert cast.mia
        signs_policy(cast.dan)
        page = words(as_(cast.eve).get(at("workforce:policies")))
        assert "Has yet to sign</h3> <p>Eve, Mia</p>" in page
        assert "<strong>Dan</strong>" in page
        assert at("workforce:policies") in words(as_(cast.eve).get(at("workforce:members")))

    def test_is_empty_before_the_first(self, cast):
        assert "There is no policy yet." in words(as_(cast.olga).get(at("workforce:policies")))


class TestReminders:
    def mails(self):
        return OutgoingMail.objects.filter(kind="policy_reminder")

    def test_come_after_three_days_and_stop_with_the_signature(self, cast):
        adopted(cast)
        assert cast.mia
        signs_policy(cast.dan)
        assert remind_members(by=WORKER, at=NOW + timedelta(days=2)) == 0
        assert remind_members(by=WORKER, at=NOW + timedelta(days=3)) == 2
        assert {mail.recipient for mail in self.mails()} == {"eve@example.org", "mia@example.org"}
        assert remind_members(by=WORKER, at=NOW + timedelta(days=4)) == 0
        signs_policy(cast.mia)
        assert remind_members(by=WORKER, at=NOW + timedelta(days=8)) == 1
        assert remind_members(by=WORKER, at=NOW + timedelta(days=40)) == 0

    def test_name_nobody_in_the_subject_and_lead_to_the_page(self, cast):
        adopted(cast)
        remind_members(by=WORKER, at=NOW + timedelta(days=3))
        mail = self.mails().get()
        assert mail.subject == "Riverbend Family Practice: please read and sign the social-media policy"
        assert "/p/riverbend/team/policy/" in mail.body

    def test_go_on_after_a_slip_of_the_pen_for_whoever_signed_nothing(self, cast):
        adopted(cast)
        assert cast.mia
        signs_policy(cast.dan)
        adopted(cast, "v3", "typo", says="We say so.", at=NOW + timedelta(days=1))
        assert remind_members(by=WORKER, at=NOW + timedelta(days=5)) == 2
        assert {mail.recipient for mail in self.mails()} == {"eve@example.org", "mia@example.org"}

    def test_are_not_for_a_slip_of_the_pen(self, cast):
        adopted(cast, change="typo")
        assert remind_members(by=WORKER, at=NOW + timedelta(days=3)) == 0
