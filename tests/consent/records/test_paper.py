"""A form on paper: keyed in as it is, compared by another, and judged with a reason for each defect (R12, R74)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from consent.audit.models import LedgerEntry
from consent.evidence.models import CopyGiven
from consent.people.models import Representation
from consent.records.actions import invalidate
from consent.records.models import Consent
from consent.wording.models import Wording
from consent.wording.queries import wordings_on_offer
from tests.cast import NOW, by
from tests.consents import ANCHORS, given_authority, given_wording, signed_consent
from tests.desk import as_, at, words

PDF = b"%PDF-1.7 a form"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def keyed(cast, person, user=None, *, without=(), scan=PDF, **said):
    told = {
        "kind": "authorization",
        "title": "Photo release 2024",
        "language": "en",
        "location": cast.location.pk,
        "signer": "self",
        "signer_language": "en",
        "signed_on": "2026-06-01",
        "ends_on": "2027-05-31",
        "ends_event": "",
        "elements": ["face", "first_name"],
        "platforms": ["website"],
        "formats": ["post"],
        "purposes": ["testimonial"],
        "any_asset": "on",
        "any_post": "on",
        "statements": list(ANCHORS),
        "capacity_attested": "on",
        "scan": SimpleUploadedFile("form.pdf", scan, "application/pdf"),
        **said,
    }
    for name in without:
        del told[name]
    return as_(user or cast.finn).post(at("records:record_paper", person.pk), told, follow=True)


def check(user, consent):
    return words(as_(user).post(at("records:check_found_consent", consent.pk), follow=True))


class TestAFormOnPaper:
    def test_counts_once_it_is_compared_and_a_copy_was_given(self, cast):
        page = words(keyed(cast, cast.ana))
        assert "Recorded as it is." in page
        assert "Incomplete" in page
        consent = Consent.objects.get()

        assert "The signer has not been given a copy." in check(cast.freya, consent)
        copy = at("records:record_found_copy", cast.ana.pk, consent.pk)
        page = words(as_(cast.finn).post(copy, {"given_on": "2026-06-01"}, follow=True))

        assert "On file" in page
        assert "yes, until" in page

    def test_is_kept_with_each_defect_and_never_valid(self, cast):
        keyed(
            cast,
            cast.ana,
            without=["capacity_attested", "ends_on"],
            ends_event="none",
            statements=["purpose"],
            defects=["compound", "conditioned"],
        )
        page = check(cast.freya, Consent.objects.get())
        for reason in (
            "It says that it never ends, which is not allowed.",
            "The form lacks something that the law asks for.",
            "The form lacks a statement that the law asks for.",
            "It was signed together with another document.",
            "Care was made to depend on it.",
            "It is in doubt whether they could decide when they signed.",
        ):
            assert reason in page

    def test_keeps_what_it_says_about_somebody_else_who_signed(self, cast):
        keyed(cast, cast.bea, signer="new", given="Gwen", family="Gray", authority="step_parent")
        right = Representation.objects.get()
        assert (right.person, right.authority, right.verified_at) == (cast.bea, "step_parent", None)
        assert "The right to sign for them is not described." in check(cast.freya, Consent.objects.get())

    def test_rests_on_a_right_that_is_recorded_already(self, cast):
        mother = given_authority(cast, cast.bea, cast.carla)
        keyed(cast, cast.bea, signer=f"right-{mother.pk}")
        consent = Consent.objects.get()
        assert (consent.representation, consent.signer) == (mother, cast.carla)
        assert consent.wording.template.kind == "authorization_minor"

    def test_is_refused_if_it_is_no_pdf_or_of_tomorrow_or_signed_by_nobody(self, cast):
        assert "This is no PDF." in words(keyed(cast, cast.ana, scan=b"GIF89a"))
        assert "This day has not come yet." in words(keyed(cast, cast.ana, signed_on="2026-11-24"))
        assert "Write down who signed" in words(keyed(cast, cast.ana, signer="new"))
        assert not Consent.objects.exists()

    def test_is_recorded_by_those_who_prepare_consents(self, cast):
        assert keyed(cast, cast.ana, cast.dan).status_code == 403
        assert "Record a form on paper" in words(as_(cast.finn).get(at("records:person", cast.ana.pk)))

    def test_is_never_offered_for_signing_nor_listed_with_our_own(self, cast):
        own = given_wording(cast)
        spanish = Wording.objects.create(
            practice=cast.practice,
            template=own.template,
            version="v3",
            language="es",
            title="Mi permiso",
            sections=[],
            intent="Firmo.",
            effective_from=own.effective_from,
            translation_of=own,
            translation_reviewed_by="Rosa",
        )
        keyed(cast, cast.ana, signed_on="2026-11-20")

        for language, form in (("en", own), ("es", spanish)):
            assert wordings_on_offer(cast.practice, "authorization_adult", language, NOW) == [form]
        assert "Photo release 2024" not in words(as_(cast.finn).get(at("wording:list")))


class TestComparingIt:
    def test_is_for_somebody_else(self, cast):
        keyed(cast, cast.ana)
        consent = Consent.objects.get()
        assert "You keyed this form in yourself." in check(cast.finn, consent)
        assert "It has been compared." not in check(cast.finn, consent)

    def test_is_recorded_once_however_often_it_is_sent(self, cast):
        new = {
            "signer": "new",
            "given": "Ida",
            "family": "Ruiz",
            "authority": "guardian",
            "description": "Court",
        }
        keyed(cast, cast.ana, **new)
        assert "This scan is on the record already." in words(keyed(cast, cast.ana, **new))
        assert (Consent.objects.count(), Representation.objects.count()) == (1, 1)

    def test_may_be_keyed_in_again_after_a_mistake(self, cast):
        keyed(cast, cast.ana, statements=["purpose"])
        wrong = Consent.objects.get()
        invalidate(consent=wrong, reason="in_error", by=by(cast.eve), at=NOW)

        assert "Recorded as it is." in words(keyed(cast, cast.ana, title="Photo release 2023"))

        right = Consent.objects.exclude(pk=wrong.pk).get()
        assert (right.wording.title, right.wording.anchors) == ("Photo release 2023", sorted(ANCHORS))
        wrong.wording.refresh_from_db()
        assert (wrong.wording.title, wrong.wording.anchors) == ("Photo release 2024", ["purpose"])
        page = words(as_(cast.eve).get(at("records:check_found_consent", right.pk)))
        assert "Photo release 2023" in page
        assert "nothing is missing" in page

    def test_shares_its_wording_with_the_same_one_keyed_in_again(self, cast):
        for scan in (PDF, PDF, PDF):
            keyed(cast, cast.ana, scan=scan)
            invalidate(consent=Consent.objects.latest("pk"), reason="in_error", by=by(cast.eve), at=NOW)
        assert Consent.objects.count() == 3
        assert Wording.objects.filter(is_foreign=True).count() == 1

    def test_shows_every_line_and_the_scan(self, cast):
        keyed(cast, cast.ana, statements=["purpose"], print_points="9", interpreter="Ida")
        page = words(as_(cast.eve).get(at("records:check_found_consent", Consent.objects.get().pk)))
        for line in (
            "Photo release 2024",
            "1 Jun 2026",
            "face, first name",
            "9 points",
            "Ida",
            "the right to take it back",
        ):
            assert line in page, line
        assert "Open the scan" in page

    def test_waits_on_the_home_of_the_front_desk_and_of_compliance(self, cast):
        keyed(cast, cast.ana)
        wish = "The form of Ana Ruiz was keyed in."
        for user, more in ((cast.finn, "A colleague compares it"), (cast.eve, "Compare it with the paper.")):
            page = words(as_(user).get(at("reports:home")))
            assert f"{wish} {more}" in page
        check(cast.freya, Consent.objects.get())
        assert wish not in words(as_(cast.eve).get(at("reports:home")))

    def test_asks_nothing_about_a_form_that_was_signed_here(self, cast):
        consent = signed_consent(cast, cast.ana)
        assert as_(cast.eve).get(at("records:check_found_consent", consent.pk)).status_code == 404
        copy = at("records:record_found_copy", cast.ana.pk, consent.pk)
        assert as_(cast.eve).post(copy, {"given_on": "2026-06-01"}).status_code == 404


class TestACopy:
    def test_is_not_recorded_ahead(self, cast):
        keyed(cast, cast.ana)
        copy = at("records:record_found_copy", cast.ana.pk, Consent.objects.get().pk)
        assert "This day has not come yet." in words(as_(cast.finn).post(copy, {"given_on": "2026-11-24"}))

    def test_is_one_a_day_however_often_it_is_sent(self, cast):
        keyed(cast, cast.ana)
        copy = at("records:record_found_copy", cast.ana.pk, Consent.objects.get().pk)
        for hours in (0, 1):  # both before noon, when the copy is of this very moment
            with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
                page = words(as_(cast.finn).post(copy, {"given_on": "2026-11-23"}, follow=True))
            assert "The copy is recorded." in page
        assert CopyGiven.objects.count() == LedgerEntry.objects.filter(event="copy.given").count() == 1
        as_(cast.finn).post(copy, {"given_on": "2026-11-20"})
        assert CopyGiven.objects.count() == 2
