"""Every door of the house; each room keeps its own list."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("consent.access.account_urls")),
    path("", include("consent.urls")),
    path("", include("posts.urls")),
]

# What is shown when something breaks: the database away, the keys gone, or a mistake of ours.
handler400 = "consent.access.views.breaking.not_understood"
handler500 = "consent.access.views.breaking.broken"
