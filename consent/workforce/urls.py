"""The doors of workforce."""

from django.urls import path

from . import views

app_name = "workforce"
TEAM = "p/<slug:practice>/team"
urlpatterns = [
    path(f"{TEAM}/training/", views.members, name="members"),
    path(f"{TEAM}/training/<int:pk>/record/", views.record_training, name="record_training"),
    path(f"{TEAM}/training/<int:pk>/join-record/", views.join_member, name="join_member"),
    path(f"{TEAM}/training/<int:pk>/part-record/", views.part_member, name="part_member"),
    path(f"{TEAM}/policy/versions/", views.policies, name="policies"),
    path(f"{TEAM}/policy/adopt-draft/<int:pk>/", views.adopt_draft, name="adopt_draft"),
    path(f"{TEAM}/policy/adopt/", views.adopt_policy, name="adopt_policy"),
]
