"""Write a video's captions (R92)."""

from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..captions import CaptionsRefused, captions_of, captions_of_file
from ..models import Asset
from ..queries import rendition_of


def write_captions(
    *, asset: Asset, typed: str = "", file: bytes | None = None, by: Actor, at: datetime
) -> Asset:
    """Keep the captions of a video, from a WebVTT or SRT file or as typed; empty takes them away.

    Posts that are written from now on begin with them. Raises `CaptionsRefused` with a sentence.
    """
    seconds = rendition_of(asset).seconds
    if asset.kind != Asset.Kind.VIDEO:
        raise CaptionsRefused("Captions belong to videos. A picture has a description in each post.")
    captions = captions_of_file(file, seconds) if file else captions_of(typed, seconds)
    with recording(by=by, at=at):
        asset = Asset.objects.select_for_update(no_key=True).get(pk=asset.pk)
        if asset.captions != captions:
            asset.captions = captions
            asset.save(update_fields=["captions"])
            record("asset.captioned", asset)
    return asset
