"""The doors of records."""

from django.urls import path

from .views import (
    asking,
    disagreeing,
    ending,
    finding,
    holding,
    merging,
    noting,
    quieting,
    showing,
    verifying,
)

app_name = "records"
PERSON = "p/<slug:practice>/people/<int:pk>"
CONSENT = f"{PERSON}/consents/<int:consent>"
FOUND = "p/<slug:practice>/found-forms/<int:pk>"
urlpatterns = [
    path("verify/", verifying.verify, name="verify"),
    path("p/<slug:practice>/people/", showing.people, name="people"),
    path(f"{PERSON}/", showing.person, name="person"),
    path(f"{PERSON}/revoke/", ending.revoke, name="revoke"),
    path(f"{PERSON}/hold/", ending.hold, name="hold"),
    path(f"{PERSON}/lift-hold/", ending.lift_hold, name="lift_hold"),
    path(f"{PERSON}/disagreement/", disagreeing.disagree, name="disagree"),
    path(
        f"{PERSON}/disagreements/<int:disagreement>/settle/", disagreeing.settle, name="settle_disagreement"
    ),
    path(f"{PERSON}/ending-event/", ending.ending_event, name="ending_event"),
    path(f"{PERSON}/legal-hold/", holding.place_legal_hold, name="place_legal_hold"),
    path(f"{PERSON}/merge/", merging.merge, name="merge"),
    path(f"{PERSON}/merges/<int:merge>/confirm/", merging.confirm, name="confirm_merge"),
    path(f"{PERSON}/merges/<int:merge>/undo/", merging.undo, name="undo_merge"),
    path(f"{PERSON}/quiet/", quieting.keep_quiet, name="keep_quiet"),
    path(f"{PERSON}/quiet/<int:quiet>/end/", quieting.end_quiet, name="end_quiet"),
    path(f"{PERSON}/no-thanks/", quieting.refuse_renewal, name="refuse_renewal"),
    path(f"{PERSON}/paper/", finding.record_paper, name="record_paper"),
    path(f"{CONSENT}/invalidate/", ending.invalidate, name="invalidate"),
    path(f"{CONSENT}/hold/", noting.hold_consent, name="hold_consent"),
    path(f"{CONSENT}/lift-hold/", noting.lift_consent_hold, name="lift_consent_hold"),
    path(f"{CONSENT}/notarize/", noting.notarize, name="notarize"),
    path(f"{CONSENT}/copy/", finding.record_copy, name="record_found_copy"),
    path("p/<slug:practice>/legal-holds/", holding.legal_holds, name="legal_holds"),
    path("p/<slug:practice>/legal-holds/<int:pk>/lift/", holding.lift_legal_hold, name="lift_legal_hold"),
    path("p/<slug:practice>/wordings/<int:pk>/signed/", asking.signed_versions_page, name="signed_versions"),
    path("p/<slug:practice>/wordings/<int:pk>/ask-again/", asking.ask_again, name="ask_again"),
    path("p/<slug:practice>/ask-again/", asking.reasks, name="reasks"),
    path("p/<slug:practice>/ask-again/<int:pk>/close/", asking.close_reask, name="close_reask"),
    path(f"{FOUND}/check/", finding.check, name="check_found_consent"),
]
