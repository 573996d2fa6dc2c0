"""Posts on their way: written, reviewed, scheduled, posted by hand, forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from consent.audit.rules import SYSTEM
from consent.media.actions import (
    add_asset,
    confirm_appearance,
    look_at_one,
    name_appearance,
    review_background,
    say_nobody_appears,
)
from consent.media.models import Rendition
from consent.media.queries import rendition_of
from consent.media.rules import BACKGROUND
from consent.media.sight import DetectorUnavailable, Looked
from posts.clearance.actions import approve, submit
from posts.clearance.models import Review
from posts.content.actions import Mentioned, Shown, begin_post, change_post, write_version
from posts.content.models import Post, Version
from posts.content.rules import Claims
from posts.publishing.actions import schedule
from posts.publishing.actions.by_hand import claim_by_hand, post_now, tell_by_hand
from posts.publishing.models import Delivery

from .pictures import drawn
from .world import World


@dataclass(frozen=True)
class Idea:
    """What Dan wants to say, where, about whom, and with which picture."""

    title: str
    caption: str
    channels: Sequence[str] = ("website",)
    purpose: str = "education"
    people: Sequence[str] = ()
    elements: tuple[str, ...] = ("first_name",)
    capacity: str = "patient"
    picture: str = ""
    alt_text: str = ""
    said: str = ""


def take_picture(world: World, name: str, label: str, *, shows: str = "", capacity: str = "patient") -> None:
    """Dan adds a picture and says who is in it; Eve confirms that."""
    asset = add_asset(
        taken_by="workforce",
        practice=world.practice,
        file=drawn(name),
        label=label,
        captured_on=world.at.date(),
        captured_by="Dan",
        by=world.by("Dan"),
        at=world.wait(),
    )
    world.pictures[name] = asset.pk
    look_at_one(by=SYSTEM, clock=world.wait, look=_only_people_look)
    review_background(rendition=rendition_of(asset), points=BACKGROUND, by=world.by("Eve"), at=world.wait())
    if not shows:
        say_nobody_appears(asset=asset, by=world.by("Dan"), at=world.wait())
        return
    named = name_appearance(
        asset=asset,
        person=world.people[shows],
        elements=["face"],
        capacity=capacity,
        by=world.by("Dan"),
        at=world.wait(),
    )
    confirm_appearance(appearance=named, by=world.by("Eve"), at=world.wait(10))


def _only_people_look(picture: bytes) -> Looked:
    """The demo's practice works without detectors: a person looks over every picture."""
    raise DetectorUnavailable("No detector looked at the pictures of the demo.", passing=False)


def draft(world: World, idea: Idea) -> Post:
    """Dan writes it, a version for each channel."""
    by = world.by("Dan")
    post = begin_post(
        practice=world.practice,
        location=world.place,
        title=idea.title,
        purpose=idea.purpose,
        by=by,
        at=world.wait(),
    )
    if idea.said:
        change_post(
            post=post,
            title=post.title,
            purpose=post.purpose,
            location=world.place,
            claims=Claims(quote_source=idea.said),
            by=by,
            at=world.at,
        )
    media = (
        [Shown(Rendition.objects.get(asset=world.pictures[idea.picture]), idea.alt_text)]
        if idea.picture
        else []
    )
    mentions = [Mentioned(world.people[name], idea.elements, idea.capacity) for name in idea.people]
    for platform in idea.channels:
        write_version(
            post=post,
            account=world.channels[platform],
            caption=idea.caption,
            media=media,
            mentions=mentions,
            by=by,
            at=world.wait(),
        )
    return post


def sent_for_review(world: World, idea: Idea, note: str = "") -> Review:
    """Written and sent to Eve."""
    return submit(post=draft(world, idea), note=note, by=world.by("Dan"), at=world.wait(5))


def approved(world: World, idea: Idea) -> Post:
    """Eve looked at it and attested that nobody else is in it."""
    review = sent_for_review(world, idea)
    approve(review=review, seen_digest=review.digest, attested=True, by=world.by("Eve"), at=world.wait(20))
    return review.post


def scheduled(world: World, post: Post, platform: str, *, hours: float) -> Delivery:
    """Dan chooses a time, so many hours from where the story is."""
    return schedule(
        version=Version.objects.get(post=post, account=world.channels[platform]),
        due_at=world.at + timedelta(hours=hours),
        by=world.by("Dan"),
        at=world.at,
    )


def on_the_wall(world: World, post: Post) -> Delivery:
    """It goes out on the wall a little later."""
    delivery = scheduled(world, post, "website", hours=0.5)
    world.work_after([31])
    return delivery


def posted_by_hand(world: World, post: Post, platform: str, *, address: str = "") -> Delivery:
    """Dan posts it himself and says where it is; without an address he forgets to say anything."""
    by = world.by("Dan")
    delivery = scheduled(world, post, platform, hours=0.1)
    claim_by_hand(delivery=delivery, by=by, at=world.wait(10))
    delivery.refresh_from_db()
    post_now(delivery=delivery, by=by, at=world.wait())
    delivery.refresh_from_db()
    if address:
        tell_by_hand(delivery=delivery, posted=True, address=address, by=by, at=world.wait(3))
    else:
        world.work_after([12])
    return delivery
