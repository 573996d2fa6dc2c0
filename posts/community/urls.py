"""The doors of community: stories, requests, the author's page."""

from django.urls import path

from .views import author, coming, proving

app_name = "community"
PROOF = "p/<slug:practice>/stories/proofs/<int:pk>"
urlpatterns = [
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
