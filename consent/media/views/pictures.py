"""Add pictures, say who is in them, look at them. Originals only to those who prove the record."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.files.rules import MEDIA_TYPES, disposition, suffix_in
from consent.files.store import read

from .. import actions
from ..actions.adding import ORIGINALS, RENDITIONS
from ..forms import AddPicturesForm, NameForm
from ..models import Appearance, Asset, Rendition
from ..queries import eyesight, lookalikes, rendition_of
from ..rules import PictureRefused, carried_told
from .page import found_people, page, people_of_id, picture_of
from .together import upload_of

# What the form says of all its pictures, not of each.
NOT_OF_ONE = ("pictures", "label", "series", "upload")

# What a link to the page may fill in: who made it, and where it was found.
PREFILLED = ("source", "source_url", "author")


@requires("media.upload")
@require_http_methods(["GET", "POST"])
def add(request: MemberRequest) -> HttpResponse:
    """Add pictures. Those that can be used are kept even if others are refused."""
    begun = {name: request.GET[name] for name in PREFILLED if name in request.GET}
    form = AddPicturesForm(
        request.POST or None, request.FILES or None, practice=request.practice, initial=begun
    )
    if form.is_valid():
        new, known = _added(request, form)
        if not form.errors:
            return _after_adding(request, new, known)
        _say_added(request, new, known)
    author = form.data.get("author", "") if form.is_bound else begun.get("author", "")
    chosen = people_of_id(request.practice, author)
    return render(
        request, "media/add.html", {"form": form, "author": chosen}, status=422 if form.errors else 200
    )


@requires("media.upload")
@require_POST
def add_one(request: MemberRequest) -> JsonResponse:
    """One of many pictures, for a page that sends them one after the other and shows how far it is.

    Answers what came of it; 422 with sentences if the form itself is not complete, so that no picture is tried.
    """
    form = AddPicturesForm(request.POST, request.FILES, practice=request.practice)
    if not form.is_valid() and set(form.errors) != {"pictures"}:
        told = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"errors": told}, status=422)
    new, known = _added(request, form) if not form.errors else ([], [])
    if form.errors:
        return JsonResponse({"state": "refused", "told": " ".join(map(str, form.errors["pictures"]))})
    [one] = new or known
    said = carried_told(one.carried) if new else f"You had this picture already: it is “{one.label}”."
    copies = [f"It looks like a copy of “{other.label}”." for other in lookalikes(one)[:1]] if new else []
    address = reverse("media:asset", args=[request.practice.slug, one.pk])
    answer = {
        "state": "added" if new else "known",
        "told": " ".join([said, *copies]).strip(),
        "address": address,
    }
    if new and one.upload_id:
        undo = reverse("media:undo_upload", args=[request.practice.slug, one.upload_id])
        answer |= {"upload": str(one.upload_id), "undo": undo}
    return JsonResponse(answer)


@requires("media.view")
@require_safe
def asset(request: MemberRequest, pk: int) -> HttpResponse:
    """A picture and who is in it."""
    return page(request, picture_of(request, pk), NameForm(practice=request.practice))


@requires("appearance.name")
@require_POST
def name(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that a person is in the picture; or find them first, where the page has no script."""
    picture = picture_of(request, pk)
    if "find" in request.POST:
        so_far = {"elements": request.POST.getlist("elements"), "capacity": request.POST.get("capacity")}
        return page(request, picture, NameForm(practice=request.practice, initial=so_far))
    places = eyesight(rendition_of(picture)).sightings
    form = NameForm(request.POST, practice=request.practice, places=places)
    if not form.is_valid():
        return page(request, picture, form)
    said = {key: value for key, value in form.cleaned_data.items() if key != "sighting"}
    place = form.cleaned_data["sighting"]
    try:
        if place is None:
            look = actions.name_appearance(asset=picture, **said, by=request.by, at=timezone.now())
        else:
            look = actions.name_sighting(sighting=place, **said, by=request.by, at=timezone.now())
    except (actions.NothingShown, actions.NotOfThisPractice, actions.AlreadyDropped) as error:
        form.add_error(None, str(error))
        return page(request, picture, form)
    messages.success(request, f"{look.person} is in this picture.")
    return redirect("media:asset", request.practice.slug, pk)


@requires("appearance.name")
@require_POST
def nobody(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that nobody recognisable is in the picture."""
    picture = picture_of(request, pk)
    try:
        actions.say_nobody_appears(asset=picture, by=request.by, at=timezone.now())
    except actions.SomeoneAppears as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Noted: nobody can be recognised in this picture.")
    return redirect("media:asset", request.practice.slug, pk)


@requires("appearance.name")
@require_POST
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a person out of a picture's list."""
    look = get_object_or_404(Appearance.objects.select_related("person"), practice=request.practice, pk=pk)
    try:
        actions.remove_appearance(appearance=look, by=request.by, at=timezone.now())
    except actions.AlreadyTakenOut as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, f"{look.person or 'The covered person'} is no longer listed in this picture."
        )
    return redirect("media:asset", request.practice.slug, look.asset_id)


