"""The doors of the library: approved replies."""

from django.urls import path

from . import views

app_name = "library"
REPLIES = "p/<slug:practice>/practice/replies"
urlpatterns = [
    path(f"{REPLIES}/", views.replies, name="replies"),
    path(f"{REPLIES}/new/", views.propose, name="propose"),
    path(f"{REPLIES}/<int:pk>/confirm/", views.confirm, name="confirm"),
    path(f"{REPLIES}/<int:pk>/retire/", views.retire, name="retire"),
]
