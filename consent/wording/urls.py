"""The doors of wording."""

from django.urls import URLPattern

app_name = "wording"
urlpatterns: list[URLPattern] = []
