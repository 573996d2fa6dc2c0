"""Posts for tests, written with the real actions: channels, a post, a version."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from posts.channels.actions import open_account
from posts.channels.models import ChannelAccount
from posts.content.actions import Mentioned, Shown, begin_post, write_version
from posts.content.models import Post, Version
from tests.cast import NOW, Cast, by

LATER = NOW + timedelta(minutes=5)


def a_channel(
    cast: Cast, platform: str = "website", handle: str = "Our wall", adapter: str | None = None
) -> ChannelAccount:
    """A channel account of the practice; the wall unless told otherwise."""
    known = ChannelAccount.objects.filter(practice=cast.practice, platform=platform, handle=handle).first()
    return known or open_account(
        practice=cast.practice,
        platform=platform,
        handle=handle,
        audience="public",
        discloser=cast.location,
        adapter=adapter or ("wall" if platform == "website" else "by_hand"),
        by=by(cast.olga),
        at=NOW,
    )


def a_post(cast: Cast, title: str = "The bell", purpose: str = "testimonial") -> Post:
    """A post that Dan has begun."""
    return begin_post(
        practice=cast.practice, location=cast.location, title=title, purpose=purpose, by=by(cast.dan), at=NOW
    )


def a_version(
    cast: Cast,
    post: Post | None = None,
    account: ChannelAccount | None = None,
    *,
    caption: str = "Someone rang the bell today!",
    media: Sequence[Shown] = (),
    mentions: Sequence[Mentioned] = (),
    **fields: Any,
) -> Version:
    """A version of a post, for the wall unless told otherwise."""
    return write_version(
        post=post or a_post(cast),
        account=account or a_channel(cast),
        caption=caption,
        media=media,
        mentions=mentions,
        by=by(cast.dan),
        at=NOW,
        **fields,
    )
