"""What ends soon: posts that are allowed today and will not be, by the gate's own answer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consent.access.doors import MemberRequest, requires

from ..queries.forecast import HORIZONS, endings


@requires("post.view")
@require_safe
def ending(request: MemberRequest) -> HttpResponse:
    """What is out or scheduled and stops being allowed within 30, 60 and 90 days, the soonest first."""
    found = endings(request.practice, timezone.now())
    groups = [(days, [one for one in found if one.within == days]) for days in HORIZONS]
    return render(request, "reports/ending.html", {"groups": groups, "found": found, "most": max(HORIZONS)})
