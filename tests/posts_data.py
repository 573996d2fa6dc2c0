"""Posts, pictures and channels for tests, as plain rows; the tests of each room go through its actions."""

import hashlib
from datetime import datetime
from typing import Any

from consent.media.models import Appearance, Asset, BackgroundReview, PictureScan, Rendition
from consent.people.models import Person
from posts.channels.models import ChannelAccount
from posts.content.models import Mention, Post, Version, VersionMedia
from tests.cast import NOW, Cast


def given_account(cast: Cast, platform: str = "website", adapter: str = "wall") -> ChannelAccount:
    """A channel of the practice."""
    account, _ = ChannelAccount.objects.get_or_create(
        practice=cast.practice,
        platform=platform,
        handle=f"riverbend-{platform}",
        defaults={
            "adapter": adapter,
            "discloser": cast.location,
            "opened_by": cast.olga,
            "opened_at": NOW,
        },
    )
    return account


def given_picture(cast: Cast, *people: Person, label: str = "garden", **appearance: Any) -> Rendition:
    """A picture that shows these people's faces, or nobody."""
    sha = hashlib.sha256(f"{label}{[person.pk for person in people]}".encode()).hexdigest()
    asset = Asset.objects.create(
        practice=cast.practice,
        label=label,
        sha256=sha,
        storage_key=f"originals/{sha}",
        size=1,
        uploaded_by=cast.dan,
        uploaded_at=NOW,
        nobody_appears=not people,
        taken_by="workforce",
    )
    for person in people:
        Appearance.objects.create(
            practice=cast.practice,
            asset=asset,
            person=person,
            elements=["face"],
            named_by=cast.dan,
            named_at=NOW,
            **appearance,
        )
    rendition = Rendition.objects.create(
        practice=cast.practice,
        asset=asset,
        sha256=hashlib.sha256(sha.encode()).hexdigest(),
        storage_key=f"renditions/{sha}",
        media_type="image/jpeg",
        width=800,
        height=600,
        size=1,
        metadata_stripped=True,
        made_at=NOW,
    )
    seen_nothing_in(rendition)
    return rendition


def seen_nothing_in(rendition: Rendition, at: datetime = NOW) -> None:
    """The detectors have looked and saw no face, text or code; somebody has watched a video."""
    scan = PictureScan.objects.create(
        practice_id=rendition.practice_id,
        asset_id=rendition.asset_id,
        rendition=rendition,
        state=PictureScan.State.LOOKED,
        asked_at=at,
        not_before=at,
        looked_at=at,
    )
    if rendition.asset.kind == Asset.Kind.VIDEO:
        BackgroundReview.objects.create(
            practice_id=rendition.practice_id,
            rendition=rendition,
            scan=scan,
            points=["watched"],
            reviewed_by_id=rendition.asset.uploaded_by_id,
            reviewed_at=at,
        )


def given_post(cast: Cast, purpose: str = "testimonial") -> Post:
    """An empty post by Dan."""
    return Post.objects.create(
        practice=cast.practice,
        location=cast.location,
        title="Rang the bell",
        purpose=purpose,
        author=cast.dan,
        created_at=NOW,
        changed_at=NOW,
    )


def given_version(
    cast: Cast,
    post: Post | None = None,
    *,
    mentioning: Person | None = None,
    showing: Rendition | None = None,
    account: ChannelAccount | None = None,
    caption: str = "A good day at the clinic.",
) -> Version:
    """A version for the wall that mentions someone by first name, or shows a picture, or neither."""
    version = Version.objects.create(
        practice=cast.practice,
        post=post or given_post(cast),
        account=account or given_account(cast),
        caption=caption,
    )
    if mentioning is not None:
        Mention.objects.create(version=version, person=mentioning, elements=["first_name"])
    if showing is not None:
        VersionMedia.objects.create(
            version=version, rendition=showing, position=0, alt_text="Smiling woman in a garden"
        )
    return version
