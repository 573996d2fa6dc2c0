"""Posts that are ready to go out: written, approved, attested, and about people who agreed."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from consent.files.store import put
from consent.media.models import Appearance, Asset, PictureScan, Rendition
from consent.people.models import Person
from posts.channels.models import ChannelAccount
from posts.clearance.models import Approval, Attestation, Review
from posts.content.models import Mention, Post, Version, VersionMedia
from posts.content.queries import payload_of, whole_version
from tests.cast import NOW, Cast
from tests.posts_data import seen_nothing_in

CAPTION = "Ana rang the bell today."
APPROVED_AT = NOW - timedelta(hours=2)
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


def given_account(cast: Cast, adapter: str = "wall", **fields: Any) -> ChannelAccount:
    """A channel of the practice: its wall, unless told otherwise."""
    platform = {"wall": "website", "by_hand": "facebook"}.get(adapter, "instagram")
    values = {
        "platform": platform,
        "handle": f"our {adapter}",
        "discloser": cast.location,
        "opened_by": cast.olga,
        "opened_at": NOW,
        **fields,
    }
    found, _ = ChannelAccount.objects.get_or_create(
        practice=cast.practice, adapter=adapter, closed_at=None, defaults=values
    )
    return found


def given_version(
    cast: Cast, account: ChannelAccount, *people: Person, caption: str = CAPTION, picture: bool = False
) -> Version:
    """A post of Dan's for one channel that mentions (and with `picture` shows) these people; not yet approved."""
    post = Post.objects.create(
        practice=cast.practice,
        location=cast.location,
        title="The bell",
        purpose="testimonial",
        author=cast.dan,
        created_at=NOW,
        changed_at=NOW,
    )
    version = Version.objects.create(practice=cast.practice, post=post, account=account, caption=caption)
    for person in people:
        Mention.objects.create(version=version, person=person, elements=["first_name"])
    if picture:
        VersionMedia.objects.create(
            version=version, rendition=given_rendition(cast, *people), position=0, alt_text="A bell."
        )
    return version


def given_rendition(cast: Cast, *people: Person, content: bytes = PIXEL) -> Rendition:
    """A picture of these people in the store, confirmed by a second person; the same one each time."""
    digest = hashlib.sha256(content).hexdigest()
    key = put("renditions", cast.practice.pk, content, "png")
    asset, made = Asset.objects.get_or_create(
        practice=cast.practice,
        sha256=digest,
        defaults={
            "label": "The bell",
            "storage_key": key,
            "size": len(content),
            "uploaded_by": cast.dan,
            "uploaded_at": NOW,
            "nobody_appears": not people,
            "taken_by": "workforce",
        },
    )
    for person in people if made else ():
        Appearance.objects.create(
            practice=cast.practice,
            asset=asset,
            person=person,
            elements=["face"],
            named_by=cast.dan,
            named_at=NOW,
            confirmed_by=cast.eve,
            confirmed_at=NOW,
        )
    rendition, _ = Rendition.objects.get_or_create(
        practice=cast.practice,
        asset=asset,
        sha256=digest,
        defaults={
            "storage_key": key,
            "media_type": "image/png",
            "width": 1,
            "height": 1,
            "size": len(content),
            "metadata_stripped": True,
            "made_at": NOW,
        },
    )
    if not PictureScan.objects.filter(rendition=rendition).exists():
        seen_nothing_in(rendition)
    return rendition


def approved(cast: Cast, version: Version, at: datetime = APPROVED_AT) -> Version:
    """The version as Eve approved and attested it: whole, as the gate reads it."""
    whole = whole_version(version.pk)
    bound: dict[str, Any] = {
        "practice": cast.practice,
        "version": version,
        "digest": payload_of(whole).digest,
    }
    review = Review.objects.create(
        practice=cast.practice,
        post=version.post,
        digest=bound["digest"],
        submitted_by=cast.dan,
        submitted_at=at,
        outcome="approved",
        decided_by=cast.eve,
        decided_at=at,
    )
    Attestation.objects.create(**bound, attested_by=cast.eve, attested_at=at)
    Approval.objects.create(**bound, review=review, approved_by=cast.eve, author=cast.dan, approved_at=at)
    return whole
