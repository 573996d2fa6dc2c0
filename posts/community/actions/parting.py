"""Say who is who in a story. Nothing is overwritten: what was said before ends, and stays to be read (R33, R96)."""

from datetime import datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor
from consent.people.actions import add_person
from consent.people.actions.keeping import ALIAS_LENGTH
from consent.people.models import Person
from consent.people.rules import FieldRefused

from ..models import Part, RepostRequest, Story

LONGEST_WORDS = 80


class PartRefused(ValueError):
    """This cannot be said of somebody in a story; the sentence says why."""


def say_part(
    *,
    story: Story,
    kind: str,
    relation: str,
    age: str,
    person: Person | None,
    words: str = "",
    by: Actor,
    at: datetime,
) -> Part:
    """Say who made the story, or who is shown or told of in it; "we do not know" is an answer, and a no.

    A new author takes the place of the one before; one who is no patient and not on record is put there under the name
    of the account, so that they can be asked. Raises `PartRefused` for a person of another practice, words too
    long, an account without a letter in its name, or while somebody is being asked.
    """
    if person is not None and person.practice_id != story.practice_id:
        raise PartRefused("This person is not on record here.")
    if len(words) > LONGEST_WORDS:
        raise PartRefused("Describe them in at most 80 characters.")
    with recording(by=by, at=at):
        _require_nobody_asked(story)
        if (kind, relation) == (Part.Kind.AUTHOR, Part.Relation.NOT_PATIENT) and person is None:
            person = _under_the_handle(story, by, at)
        same = Part.objects.filter(story=story, ended_at=None, kind=Part.Kind(kind))
        if kind != Part.Kind.AUTHOR:
            same = same.filter(person=person) if person is not None else same.none()
        for before in same:
            _ended(before, by, at)
        part = Part.objects.create(
            practice_id=story.practice_id,
            story=story,
            kind=Part.Kind(kind),
            person=person,
            relation=Part.Relation(relation),
            age=Part.Age(age),
            words=" ".join(words.split()),
            said_by_id=int(by.id),
            said_at=at,
        )
        Story.objects.filter(pk=story.pk).update(everybody_named_by=None, everybody_named_at=None)
        record("story.part_said", story, part=part.kind, relation=part.relation, age=part.age)
        return part


def end_part(*, part: Part, by: Actor, at: datetime) -> Part:
    """Take back that somebody is in the story. Raises `PartRefused` while somebody is being asked."""
    with recording(by=by, at=at):
        part = (
            Part.objects.select_for_update(no_key=True, of=("self",)).select_related("story").get(pk=part.pk)
        )
        _require_nobody_asked(part.story)
        if part.ended_at is None:
            _ended(part, by, at)
            record("story.part_ended", part.story, part=part.kind)
        return part


def name_everybody(*, story: Story, named: bool, by: Actor, at: datetime) -> Story:
    """Say that nobody else is shown or told of in the story, or take that back."""
    with recording(by=by, at=at):
        story = Story.objects.select_for_update(no_key=True).get(pk=story.pk)
        story.everybody_named_by_id, story.everybody_named_at = (int(by.id), at) if named else (None, None)
        story.save(update_fields=["everybody_named_by", "everybody_named_at"])
        record("story.everybody_named", story, everybody=named)
        return story


def _under_the_handle(story: Story, by: Actor, at: datetime) -> Person:
    """The author of a story as a person on record: an author, known by the account's name so far."""
    name = story.handle.lstrip("@") or story.handle
    try:
        return add_person(
            practice=story.practice,
            given=name,
            alias=story.handle[:ALIAS_LENGTH],
            relations=["author"],
            language=story.language,
            knowing_duplicates=True,
            by=by,
            at=at,
        )
    except FieldRefused as error:
        raise PartRefused(
            "Nobody can be called by the name of this account. Find the author among the people, or add them there."
        ) from error


def _ended(part: Part, by: Actor, at: datetime) -> None:
    part.ended_by_id, part.ended_at = int(by.id), at
    part.save(update_fields=["ended_by", "ended_at"])


def _require_nobody_asked(story: Story) -> None:
    # The story's row is taken, so that nobody begins to ask meanwhile.
    Story.objects.select_for_update(no_key=True).get(pk=story.pk)
    if RepostRequest.objects.filter(story=story, ended_at=None).exists():
        raise PartRefused("Somebody is being asked about this story. Call the request off first.")
