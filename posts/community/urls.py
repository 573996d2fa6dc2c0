"""The doors of community: stories, requests, the author's page."""

from django.urls import path

from .views import naming, requests, stories

app_name = "community"
STORIES = "p/<slug:practice>/stories"
STORY, REQUEST = f"{STORIES}/<int:pk>", f"{STORIES}/requests/<int:pk>"
urlpatterns = [
    path(f"{STORIES}/", stories.stories, name="stories"),
    path(f"{STORIES}/keep/", stories.keep, name="keep"),
    path(f"{STORIES}/read-address/", stories.read_address, name="read_address"),
    path(f"{STORIES}/find-person/", naming.find_person, name="find_person"),
    path(f"{STORIES}/snapshots/<int:pk>/", stories.snapshot, name="snapshot"),
    path(f"{STORIES}/parts/<int:pk>/end/", naming.end_part, name="end_part"),
    path(f"{STORY}/", stories.story, name="story"),
    path(f"{STORY}/sign/", stories.leave_at_sign, name="leave_at_sign"),
    path(f"{STORY}/see-again/", stories.see_again, name="see_again"),
    path(f"{STORY}/gone/", stories.note_gone, name="note_gone"),
    path(f"{STORY}/who/", naming.say_part, name="say_part"),
    path(f"{STORY}/everybody/", naming.name_everybody, name="name_everybody"),
    path(f"{STORY}/begin-post/", stories.begin_post, name="begin_post"),
    path(f"{STORY}/ask/", requests.ask, name="ask"),
    path(f"{REQUEST}/", requests.request_page, name="request"),
    path(f"{REQUEST}/words/", requests.words, name="words"),
    path(f"{REQUEST}/sent/", requests.say_sent, name="say_sent"),
    path(f"{REQUEST}/reply/", requests.note_reply, name="note_reply"),
    path(f"{REQUEST}/call-off/", requests.call_off, name="call_off"),
    path(f"{REQUEST}/owner/", requests.give_to, name="give_to"),
]
