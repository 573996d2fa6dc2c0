"""An upload undone at once: every picture taken back and its files deleted, while nothing was done with any of them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from consent.audit.models import LedgerEntry
from consent.files.store import FileMissing, read
from consent.media.actions import (
    UploadStays,
    add_asset,
    begin_upload,
    name_appearance,
    say_nobody_appears,
    undo_upload,
)
from consent.media.models import Asset, PictureUpload
from consent.media.queries import pictures, rendition_of
from posts.content.actions import Shown
from tests.cast import NOW, by
from tests.consent.media.test_scans import FACE, look, seeing
from tests.desk import as_, at, words
from tests.drafts import a_version
from tests.pictures import as_file, patterned


def brought(cast, number=3, *, later=timedelta(), **fields):
    """An upload of so many pictures."""
    upload = begin_upload(practice=cast.practice, series="Open house", by=by(cast.dan), at=NOW)
    for one in range(number):
        add_asset(
            practice=cast.practice,
            file=as_file(patterned(seed=one)),
            label=f"Event {one + 1}",
            taken_by="workforce",
            upload=upload,
            by=by(cast.dan),
            at=NOW + later,
            **fields,
        )
    return upload


def undo(cast, upload, *, later=timedelta(minutes=9)):
    return undo_upload(upload=upload, by=by(cast.dan), at=NOW + later)


class TestAnUpload:
    def test_is_undone_whole_and_its_files_are_gone(self, cast, django_capture_on_commit_callbacks):
        upload = brought(cast)
        asset = upload.assets.earliest("pk")
        made = rendition_of(asset)

        with django_capture_on_commit_callbacks(execute=True):
            assert undo(cast, upload) == 3

        assert not pictures(cast.practice).exists()
        kept = (
            ("originals", asset.storage_key),
            ("renditions", made.storage_key),
            ("renditions", made.small_key),
        )
        for room, key in kept:
            with pytest.raises(FileMissing):
                read(room, key)
        [entry] = LedgerEntry.objects.filter(event="picture.upload_undone")
        assert entry.subject == f"pictureupload:{upload.pk}"
        assert entry.actor == f"user:{cast.dan.pk}"

    def test_may_be_added_again_after_that(self, cast, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            undo(cast, brought(cast, 1))

        again = brought(cast, 1)

        assert [one.pk for one in pictures(cast.practice)] == [again.assets.get().pk]
        assert read("originals", again.assets.get().storage_key)

    def test_is_undone_once(self, cast):
        upload = brought(cast)
        undo(cast, upload)

        assert undo(cast, upload, later=timedelta(hours=3)) == 3
        assert LedgerEntry.objects.filter(event="picture.upload_undone").count() == 1

    def test_that_the_detectors_looked_at_meanwhile_may_still_be_undone(self, cast):
        upload = brought(cast, 1)
        look(cast, seeing(FACE))

        assert undo(cast, upload) == 1

    def test_that_waits_for_the_detectors_is_not_looked_at_any_more(self, cast):
        undo(cast, brought(cast, 1))

        assert not look(cast, seeing(FACE), later=timedelta(minutes=10))


class TestAnUploadStays:
    def test_after_ten_minutes_from_its_last_picture(self, cast):
        upload = brought(cast, later=timedelta(minutes=2))

        with pytest.raises(UploadStays, match="older than ten minutes"):
            undo(cast, upload, later=timedelta(minutes=12, seconds=1))
        assert pictures(cast.practice).count() == 3

    @pytest.mark.parametrize(
        "touch",
        [
            lambda cast, asset: name_appearance(
                asset=asset, person=cast.ana, elements=["face"], by=by(cast.mia), at=NOW
            ),
            lambda cast, asset: say_nobody_appears(asset=asset, by=by(cast.mia), at=NOW),
        ],
        ids=["somebody named", "nobody in it"],
    )
    def test_when_somebody_said_something_of_one_picture(self, cast, touch):
        upload = brought(cast)
        touch(cast, upload.assets.latest("pk"))

        with pytest.raises(UploadStays, match="Something was done with “Event 3”"):
            undo(cast, upload)
        assert pictures(cast.practice).count() == 3

    def test_when_a_post_uses_one_picture(self, cast):
        upload = brought(cast)
        a_version(cast, media=[Shown(rendition_of(upload.assets.latest("pk")), "A bell")])

        with pytest.raises(UploadStays, match="“Event 3” is used already"):
            undo(cast, upload)


class TestThePages:
    def send(self, cast, user, number=2, **fields):
        sent = {
            "pictures": [
                SimpleUploadedFile(f"{one}.jpg", as_file(patterned(seed=one)), "image/jpeg")
                for one in range(number)
            ],
            "label": "Event",
            "source": "own",
            "taken_by": "workforce",
            "series": "Open house",
            **fields,
        }
        return as_(user).post(at("media:add"), sent)

    def test_offer_it_to_whoever_added_them_and_take_them_back(self, cast):
        self.send(cast, cast.dan)
        client = as_(cast.dan)

        page = words(client.get(at("planning:library")))
        assert "You added 2 pictures of “Open house” just now." in page
        assert "Undo this upload" not in words(as_(cast.mia).get(at("planning:library")))

        upload = PictureUpload.objects.get()
        assert as_(cast.mia).post(at("media:undo_upload", upload.pk)).status_code == 404
        page = words(client.post(at("media:undo_upload", upload.pk), follow=True))
        assert "Undone. All 2 pictures are taken back, and the files are deleted." in page
        assert "No pictures yet." in page

    def test_show_a_picture_that_was_taken_back_to_nobody(self, cast):
        self.send(cast, cast.dan)
        asset = Asset.objects.earliest("pk")
        made = rendition_of(asset)
        upload = PictureUpload.objects.get()
        undo_upload(upload=upload, by=by(cast.dan), at=asset.uploaded_at)

        eve = as_(cast.eve)
        assert eve.get(at("media:asset", asset.pk)).status_code == 404
        assert eve.get(at("media:rendition", made.pk)).status_code == 404
        assert eve.get(at("media:thumbnail", made.pk)).status_code == 404
        assert eve.get(at("media:original", asset.pk)).status_code == 404

    def test_send_one_after_the_other_into_one_upload(self, cast):
        client, upload = as_(cast.dan), ""
        for one in range(3):
            sent = {
                "pictures": SimpleUploadedFile("a.jpg", as_file(patterned(seed=one)), "image/jpeg"),
                "label": f"Event {one}",
                "source": "own",
                "taken_by": "workforce",
                "together": "1",
                "upload": upload,
            }
            answer = client.post(at("media:add_one"), sent).json()
            upload = answer["upload"]
            assert answer["undo"] == at("media:undo_upload", upload)

        assert PictureUpload.objects.get().assets.count() == 3

    def test_find_all_pictures_of_a_series(self, cast):
        self.send(cast, cast.dan)
        upload = PictureUpload.objects.get()
        add_asset(
            practice=cast.practice, file=as_file(patterned(seed=9)), label="Alone", by=by(cast.dan), at=NOW
        )

        page = words(as_(cast.dan).get(at("planning:library"), {"of": upload.pk}))

        assert "2 pictures." in page
        assert "Of “Open house”" in page
        assert "Alone" not in page


class TestTheDatabase:
    def test_keeps_a_picture_taken_back(self, cast):
        upload = brought(cast, 1)
        undo(cast, upload)

        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE consent_asset SET taken_back_at = NULL")
