"""Staff answer what people asked on their own pages."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consent.access.doors import MemberRequest, requires
from consent.people.forms import LANGUAGES
from consent.people.queries import shown_name

from .. import actions, queries
from ..forms import AnswerForm

TOLD = "Answered. It stands on their page, and a message tells them that it is there."
UNTOLD = "Answered. It stands on their page. We have no checked e-mail address: call them, so that they know."


@requires("question.answer")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """One question and its answer; written once, and then it stands."""
    question = queries.question_of(request.practice, pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        words = form.cleaned_data["answer"]
        try:
            told = actions.answer_question(question=question, answer=words, by=request.by, at=timezone.now())
        except actions.AlreadyAnswered as error:
            messages.error(request, str(error))
            return redirect("portal:answer", request.practice.slug, pk)
        messages.success(request, TOLD if told else UNTOLD)
        return redirect("portal:answer", request.practice.slug, pk)
    identify = request.can("person.identify")
    authority = question.link.representation
    asker = authority.representative if authority else question.person
    context = {
        "question": question,
        "name": shown_name(question.person, identify=identify),
        "asker": shown_name(asker, identify=identify),
        "language": dict(LANGUAGES).get(question.language, question.language),
        "can_mail": queries.mail_of(question.link) is not None,
        "form": form,
    }
    return render(request, "portal/answer.html", context, status=422 if form.errors else 200)
