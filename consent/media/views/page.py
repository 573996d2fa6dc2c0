"""A picture's page: the picture with what was seen in it, who is in it, and the forms about it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from consent.access.doors import MemberRequest
from consent.access.models import Practice
from consent.access.rules import number_sent
from consent.access.searches import typed
from consent.people.queries import people_found, shown_name
from consent.wording.rules import ELEMENTS

from ..forms import CaptionsForm, CaptureForm, NameForm, UnnamedForm
from ..models import Appearance, Asset, CutAway, Rendition, Sighting
from ..queries import Seen, eyesight, lookalikes, looks_in, pictures, rendition_of, standing_cuts
from ..rules import carried_told, points_of

FOUND_AT_ONCE = 8


@dataclass(frozen=True)
class Place:
    """Something seen, with where and what it was unless that is dropped."""

    sighting: Sighting
    seen: Seen | None


@dataclass(frozen=True)
class InCopy:
    """Someone in the picture, and what the newest copy no longer shows of them."""

    look: Appearance
    cut: CutAway | None

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What the picture shows of them, each key with its words."""
        return [(key, ELEMENTS.get(key, key)) for key in self.look.elements]


def people_of_id(practice: Practice, text: str) -> dict[str, object] | None:
    """A person already chosen, for a form that is shown again."""
    person = practice.people.filter(pk=number_sent(text) or 0).first()
    return {"person": person, "name": person.alias} if person else None


def found_people(request: MemberRequest) -> list[dict[str, object]]:
    """People who match `q`, as the member may know them, with what tells twins apart (R54)."""
    text, identify = typed(request), request.can("person.identify")
    if not text:
        return []
    people = people_found(request.practice, text, FOUND_AT_ONCE, identify=identify)
    return [{"person": person, "name": shown_name(person, identify=identify)} for person in people]


def picture_of(request: MemberRequest, pk: int) -> Asset:
    """One picture of the practice with who is in it."""
    return get_object_or_404(pictures(request.practice), pk=pk)


def page(
    request: MemberRequest,
    picture: Asset,
    form: NameForm,
    *,
    capture: CaptureForm | None = None,
    unnamed: UnnamedForm | None = None,
) -> HttpResponse:
    """The picture's page; what was typed stays in a form that was refused."""
    chosen = people_of_id(request.practice, form.data.get("person", "")) if form.is_bound else None
    found = [chosen] if chosen else found_people(request)
    ticked = request.POST.getlist("elements") if form.is_bound else form["elements"].initial
    rendition = rendition_of(picture)
    context = {
        "asset": picture,
        "rendition": rendition,
        **what_was_seen(request, rendition),
        "captions": CaptionsForm(initial={"typed": picture.captions}),
        "who": looks_and_cuts(picture, rendition),
        "carried": carried_told(picture.carried, "The file"),
        "lookalikes": lookalikes(picture),
        "form": form,
        "found": found,
        "chosen": chosen,
        "ticked": ticked,
        "query": typed(request),
        "capture": capture or CaptureForm(asset=picture),
        "unnamed": unnamed or UnnamedForm(asset=picture),
    }
    refused = any(one is not None and one.errors for one in (form, capture, unnamed))
    return render(request, "media/asset.html", context, status=422 if refused else 200)


def looks_and_cuts(picture: Asset, rendition: Rendition) -> list[InCopy]:
    """Who is in the picture, each with what the newest copy no longer shows of them."""
    cuts = {one.appearance_id: one for one in standing_cuts([rendition])} if rendition.origin_id else {}
    return [InCopy(look, cuts.get(look.pk)) for look in looks_in(picture)]


def what_was_seen(request: MemberRequest, rendition: Rendition) -> dict[str, object]:
    """What the detectors saw, for the page: places with their boxes, and the one that is being named."""
    eyes = eyesight(rendition)
    places = [Place(one, Seen.of(one) if one.seen else None) for one in eyes.sightings]
    chosen = number_sent(request.POST.get("sighting") or request.GET.get("place") or "")
    naming = next((one for one in places if one.sighting.pk == chosen and one.seen), None)
    refused = rendition.asset.renditions.filter(refused_at__isnull=False, origin=rendition).exists()
    return {
        "eyes": eyes,
        "places": places,
        "naming": naming,
        "points": points_of(rendition.seconds),
        "refused": refused,
    }
