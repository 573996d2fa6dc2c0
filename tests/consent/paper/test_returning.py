"""A form that came back finds its request; what is missing, twice there or somebody else's is named (R74)."""

import pytest

from consent.audit.models import LedgerEntry
from consent.evidence.models import Document
from consent.paper.actions import keep_scans
from consent.paper.models import Scan
from consent.paper.queries import count_of
from consent.paper.rules import new_number, read_number
from consent.people.rules import FieldRefused
from consent.signing.actions import abandon
from consent.signing.models import Ceremony
from consent.signing.rules import NotNow
from tests.cast import NOW, Cast, by, make_practice
from tests.ceremonies import handed_over, prepared
from tests.papers import came_back, keyed, printed, read


def send(cast, pages, typed=""):
    return keep_scans(practice=cast.practice, pages=pages, typed=typed, by=by(cast.finn), at=NOW)


class TestPrinting:
    def test_keeps_the_request_open_on_paper_and_says_so_in_the_ledger(self, cast):
        printing = printed(cast)
        assert Ceremony.objects.get().state == "paper"
        entry = LedgerEntry.objects.get(event="paper.printed")
        assert entry.person == cast.ana.pk
        assert printing.number.encode() not in bytes(entry.body)

    def test_waits_for_the_tablet(self, cast):
        ceremony, _ = handed_over(cast)
        with pytest.raises(NotNow, match="The tablet is out"):
            printed(cast, ceremony)

    def test_gives_each_request_a_number_of_its_own(self, cast):
        assert printed(cast).number != printed(cast, prepared(cast)).number


class TestANumber:
    def test_is_read_however_it_is_typed(self):
        number = new_number(lambda letters: letters[5])
        assert read_number(f" {number[:4].lower()} - {number[4:]}") == number

    def test_is_refused_with_any_one_character_wrong_or_any_two_swapped(self):
        letters = "23456789CDFHJKMNPRTVWXY"
        picks = iter("4K7M9XT")
        number = new_number(lambda _: next(picks))
        for place in range(8):
            for other in set(letters) - {number[place]}:
                assert not read_number(number[:place] + other + number[place + 1 :])
            for further in range(place + 1, 8):
                swapped = list(number)
                swapped[place], swapped[further] = swapped[further], swapped[place]
                assert read_number("".join(swapped)) in ("", number)

    def test_holds_nothing_that_looks_like_something_else(self):
        assert not set("0O1IL5S2Z8B") & set("CDFHJKMNPRTVWXY")
        assert not read_number("0OOO-OOO0")


class TestAFormThatCameBack:
    def test_is_kept_as_one_document_under_its_sha256(self, cast):
        scan = came_back(cast)
        assert (scan.document.kind, count_of(scan).sentences) == ("scan", [])
        entry = LedgerEntry.objects.get(event="paper.came_back")
        assert scan.document.sha256.encode() in bytes(entry.body)

    def test_is_the_same_scan_if_it_is_sent_twice(self, cast):
        scan = came_back(cast)
        assert came_back(cast, scan.printing) == scan
        assert Document.objects.filter(kind="scan").count() == 1

    def test_names_the_pages_that_are_missing_or_there_twice(self, cast):
        scan = came_back(cast, pages=[1, 1, 3])
        said = " ".join(count_of(scan).sentences)
        assert "Page 1 came more than once." in said
        assert f"of {scan.printing.pages} did not come" in said
        assert "The form is not whole." in said

    def test_lies_in_the_order_of_its_pages_however_they_were_scanned(self, cast):
        scan = came_back(cast, pages=[3, 1, 2])
        assert [page["page"] for page in scan.pages] == [1, 2, 3]

    def test_takes_a_page_without_a_readable_code_along(self, cast):
        printing = printed(cast)
        rest = list(range(2, printing.pages + 1))
        count = count_of(came_back(cast, printing, pages=[0, *rest]))
        assert (count.is_whole, count.missing, count.unread) == (True, (1,), 1)

    def test_is_found_by_its_number_if_no_code_can_be_read(self, cast):
        printing = printed(cast)
        pages = read(printing, *[0] * printing.pages)
        with pytest.raises(FieldRefused, match="No code could be read"):
            send(cast, pages)
        (scan,) = send(cast, pages, printing.number.lower()).scans
        assert (scan.printing, scan.is_typed) == (printing, True)

    def test_says_if_the_number_is_mistyped_or_nobodys(self, cast):
        printing = printed(cast)
        pages = read(printing, 0)
        with pytest.raises(FieldRefused, match="One character of this number is wrong"):
            send(cast, pages, "2222-2223")
        with pytest.raises(FieldRefused, match="No form with this number was printed here"):
            send(cast, pages, new_number(lambda letters: letters[0]))

    def test_of_another_practice_is_unknown_here(self, cast):
        theirs = Cast()
        theirs.practice = make_practice("hilltop", "Hilltop")
        printing = printed(cast)
        for pages, typed in ((read(printing, 1), ""), (read(printing, 0), printing.number)):
            with pytest.raises(FieldRefused, match="No form with this number was printed here"):
                keep_scans(practice=theirs.practice, pages=pages, typed=typed, by=by(cast.finn), at=NOW)
        assert not Scan.objects.exists()

    def test_is_told_apart_from_others_in_one_stack(self, cast):
        one, other = printed(cast), printed(cast, prepared(cast))
        returned = send(cast, [*read(one, 1, 2), *read(other, 1)])
        assert [(scan.printing, len(scan.pages)) for scan in returned.scans] == [(one, 2), (other, 1)]
        with pytest.raises(FieldRefused, match="code on page 3 cannot be read"):
            send(cast, [*read(one, 1), *read(other, 1), *read(other, 0)])

    def test_leaves_a_strangers_page_out_and_says_so(self, cast):
        printing = printed(cast)
        foreign = read(printing, 2)[0].__class__(read(printing, 2)[0].jpeg, 17, 22, ("POSTERN:22222222:1",))
        returned = send(cast, [*read(printing, 1), foreign])
        assert len(returned.scans[0].pages) == 1
        assert returned.sentences == ["Page 2 belongs to a form that was not printed here. It was not kept."]

    def test_changes_nothing_once_the_request_is_answered_or_closed(self, cast):
        scan = came_back(cast)
        keyed(cast, scan)
        keyed(cast, scan, cast.freya)
        returned = send(cast, read(scan.printing, 1))
        assert returned.scans == []
        assert "was answered already, on 23 Nov 2026" in returned.sentences[0]
        other = printed(cast, prepared(cast))
        abandon(ceremony=other.ceremony, by=by(cast.finn), at=NOW)
        assert "is closed" in send(cast, read(other, 1)).sentences[0]
