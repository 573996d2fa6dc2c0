"""Posts and versions as pages show them."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from consent.access.models import Practice
from consent.media.models import Appearance
from consent.media.queries import looks_by_rendition

from ..models import Mention, Post, Version, VersionMedia
from ..rules import Claims


def whole_versions(version_ids: Collection[int] | None = None, post: Post | None = None) -> list[Version]:
    """Versions with post, channel, pictures, who is in them, and mentions: six queries, however many rows.

    Each rendition carries `looks`: who is in it, less what is cut away.
    """
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
    found = list(
        versions.prefetch_related(
            Prefetch("media", media), Prefetch("mentions", mentions), "recipients"
        ).order_by("id")
    )
    renditions = [media.rendition for version in found for media in version.media.all()]
    looks = looks_by_rendition(renditions) if renditions else {}
    for rendition in renditions:
        rendition.looks = looks[rendition.pk]
    return found


def claims_of(post: Post) -> Claims:
    """What is declared about the whole post."""
    names = [field.name for field in fields(Claims) if field.name != "origin_author"]
    return Claims(origin_author=post.origin_author_id, **{name: getattr(post, name) for name in names})


def whole_version(version_id: int) -> Version:
    """One version, whole. Raises `Version.DoesNotExist`."""
    found = whole_versions([version_id])
    if not found:
        raise Version.DoesNotExist(f"There is no version {version_id}.")
    return found[0]


def appearances(media: VersionMedia) -> list[Appearance]:
    """Who is in a picture of a version, as `whole_versions` read it."""
    found: list[Appearance] | None = getattr(media.rendition, "looks", None)
    return found if found is not None else looks_by_rendition([media.rendition])[media.rendition_id]


def left_out(version: Version) -> bool:
    """Whether the author took the channel out of the post, or put the whole post away."""
    return version.dropped_at is not None or version.post.discarded_at is not None


def living_versions(post: Post) -> QuerySet[Version]:
    """The versions of a post that were not dropped."""
    return Version.objects.filter(post=post, dropped_at=None).select_related("post", "account").order_by("id")


def posts_changed_lately(practice: Practice, since: datetime) -> QuerySet[Post]:
    """Posts of the practice that were not discarded, the latest change first."""
    return (
        Post.objects.filter(practice=practice, discarded_at=None, changed_at__gte=since)
        .select_related("author")
        .order_by("-changed_at")
    )
