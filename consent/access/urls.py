"""The doors of access."""

from django.urls import path

from . import views

app_name = "access"
urlpatterns = [
    path("", views.arrive, name="arrive"),
    path("here/", views.still_here, name="still_here"),
    path("me/", views.account, name="account"),
]
