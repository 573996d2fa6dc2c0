"""What has happened at Riverbend so far, in order: a year of it, up to this minute."""

from datetime import datetime, timedelta

from consent.audit.checkpoints import take_checkpoint
from consent.records.actions import issue_holder_link

from . import fair, kind_words, lately, long_ago, waiting
from .practice import open_demo_practice
from .world import World

CHAPTERS = (
    long_ago.rosa_and_sam,
    long_ago.nora_and_maria,
    long_ago.liam,
    waiting.the_novaks,
    long_ago.wendy,
    long_ago.what_was_out_before,
    lately.what_did_not_go_out,
    kind_words.what_others_posted,
    lately.paula_and_ivy,
    lately.yesterday,
    fair.open_house,
    lately.today,
)
BEGINS = 421  # days ago: early enough for a permission of a year to have ended


def tell(now: datetime) -> World:
    """Let it all happen, ending just before `now`."""
    world = World(now=now, at=now - timedelta(days=BEGINS))
    open_demo_practice(world)
    for chapter in CHAPTERS:
        chapter(world)
    world.work()
    take_checkpoint(at=world.at)
    return world


def own_page_token(world: World, name: str) -> str:
    """A further link to somebody's own page, to look around with."""
    _, token = issue_holder_link(
        person=world.people[name], representation=None, by=world.by("Finn"), at=world.at
    )
    return token
