"""The doors of forms on paper: printing, coming back, keying, settling, where the paper went."""

from django.urls import path

from .views import keying, printing, returning

app_name = "paper"
SCAN = "p/<slug:practice>/paper/<int:pk>/"
urlpatterns = [
    path("p/<slug:practice>/ceremonies/<int:pk>/print/", printing.print_form, name="print"),
    path("p/<slug:practice>/paper/printed/<int:pk>/", printing.printed, name="printed"),
    path("p/<slug:practice>/paper/", returning.came_back, name="came_back"),
    path(SCAN, returning.scan, name="scan"),
    path(SCAN + "pages/<int:place>/", returning.page, name="page"),
    path(SCAN + "key/", keying.key, name="key"),
    path(SCAN + "settle/", keying.settle, name="settle"),
    path(SCAN + "original/", keying.original, name="original"),
]
