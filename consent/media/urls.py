"""The doors of media. The library itself is a door of planning, which knows standing and use."""

from django.urls import path

from .views import cutting, films, pictures, retouching, saying, seeing, together

app_name = "media"
PICTURES = "p/<slug:practice>/pictures"
urlpatterns = [
    path(f"{PICTURES}/add/", pictures.add, name="add"),
    path(f"{PICTURES}/add/one/", pictures.add_one, name="add_one"),
    path(f"{PICTURES}/uploads/<int:pk>/undo/", together.undo_upload, name="undo_upload"),
    path(f"{PICTURES}/find-person/", pictures.find, name="find"),
    path(f"{PICTURES}/<int:pk>/", pictures.asset, name="asset"),
    path(f"{PICTURES}/<int:pk>/name/", pictures.name, name="name"),
    path(f"{PICTURES}/<int:pk>/nobody/", pictures.nobody, name="nobody"),
    path(f"{PICTURES}/<int:pk>/capture/", saying.capture, name="capture"),
    path(f"{PICTURES}/<int:pk>/unnamed/", saying.unnamed, name="unnamed"),
    path(f"{PICTURES}/<int:pk>/cover/", saying.cover, name="cover"),
    path(f"{PICTURES}/<int:pk>/retouch/", retouching.retouch, name="retouch"),
    path(f"{PICTURES}/renditions/<int:pk>/without/<int:look>/", cutting.cut_away, name="cut_away"),
    path(f"{PICTURES}/cut-away/<int:pk>/back/", cutting.show, name="show_after_all"),
    path(f"{PICTURES}/<int:pk>/captions/", films.caption, name="caption"),
    path(f"{PICTURES}/<int:pk>/captions.vtt", films.captions, name="captions"),
    path(f"{PICTURES}/renditions/<int:pk>/poster", films.poster, name="poster"),
    path(f"{PICTURES}/<int:pk>/seen/", seeing.seen, name="seen"),
    path(f"{PICTURES}/<int:pk>/review/", seeing.review, name="review"),
    path(f"{PICTURES}/<int:pk>/look-again/", seeing.look_again, name="look_again"),
    path(f"{PICTURES}/sightings/<int:pk>/attest/", seeing.attest, name="attest"),
    path(f"{PICTURES}/sightings/<int:pk>/reopen/", seeing.reopen, name="reopen"),
    path(f"{PICTURES}/<int:pk>/original", pictures.original, name="original"),
    path(f"{PICTURES}/appearances/<int:pk>/remove/", pictures.remove, name="remove"),
    path(f"{PICTURES}/appearances/<int:pk>/confirm/", pictures.confirm, name="confirm"),
    path(f"{PICTURES}/renditions/<int:pk>", pictures.rendition, name="rendition"),
    path(f"{PICTURES}/renditions/<int:pk>/small", pictures.thumbnail, name="thumbnail"),
]
