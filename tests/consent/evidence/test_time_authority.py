"""The time in a seal comes from a configured authority (RFC 3161), over HTTP; one that is away holds nothing up."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from config.env import time_authority as read_settings
from consent.evidence.actions import renew_due
from consent.evidence.models import Document, SealCertificate
from consent.evidence.queries import document_bytes, seal_problems
from tests.cast import Cast
from tests.seals import WORKER, sealed_document
from tests.time_authority import time_authority

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


@pytest.fixture
def now():
    """The authority has a clock of its own, so these seals are made now."""
    return timezone.now()


@pytest.fixture
def authority(tmp_path, settings, now):
    with time_authority(tmp_path, now) as running:
        settings.TSA_URL, settings.TSA_CERTIFICATES = running.url, str(running.root)
        yield running


def problems(document):
    return seal_problems(document, document_bytes(document))


def made_to_last(document, at):
    Document.objects.filter(pk=document.pk).update(renewal_after=at)
    assert renew_due(by=WORKER, at=at)
    return Document.objects.filter(renews=document).first()


class TestAConfiguredAuthority:
    def test_stamps_the_seal_and_is_asked_once(self, cast, authority, now):
        document = sealed_document(cast.practice, at=now)
        assert (document.level, len(authority.asked)) == ("B-T", 1)
        assert problems(document) == ()

    def test_stamps_the_lasting_one_too(self, cast, authority, now):
        lasting = made_to_last(sealed_document(cast.practice, at=now), now)
        assert problems(lasting) == ()

    def test_is_trusted_for_old_seals_after_another_was_chosen(self, cast, authority, now, settings):
        document = sealed_document(cast.practice, at=now)
        settings.TSA_URL = settings.TSA_CERTIFICATES = ""
        assert SealCertificate.objects.filter(role="time_authority").count() == 1
        assert problems(document) == ()


@pytest.mark.parametrize("fault", ["500", "portal", "nonsense"])
class TestAnAuthorityThatIsAway:
    def test_leaves_a_seal_that_says_it_has_no_time_stamp_and_gets_one_later(
        self, cast, authority, now, fault
    ):
        authority.fault = fault
        document = sealed_document(cast.practice, at=now)
        assert document.level == "B-B"
        assert problems(document) == ()
        assert made_to_last(document, now) is None
        document.refresh_from_db()
        assert document.renewal_after == now + timedelta(hours=1)
        authority.fault = ""
        lasting = made_to_last(document, now)
        assert (lasting.level, problems(lasting)) == ("B-LTA", ())


class TestAnAuthorityThatNobodyAnswersFor:
    def test_is_no_hindrance(self, cast, authority, now, settings):
        settings.TSA_URL = "http://127.0.0.1:1/"
        assert sealed_document(cast.practice, at=now).level == "B-B"


class TestTheSettings:
    def test_come_together_or_not_at_all(self, tmp_path):
        assert read_settings("", "") == ("", "")
        for url, file in [
            ("http://tsa.example.org", ""),
            ("", str(tmp_path)),
            ("file:///etc/passwd", __file__),
            ("https://tsa.example.org", str(tmp_path / "none.pem")),
        ]:
            with pytest.raises(ImproperlyConfigured, match="POSTERN_TSA"):
                read_settings(url, file)
