"""The doors of clearance: the queue and one review."""

from django.urls import path

from . import views

app_name = "clearance"
REVIEW = "p/<slug:practice>/reviews"
urlpatterns = [
    path(f"{REVIEW}/", views.queue, name="queue"),
    path(f"{REVIEW}/<int:pk>/", views.review, name="review"),
    path(f"{REVIEW}/<int:pk>/approve/", views.approve, name="approve"),
    path(f"{REVIEW}/<int:pk>/send-back/", views.send_back, name="send_back"),
    path(f"{REVIEW}/<int:pk>/refuse/", views.refuse, name="refuse"),
    path(f"{REVIEW}/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
