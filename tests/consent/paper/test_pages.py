"""The pages of forms on paper, as the front desk sees them (R74)."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from consent.audit.models import LedgerEntry
from consent.files import store
from consent.paper.models import Original
from consent.records.models import Consent
from consent.signing.actions import abandon
from tests.cast import NOW, by
from tests.ceremonies import handed_over, prepared
from tests.desk import as_, at, words
from tests.papers import came_back, given_printing, printed, scanned, sheets


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def send(user, data, **more):
    file = SimpleUploadedFile("scan.pdf", data, "application/pdf")
    return as_(user).post(at("paper:came_back"), {"scans": file, **more}, follow=True)


def typed(**instead):
    """What is typed into the page."""
    usual = {
        "elements": ["first_name", "face"],
        "platforms": ["website"],
        "formats": ["post"],
        "only_this_post": ["several"],
        "purposes": ["testimonial"],
        "ends_on": "2027-05-31",
        "is_signed": "yes",
        "name": "Ana Ruiz",
        "signed_on": "2026-11-23",
    }
    return {**usual, **instead}


def key(user, scan, **instead):
    return words(as_(user).post(at("paper:key", scan.pk), typed(**instead), follow=True))


class TestPrinting:
    def test_opens_the_form_as_a_pdf_and_leaves_the_request_open(self, cast):
        ceremony = prepared(cast)
        page = words(as_(cast.finn).get(at("signing:ceremony", ceremony.pk)))
        assert "Print it to sign on paper instead" in page
        answer = as_(cast.finn).post(at("paper:print", ceremony.pk), follow=True)
        assert answer.content.startswith(b"%PDF-")
        page = words(as_(cast.finn).get(at("signing:ceremony", ceremony.pk)))
        assert "The request stays open until the form comes back." in page
        assert "Ana Ruiz" in words(as_(cast.finn).get(at("paper:came_back")))

    def test_says_so_if_the_tablet_is_out_or_the_form_was_erased(self, cast):
        ceremony, _ = handed_over(cast)
        said = words(as_(cast.finn).post(at("paper:print", ceremony.pk), follow=True))
        assert "The tablet is out with this form." in said
        printing = given_printing(cast)
        type(printing).objects.filter(pk=printing.pk).update(filled="")
        answer = as_(cast.finn).get(at("paper:printed", printing.pk))
        assert (answer.status_code, "was erased" in words(answer)) == (410, True)


class TestAFormThatCameBack:
    def test_is_found_by_its_code_and_shown_to_be_keyed(self, cast):
        printing = printed(cast)
        page = words(send(cast.finn, scanned(sheets(printing))))
        assert "The form of Ana Ruiz" in page
        assert f"{printing.number[:4]}-{printing.number[4:]}" in page
        assert "Key it in" in page
        assert "The form of Ana Ruiz came back." in words(as_(cast.freya).get(at("reports:home")))

    def test_says_what_is_wrong_with_the_file(self, cast):
        assert "scan.pdf: This is no scan that Postern can open." in words(send(cast.finn, b"hello"))
        assert "Choose the scan, or the photographs." in words(
            as_(cast.finn).post(at("paper:came_back"), {"number": ""})
        )

    def test_asks_for_the_number_and_says_if_it_is_wrong(self, cast):
        stained = scanned([sheets(printed(cast))[0].crop((0, 300, 900, 1200))])
        assert "No code could be read." in words(send(cast.finn, stained))
        assert "One character of this number is wrong." in words(send(cast.finn, stained, number="4K7M-9XTT"))

    def test_says_that_the_request_is_closed(self, cast):
        printing = printed(cast)
        scan = scanned(sheets(printing))
        abandon(ceremony=printing.ceremony, by=by(cast.finn), at=NOW)
        assert "is closed (not finished)" in words(send(cast.finn, scan))

    def test_says_which_pages_are_missing(self, cast):
        page = words(
            as_(cast.finn).get(at("paper:scan", came_back(cast, given_printing(cast), pages=[2]).pk))
        )
        assert "Page 1 of 2 did not come" in page
        assert "The form is not whole." in page

    def test_points_to_a_newer_scan(self, cast):
        printing = given_printing(cast)
        old = came_back(cast, printing, pages=[2])
        came_back(cast, printing)
        page = words(as_(cast.finn).get(at("paper:scan", old.pk)))
        assert "The form was scanned again." in page
        assert "Key it in" not in page


class TestAPageOfTheScan:
    def test_is_shown_to_those_who_may_and_written_down(self, cast):
        scan = came_back(cast, given_printing(cast))
        answer = as_(cast.finn).get(at("paper:page", scan.pk, 1))
        assert answer.content.startswith(b"\xff\xd8")
        assert "no-store" in answer["Cache-Control"]
        assert LedgerEntry.objects.filter(event="document.viewed").exists()
        assert as_(cast.dan).get(at("paper:page", scan.pk, 1)).status_code == 403

    def test_is_gone_once_the_scan_was_disposed_of(self, cast):
        scan = came_back(cast, given_printing(cast))
        store.delete("documents", scan.document.storage_key)
        assert as_(cast.finn).get(at("paper:page", scan.pk, 1)).status_code == 404
        assert as_(cast.finn).get(at("paper:page", scan.pk, 9)).status_code == 404


class TestKeying:
    def test_is_in_the_papers_own_words_and_nothing_is_filled_in(self, cast):
        scan = came_back(cast, given_printing(cast))
        page = words(as_(cast.finn).get(at("paper:key", scan.pk)))
        assert "My first name only" in page
        assert "Facebook" not in page  # it was not offered
        assert "checked" not in page

    def test_hides_the_first_keying_from_the_second_person(self, cast):
        scan = came_back(cast, given_printing(cast))
        assert "It counts once a colleague has keyed it as well" in key(cast.finn, scan)
        page = words(as_(cast.freya).get(at("paper:key", scan.pk)))
        assert "checked" not in page
        assert 'value="Ana Ruiz"' not in page

    def test_counts_when_both_read_the_same(self, cast):
        scan = came_back(cast, given_printing(cast))
        key(cast.finn, scan)
        page = key(cast.freya, scan)
        assert "You both read the same." in page
        assert "It counts once Ana Ruiz was given a copy." in page

    def test_is_not_for_the_same_person_twice(self, cast):
        scan = came_back(cast, given_printing(cast))
        key(cast.finn, scan)
        assert "You keyed this form in yourself." in key(cast.finn, scan)
        assert not Consent.objects.exists()

    def test_wants_to_know_whether_it_is_signed(self, cast):
        scan = came_back(cast, given_printing(cast))
        assert "This field is required." in key(cast.finn, scan, is_signed="")

    def test_without_an_end_shows_the_reason_why_it_allows_nothing(self, cast):
        scan = came_back(cast, given_printing(cast))
        for user in (cast.finn, cast.freya):
            page = key(user, scan, ends_on="", is_signed="no", signed_on="", name="")
        assert "It is defective, so it allows nothing." in page
        assert "It names no day and no event on which it ends." in page
        assert "Nobody signed it." in page


class TestSettling:
    def test_shows_both_readings_and_takes_one_of_each(self, cast):
        scan = came_back(cast, given_printing(cast))
        key(cast.finn, scan)
        page = key(cast.freya, scan, elements=["first_name"], ends_on="", name="Ana R.", is_signed="no")
        assert "Finn and Freya read it differently." in page
        for words_shown in ("My face in photos or video", "not marked", "May 31, 2027", "empty", "Ana R."):
            assert words_shown in page
        assert "a colleague settles it" in words(as_(cast.finn).get(at("paper:settle", scan.pk), follow=True))
        assert "Settle it" in words(as_(cast.eve).get(at("paper:scan", scan.pk)))
        where = at("paper:settle", scan.pk)
        assert "Say for each line" in words(as_(cast.freya).post(where, {"settle-ends_on": "first"}))
        chosen = {f"settle-{what}": "first" for what in ("elements:face", "ends_on", "name", "is_signed")}
        assert "Two people read it." in words(as_(cast.freya).post(where, chosen, follow=True))
        assert Consent.objects.get().scope["elements"] == ["face", "first_name"]


class TestThePaperItself:
    def test_is_kept_somewhere_destroyed_or_given_back(self, cast):
        scan = came_back(cast, given_printing(cast))
        where = at("paper:original", scan.pk)
        said = {"fate": "kept", "place": "", "done_on": "2026-11-23"}
        assert "Write where it is kept" in words(as_(cast.finn).post(where, said))
        assert "This day has not come yet." in words(
            as_(cast.finn).post(where, said | {"done_on": "2026-11-24"})
        )
        page = words(as_(cast.finn).post(where, said | {"place": "Folder 12"}, follow=True))
        assert "Kept: Folder 12, 23 Nov 2026, said by Finn." in page
        page = words(as_(cast.freya).post(where, said | {"fate": "destroyed"}, follow=True))
        assert "Destroyed, 23 Nov 2026, said by Freya." in page
        assert Original.objects.count() == 2


class TestAnotherPractice:
    def test_does_not_see_it(self, cast):
        scan = came_back(cast, given_printing(cast))
        assert as_(cast.zed).get(at("paper:scan", scan.pk)).status_code == 404


class TestTwoScansOfOneStack:
    def test_are_told_of_together(self, cast):
        one, other = printed(cast), printed(cast, prepared(cast))
        page = words(send(cast.finn, scanned([sheets(one)[0], sheets(other)[0]])))
        assert "2 forms came back." in page
        assert page.count("Key it in") == 2
