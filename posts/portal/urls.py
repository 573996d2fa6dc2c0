"""The doors of portal: a token once, then clean addresses only."""

from django.urls import path

from .views import pages

app_name = "portal"
urlpatterns = [
    path("my/", pages.page, name="page"),
    path("my/birth-date/", pages.confirm_birth_date, name="confirm_birth_date"),
    path("my/revoke/", pages.revoke, name="revoke"),
    path("my/revoke/<slug:kind>/<slug:key>/", pages.revoke, name="revoke_part"),
    path("my/revoked/", pages.revoked, name="revoked"),
    path("my/copy/<int:pk>/", pages.copy, name="copy"),
    path("my/leave/", pages.leave, name="leave"),
    path("my/<str:token>/", pages.enter, name="enter"),
]