@requires("appearance.confirm")
@require_POST
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """Confirm who is in a picture."""
    look = get_object_or_404(Appearance.objects.select_related("person"), practice=request.practice, pk=pk)
    try:
        actions.confirm_appearance(appearance=look, by=request.by, at=timezone.now())
    except (actions.OwnNaming, actions.AlreadyTakenOut) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Confirmed: this is {look.person}.")
    return redirect("media:asset", request.practice.slug, look.asset_id)


@requires("media.upload")
@require_POST
def find(request: MemberRequest) -> HttpResponse:
    """Those whom the typed text may mean, to choose one; who is chosen already stays, however late this answer is."""
    field = "author" if request.GET.get("field") == "author" else "person"
    chosen = people_of_id(request.practice, request.POST.get(field, ""))
    others = [one for one in found_people(request) if not chosen or one["person"] != chosen["person"]]
    return render(request, "media/find.html", {"chosen": chosen, "found": others, "field": field})


@requires("media.view")
@require_safe
def rendition(request: MemberRequest, pk: int) -> HttpResponse:
    """The picture as it would be published."""
    made = get_object_or_404(Rendition, practice=request.practice, pk=pk, asset__taken_back_at=None)
    return _file(RENDITIONS, made.storage_key)


@requires("media.view")
@require_safe
def thumbnail(request: MemberRequest, pk: int) -> HttpResponse:
    """The picture small, made in the same way."""
    made = get_object_or_404(Rendition, practice=request.practice, pk=pk, asset__taken_back_at=None)
    return _file(RENDITIONS, made.small_key or made.storage_key)


@requires("media.original")
@require_safe
def original(request: MemberRequest, pk: int) -> HttpResponse:
    """The file as it came in, which may tell place and time. The ledger says who looked."""
    picture = get_object_or_404(Asset, practice=request.practice, pk=pk, taken_back_at=None)
    actions.note_original_viewed(asset=picture, by=request.by, at=timezone.now())
    response = _file(ORIGINALS, picture.storage_key)
    response["Content-Disposition"] = disposition(picture.storage_key).replace("inline", "attachment", 1)
    return response


def _file(room: str, key: str) -> HttpResponse:
    """The stored bytes, as what they are."""
    headers = {"Content-Disposition": disposition(key), "X-Content-Type-Options": "nosniff"}
    return HttpResponse(read(room, key), content_type=MEDIA_TYPES[suffix_in(key)], headers=headers)


def _added(request: MemberRequest, form: AddPicturesForm) -> tuple[list[Asset], list[Asset]]:
    """The new pictures and those that were there; refused files stand in the form's errors, each by its name."""
    told = {name: value for name, value in form.cleaned_data.items() if name not in NOT_OF_ONE}
    files: list[UploadedFile[Any]] = form.cleaned_data["pictures"]
    new: list[Asset] = []
    known: list[Asset] = []
    at = timezone.now()
    told["upload"] = upload_of(request, form, at)
    for label, file in zip(_labels(form.cleaned_data["label"], len(files)), files, strict=True):
        try:
            kept = actions.add_asset(
                practice=request.practice, file=file.read(), label=label, **told, by=request.by, at=at
            )
        except PictureRefused as error:
            form.add_error("pictures", f"{file.name}: {error}")
        else:
            (new if kept.uploaded_at == at else known).append(kept)
    return new, known


def _labels(label: str, number: int) -> Iterable[str]:
    """The label, numbered if there are several pictures."""
    return [label] if number == 1 else [f"{label} {n}" for n in range(1, number + 1)]


def _say_added(request: MemberRequest, new: list[Asset], known: list[Asset]) -> None:
    """What came of it, in words."""
    if new:
        messages.success(
            request, "The picture is added." if len(new) == 1 else f"{len(new)} pictures are added."
        )
    for asset in known:
        messages.info(request, f"You had this picture already: it is “{asset.label}”.")
    several = "Some of these pictures" if len(new) > 1 else "This picture"
    if told := carried_told({key for asset in new for key in asset.carried}, several):
        messages.info(request, told)
    for asset in new:
        _say_alike(request, asset)


def _say_alike(request: MemberRequest, asset: Asset) -> None:
    """A copy of an earlier picture leads to that one: whoever withdrew it withdrew the copy too."""
    for other in lookalikes(asset)[:1]:
        address = reverse("media:asset", args=[request.practice.slug, other.pk])
        messages.warning(
            request,
            format_html(
                '“{}” looks like a copy of <a href="{}">“{}”</a>. Look there first: what was withdrawn or taken out'
                " of use there is so for the copy too.",
                asset.label,
                address,
                other.label,
            ),
        )


def _after_adding(request: MemberRequest, new: list[Asset], known: list[Asset]) -> HttpResponse:
    """One picture leads to the question who is in it; several to the library."""
    _say_added(request, new, known)
    if len(new + known) == 1:
        return redirect("media:asset", request.practice.slug, (new + known)[0].pk)
    return redirect("planning:library", request.practice.slug)
