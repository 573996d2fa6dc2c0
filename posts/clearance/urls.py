"""The doors of clearance: the queue, one review, clearing by two people, notes and other words, states' rules."""

from django.urls import path

from .views import clearing, reviewing, switching, talking

app_name = "clearance"
REVIEW, CLEARING = "p/<slug:practice>/reviews", "p/<slug:practice>/clearings"
RULES = "p/<slug:practice>/practice/state-rules"
urlpatterns = [
    path(f"{RULES}/", switching.packs, name="packs"),
    path(f"{RULES}/<slug:code>/", switching.switch_pack, name="switch_pack"),
    path(f"{REVIEW}/", reviewing.queue, name="queue"),
    path(f"{REVIEW}/<int:pk>/", reviewing.review, name="review"),
    path(f"{REVIEW}/<int:pk>/approve/", reviewing.approve, name="approve"),
    path(f"{REVIEW}/<int:pk>/send-back/", reviewing.send_back, name="send_back"),
    path(f"{REVIEW}/<int:pk>/refuse/", reviewing.refuse, name="refuse"),
    path(f"{REVIEW}/<int:pk>/withdraw/", reviewing.withdraw, name="withdraw"),
    path(f"{REVIEW}/<int:pk>/finding/", talking.record_finding, name="record_finding"),
    path(f"{REVIEW}/<int:pk>/suggest/", talking.suggest, name="suggest"),
    path("p/<slug:practice>/posts/<int:pk>/notes/", talking.write_note, name="write_note"),
    path(
        "p/<slug:practice>/versions/<int:pk>/clear/<str:fingerprint>/",
        clearing.propose_clearing,
        name="propose_clearing",
    ),
    path("p/<slug:practice>/versions/<int:pk>/ours/", clearing.know_as_ours, name="know_as_ours"),
    path(f"{CLEARING}/<int:pk>/", clearing.clearing, name="clearing"),
    path(f"{CLEARING}/<int:pk>/confirm/", clearing.confirm_clearing, name="confirm_clearing"),
    path(f"{CLEARING}/<int:pk>/refuse/", clearing.refuse_clearing, name="refuse_clearing"),
]
