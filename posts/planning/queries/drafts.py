"""A stored post as the composer lays it out."""

from posts.content.models import Post
from posts.content.queries import claims_of, whole_versions

from ..rules import Draft, DraftMention, DraftPicture, DraftVersion


def draft_of(post: Post, tab: int = 0) -> Draft:
    """A stored post as a draft."""
    return Draft(
        title=post.title,
        purpose=post.purpose,
        location=post.location_id,
        claims=claims_of(post),
        versions=tuple(
            DraftVersion(
                account=version.account_id,
                caption=version.caption,
                format=version.format,
                paid=version.paid,
                third_party_pays=version.third_party_pays,
                disclosure=version.disclosure,
                pictures=tuple(
                    DraftPicture(media.rendition_id, media.alt_text, media.captions)
                    for media in version.media.all()
                ),
                mentions=tuple(
                    DraftMention(mention.person_id, tuple(sorted(mention.elements)), mention.capacity)
                    for mention in version.mentions.all()
                ),
                recipients=tuple(sorted(one.pk for one in version.recipients.all())),
            )
            for version in whole_versions(post=post)
        ),
        tab=tab,
        seen=post.changed_at.isoformat(),
    )
