"""The doors of signing: preparing at the desk, answering at the tablet, the documents that come of it."""

from django.urls import path

from .views import preparing, returning, tablet

app_name = "signing"
PEOPLE, CEREMONY = "p/<slug:practice>/people/<int:pk>/", "p/<slug:practice>/ceremonies/<int:pk>/"
urlpatterns = [
    path(PEOPLE + "consent/", preparing.prepare, name="prepare"),
    path(CEREMONY, preparing.ceremony, name="ceremony"),
    path(CEREMONY + "witness/", preparing.witness, name="witness"),
    path(CEREMONY + "hand-over/", preparing.hand_over, name="hand_over"),
    path(CEREMONY + "recall/", preparing.recall, name="recall"),
    path(CEREMONY + "abandon/", preparing.abandon, name="abandon"),
    path("p/<slug:practice>/documents/<int:pk>/", preparing.document, name="document"),
    path("p/<slug:practice>/documents/<int:pk>/print/", preparing.print_copy, name="print_copy"),
    path("tablet/", tablet.tablet, name="tablet"),
    path("tablet/answer/", tablet.answer, name="answer"),
    path("tablet/back/", tablet.step_back, name="step_back"),
    path("tablet/no-thanks/", tablet.decline, name="decline"),
    path("tablet/paper/", tablet.choose_paper, name="choose_paper"),
    path("tablet/sign/", tablet.sign, name="sign"),
    path("tablet/here/", tablet.touch, name="touch"),
    path("tablet/copy/", tablet.copy, name="copy"),
    path("tablet/copy.pdf", tablet.copy_file, name="copy_file"),
    path("tablet/done/", tablet.put_down, name="put_down"),
    path("tablet/return/", returning.take_back, name="take_back"),
    path("tablet/release/", returning.release, name="release"),
]
