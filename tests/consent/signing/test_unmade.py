"""A signature whose document cannot be made is told to those who can mend it, with what to do, until it is made."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from consent.audit.rules import SYSTEM
from consent.evidence.models import Signature, SignatureMark
from consent.evidence.render import RenderFailed, Unprintable
from consent.records.actions import invalidate
from consent.records.models import HolderLink
from consent.signing.actions import complete_signature, complete_signatures, sealing
from consent.signing.models import Ceremony
from consent.signing.queries import documents_unmade
from tests.cast import NOW, Cast, by
from tests.ceremonies import answered, handed_over, signed
from tests.seals import WORKER

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(minutes=1)


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def signature(cast):
    return signed(answered(handed_over(cast)[0]))


def page_of(user, address):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(AFTER, tick=False):
        return " ".join(client.get(address).content.decode().split())


def cannot_be_printed(at=NOW):
    """The name was typed in letters that no font draws, before that was looked at."""
    SignatureMark.objects.update(typed_name="安娜")
    with pytest.raises(Unprintable):
        complete_signature(signature=Signature.objects.get(), by=WORKER, at=at)


def fails(page, **given):
    raise RenderFailed("The document could not be made.")


class TestADocumentThatCannotBeMade:
    def test_is_told_at_home_on_the_form_and_on_the_persons_page(self, cast, signature):
        cannot_be_printed()
        ceremony = Ceremony.objects.get()
        said = "could not be made: it holds letters that our documents cannot print."
        for user in (cast.finn, cast.eve):
            home = page_of(user, "/p/riverbend/")
            assert f"The document of Ana Ruiz’s form {said}" in home
            assert f'href="/p/riverbend/ceremonies/{ceremony.pk}/"' in home
        for address in (f"ceremonies/{ceremony.pk}/", f"people/{cast.ana.pk}/requests/"):
            page = page_of(cast.finn, f"/p/riverbend/{address}")
            assert f"The document {said}" in page
            assert "The name as typed holds “娜”" in page
            assert "Ask again with the name in Latin letters, as on the ID, or on paper." in page

    def test_keeps_of_the_person_only_that_it_is_so(self, cast, signature):
        cannot_be_printed()
        ceremony = Ceremony.objects.get()
        assert (ceremony.unmade_why, ceremony.unmade_since, ceremony.unmade_tries) == ("letters", NOW, 1)

    def test_leaves_the_link_that_the_person_holds(self, signature):
        cannot_be_printed()
        assert not HolderLink.objects.exists()

    def test_is_told_though_the_text_is_not_the_one_signed(self, cast, signature):
        fields = json.loads(Ceremony.objects.get().filled)
        Ceremony.objects.update(filled=json.dumps({**fields, "clinic": "Another clinic"}))
        assert complete_signatures(by=WORKER, at=NOW) == 0
        assert "the text that was kept is not the one that was signed." in page_of(cast.eve, "/p/riverbend/")

    def test_is_told_only_after_it_failed_several_times(self, cast, signature, monkeypatch):
        monkeypatch.setattr(sealing, "render_pdf", fails)
        for number, minutes in enumerate((0, 6, 12), 1):
            assert complete_signatures(by=WORKER, at=NOW + timedelta(minutes=minutes)) == 0
            assert documents_unmade(cast.practice).exists() == (number == 3)

    def test_is_tried_ever_more_seldom(self, signature, monkeypatch):
        monkeypatch.setattr(sealing, "render_pdf", fails)
        at, waited = NOW, []
        for _ in range(10):
            assert complete_signatures(by=WORKER, at=at) == 0
            until = Ceremony.objects.get().sealing_until
            assert until is not None
            waited.append((until - at) // timedelta(minutes=1))
            at = until + timedelta(seconds=1)
        assert waited == [5, 5, 10, 20, 40, 80, 160, 320, 360, 360]


class TestItIsToldNoMore:
    def test_once_the_document_is_made(self, cast, signature):
        cannot_be_printed()
        SignatureMark.objects.update(typed_name="Ana Ruiz")
        later = NOW + timedelta(minutes=6)
        assert complete_signature(signature=Signature.objects.get(), by=SYSTEM, at=later) is not None
        ceremony = Ceremony.objects.get()
        assert (ceremony.unmade_why, ceremony.unmade_since, ceremony.unmade_tries) == ("", None, 0)
        assert not documents_unmade(cast.practice).exists()

    def test_once_the_consent_is_marked_wrong(self, cast, signature):
        cannot_be_printed()
        assert documents_unmade(cast.practice, cast.ana).exists()
        invalidate(
            consent=signature.consent,
            reason="in_error",
            by=by(cast.eve),
            at=AFTER,
        )
        assert not documents_unmade(cast.practice, cast.ana).exists()

    def test_once_a_later_form_has_its_document(self, cast, signature):
        cannot_be_printed()
        again = signed(answered(handed_over(cast, at=AFTER)[0], at=AFTER), at=AFTER)
        assert documents_unmade(cast.practice).exists()
        assert complete_signature(signature=again, by=WORKER, at=AFTER) is not None
        assert not documents_unmade(cast.practice).exists()
