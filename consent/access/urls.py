"""The doors of access."""

from django.urls import path

from .views import account, arriving, mail, practice, recipients, team

app_name = "access"
PRACTICE, TEAM, MAIL = (f"p/<slug:practice>/{room}/" for room in ("practice", "team", "mail"))
urlpatterns = [
    path("", arriving.arrive, name="arrive"),
    path("here/", arriving.still_here, name="still_here"),
    path("me/", account.account, name="account"),
    path("me/pin/", account.pin, name="change_pin"),
    path("welcome/<str:uidb64>/<str:token>/", account.set_password, name="set_password"),
    path(PRACTICE, practice.practice, name="practice"),
    path(PRACTICE + "change/", practice.change, name="change_practice"),
    path(PRACTICE + "locations/add/", practice.add_place, name="add_location"),
    path(PRACTICE + "locations/<int:pk>/", practice.change_place, name="record_facts"),
    path(PRACTICE + "third-parties/add/", recipients.add, name="add_recipient"),
    path(PRACTICE + "third-parties/<int:pk>/", recipients.change, name="change_recipient"),
    path(PRACTICE + "third-parties/<int:pk>/end/", recipients.end, name="end_recipient"),
    path(PRACTICE + "third-parties/<int:pk>/return/", recipients.take_back, name="return_recipient"),
    path(MAIL, mail.stuck, name="stuck_mail"),
    path(MAIL + "<int:pk>/retry/", mail.retry, name="retry_mail"),
    path(TEAM, team.members, name="members"),
    path(TEAM + "add/", team.add, name="add_member"),
    path(TEAM + "<int:pk>/", team.member, name="member"),
    path(TEAM + "<int:pk>/end/", team.end, name="end_membership"),
    path(TEAM + "<int:pk>/link/", team.link, name="help_with_password"),
    path(TEAM + "<int:pk>/second-factor/", team.forget_factor, name="help_with_second_factor"),
]
