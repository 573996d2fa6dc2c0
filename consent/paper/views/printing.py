"""Print a prepared form, with its number and code on every page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from consent.evidence.render import RenderFailed, render_pdf
from consent.evidence.views import pdf_response
from consent.signing.queries import RELATED, ceremony_of
from consent.signing.rules import NotNow

from .. import actions
from ..models import Printing
from ..queries import printed_again


@requires("consent.prepare")
@require_POST
def print_form(request: MemberRequest, pk: int) -> HttpResponse:
    """Put the request on paper; it stays open until the form comes back (R70)."""
    found = ceremony_of(request.practice, pk)
    try:
        printing = actions.print_form(ceremony=found, by=request.by, at=timezone.now())
    except NotNow as error:
        messages.error(request, str(error))
        return redirect("signing:ceremony", request.practice.slug, pk)
    except RenderFailed as error:
        return render(request, "signing/no_document.html", {"sentence": str(error)}, status=503)
    return redirect("paper:printed", request.practice.slug, printing.pk)


@requires("consent.prepare")
@require_safe
def printed(request: MemberRequest, pk: int) -> HttpResponse:
    """The form as it was printed, the same page every time."""
    related = [f"ceremony__{name}" for name in RELATED]
    printing = get_object_or_404(Printing.objects.select_related(*related), practice=request.practice, pk=pk)
    if not printing.filled:
        gone = {"sentence": "What stood in this form was erased. Its number and its SHA-256 are kept."}
        return render(request, "signing/no_document.html", gone, status=410)
    try:
        data = render_pdf(printed_again(printing))
    except RenderFailed as error:
        return render(request, "signing/no_document.html", {"sentence": str(error)}, status=503)
    return pdf_response(data, f"form-{printing.number}.pdf")
