"""Pictures and videos: free of hidden data, described, everyone in them known, taken by whoever might."""

from collections.abc import Iterator

from ..facts import AppearanceFacts, PictureFacts, PostFacts
from ..reasons import Reason
from .people import AUTHORIZATION

STILL = "image"


def pictures_are_ready(facts: PostFacts) -> Iterator[Reason]:
    """Is each picture ready to be shown at all? (R33, R37, R40, R92)"""
    for picture in facts.pictures:
        if not picture.metadata_stripped:
            yield Reason("METADATA_NOT_STRIPPED", asset=picture.asset)
        if not _lawfully_taken(picture, facts):
            yield Reason(
                "CAPTURE_BEFORE_AUTHORIZATION",
                asset=picture.asset,
            )
        if picture.unnamed is None or picture.unnamed > 0:
            yield Reason("FACE_UNLINKED", asset=picture.asset, keys=_number(picture.unnamed))
        if not picture.alt_text:
            yield Reason("A11Y_ALT_TEXT_MISSING", asset=picture.asset)
        if picture.kind != STILL and not picture.captions:
            yield Reason("A11Y_CAPTIONS_MISSING", asset=picture.asset)
    if not facts.channel.takes_video and any(picture.kind != STILL for picture in facts.pictures):
        yield Reason("CHANNEL_TAKES_NO_VIDEO")


def _number(unnamed: int | None) -> tuple[str, ...]:
    """How many, as the reason's key, if anybody counted."""
    return () if unnamed is None else (str(unnamed),)


def _lawfully_taken(picture: PictureFacts, facts: PostFacts) -> bool:
    """Our own people took it, or its author did, or whoever came with a camera was allowed in first (R40).

    Covering faces later does not cure it (R39).
    """
    if picture.taken_by in ("workforce", "author"):
        return True
    if picture.taken_by != "third_party":
        return False
    if picture.capture_cover == "agreement":
        return True
    return picture.capture_cover == "authorized" and all(
        _signed_before(picture, one) for one in facts.people if picture.asset in one.assets
    )


def _signed_before(picture: PictureFacts, appearance: AppearanceFacts) -> bool:
    """What is on file does not contradict that the person had signed before the camera came in."""
    signed = [terms.signed_at for terms in appearance.consents if terms.kind == AUTHORIZATION]
    return picture.captured_on is None or not signed or min(signed).date() <= picture.captured_on
