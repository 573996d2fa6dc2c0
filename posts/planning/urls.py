"""The doors of planning: posts, the composer, the calendar, the library of pictures."""

from django.urls import path

from .views import answering, asking, browsing, composing, finding, scheduling, settling, showing

app_name = "planning"
POSTS, PICTURES = "p/<slug:practice>/posts", "p/<slug:practice>/pictures"
urlpatterns = [
    path(f"{POSTS}/", showing.posts, name="posts"),
    path(f"{POSTS}/begin/", showing.begin, name="begin"),
    path(f"{POSTS}/calendar/", scheduling.calendar, name="calendar"),
    path(f"{POSTS}/find-person/", composing.find_person, name="find_person"),
    path(f"{POSTS}/pick/", composing.pick, name="pick"),
    path(f"{POSTS}/<int:pk>/", showing.post, name="post"),
    path(f"{POSTS}/<int:pk>/compose/", composing.compose, name="compose"),
    path(f"{POSTS}/<int:pk>/preview/", composing.preview, name="preview"),
    path(f"{POSTS}/<int:pk>/arrange/", composing.arrange, name="arrange"),
    path(f"{POSTS}/<int:pk>/arrange/picture/", settling.settle_picture, name="settle_picture"),
    path(f"{POSTS}/<int:pk>/submit/", composing.submit, name="submit"),
    path(f"{POSTS}/<int:pk>/ask-to-clear/", composing.ask_to_clear, name="ask_to_clear"),
    path(f"{POSTS}/<int:pk>/know-as-ours/", composing.know_as_ours, name="know_as_ours"),
    path(f"{POSTS}/<int:pk>/ask/<int:person>/", asking.ask_to_sign, name="ask_to_sign"),
    path(f"{POSTS}/<int:pk>/schedule/", scheduling.schedule, name="schedule"),
    path(f"{POSTS}/<int:pk>/uploads/", finding.record_upload, name="record_upload"),
    path(f"{POSTS}/<int:pk>/origin-gone/", finding.origin_gone, name="origin_gone"),
    path("p/<slug:practice>/uploads/<int:pk>/removed/", finding.record_removal, name="record_removal"),
    path(
        "p/<slug:practice>/suggestions/<int:pk>/answer/",
        answering.answer_suggestion,
        name="answer_suggestion",
    ),
    path(f"{POSTS}/<int:pk>/discard/", showing.discard, name="discard"),
    path(f"{PICTURES}/", browsing.library, name="library"),
    path(f"{PICTURES}/<int:pk>/panel/", browsing.picture_panel, name="picture_panel"),
]
