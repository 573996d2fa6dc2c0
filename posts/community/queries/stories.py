"""Stories, read: what was seen, who is who, which other story looks the same."""

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from consent.access.models import Practice
from consent.media.likeness import Likeness

from ..models import Part, Snapshot, Story
from ..rules import PartFacts, open_questions


def stories(practice: Practice) -> QuerySet[Story]:
    """The practice's stories, the latest first, each with `seen` (snapshots) and `living` (who is who)."""
    living = Part.objects.filter(ended_at=None).select_related("person", "said_by")
    snapshots = Snapshot.objects.select_related("taken_by")
    return (
        Story.objects.filter(practice=practice)
        .select_related("practice", "location", "found_by", "everybody_named_by", "sign_by")
        .prefetch_related(
            Prefetch("parts", living, to_attr="living"), Prefetch("snapshots", snapshots, to_attr="seen")
        )
        .order_by("-found_at", "-pk")
    )


def story_of(practice: Practice, pk: int) -> Story:
    """One story of the practice. Raises Http404 for anything else."""
    return get_object_or_404(stories(practice), pk=pk)


def newest_snapshot(story: Story) -> Snapshot | None:
    """How the story was seen last."""
    seen: list[Snapshot] | None = getattr(story, "seen", None)
    if seen is not None:
        return seen[-1] if seen else None
    return Snapshot.objects.filter(story=story).order_by("-pk").first()


def parts_of(story: Story) -> list[Part]:
    """Who is who, as it is said today."""
    living: list[Part] | None = getattr(story, "living", None)
    if living is not None:
        return living
    return list(Part.objects.filter(story=story, ended_at=None).select_related("person", "said_by"))


def author_of(story: Story) -> Part | None:
    """Who made it, if somebody said so."""
    return next((part for part in parts_of(story) if part.kind == Part.Kind.AUTHOR), None)


def questions_open(story: Story) -> list[str]:
    """What has to be known before anybody may be asked about the story."""
    facts = [
        PartFacts(part.kind, part.relation, part.age, part.person_id is not None) for part in parts_of(story)
    ]
    return open_questions(facts, everybody_named=story.everybody_named_at is not None)


def copies_of(story: Story) -> list[Story]:
    """Other stories of the practice whose picture is a copy of one of this story's: of the picture, not of people."""
    known = Snapshot.objects.filter(practice_id=story.practice_id).exclude(likeness="")
    rows = [(pk, Likeness(text)) for pk, text in known.values_list("story_id", "likeness")]
    mine = [likeness for pk, likeness in rows if pk == story.pk]
    found = {pk for pk, other in rows if pk != story.pk and any(one.alike(other) for one in mine)}
    return list(Story.objects.filter(pk__in=found).select_related("found_by").order_by("pk"))
