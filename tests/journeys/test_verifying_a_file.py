"""A lawyer drops a signed form on the page and learns whether it is genuine; then the same file, saved anew."""

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from consent.evidence.queries import document_bytes
from tests.cast import Cast
from tests.seals import bytes_appended, sealed_document

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_file_is_genuine_until_it_is_changed(transactional_db, open_page, axe, width):
    cache.clear()
    good = document_bytes(sealed_document(Cast().practice, at=timezone.now()))
    page = open_page(width=width, height=800)
    page.goto("/verify/")
    axe(page)
    for data, heading in (
        (good, "genuine and unchanged"),
        (bytes_appended(good), "We do not know this file"),
    ):
        page.set_input_files("#file", {"name": "form.pdf", "mimeType": "application/pdf", "buffer": data})
        page.get_by_role("button", name="Check this file").click()
        expect(page.locator("h1")).to_contain_text(heading)
        axe(page)
