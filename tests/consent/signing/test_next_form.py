"""Who has just signed one paper goes on to the next one of the same story; nobody else does (R15, R71, R96; G79)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from consent.audit.rules import Actor
from consent.people.actions import verify_contact_point
from consent.people.models import ContactPoint
from consent.signing.actions import SendRefused, next_form, open_next, own_address, send_code_to, send_link
from consent.signing.models import Ceremony, SignerLink
from consent.signing.rules import NotNow
from consent.signing.views.ways import OWN_COOKIE
from tests.authors import came_in, ceremony_of, licence_signed, permission_signed
from tests.cast import NOW, Cast, by
from tests.ceremonies import prepared, sample_wording
from tests.desk import as_, words
from tests.links import address_of, quick_paper
from tests.stories import asked

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=2)


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _quick_paper(monkeypatch):
    quick_paper(monkeypatch)


@pytest.fixture
def cast():
    cast = Cast()
    sample_wording(cast)
    assert cast.finn
    assert cast.freya
    address_of(cast, cast.ana)
    return cast


@pytest.fixture
def request_and_phone(cast):
    """Ana came in on her phone and signed the licence."""
    request, token = asked(cast, cast.ana)
    phone = came_in(token)
    licence_signed(request)
    return request, phone


def holder_of(phone):
    return phone.cookies[OWN_COOKIE].value.partition(":")[2]


def signer(ceremony):
    return Actor("person", str(ceremony.signer_id))


class TestTheNextPaper:
    def test_opens_where_the_first_was_signed_and_is_signed_by_itself(self, request_and_phone):
        request, phone = request_and_phone
        thanks = words(phone.get("/sign/"))
        assert "One more paper" in thanks
        assert "your permission about your health" in thanks
        assert "Hello Ana Ruiz" in words(phone.post("/sign/next/", follow=True))
        permission_signed(request)
        first, second = (ceremony_of(request, kind).signature for kind in ("licence", "authorization"))
        assert first is not None
        assert second is not None
        assert first != second
        assert first.text_sha256 != second.text_sha256
        assert second.factor == "one_time_code"

    def test_carries_the_code_over_as_an_event_of_its_own(self, request_and_phone):
        request, phone = request_and_phone
        phone.post("/sign/next/")
        licence, authorization = ceremony_of(request), ceremony_of(request, "authorization")
        [carried] = authorization.events.filter(kind="code_confirmed")
        assert carried.details["carried_from"] == licence.pk
        assert carried.details["contact"] == licence.contact_point_id
        assert not licence.events.filter(kind="code_confirmed", details__has_key="carried_from").exists()

    def test_is_offered_no_more_once_it_is_signed(self, request_and_phone):
        request, phone = request_and_phone
        phone.post("/sign/next/")
        permission_signed(request)
        assert "One more paper" not in words(phone.get("/sign/"))
        assert "Thank you" in words(phone.post("/sign/next/", follow=True))

    def test_can_be_declined_while_the_first_stays_signed(self, request_and_phone):
        request, phone = request_and_phone
        phone.post("/sign/next/")
        phone.post("/sign/no-thanks/")
        assert ceremony_of(request, "authorization").state == Ceremony.State.DECLINED
        assert ceremony_of(request).state == Ceremony.State.SIGNED


class TestNobodyElse:
    def test_opens_it_with_a_forged_holder_or_none(self, request_and_phone):
        request, _ = request_and_phone
        licence = ceremony_of(request)
        for holder in ("", "forged", "x" * 43):
            with pytest.raises(NotNow):
                open_next(ceremony=licence, holder=holder, by=signer(licence), at=SOON)
        assert ceremony_of(request, "authorization").state == Ceremony.State.PREPARED

    def test_opens_it_on_another_device_with_the_same_link(self, request_and_phone, client):
        request, phone = request_and_phone
        token = phone.cookies[OWN_COOKIE].value.partition(":")[0]
        client.get(f"/sign/{token}/")
        client.post("/sign/next/")
        assert ceremony_of(request, "authorization").state == Ceremony.State.PREPARED

    def test_opens_it_half_an_hour_later(self, request_and_phone):
        request, phone = request_and_phone
        licence = ceremony_of(request)
        late = NOW + timedelta(minutes=30)
        Ceremony.objects.filter(pk=licence.pk).update(last_seen_at=late)
        with pytest.raises(NotNow, match="too long ago"):
            open_next(ceremony=licence, holder=holder_of(phone), by=signer(licence), at=late)

    def test_opens_it_after_the_phone_lay_about_for_a_while(self, request_and_phone, clock):
        request, phone = request_and_phone
        clock.shift(timedelta(minutes=21))
        phone.post("/sign/next/")
        assert ceremony_of(request, "authorization").state == Ceremony.State.PREPARED

    def test_opens_it_before_the_first_is_signed(self, cast):
        request, token = asked(cast, cast.ana)
        phone = came_in(token)
        phone.post("/sign/next/")
        assert ceremony_of(request, "authorization").state == Ceremony.State.PREPARED

    def test_who_signs_is_offered_what_somebody_else_signs(self, request_and_phone, cast):
        request, phone = request_and_phone
        address_of(cast, cast.carla, "carla@example.org")
        other = ceremony_of(request, "authorization")
        Ceremony.objects.filter(pk=other.pk).update(signer=cast.carla, person=cast.carla)
        licence = ceremony_of(request)
        assert next_form(licence, SOON) is None
        with pytest.raises(NotNow, match="Nothing more"):
            open_next(ceremony=licence, holder=holder_of(phone), by=signer(licence), at=SOON)

    def test_is_offered_a_form_of_no_story_or_of_another_one(self, request_and_phone, cast):
        request, _ = request_and_phone
        prepared(cast, cast.ana)
        other = ceremony_of(request, "authorization")
        Ceremony.objects.filter(pk=other.pk).update(offered=other.offered | {"story": request.story_id + 1})
        assert next_form(ceremony_of(request), SOON) is None


class TestAnAddressThatOnlyAnAccountStandsFor:
    @pytest.fixture
    def by_account(self, cast):
        point = ContactPoint.objects.get(person=cast.ana)
        return verify_contact_point(point=point, witness=cast.mia, how="account", by=by(cast.dan), at=NOW)

    def test_opens_no_form_about_health(self, cast, by_account):
        form = prepared(cast, cast.ana)
        with pytest.raises(SendRefused, match="no form about health"):
            send_link(ceremony=form, point=by_account, by=by(cast.finn), at=NOW)
        with pytest.raises(SendRefused, match="no form about health"):
            send_code_to(ceremony=form, point=by_account, by=by(cast.finn), at=NOW)
        assert own_address(form) is None
        assert not SignerLink.objects.exists()

    def test_opens_a_licence_and_no_second_paper_about_health(self, cast, by_account):
        request, token = asked(cast, cast.ana)
        phone = came_in(token)
        licence_signed(request)
        assert ceremony_of(request).state == Ceremony.State.SIGNED
        assert "One more paper" not in words(phone.get("/sign/"))
        phone.post("/sign/next/")
        assert ceremony_of(request, "authorization").state == Ceremony.State.PREPARED

    def test_is_verified_anew_at_the_counter(self, cast, by_account):
        form = prepared(cast, cast.ana)
        page = words(as_(cast.finn).get(f"/p/riverbend/ceremonies/{form.pk}/"))
        assert "was not verified with them at the counter" in page
        assert "Send a link to" not in page
