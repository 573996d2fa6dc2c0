"""The doors of events: for staff under the practice, for guests with a poster's code."""

from django.urls import path

from .views import attending, gatherings, guests

app_name = "cards"
EVENTS = "p/<slug:practice>/events/"
EVENT = EVENTS + "<int:pk>/"
urlpatterns = [
    path(EVENTS, gatherings.gatherings, name="gatherings"),
    path(EVENTS + "open/", gatherings.open_gathering, name="open_gathering"),
    path(EVENT, attending.gathering, name="gathering"),
    path(EVENT + "progress/", attending.progress, name="progress"),
    path(EVENT + "list/", attending.print_list, name="print_list"),
    path(EVENT + "poster/", gatherings.make_poster, name="make_poster"),
    path(EVENT + "posters/<int:poster>/end/", gatherings.end_poster, name="end_poster"),
    path(EVENT + "close/", gatherings.close_gathering, name="close_gathering"),
    path(EVENT + "cards/<int:card>/seen/", attending.see, name="see"),
    path(EVENT + "no-photo/", attending.note_no_photo, name="note_no_photo"),
    path(EVENT + "no-photo/<int:wish>/remove/", attending.remove_no_photo, name="remove_no_photo"),
    path("sign/card/", guests.waiting, name="waiting"),
    path("card/", guests.start, name="start"),
    path("card/begin/", guests.begin, name="begin"),
    path("card/<str:token>/", guests.enter, name="enter"),
]
