"""Ask a question on the own page. It works from the link alone; the answer shows after the birth date."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from .. import actions
from ..forms import QuestionForm
from ..texts import text
from .pages import shown
from .visits import Visit, for_visitors


@for_visitors
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Write a question; what was typed stays in the form until it is with the front desk."""
    form = QuestionForm(request.POST or None, language=visit.language)
    if form.is_valid():
        try:
            actions.ask_question(
                link=visit.link,
                words=form.cleaned_data["words"],
                language=visit.language,
                known=visit.known,
                by=visit.by,
                at=timezone.now(),
            )
        except actions.TooManyOpen:
            form.add_error(None, text(visit.language, "ask.too_many"))
        else:
            messages.success(request, text(visit.language, "ask.sent"))
            return redirect("portal:page")
    status = 422 if form.errors else 200
    return render(request, "portal/ask.html", shown(request, visit) | {"form": form}, status=status)
