"""The doors of community: stories, requests, the author's page."""

from django.urls import URLPattern

app_name = "community"
urlpatterns: list[URLPattern] = []
