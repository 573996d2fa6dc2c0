"""What ties somebody to the practice beyond care: record it, end it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consent.access.doors import MemberRequest, requires

from .. import actions
from ..forms import ConnectionForm, kept
from ..queries import connections_of, person_of
from .keeping import page, to_record


@requires("person.edit")
@require_http_methods(["GET", "POST"])
def record_connection(request: MemberRequest, pk: int) -> HttpResponse:
    """Record something given to the person, a job or a family tie: posts about them say so (R87, R88)."""
    person = person_of(request.practice, pk)
    form = ConnectionForm(request.POST or None)
    if form.is_valid():
        at = timezone.now()
        if kept(
            form,
            lambda: actions.record_connection(person=person, **form.cleaned_data, by=request.by, at=at),
        ):
            return to_record(request, person, "The tie is recorded. Posts about them have to say so.")
    return page(request, "people/record_connection.html", person, form)


@requires("person.edit")
@require_POST
def end_connection(request: MemberRequest, pk: int, connection: int) -> HttpResponse:
    """The tie no longer counts."""
    person = person_of(request.practice, pk)
    row = get_object_or_404(connections_of(person), pk=connection)
    actions.end_connection(connection=row, by=request.by, at=timezone.now())
    return to_record(request, person, "The tie has ended.")
