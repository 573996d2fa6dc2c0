"""Settle what is open of a picture without leaving the composer: what was typed stays on the page, not yet saved."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from consent.access.doors import MemberRequest, requires
from consent.media import actions
from consent.media.queries import eyesight
from consent.media.rules import BACKGROUND, PictureRefused

from ..forms import draft_from, step_from
from ..queries import PictureOnDesk, VersionOnDesk
from ..rules import Draft, picture_exchanged
from .composing import arranged, desk_of, writable_post

NOT_YOURS = "Somebody else here settles that: you may not change what is said of pictures."
GONE = "This picture is no longer in the post."
REFUSED = (
    actions.AlreadyDropped,
    actions.CoverDoesNotCure,
    actions.NothingShown,
    actions.NothingToDo,
    actions.StillOpen,
    PictureRefused,
)


@requires("post.write")
@require_POST
def settle_picture(request: MemberRequest, pk: int) -> HttpResponse:
    """Cover what can be read in it, say that it was looked over, or who is in it; then the desk as it is now."""
    post, draft = writable_post(request, pk), draft_from(request.POST)
    name, numbers = step_from(request.POST.get("mend", ""))
    account, rendition, *rest = (*numbers, 0, 0)
    version = desk_of(request, post, draft).version(account)
    pictures = version.pictures if version else []
    picture = next((one for one in pictures if one.rendition.pk == rendition), None)
    ability, settle = SETTLES.get(name, ("post.write", None))
    if not request.can(ability):
        return arranged(request, post, draft, told=NOT_YOURS)
    if version is None or picture is None or settle is None:
        return arranged(request, post, draft, told=GONE)
    try:
        draft = settle(request, draft, version, picture, rest[0])
    except REFUSED as error:
        return arranged(request, post, draft, told=str(error))
    return arranged(request, post, draft)


def _cover(
    request: MemberRequest, draft: Draft, version: VersionOnDesk, picture: PictureOnDesk, _: int
) -> Draft:
    """A copy with everything readable filled takes the picture's place; it is looked at again before it goes out."""
    made = actions.cover_writing(rendition=picture.rendition, by=request.by, at=timezone.now())
    return picture_exchanged(draft, picture.rendition.pk, made.pk)


def _looked(
    request: MemberRequest, draft: Draft, version: VersionOnDesk, picture: PictureOnDesk, _: int
) -> Draft:
    """The whole background was looked at: the reason named every point."""
    actions.review_background(
        rendition=picture.rendition, points=list(BACKGROUND), by=request.by, at=timezone.now()
    )
    return draft


def _shows(
    request: MemberRequest, draft: Draft, version: VersionOnDesk, picture: PictureOnDesk, person: int
) -> Draft:
    """Somebody of the words is in the picture, by the face; the one face that is open is theirs."""
    named = next((one for one in version.mentions if one.person.pk == person), None)
    if named is None:
        return draft
    faces = [one for one in eyesight(picture.rendition).open if one.kind == "face" and one.seen]
    if len(faces) == 1:
        actions.name_sighting(
            sighting=faces[0],
            person=named.person,
            elements=["face"],
            capacity=named.capacity,
            by=request.by,
            at=timezone.now(),
        )
    else:
        actions.name_appearance(
            asset=picture.rendition.asset,
            person=named.person,
            elements=["face"],
            capacity=named.capacity,
            by=request.by,
            at=timezone.now(),
        )
    return draft


Settle = Callable[[MemberRequest, Draft, VersionOnDesk, PictureOnDesk, int], Draft]
SETTLES: dict[str, tuple[str, Settle]] = {
    "cover": ("media.upload", _cover),
    "looked": ("appearance.name", _looked),
    "shows": ("appearance.name", _shows),
}
