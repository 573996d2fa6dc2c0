"""The doors of access."""

from django.urls import path

from . import views

app_name = "access"
urlpatterns = [
    path("", views.arrive, name="arrive"),
]
