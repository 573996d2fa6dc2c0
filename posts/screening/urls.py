"""The doors of the word screen: the practice's own words."""

from django.urls import path

from . import views

app_name = "screening"
OWN = "p/<slug:practice>/practice/own-words"
urlpatterns = [
    path(f"{OWN}/", views.own, name="own"),
    path(f"{OWN}/<int:pk>/end/", views.end, name="end_own"),
]
