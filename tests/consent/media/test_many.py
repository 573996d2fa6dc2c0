"""Pictures added one after the other by a page that shows how far it is; each answer says what came of it."""

from django.core.files.uploadedfile import SimpleUploadedFile

from consent.media.models import Asset
from tests.desk import as_, at
from tests.pictures import as_file, moving, patterned, telling_jpeg


def send(user, file, **fields):
    sent = {
        "pictures": SimpleUploadedFile("a.jpg", file, "image/jpeg"),
        "label": "Event 1",
        "source": "own",
        "taken_by": "workforce",
        **fields,
    }
    return as_(user).post(at("media:add_one"), sent)


class TestOneOfMany:
    def test_says_what_it_carried_and_where_it_is(self, cast):
        answer = send(cast.dan, telling_jpeg()).json()

        assert answer["state"] == "added"
        assert "knew where it was taken" in answer["told"]
        assert answer["address"] == at("media:asset", Asset.objects.get().pk)

    def test_says_that_it_was_there(self, cast):
        send(cast.dan, as_file(patterned()))

        answer = send(cast.mia, as_file(patterned()), label="Event 2").json()

        assert answer["state"] == "known"
        assert "You had this picture already: it is “Event 1”." in answer["told"]

    def test_says_that_it_is_a_copy(self, cast):
        send(cast.dan, as_file(patterned()))

        answer = send(cast.dan, as_file(patterned(), quality=50), label="Event 2").json()

        assert answer["told"] == "It looks like a copy of “Event 1”."

    def test_is_refused_by_itself(self, cast):
        answer = send(cast.dan, moving("PNG")).json()

        assert answer["state"] == "refused"
        assert "This picture moves." in answer["told"]
        assert not Asset.objects.exists()

    def test_is_not_tried_when_the_form_is_not_complete(self, cast):
        response = send(cast.dan, as_file(patterned()), taken_by="")

        assert response.status_code == 422
        assert "Say who took it" in response.json()["errors"][0]
        assert not Asset.objects.exists()

    def test_is_for_those_who_may_upload(self, cast):
        assert send(cast.aida, as_file(patterned())).status_code == 403
        assert send(cast.zed, as_file(patterned())).status_code == 404
