"""What others posted about the practice: kept, left at a kind sign, asked for, answered, refused, gone."""

from dataclasses import dataclass
from datetime import timedelta

from consent.audit.rules import Actor
from posts.community.actions import (
    Seen,
    begin_post_from,
    begin_request,
    decline,
    keep_story,
    leave_at_sign,
    link_for_author,
    name_everybody,
    note_gone,
    note_reply,
    note_seen,
    say_part,
    say_sent,
    standard_words,
)
from posts.community.models import RepostRequest, Story
from posts.community.rules import Terms, found_at
from posts.content.actions import Mentioned, write_version

from .people import enters
from .pictures import drawn
from .signing import NOTICE
from .world import World

LINK = "https://postern.example/story/{}/"


@dataclass(frozen=True)
class Told:
    """A post that Dan came across."""

    address: str
    handle: str
    words: str
    picture: str = ""
    language: str = "en"


MOTHER = Told(
    "https://www.tiktok.com/@riverside.mom/video/7300000000000000001",
    "@riverside.mom",
    "Best waiting room in town: my two did not want to leave!",
    "garden",
)
TRAILS = Told(
    "https://www.facebook.com/ohio.trails/posts/demo1",
    "@ohio.trails",
    "Great to meet the Riverbend team on the Saturday walk.",
)
WEEKEND = Told(
    "https://www.instagram.com/weekend.run/p/DemoRun1/", "@weekend.run", "Water, shade and smiles. Thanks!"
)
IRIS = Told(
    "https://www.instagram.com/iris.paints/p/DemoIris1/",
    "@iris.paints",
    "I can hold a brush again. Thank you for not giving up on me.",
    "maria",
)
WALT = Told(
    "https://www.instagram.com/walt.walks/p/DemoWalt1/",
    "@walt.walks",
    "They fixed the path to the river themselves. What neighbors!",
)
RITA = Told(
    "https://www.instagram.com/rita.cocina/p/DemoRita1/",
    "@rita.cocina",
    "¡Qué gente tan amable! Volví a cocinar para toda la familia.",
    language="es",
)


def what_others_posted(world: World) -> None:
    """One at each step: to find out, liked, gone, refused, answered with "#yes", and seen."""
    world.days_ago(8, "09:30")
    kept(world, MOTHER)
    liked = kept(world, TRAILS)
    leave_at_sign(story=liked, sign="like", by=world.by("Dan"), at=world.wait(1))
    note_gone(story=kept(world, WEEKEND), by=world.by("Dan"), at=world.wait(60))
    enters(world, "Walt", "author")
    no, _ = asked_for(world, WALT, "Walt", relation="not_patient")
    decline(request=no, by=_author(world, "Walt"), at=world.wait(90))
    enters(world, "Rita", language="es")
    yes, _ = asked_for(world, RITA, "Rita")
    note_reply(request=yes, words="#yes", by=world.by("Dan"), at=world.wait(45))
    enters(world, "Iris")
    seen, _ = asked_for(world, IRIS, "Iris")
    note_seen(request=seen, by=_author(world, "Iris"), at=world.wait(30))


def kept(world: World, told: Told) -> Story:
    """Dan keeps it as he sees it."""
    return keep_story(
        practice=world.practice,
        location=world.place,
        found=found_at(told.address),
        handle=told.handle,
        posted_on=world.at.date() - timedelta(days=1),
        language=told.language,
        seen=Seen(text=told.words, picture=drawn(told.picture) if told.picture else b""),
        by=world.by("Dan"),
        at=world.wait(3),
    )


def asked_for(
    world: World, told: Told, author: str, *, relation: str = "patient"
) -> tuple[RepostRequest, str]:
    """Dan says who made it, begins the post, asks, and sends the words by hand."""
    by, story, person = world.by("Dan"), kept(world, told), world.people[author]
    say_part(
        story=story, kind="author", relation=relation, age="adult", person=person, by=by, at=world.wait()
    )
    name_everybody(story=story, named=True, by=by, at=world.wait())
    post = begin_post_from(story=story, purpose="testimonial", by=by, at=world.wait())
    capacity = "patient" if relation == "patient" else "visitor"
    write_version(
        post=post,
        account=world.channels["website"],
        caption=told.words,
        media=[],
        mentions=[Mentioned(person, ("quote",), capacity)],
        by=by,
        at=world.wait(5),
    )
    terms = Terms(
        platforms=("website",),
        formats=("post",),
        edits=("as_it_is",),
        paid=False,
        ends_on=(world.at + timedelta(days=300)).date(),
        privacy_notice=NOTICE,
        lapses_after=timedelta(days=30),
    )
    request = begin_request(story=story, post=post, terms=terms, by=by, at=world.wait(2))
    token = link_for_author(request=request, by=by, at=world.wait(0.5))
    words = standard_words(request, LINK.format(token))
    return say_sent(request=request, words=words, by=by, at=world.wait(2)), token


def _author(world: World, name: str) -> Actor:
    return Actor("person", str(world.people[name].pk))
