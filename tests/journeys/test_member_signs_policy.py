"""Dan reads the policy on his phone, signs it with his finger and gets a sealed copy; Eve sees who has yet to."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from consent.signing.actions import seal_attestations
from consent.wording.actions import Version, begin_draft
from consent.wording.queries import saves_of
from consent.workforce.actions import adopt_draft
from consent.workforce.models import PolicyAttestation
from tests.cast import Cast, by
from tests.ceremonies import sample_wording
from tests.journeys.signing import draw, enter_as
from tests.links import WORKER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    cast = Cast()
    at = timezone.now()
    sample = sample_wording(cast, "staff_policy")
    draft = begin_draft(
        practice=cast.practice, kind="staff_policy", language="en", start=sample, by=by(cast.eve), at=at
    )
    version = Version(number="v2", effective_from=at, change="material")
    adopt_draft(draft=draft, shown=saves_of(draft)[0].number, version=version, by=by(cast.eve), at=at)
    return cast


def test_a_member_reads_and_signs_the_policy(cast, open_page, axe):
    phone, desk = open_page(width=390, height=844, has_touch=True), open_page()
    enter_as(phone, cast.dan)
    phone.goto("/p/riverbend/")
    expect(phone.get_by_text("Sign the social-media policy, version 2.")).to_be_visible()
    phone.get_by_role("link", name="Read and sign it").click()
    expect(phone.get_by_text("Nobody shows, names or hints at a patient")).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="Sign", exact=True).click()
    expect(phone.get_by_role("alert")).to_contain_text("read it to the end")
    axe(phone)
    phone.get_by_label("I read it to the end").check()
    draw(phone)
    phone.get_by_role("button", name="Sign", exact=True).click()
    expect(phone.get_by_text("You signed version 2 of the policy.")).to_be_visible()
    assert PolicyAttestation.objects.get(user=cast.dan).method == "drawn"
    seal_attestations(by=WORKER, at=timezone.now())
    phone.goto("/p/riverbend/team/policy/")
    expect(phone.get_by_role("link", name="Get my copy")).to_be_visible()
    axe(phone)

    enter_as(desk, cast.eve)
    desk.goto("/p/riverbend/team/policy/versions/")
    expect(desk.get_by_text("Has yet to sign")).to_be_visible()
    axe(desk)
    desk.goto("/p/riverbend/team/training/")
    axe(desk)
    desk.get_by_role("link", name=re.compile("Say which record is theirs.*Dan")).click()
    expect(desk.get_by_role("heading", name="Which record is Dan's own?")).to_be_visible()
    axe(desk)
