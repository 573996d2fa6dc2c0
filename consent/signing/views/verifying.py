"""An address is verified while the person stands at the counter: a code sent there, their identity, a second member."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consent.access.doors import MemberRequest, requires
from consent.people.models import ContactPoint
from consent.people.queries import shown_name

from .. import actions
from ..forms import VerifyContactForm
from ..queries import witnesses
from ..rules.codes import CodeRefused


@requires("consent.prepare")
@require_http_methods(["GET", "POST"])
def verify_contact(request: MemberRequest, pk: int, contact: int) -> HttpResponse:
    """The code that reached the person, who they are, and a colleague's PIN."""
    point = _point(request, pk, contact)
    form = VerifyContactForm(
        request.POST or None, witnesses=witnesses(request.practice, request.user, point.person)
    )
    if form.is_valid():
        try:
            actions.verify_contact(point=point, by=request.by, at=timezone.now(), **form.told())
        except actions.HandOverRefused as error:
            form.add_error(None, str(error))
        except (actions.PinRefused, CodeRefused) as error:
            form.add_error("pin" if isinstance(error, actions.PinRefused) else "code", str(error))
        else:
            messages.success(request, "The address is verified. A link can be sent there.")
            return redirect("records:person", request.practice.slug, pk)
    page = {"point": point, "name": shown_name(point.person, identify=True), "form": form}
    return render(request, "signing/verify_contact.html", page, status=422 if form.errors else 200)


@requires("consent.prepare")
@require_POST
def send_contact_code(request: MemberRequest, pk: int, contact: int) -> HttpResponse:
    """Send the code to the address."""
    point = _point(request, pk, contact)
    try:
        actions.send_contact_code(point=point, by=request.by, at=timezone.now())
    except (CodeRefused, actions.NotConnected) as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, "The code is on its way. Ask the person to read it out, or to type it here."
        )
    return redirect("signing:verify_contact", request.practice.slug, pk, contact)


def _point(request: MemberRequest, person: int, contact: int) -> ContactPoint:
    points = ContactPoint.objects.select_related("person__practice", "practice", "verified_by")
    return get_object_or_404(points, practice=request.practice, person=person, pk=contact)
