"""The doors of publishing."""

from django.urls import path

from .views import by_hand, deliveries, found, pausing, takedowns

app_name = "publishing"
HERE = "p/<slug:practice>/going-out/"
BY_HAND = "p/<slug:practice>/by-hand/<int:pk>/"
urlpatterns = [
    path(HERE, deliveries.deliveries, name="deliveries"),
    path(f"{HERE}<int:pk>/", deliveries.delivery, name="delivery"),
    path(f"{HERE}<int:pk>/cancel/", deliveries.cancel, name="cancel"),
    path(f"{HERE}<int:pk>/reschedule/", deliveries.reschedule, name="reschedule"),
    path(f"{HERE}<int:pk>/settle/", deliveries.settle, name="settle"),
    path(f"{HERE}<int:pk>/take-down/", deliveries.take_down, name="take_down"),
    path(f"{HERE}pause/", pausing.pause, name="pause"),
    path(f"{HERE}resume/<int:pk>/", pausing.resume, name="resume"),
    path(f"{HERE}found/", found.record_found, name="record_found"),
    path(f"{HERE}found/people/", found.find_people, name="find_people"),
    path("p/<slug:practice>/people/<int:pk>/appearances/", found.appearances, name="appearances"),
    path(BY_HAND, by_hand.by_hand, name="by_hand"),
    path(f"{BY_HAND}claim/", by_hand.claim, name="claim"),
    path(f"{BY_HAND}post/", by_hand.post, name="post"),
    path(f"{BY_HAND}release/", by_hand.release, name="release"),
    path(f"{BY_HAND}tell/", by_hand.tell, name="tell"),
    path(f"{BY_HAND}stop/", by_hand.stop, name="stop"),
    path(f"{BY_HAND}pictures/<int:number>/", by_hand.picture, name="picture"),
    path("p/<slug:practice>/takedowns/", takedowns.takedowns, name="takedowns"),
    path("p/<slug:practice>/takedowns/<int:pk>/", takedowns.takedown, name="takedown"),
    path("p/<slug:practice>/takedowns/<int:pk>/finish/", takedowns.finish, name="finish"),
]
