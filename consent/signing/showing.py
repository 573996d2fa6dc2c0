"""What a signer is shown of the post that the form is for: at the tablet by address, in the document itself."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from consent.files.store import FileAltered, FileMissing, read

from .models import Ceremony
from .rules.spelling import spelled_out

RENDITIONS = "renditions"
# A page for the PDF holds two megabytes; pictures beyond this much of it are named by their digest.
MOST_IN_DOCUMENT = 1024 * 1024


@dataclass(frozen=True)
class ShownPicture:
    """One picture: where it is loaded from ("" if it is not shown itself), its digest, and its words."""

    address: str
    is_video: bool
    sha256: str
    alt: str
    captions: str


@dataclass(frozen=True)
class ShownPage:
    """The post on one channel; `format` in the words of the form."""

    channel: str
    caption: str
    disclosure: str
    format: str
    digest: str
    pictures: tuple[ShownPicture, ...]


def shown_pages(ceremony: Ceremony, address_of: Callable[[dict[str, Any]], str]) -> list[ShownPage]:
    """What the ceremony's signer is shown, channel by channel; nothing where the form is for more than one post."""
    if ceremony.exhibit is None:
        return []
    formats = {option.key: option.label for option in ceremony.wording.form().offers.get("formats", ())}
    return [
        ShownPage(
            page["channel"],
            page["caption"],
            page["disclosure"],
            formats.get(page["format"], page["format"]),
            page["digest"],
            tuple(_picture(one, address_of) for one in page["pictures"]),
        )
        for page in ceremony.exhibit.pages
    ]


def pages_in_document(ceremony: Ceremony) -> list[ShownPage]:
    """The same for the document, with the pictures inside it as far as they fit."""
    left, inside = MOST_IN_DOCUMENT, dict[str, str]()

    def address_of(picture: dict[str, Any]) -> str:
        nonlocal left
        key = picture["key"]
        if key not in inside:
            inside[key] = _data_uri(picture, left)
            left -= len(inside[key])
        return inside[key]

    return [_drawable(page) for page in shown_pages(ceremony, address_of)]


def picture_shown(ceremony: Ceremony, sha256: str) -> dict[str, Any] | None:
    """The picture of this digest, if the ceremony's signer is shown it."""
    pictures = ceremony.exhibit.pictures if ceremony.exhibit else []
    return next((one for one in pictures if one["sha256"] == sha256), None)


def _drawable(page: ShownPage) -> ShownPage:
    """The page with words that the document's fonts can draw; the digest is of the words as they were."""
    return replace(
        page,
        channel=spelled_out(page.channel),
        caption=spelled_out(page.caption),
        disclosure=spelled_out(page.disclosure),
        pictures=tuple(
            replace(one, alt=spelled_out(one.alt), captions=spelled_out(one.captions))
            for one in page.pictures
        ),
    )


def _picture(one: dict[str, Any], address_of: Callable[[dict[str, Any]], str]) -> ShownPicture:
    is_video = one["media_type"].startswith("video/")
    return ShownPicture(address_of(one), is_video, one["sha256"], one["alt"], one["captions"])


def _data_uri(picture: dict[str, Any], most: int) -> str:
    """The picture's bytes as an address; "" for a video, a file that is gone, or one that is too large."""
    if not picture["media_type"].startswith("image/"):
        return ""
    try:
        content = base64.b64encode(read(RENDITIONS, picture["key"])).decode()
    except (FileMissing, FileAltered):
        return ""
    return f"data:{picture['media_type']};base64,{content}" if len(content) < most else ""
