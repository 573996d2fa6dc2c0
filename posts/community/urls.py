"""The doors of community: stories, requests, the author's page."""

from django.urls import path

from .views import author, coming, naming, proving, requests, stories

app_name = "community"
STORIES = "p/<slug:practice>/stories"
STORY, REQUEST, PROOF = f"{STORIES}/<int:pk>", f"{STORIES}/requests/<int:pk>", f"{STORIES}/proofs/<int:pk>"
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
    path(f"{PROOF}/note/", proving.note_proof, name="note_proof"),
    path(f"{PROOF}/confirm/", proving.confirm_proof, name="confirm_proof"),
    path("story/", author.story, name="author"),
    path("story/seen/", author.seen, name="author_seen"),
    path("story/picture/", author.picture, name="author_picture"),
    path("story/no-thanks/", author.decline, name="author_decline"),
    path("story/address/", coming.address, name="author_address"),
    path("story/code/", coming.code, name="author_code"),
    path("story/name/", coming.name, name="author_name"),
    path("story/words/", coming.words, name="author_words"),
    path("sign/story/papers/", coming.papers, name="author_papers"),
    path("story/<str:token>/", author.enter, name="author_enter"),
]
