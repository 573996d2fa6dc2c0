"""Table of contents: the doors of the consent app, by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("consent.files.urls")),
    path("", include("consent.access.urls")),
    path("", include("consent.people.urls")),
    path("", include("consent.workforce.urls")),
    path("", include("consent.wording.urls")),
    path("", include("consent.media.urls")),
    path("", include("consent.records.urls")),
    path(
        "", include("consent.cards.urls")
    ),  # before signing, which takes what else follows sign/ for a token
    path("", include("consent.signing.urls")),
    path("", include("consent.paper.urls")),
]
