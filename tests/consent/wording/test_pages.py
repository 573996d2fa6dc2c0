"""The pages that show the forms."""

import pytest
from django.test import Client
from django.urls import reverse

from consent.wording.actions import install_sample_wordings
from tests.cast import NOW, Cast, by


@pytest.fixture
def cast(db):
    return Cast()


def seen(user, name, *args):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(f"wording:{name}", args=["riverbend", *args]))


class TestLookingAtTheForms:
    def test_shows_the_list_and_the_very_text(self, cast):
        wordings = install_sample_wordings(practice=cast.practice, by=by(cast.olga), at=NOW)
        listed = seen(cast.eve, "list").content.decode()
        assert all(wording.title.replace("'", "&#x27;") in listed for wording in wordings)
        adult = next(w for w in wordings if w.template.kind == "authorization_adult")
        page = seen(cast.eve, "wording", adult.pk).content.decode()
        assert "Riverbend Family Practice, at" in page
        assert "We are not allowed to make you sign in order to be treated." in page
        assert "My face in photos or video" in page

    def test_teaches_when_there_is_none(self, cast):
        assert "No form yet" in seen(cast.olga, "list").content.decode()

    def test_stays_shut_to_marketers_and_strangers(self, cast):
        assert seen(cast.dan, "list").status_code == 403
        assert seen(cast.zed, "list").status_code == 404
