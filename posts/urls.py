"""Table of contents: the doors of the posts app, by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("posts.channels.urls")),
    path("", include("posts.screening.urls")),
    path("", include("posts.library.urls")),
    path("", include("posts.clearance.urls")),
    path("", include("posts.publishing.urls")),
    path("", include("posts.planning.urls")),
    path("", include("posts.community.urls")),
    path("", include("posts.portal.urls")),
    path("", include("posts.reports.urls")),
]
