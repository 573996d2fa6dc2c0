"""Posts and versions, read whole in a constant number of queries."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from consent.access.models import Practice
from consent.media.models import Appearance

from .models import Mention, Post, Version, VersionMedia
from .rules import DeclaredPerson, Payload, PayloadMedia


def whole_versions(version_ids: Collection[int] | None = None, post: Post | None = None) -> list[Version]:
    """Versions with post, channel, pictures, who is in them, and mentions: six queries, however many rows."""
    shown = Appearance.objects.filter(removed_at=None).select_related("person").order_by("id")
    media = VersionMedia.objects.select_related("rendition__asset__author").prefetch_related(
        Prefetch("rendition__asset__appearances", shown, to_attr="shown")
    )
    mentions = Mention.objects.select_related("person").order_by("person_id")
    versions = Version.objects.select_related("post__author", "post__practice", "account__discloser")
    if version_ids is not None:
        versions = versions.filter(id__in=version_ids)
    if post is not None:
        versions = versions.filter(post=post, dropped_at=None)
    return list(
        versions.prefetch_related(Prefetch("media", media), Prefetch("mentions", mentions)).order_by("id")
    )


def whole_version(version_id: int) -> Version:
    """One version, whole. Raises `Version.DoesNotExist`."""
    found = whole_versions([version_id])
    if not found:
        raise Version.DoesNotExist(f"There is no version {version_id}.")
    return found[0]


def payload_of(version: Version) -> Payload:
    """What would be sent for this version; reads nothing more when `version` came from `whole_versions`."""
    return Payload(
        version=version.pk,
        account=version.account_id,
        kind=version.post.kind,
        format=version.format,
        purpose=version.post.purpose,
        paid=version.paid,
        third_party_pays=version.third_party_pays,
        caption=version.caption,
        disclosure=version.disclosure,
        media=tuple(_media(media) for media in version.media.all()),
        people=tuple(declared_people(version)),
    )


def declared_people(version: Version) -> list[DeclaredPerson]:
    """Everyone the words use and the pictures show, in a stable order."""
    said = [
        DeclaredPerson(mention.person_id, tuple(sorted(mention.elements)), mention.capacity)
        for mention in version.mentions.all()
    ]
    shown = [
        DeclaredPerson(look.person_id, tuple(sorted(look.elements)), look.capacity, look.asset_id)
        for media in version.media.all()
        for look in appearances(media)
        if look.person_id is not None and not look.masked
    ]
    return sorted(said, key=lambda one: one.person) + sorted(
        shown, key=lambda one: (one.asset or 0, one.person)
    )


def appearances(media: VersionMedia) -> list[Appearance]:
    """Who is in a picture of a version, as `whole_versions` read it."""
    asset = media.rendition.asset
    found: list[Appearance] | None = getattr(asset, "shown", None)
    return found if found is not None else list(asset.appearances.filter(removed_at=None).order_by("id"))


def posts_changed_lately(practice: Practice, since: datetime) -> QuerySet[Post]:
    """Posts of the practice that were not discarded, the latest change first."""
    return (
        Post.objects.filter(practice=practice, discarded_at=None, changed_at__gte=since)
        .select_related("author")
        .order_by("-changed_at")
    )


def _media(media: VersionMedia) -> PayloadMedia:
    """A picture of a version as it would be sent."""
    rendition = media.rendition
    return PayloadMedia(
        rendition.sha256,
        rendition.storage_key,
        rendition.media_type,
        rendition.width,
        rendition.height,
        media.alt_text,
    )
