"""The doors of portal: a token once, then clean addresses only; and what staff do about people's own pages."""

from django.urls import path

from .views import answering, asking, desk, language, lost, pages

app_name = "portal"
PERSON = "p/<slug:practice>/people/<int:pk>/own-page"
urlpatterns = [
    path("my/", pages.page, name="page"),
    path("my/birth-date/", pages.confirm_birth_date, name="confirm_birth_date"),
    path("my/revoke/", pages.revoke, name="revoke"),
    path("my/revoke/<slug:kind>/<slug:key>/", pages.revoke, name="revoke_part"),
    path("my/revoked/", pages.revoked, name="revoked"),
    path("my/copy/<int:pk>/", pages.copy, name="copy"),
    path("my/ask/", asking.ask, name="ask"),
    path("my/leave/", pages.leave, name="leave"),
    path("my/language/", language.choose, name="language"),
    path("my/lost/", lost.which, name="lost_which"),
    path("my/lost/<slug:practice>/", lost.lost, name="lost"),
    path("my/lost/<slug:practice>/sent/", lost.sent, name="lost_sent"),
    path("my/<str:token>/", pages.enter, name="enter"),
    path("p/<slug:practice>/questions/<int:pk>/", answering.answer, name="answer"),
    path(f"{PERSON}/", desk.own_page, name="desk"),
    path(f"{PERSON}/print/", desk.print_link, name="print_link"),
    path(f"{PERSON}/mail/", desk.mail_link, name="mail_link"),
]
