"""A permission for one post only says so on the own page (R25)."""

import pytest
from django.test import Client

from consent.people.models import Person
from tests.cast import Cast
from tests.consents import signed_consent

from .visiting import come_in, give_birth_date, given_link, text_of

pytestmark = pytest.mark.django_db
SHOWN, NAMED = "Only for one post, exactly as it was shown.", "Only for the one post that the form names."


class TestAPermission:
    @pytest.mark.parametrize(
        ("posts", "said"),
        [(["7#ab12"], [SHOWN]), (["7"], [NAMED]), (["*"], [])],
        ids=["shown", "named", "any"],
    )
    def test_says_whether_it_is_for_one_post_only(
        self, client: Client, cast: Cast, posts: list[str], said: list[str]
    ) -> None:
        signed_consent(cast, cast.ana, posts=posts)
        come_in(client, given_link(cast, cast.ana)[1])
        page = text_of(give_birth_date(client, cast.ana.date_of_birth))
        assert [one for one in (SHOWN, NAMED) if one in page] == said

    def test_says_it_in_spanish(self, client: Client, cast: Cast) -> None:
        Person.objects.filter(pk=cast.ana.pk).update(language="es")
        signed_consent(cast, cast.ana, posts=["7#ab12"])
        come_in(client, given_link(cast, cast.ana)[1])
        page = text_of(give_birth_date(client, cast.ana.date_of_birth))
        assert "Solo para una publicación, exactamente como se mostró." in page
