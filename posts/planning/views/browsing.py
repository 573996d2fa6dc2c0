"""The library of pictures, narrowed to what somebody looks for, and the panel of one picture."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consent.access.doors import MemberRequest, requires
from consent.access.searches import NUMBER, is_sent, kept_number, searched_for
from consent.media.models import Asset, PictureUpload
from consent.media.queries import pictures
from posts.channels.queries import open_accounts

from ..forms import number_from
from ..queries import cards, uses
from ..queries.library import counts_of, found_pictures, latest_upload, narrowed, stopped_copies
from ..rules import SHOWN, Narrowing

PICTURES_A_PAGE = 24


@requires("media.view")
@require_http_methods(["GET", "HEAD", "POST"])
def library(request: MemberRequest) -> HttpResponse:
    """Every picture with the worst standing of those in it; narrowed by its address, which can be kept."""
    to = Narrowing.asked(
        request.GET.getlist("show"),
        number_from(request.GET.get("on", "")),
        request.GET.get(NUMBER, ""),
        number_from(request.GET.get("of", "")),
    )
    if is_sent(request):
        found = replace(to, search=kept_number(request))
        return HttpResponseRedirect(f"{request.path}?{found.address}")
    text, at = searched_for(request), timezone.now()
    accounts = list(open_accounts(request.practice))
    account = next((one for one in accounts if one.pk == to.account), None)
    series = PictureUpload.objects.filter(practice=request.practice, pk=to.series).exclude(series="").first()
    called = found_pictures(request.practice, text)
    if series is not None:
        called = called.filter(upload__series=series.series)
    page = Paginator(narrowed(called, to, account, at), PICTURES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "cards": cards(list(page), at),
        "text": text,
        "to": to,
        "on": account,
        "series": series,
        "unseries": replace(to, series=0),
        "undoable": latest_upload(request.practice, request.user.pk, at),
        "kinds": _kinds(to, counts_of(called)),
        "channels": [(one, to.turned_to(one.pk)) for one in accounts],
        "everything": Narrowing(search=to.search),
        "keep": to.address,
        "number": page.paginator.count,
    }
    return render(request, "planning/library.html", context)


def _kinds(to: Narrowing, counts: dict[str, int]) -> list[dict[str, object]]:
    """Each kind with its words, how many there are where that is known, and the address that turns it on or off."""
    return [
        {"words": words, "count": counts.get(key), "is_on": key in to.kinds, "turned": to.turned(key)}
        for key, words in SHOWN.items()
    ]


@requires("media.view")
@require_safe
def picture_panel(request: MemberRequest, pk: int) -> HttpResponse:
    """For a picture's page: the badges of those in it, and the posts that use it."""
    asset = get_object_or_404(Asset, practice=request.practice, pk=pk)
    at = timezone.now()
    [card] = cards([pictures(request.practice).get(pk=asset.pk)], at)
    context = {"card": card, "posts": uses(asset)[:10], "stopped": stopped_copies(asset, at)}
    return render(request, "planning/picture_panel.html", context)
