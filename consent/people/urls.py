"""The doors of people. The list and the record itself are doors of records, which knows their standing."""

from django.urls import path

from .views import connecting, keeping, representing

app_name = "people"
PERSON = "p/<slug:practice>/people/<int:pk>"
SIGNER = f"{PERSON}/signers/<int:representation>"
urlpatterns = [
    path("p/<slug:practice>/people/add/", keeping.add, name="add"),
    path(f"{PERSON}/change/", keeping.change, name="change"),
    path(f"{PERSON}/rename/", keeping.rename, name="rename"),
    path(f"{PERSON}/record-death/", keeping.record_death, name="record_death"),
    path(f"{PERSON}/add-identifier/", keeping.add_identifier, name="add_identifier"),
    path(f"{PERSON}/add-contact-point/", keeping.add_contact_point, name="add_contact_point"),
    path(f"{PERSON}/ties/add/", connecting.record_connection, name="record_connection"),
    path(f"{PERSON}/ties/<int:connection>/end/", connecting.end_connection, name="end_connection"),
    path(f"{PERSON}/signers/add/", representing.add_representation, name="add_representation"),
    path(f"{SIGNER}/verify/", representing.verify_representation, name="verify_representation"),
    path(f"{SIGNER}/end/", representing.end_representation, name="end_representation"),
    path(f"{SIGNER}/exclude/", representing.exclude_representation, name="exclude_representation"),
]
