"""The pages of pictures: adding, naming, looking; originals only for those who prove the record."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consent.audit.models import LedgerEntry
from consent.media.models import Appearance, Asset
from consent.media.queries import rendition_of
from tests.cast import make_person
from tests.desk import as_, at, words
from tests.pictures import as_file, drawn, given_picture, moving, telling_jpeg


def upload(user, *files, follow=False, **fields):
    pictures = [SimpleUploadedFile(name, data, "image/jpeg") for name, data in files]
    sent = {"pictures": pictures, "label": "Bell", "source": "own", "taken_by": "workforce", **fields}
    return as_(user).post(at("media:add"), sent, follow=follow)


class TestAdding:
    def test_leads_to_the_question_who_is_in_it(self, cast):
        response = upload(cast.dan, ("ana_ruiz_chemo.jpg", telling_jpeg()))

        asset = Asset.objects.get()
        assert response["Location"] == at("media:asset", asset.pk)
        assert asset.label == "Bell"
        page = words(as_(cast.dan).get(response["Location"]))
        assert "Nobody has said it yet." in page
        assert "ana_ruiz_chemo" not in page

    def test_keeps_the_good_ones_and_names_the_others(self, cast):
        good = as_file(drawn())

        response = upload(cast.dan, ("good.jpg", good), ("moving.png", moving("PNG")), ("list.txt", b"names"))

        page = words(response)
        assert response.status_code == 422
        assert "moving.png: This picture moves." in page
        assert "list.txt: This is not a picture" in page
        assert "The picture is added." in page
        assert Asset.objects.count() == 1

    def test_says_plainly_that_a_picture_was_there(self, cast):
        upload(cast.dan, ("a.jpg", as_file(drawn())))

        response = upload(cast.mia, ("b.jpg", as_file(drawn())), label="Again", follow=True)

        assert Asset.objects.count() == 1
        assert "You had this picture already: it is “Bell”." in words(response)

    def test_asks_for_the_author_of_what_others_made(self, cast):
        response = upload(cast.dan, ("a.jpg", as_file(drawn())), source="user")

        assert response.status_code == 422
        assert "Find the person who made it" in words(response)
        assert not Asset.objects.exists()

    def test_is_for_those_who_may_upload(self, cast):
        assert as_(cast.aida).get(at("media:add")).status_code == 403
        assert as_(cast.zed).get(at("media:add")).status_code == 404


class TestNaming:
    def test_tells_twins_apart_by_relation_and_day(self, cast):
        make_person(cast.practice, "Ana", "Other", cast.ana.date_of_birth, "staff")

        found = words(as_(cast.dan).post(at("media:find"), {"q": "ana"}))

        assert found.count("<strong>Ana</strong>") == 2
        assert "staff · added" in found
        assert "Ruiz" not in found

    @pytest.mark.parametrize("field", ["person", "author"])
    def test_keeps_who_is_chosen_when_a_late_answer_comes(self, cast, field):
        told = {"q": "be", field: cast.ana.pk}
        assert cast.bea
        found = words(as_(cast.dan).post(at("media:find") + f"?field={field}", told))
        assert f'name="{field}" value="{cast.ana.pk}" checked' in found
        assert f'name="{field}" value="{cast.bea.pk}" required' in found

    def test_finds_and_keeps_what_was_ticked_without_a_script(self, cast):
        assert cast.ana
        asset = given_picture(cast)
        told = {"find": "1", "q": "an", "elements": ["xray"], "capacity": "visitor"}
        page = as_(cast.dan).post(at("media:name", asset.pk), told)
        assert page.status_code == 200
        assert "<strong>Ana</strong>" in words(page)
        assert 'value="xray" checked' in words(page)
        assert 'value="visitor" selected' in words(page)
        assert not asset.appearances.exists()

    def test_keeps_what_was_ticked_when_nobody_was_chosen(self, cast):
        asset = given_picture(cast)

        response = as_(cast.dan).post(
            at("media:name", asset.pk), {"elements": ["xray"], "capacity": "patient"}
        )

        assert response.status_code == 422
        assert "Find the person first" in words(response)
        assert 'value="xray" checked' in words(response)

    def test_is_shown_with_who_said_it(self, cast):
        asset = given_picture(cast)
        data = {"person": cast.ana.pk, "elements": ["face"], "capacity": "patient"}

        as_(cast.dan).post(at("media:name", asset.pk), data)

        assert Appearance.objects.get().person == cast.ana
        assert "said by Dan" in words(as_(cast.dan).get(at("media:asset", asset.pk)))

    def test_refuses_people_of_another_practice(self, cast):
        stranger = make_person(cast.other_practice, "Sam", "Poe", cast.ana.date_of_birth)
        data = {"person": stranger.pk, "elements": ["face"], "capacity": "patient"}

        response = as_(cast.dan).post(at("media:name", given_picture(cast).pk), data)

        assert response.status_code == 422
        assert not Appearance.objects.exists()


class TestLooking:
    def test_shows_the_rendition_to_members_only(self, cast):
        rendition = rendition_of(given_picture(cast))

        for name in ("media:rendition", "media:thumbnail"):
            response = as_(cast.dan).get(at(name, rendition.pk))
            assert response["Content-Type"] == "image/jpeg"
            assert response["X-Content-Type-Options"] == "nosniff"
            assert as_(cast.zed).get(at(name, rendition.pk)).status_code == 404

    def test_gives_the_original_to_few_and_writes_it_down(self, cast):
        asset = given_picture(cast)

        assert as_(cast.dan).get(at("media:original", asset.pk)).status_code == 403
        response = as_(cast.eve).get(at("media:original", asset.pk))

        assert response["Content-Disposition"].startswith("attachment")
        assert LedgerEntry.objects.filter(event="asset.original_viewed", actor=f"user:{cast.eve.pk}").exists()
