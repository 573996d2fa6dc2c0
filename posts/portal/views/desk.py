"""At the front desk: who holds links to a person's own page, and a new one on paper or by mail."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.people.models import Person
from consent.people.queries import person_of
from consent.signing.paper import code_of
from consent.signing.queries import own_page_address

from .. import actions
from ..queries.holders import Holder, holders_of


@requires("consent.prepare")
@require_safe
def own_page(request: MemberRequest, pk: int) -> HttpResponse:
    """Everybody who may hold a link, their links, and the ways to give a new one."""
    person, at = person_of(request.practice, pk), timezone.now()
    return render(request, "portal/desk.html", {"person": person, "holders": holders_of(person, at)})


@requires("consent.prepare")
@require_POST
def print_link(request: MemberRequest, pk: int) -> HttpResponse:
    """A new link as a page to print, shown this once; the older ones of this holder end."""
    person, holder = _chosen(request, pk)
    _, token = actions.print_link(
        person=person, representation=holder.representation, by=request.by, at=timezone.now()
    )
    address = own_page_address(token)
    shown = {
        "person": person,
        "holder": holder,
        "address": address,
        "code": code_of(address),
        "lang": holder.language,
    }
    return render(request, "portal/new_link.html", shown)


@requires("consent.prepare")
@require_POST
def mail_link(request: MemberRequest, pk: int) -> HttpResponse:
    """A new link to an e-mail address on file; the older ones of this holder end."""
    person, holder = _chosen(request, pk)
    point = next((one for one in holder.emails if str(one.pk) == request.POST.get("point")), None)
    if point is None:
        messages.error(request, "Nothing was sent: that address is not on file any more.")
        return redirect("portal:desk", request.practice.slug, pk)
    actions.mail_link(
        person=person, representation=holder.representation, point=point, by=request.by, at=timezone.now()
    )
    messages.success(request, f"A new link is on its way to {point.value}. The older ones have ended.")
    return redirect("portal:desk", request.practice.slug, pk)


def _chosen(request: MemberRequest, pk: int) -> tuple[Person, Holder]:
    """The holder that the form names. Raises Http404 for anybody else."""
    person = person_of(request.practice, pk)
    wanted = request.POST.get("holder", "self")
    holder = next((one for one in holders_of(person, timezone.now()) if one.key == wanted), None)
    if holder is None:
        raise Http404("Nobody like that may hold a link.")
    return person, holder
