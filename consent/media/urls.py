"""The doors of media. The library itself is a door of planning, which knows standing and use."""

from django.urls import path

from . import views

app_name = "media"
PICTURES = "p/<slug:practice>/pictures"
urlpatterns = [
    path(f"{PICTURES}/add/", views.add, name="add"),
    path(f"{PICTURES}/find-person/", views.find, name="find"),
    path(f"{PICTURES}/<int:pk>/", views.asset, name="asset"),
    path(f"{PICTURES}/<int:pk>/name/", views.name, name="name"),
    path(f"{PICTURES}/<int:pk>/nobody/", views.nobody, name="nobody"),
    path(f"{PICTURES}/<int:pk>/original", views.original, name="original"),
    path(f"{PICTURES}/appearances/<int:pk>/remove/", views.remove, name="remove"),
    path(f"{PICTURES}/appearances/<int:pk>/confirm/", views.confirm, name="confirm"),
    path(f"{PICTURES}/renditions/<int:pk>", views.rendition, name="rendition"),
    path(f"{PICTURES}/renditions/<int:pk>/small", views.thumbnail, name="thumbnail"),
]
