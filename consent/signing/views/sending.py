"""At the desk: send the form by link, show the code for the signer's own phone, see how far they are, what is out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.media.queries import pictures
from consent.people.models import ContactPoint
from consent.people.queries import person_of

from .. import actions
from ..paper import code_of
from ..printing import why_unmade
from ..queries import (
    UNANSWERED,
    called,
    ceremony_of,
    documents_unmade,
    exhibits_to_prepare,
    signer_address,
)
from ..requests_out import STATES, progress_words, requests_out
from ..rules import NotNow


@requires("consent.prepare")
@require_POST
def send(request: MemberRequest, pk: int) -> HttpResponse:
    """Send the signer a link, for the first time or anew; an older one opens nothing from then on."""
    found = ceremony_of(request.practice, pk)
    number = request.POST.get("contact", "")
    points = ContactPoint.objects.filter(practice=request.practice, person=found.signer_id)
    point = points.filter(pk=int(number) if number.isdecimal() and len(number) < 19 else 0).first()
    try:
        if point is None:
            raise actions.SendRefused("Choose an address of the person who signs.")
        actions.send_link(ceremony=found, point=point, by=request.by, at=timezone.now())
    except (actions.SendRefused, actions.NotConnected, NotNow) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The link is on its way. We remind them after two and five days.")
    return redirect("signing:ceremony", practice=request.practice.slug, pk=pk)


@requires("appearance.name")
@require_POST
def ask_author(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask whoever made a picture for a licence: on to the form, or for those who prepare none, left to the desk."""
    made = get_object_or_404(pictures(request.practice), pk=pk)
    try:
        exhibit = actions.show_work(asset=made, by=request.by, at=timezone.now())
    except actions.ExhibitRefused as error:
        messages.error(request, str(error))
        return redirect("media:asset", request.practice.slug, pk)
    if request.can("consent.prepare"):
        form = reverse("signing:prepare", args=[request.practice.slug, exhibit.person_id])
        return redirect(f"{form}?exhibit={exhibit.pk}")
    messages.success(request, f"The front desk will ask {exhibit.person.alias} for a licence.")
    return redirect("media:asset", request.practice.slug, pk)


@requires("consent.prepare")
@require_POST
def show_code(request: MemberRequest, pk: int) -> HttpResponse:
    """The code for the signer's own phone, on this screen. Its token is kept nowhere, so a reload makes a new one."""
    found, at = ceremony_of(request.practice, pk), timezone.now()
    try:
        token = actions.show_code(ceremony=found, by=request.by, at=at)
    except (actions.HandOverRefused, NotNow) as error:
        messages.error(request, str(error))
        return redirect("signing:ceremony", practice=request.practice.slug, pk=pk)
    found = ceremony_of(request.practice, pk)
    page = {
        "ceremony": found,
        "signer": called(found.signer),
        "code": code_of(signer_address(token)),
        "progress": progress_words(found, at),
        "waiting": True,
    }
    return render(request, "signing/show_code.html", page)


@requires("consent.prepare")
@require_safe
def progress(request: MemberRequest, pk: int) -> HttpResponse:
    """How far the signer is: asked for every few seconds, and nothing of what they mark."""
    found = ceremony_of(request.practice, pk)
    words = progress_words(found, timezone.now())
    if request.GET.get("seen") == words:
        return HttpResponse(status=204)  # nothing new: the page stays as it is, and is not read aloud again
    page = {
        "ceremony": found,
        "progress": words,
        "waiting": found.state in UNANSWERED,
        "used": found.state != found.State.PREPARED,
    }
    return render(request, "signing/progress.html", page)


@requires("consent.prepare")
@require_safe
def requests(request: MemberRequest) -> HttpResponse:
    """What was sent and waits for an answer, by state."""
    found = requests_out(request.practice, timezone.now())
    chosen = request.GET.get("state", "")
    counts = [(key, word, sum(one.state == key for one in found)) for key, word in STATES.items()]
    page = {
        "requests": [one for one in found if chosen not in STATES or one.state == chosen],
        "chosen": chosen if chosen in STATES else "",
        "counts": [one for one in counts if one[2]],
        "total": len(found),
    }
    return render(request, "signing/requests.html", page)


@requires("consent.prepare")
@require_safe
def person_requests(request: MemberRequest, pk: int) -> HttpResponse:
    """What is out for one person: a part of their record."""
    person = person_of(request.practice, pk)
    page = {
        "requests": requests_out(request.practice, timezone.now(), person),
        "exhibits": exhibits_to_prepare(request.practice, person),
        "unmade": [(one, why_unmade(one)) for one in documents_unmade(request.practice, person)],
    }
    return render(request, "signing/person_requests.html", page)
