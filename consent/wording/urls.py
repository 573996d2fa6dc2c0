"""The doors of wording."""

from django.urls import path

from .views import activating, drafting, showing

app_name = "wording"
FORMS = "p/<slug:practice>/wordings"
DRAFT = f"{FORMS}/drafts/<int:pk>"
urlpatterns = [
    path(f"{FORMS}/", showing.wordings, name="list"),
    path(f"{FORMS}/<int:pk>/", showing.wording, name="wording"),
    path(f"{FORMS}/<int:pk>/paper/", drafting.wording_paper, name="wording_paper"),
    path(f"{FORMS}/<int:pk>/review/", showing.review, name="review"),
    path(f"{FORMS}/<int:pk>/withdraw/", showing.withdraw, name="withdraw"),
    path(f"{FORMS}/drafts/begin/", drafting.begin_draft, name="begin_draft"),
    path(f"{DRAFT}/", drafting.draft, name="draft"),
    path(f"{DRAFT}/preview/", drafting.preview, name="preview"),
    path(f"{DRAFT}/paper/", drafting.draft_paper, name="draft_paper"),
    path(f"{DRAFT}/restore/", drafting.restore_draft, name="restore_draft"),
    path(f"{DRAFT}/discard/", drafting.discard_draft, name="discard_draft"),
    path(f"{DRAFT}/activate/", activating.activate, name="activate"),
]
