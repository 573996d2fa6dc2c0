"""The doors of channels: the owner's pages and the public wall."""

from django.urls import path

from .views import accounts, wall

app_name = "channels"
urlpatterns = [
    path("p/<slug:practice>/channels/", accounts.list_channels, name="list"),
    path("p/<slug:practice>/channels/open/", accounts.open_channel, name="open"),
    path("p/<slug:practice>/channels/<int:pk>/close/", accounts.close_channel, name="close"),
    path("wall/<slug:practice>/", wall.wall, name="wall"),
    path("wall/<slug:practice>/feed.atom", wall.feed, name="feed"),
    path("wall/<slug:practice>/pictures/<str:sha256>", wall.picture, name="picture"),
]
