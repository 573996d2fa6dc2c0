"""Pictures that come in together, and taking all of them back at once while nothing was done with any of them.

No row is deleted: what came in and that it was taken back stays in the ledger. The files go, original and copies.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Max

from consent.access.models import Practice
from consent.audit.ledger import record, recording
from consent.audit.models import LedgerEntry
from consent.audit.rules import Actor
from consent.files.store import delete

from ..models import Asset, PictureUpload, Rendition
from ..rules import MAX_LABEL, UNDO_WITHIN
from .adding import ORIGINALS, RENDITIONS

# What happens to a picture without anybody doing something with it.
BY_ITSELF = ("asset.added", "picture.looked_at", "picture.not_looked_at")
OWN_ROWS = ("rendition", "appearance", "picturescan")


class UploadStays(Exception):
    """The upload cannot be undone; the message says why, and what to do instead."""


def begin_upload(*, practice: Practice, series: str = "", by: Actor, at: datetime) -> PictureUpload:
    """Begin to add pictures together, of an event or series."""
    with recording(by=by, at=at):
        upload = PictureUpload.objects.create(
            practice=practice, series=series.strip()[:MAX_LABEL], begun_by_id=int(by.id), begun_at=at
        )
        record("picture.upload_begun", upload)
    return upload


def undo_upload(*, upload: PictureUpload, by: Actor, at: datetime) -> int:
    """Take back every picture of an upload, and delete their files; how many there were. Undone once, it stays so.

    Raises `UploadStays` after ten minutes, and if anything was said of a picture, made of it, or rests on it.
    """
    with recording(by=by, at=at):
        upload = PictureUpload.objects.select_for_update(no_key=True).get(pk=upload.pk)
        assets = list(Asset.objects.select_for_update(no_key=True).filter(upload=upload).order_by("pk"))
        if upload.undone_at is not None:
            return len(assets)
        _refuse_late(upload, at)
        _refuse_touched(assets)
        renditions = list(Rendition.objects.filter(asset__in=assets))
        Asset.objects.filter(upload=upload).update(taken_back_at=at)
        upload.undone_at = at
        upload.save(update_fields=["undone_at"])
        record("picture.upload_undone", upload, pictures=len(assets))
        transaction.on_commit(lambda: _delete_files(assets, renditions))
    return len(assets)


def _refuse_late(upload: PictureUpload, at: datetime) -> None:
    """Ten minutes from the last picture."""
    last = upload.assets.aggregate(last=Max("uploaded_at"))["last"] or upload.begun_at
    if at - last > UNDO_WITHIN:
        raise UploadStays(
            "This upload is older than ten minutes, so it stays. Pictures that nobody uses are published nowhere."
        )


def _refuse_touched(assets: list[Asset]) -> None:
    """Nobody said anything of a picture, changed it, opened its original, or uses it."""
    used = next((one for one in assets if _is_used(one)), None)
    if used is not None:
        raise UploadStays(f"“{used.label}” is used already, so this upload stays. Take it out there first.")
    subjects = {f"asset:{one.pk}": one for one in assets}
    touched = LedgerEntry.objects.filter(subject__in=subjects).exclude(event__in=BY_ITSELF).first()
    if touched is not None:
        raise UploadStays(
            f"Something was done with “{subjects[touched.subject].label}” since, so this upload stays as it is."
        )


def _is_used(asset: Asset) -> bool:
    """Whether a row of another room rests on the picture or on its one rendition, be it a post or a request."""
    rendition = Rendition.objects.filter(asset=asset).first()
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for row in (asset, rendition)
        if row is not None
        for relation in _relations_to(type(row))
        if relation.related_model._meta.model_name not in OWN_ROWS
    )


def _relations_to(model: type[models.Model]) -> Iterator[Any]:
    """Every foreign key of any room that points at the model, those without a way back too."""
    for field in model._meta.get_fields(include_hidden=True):
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one):
            yield field


def _delete_files(assets: Iterable[Asset], renditions: Iterable[Rendition]) -> None:
    """The files of what was taken back, but for those whose bytes another picture has too."""
    for asset in assets:
        if not Asset.objects.filter(storage_key=asset.storage_key, taken_back_at=None).exists():
            delete(ORIGINALS, asset.storage_key)
    for one in renditions:
        if not Rendition.objects.filter(storage_key=one.storage_key, asset__taken_back_at=None).exists():
            for key in filter(None, (one.storage_key, one.small_key, one.poster_key)):
                delete(RENDITIONS, key)
