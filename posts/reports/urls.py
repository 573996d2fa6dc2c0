"""The doors of reports: home, what ends soon, and the history."""

from django.urls import path

from .views import disposing, ending, history, home, renewing, reposts

app_name = "reports"
PRACTICE = "p/<slug:practice>/"
urlpatterns = [
    path(PRACTICE, home.home, name="home"),
    path(PRACTICE + "disposals/", disposing.disposals, name="disposals"),
    path(PRACTICE + "disposals/propose/", disposing.propose, name="propose_disposal"),
    path(PRACTICE + "disposals/<int:pk>/execute/", disposing.execute, name="execute_disposal"),
    path(PRACTICE + "disposals/<int:pk>/cancel/", disposing.cancel, name="cancel_disposal"),
    path(PRACTICE + "ending/", ending.ending, name="ending"),
    path(PRACTICE + "stories/proof/", reposts.reposts, name="reposts"),
    path(PRACTICE + "stories/proof/<int:pk>/", reposts.repost, name="repost"),
    path(PRACTICE + "stories/proof/<int:pk>/pack/", reposts.repost_pack, name="repost_pack"),
    path(PRACTICE + "renewals/", renewing.ask_again, name="renewals"),
    path(PRACTICE + "renewals/preview/", renewing.preview_renewals, name="preview_renewals"),
    path(PRACTICE + "renewals/request/", renewing.request_several, name="request_renewals"),
    path(
        PRACTICE + "people/<int:pk>/consents/<int:consent>/ask-again/", renewing.request_one, name="ask_again"
    ),
    path(PRACTICE + "people/<int:pk>/new-adult/", renewing.new_adult, name="new_adult"),
    path(PRACTICE + "history/", history.history, name="history"),
    path(PRACTICE + "history/verify/", history.verify_ledger, name="verify_ledger"),
    path(PRACTICE + "history/ledger.jsonl", history.export_ledger, name="export_ledger"),
    path(PRACTICE + "people/<int:pk>/history/", history.person_history, name="person_history"),
    path(PRACTICE + "posts/<int:pk>/history/", history.post_history, name="post_history"),
]
