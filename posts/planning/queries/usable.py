"""Which pictures may go on a channel today: the gate's own question, asked of each as of a post of it alone."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from consent.media.models import Appearance, Asset, Rendition
from consent.media.queries import looks_by_rendition, rendition_of
from consent.wording.rules import PURPOSES
from posts.channels.models import ChannelAccount
from posts.clearance.queries import imagined
from posts.content.queries import Content, Sights, sights
from posts.content.rules import NOTHING_CLAIMED, Payload
from posts.gate.decide import decide
from posts.gate.facts import PostFacts

from .depicted import PictureOnDesk, declared

# What a picture of its own is used for; the first that everyone in it allowed is enough.
TRIED = tuple(key for key in PURPOSES if key not in ("reply", "press_release", "campaign"))
DESCRIBED = "A picture"


def usable_on(account: ChannelAccount, assets: Collection[Asset], at: datetime) -> set[int]:
    """Those of the pictures (from `pictures`), by number, against which nothing would speak on `account` at `at`.

    Asked for a plain post, not paid for, with a description and no words, for any purpose. As many queries for one
    picture as for a thousand.
    """
    made = [rendition_of(one) for one in assets]
    open_of, looks = sights([one.pk for one in made]), looks_by_rendition(made)
    found = imagined((_alone(one, account, looks[one.pk], open_of[one.pk]) for one in made), at)
    return {-one.facts.version for one in found if one.verdict.allowed or _for_another_purpose(one.facts)}


def _for_another_purpose(facts: PostFacts) -> bool:
    """Whether the gate allows it for any other purpose; nothing is read anew."""
    return any(
        decide(replace(facts, purpose=purpose)).allowed for purpose in TRIED if purpose != facts.purpose
    )


def _alone(
    rendition: Rendition, account: ChannelAccount, looks: list[Appearance], open_in_it: Sights
) -> Content:
    """A post for the channel that holds this picture and nothing else; its number is the picture's, below zero."""
    asset = rendition.asset
    picture = PictureOnDesk(1, rendition, DESCRIBED, asset.captions, looks, open_in_it)
    return Content(
        version=-asset.pk,
        practice=asset.practice_id,
        post=0,
        author=0,
        account=account.pk,
        platform=account.platform,
        audience=account.audience,
        adapter=account.adapter,
        account_open=account.closed_at is None,
        discloser=account.discloser_id,
        location=account.discloser_id,
        origin_gone_at=None,
        payload=Payload(
            version=-asset.pk,
            account=account.pk,
            kind="post",
            format="post",
            purpose=TRIED[0],
            paid=False,
            third_party_pays=False,
            caption="",
            disclosure="",
            media=(picture.media,),
            people=tuple(declared([picture])),
            claims=NOTHING_CLAIMED,
            recipients=(),
        ),
        pictures=(picture.asked_about,),
    )
