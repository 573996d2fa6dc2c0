"""The doors of records."""

from django.urls import path

from .views import ending, showing

app_name = "records"
PERSON = "p/<slug:practice>/people/<int:pk>"
urlpatterns = [
    path("p/<slug:practice>/people/", showing.people, name="people"),
    path(f"{PERSON}/", showing.person, name="person"),
    path(f"{PERSON}/revoke/", ending.revoke, name="revoke"),
    path(f"{PERSON}/hold/", ending.hold, name="hold"),
    path(f"{PERSON}/lift-hold/", ending.lift_hold, name="lift_hold"),
    path(f"{PERSON}/ending-event/", ending.ending_event, name="ending_event"),
    path(f"{PERSON}/consents/<int:consent>/invalidate/", ending.invalidate, name="invalidate"),
]
