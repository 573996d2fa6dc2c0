"""Every door of the house; each room keeps its own list."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("consent.access.account_urls")),
    path("", include("consent.urls")),
    path("", include("posts.urls")),
]
