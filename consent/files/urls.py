"""The one door of files: a short-lived signed address."""

from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("file/<str:token>", views.file, name="file"),
]
