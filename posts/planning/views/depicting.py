"""For what is open of a picture: who it is, cover it, or say that it was looked over; each in one tap."""

from consent.access.doors import MemberRequest
from consent.media.rules import BACKGROUND
from posts.clearance.rules import Spoken

from ..queries import PictureOnDesk, VersionOnDesk
from .accounting import Button

LOOK_AT = "Look at: " + "; ".join(words[:1].lower() + words[1:] for words in BACKGROUND.values()) + "."
SHOWN_AT_MOST = 3
NOT_LOOKED_OVER = "PICTURE_NOT_LOOKED_OVER"


def picture_of_reason(said: Spoken, version: VersionOnDesk) -> PictureOnDesk | None:
    """The picture that a reason is about, as this version holds it."""
    return next((one for one in version.pictures if one.rendition.asset_id == said.asset_id), None)


def depicting(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """What settles a reason about a picture where it stands; nothing for other reasons."""
    picture = picture_of_reason(said, version)
    if picture is None:
        return []
    if said.code == "FACE_UNLINKED" and request.can("appearance.name"):
        return _whoever_is_in_the_words(version, picture)
    place = f"{version.account.pk}:{picture.rendition.pk}"
    if said.keys == ("WRITING",) and request.can("media.upload"):
        return [Button("Cover it", mend=f"cover:{place}")]
    if said.code == NOT_LOOKED_OVER and _only_looking_is_left(picture) and request.can("appearance.name"):
        return [Button("I have looked over all of it", mend=f"looked:{place}")]
    return []


def hint(said: Spoken) -> str:
    """What to look at before one says so."""
    return LOOK_AT if said.code == NOT_LOOKED_OVER else ""


def _only_looking_is_left(picture: PictureOnDesk) -> bool:
    """Whether one may say so here: nothing seen in it is open, and a video is watched on its own page."""
    sights = picture.sights
    return not (picture.is_video or sights.asked or sights.faces or sights.writing)


def _whoever_is_in_the_words(version: VersionOnDesk, picture: PictureOnDesk) -> list[Button]:
    """One tap for each person of the words who is not said to be in it; where several are open, the page asks."""
    if picture.unnamed not in (None, 1) or picture.sights.asked or picture.rendition.origin_id:
        return []
    there = {look.person_id for look in picture.looks}
    place = f"{version.account.pk}:{picture.rendition.pk}"
    return [
        Button(f"It is {mention.person.alias}", mend=f"shows:{place}:{mention.person.pk}")
        for mention in version.mentions
        if mention.person.pk not in there
    ][:SHOWN_AT_MOST]
