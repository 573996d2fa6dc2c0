"""The doors of signing: preparing at the desk, answering at the tablet, the documents that come of it."""

from django.urls import path

from .views import own, policies, preparing, returning, sending, showing, tablet, verifying

app_name = "signing"
PEOPLE, CEREMONY = "p/<slug:practice>/people/<int:pk>/", "p/<slug:practice>/ceremonies/<int:pk>/"
CONTACT = PEOPLE + "contacts/<int:contact>/"
OWN = {"way": "own"}
urlpatterns = [
    path(PEOPLE + "consent/", preparing.prepare, name="prepare"),
    path(CEREMONY, preparing.ceremony, name="ceremony"),
    path(CEREMONY + "witness/", preparing.witness, name="witness"),
    path(CEREMONY + "hand-over/", preparing.hand_over, name="hand_over"),
    path(CEREMONY + "send/", sending.send, name="send"),
    path(CEREMONY + "show-code/", sending.show_code, name="show_code"),
    path(CEREMONY + "progress/", sending.progress, name="progress"),
    path("p/<slug:practice>/requests/", sending.requests, name="requests"),
    path(PEOPLE + "requests/", sending.person_requests, name="person_requests"),
    path(CONTACT + "verify/", verifying.verify_contact, name="verify_contact"),
    path(CONTACT + "send-code/", verifying.send_contact_code, name="send_contact_code"),
    path(CEREMONY + "recall/", preparing.recall, name="recall"),
    path(CEREMONY + "abandon/", preparing.abandon, name="abandon"),
    path("p/<slug:practice>/documents/<int:pk>/", preparing.document, name="document"),
    path("p/<slug:practice>/documents/<int:pk>/print/", preparing.print_copy, name="print_copy"),
    path("p/<slug:practice>/media/<int:pk>/ask-author/", sending.ask_author, name="ask_author"),
    path("p/<slug:practice>/team/policy/", policies.policy, name="policy"),
    path("p/<slug:practice>/team/policy/signed/<int:pk>/", policies.signed_policy, name="signed_policy"),
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
    path("tablet/shown/<slug:sha256>/", showing.picture, name="shown"),
    path("tablet/release/", returning.release, name="release"),
    path("sign/", tablet.tablet, OWN, name="own"),
    path("sign/answer/", tablet.answer, OWN, name="own_answer"),
    path("sign/back/", tablet.step_back, OWN, name="own_step_back"),
    path("sign/no-thanks/", tablet.decline, OWN, name="own_decline"),
    path("sign/paper/", tablet.choose_paper, OWN, name="own_choose_paper"),
    path("sign/sign/", tablet.sign, OWN, name="own_sign"),
    path("sign/here/", tablet.touch, OWN, name="own_touch"),
    path("sign/copy/", tablet.copy, OWN, name="own_copy"),
    path("sign/copy.pdf", tablet.copy_file, OWN, name="own_copy_file"),
    path("sign/done/", tablet.put_down, OWN, name="own_put_down"),
    path("sign/shown/<slug:sha256>/", showing.picture, OWN, name="own_shown"),
    path("sign/begin/", own.begin, name="begin"),
    path("sign/code/", own.open_form, name="open_form"),
    path("sign/next/", own.open_next, name="open_next"),
    path("sign/mail-copy/", own.mail_copy, name="mail_copy"),
    path("sign/<str:token>/", own.enter, name="enter"),
]
