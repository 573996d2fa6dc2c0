"""The doors of wording."""

from django.urls import path

from . import views

app_name = "wording"
urlpatterns = [
    path("p/<slug:practice>/wordings/", views.wordings, name="list"),
    path("p/<slug:practice>/wordings/<int:pk>/", views.wording, name="wording"),
]
